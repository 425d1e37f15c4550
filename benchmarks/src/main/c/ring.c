/*
 * The yardstick of the cross-process measurements: a command ring and a completion ring in shared memory between two
 * processes, as plain as C allows, with the waiting of the library (spin, yield, then sleep on a futex). Nothing is
 * checked, there is one device, and nobody survives anything.
 *
 *   ring copy SIZE BUFFERS WARM_MS MEASURE_MS CPU_A CPU_B       one line: bytes nanoseconds
 *   ring handoff spin|sleep COUNT CPU_A CPU_B                   COUNT lines: nanoseconds of a round trip
 *
 * A CPU of -1 leaves the process where the system puts it.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/futex.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define RECORDS 256
#define SPINS 50
#define YIELDS 40
#define CHECK_TIME_EVERY (16 << 20)

/* The content of the library's records, without the check word. */
typedef struct {
    _Alignas(64) uint32_t code;
    uint32_t size;
    uint64_t position;
    uint32_t buffer;
    uint32_t tag;
} Record;

typedef struct {
    _Alignas(64) _Atomic uint64_t tail;
    _Alignas(64) _Atomic uint32_t bell;
    _Alignas(64) Record records[RECORDS];
} Direction;

typedef struct {
    Direction commands;
    Direction completions;
    _Alignas(64) _Atomic bool stop;
} Rings;

static Rings *rings;
static uint8_t *area;
static int yields = YIELDS;

static void *shared(size_t bytes) {
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (memory == MAP_FAILED) {
        perror("mmap");
        exit(1);
    }
    return memory;
}

static void *private(size_t bytes) {
    void *memory = NULL;
    if (posix_memalign(&memory, 4096, bytes) != 0) {
        fprintf(stderr, "no memory\n");
        exit(1);
    }
    memset(memory, 1, bytes);
    return memory;
}

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t) time.tv_sec * 1000000000u + (uint64_t) time.tv_nsec;
}

static void pin(int cpu) {
    if (cpu >= 0) {
        cpu_set_t set;
        CPU_ZERO(&set);
        CPU_SET(cpu, &set);
        if (sched_setaffinity(0, sizeof set, &set) != 0) {
            perror("sched_setaffinity");
            exit(1);
        }
    }
}

static void relax(void) {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("isb" ::: "memory");
#endif
}

static void put(Direction *direction, uint64_t turn, uint32_t tag, uint32_t size) {
    Record *record = &direction->records[turn % RECORDS];
    record->code = 2;
    record->size = size;
    record->position = turn;
    record->buffer = tag;
    record->tag = tag;
    atomic_store(&direction->tail, turn + 1);
    if (atomic_load(&direction->bell) != 0) {
        atomic_store(&direction->bell, 0);
        syscall(SYS_futex, &direction->bell, FUTEX_WAKE, INT32_MAX, NULL, NULL, 0);
    }
}

/* Waits until the record of this turn is there. False when the other process said stop. */
static bool await(Direction *direction, uint64_t turn) {
    const struct timespec slice = {.tv_sec = 0, .tv_nsec = 500000000};
    for (int i = 0; i < yields; i++) {
        for (int j = 0; j < SPINS; j++) {
            if (atomic_load_explicit(&direction->tail, memory_order_acquire) > turn) {
                return true;
            }
            relax();
        }
        if (atomic_load(&rings->stop)) {
            return false;
        }
        sched_yield();
    }
    while (true) {
        atomic_store(&direction->bell, 1);
        if (atomic_load(&direction->tail) > turn) {
            return true;
        }
        if (atomic_load(&rings->stop)) {
            return false;
        }
        syscall(SYS_futex, &direction->bell, FUTEX_WAIT, 1, &slice, NULL, 0);
    }
}

static void produce(size_t size, uint32_t buffers) {
    uint8_t *source = private(size);
    uint64_t sent = 0;
    uint64_t completed = 0;
    while (true) {
        if (sent - completed == buffers) {
            if (!await(&rings->completions, completed)) {
                return;
            }
            completed++;
        }
        uint32_t buffer = (uint32_t) (sent % buffers);
        memcpy(area + buffer * size, source, size);
        put(&rings->commands, sent, buffer, (uint32_t) size);
        sent++;
    }
}

static void consume(size_t size, uint64_t warm, uint64_t measure) {
    uint8_t *target = private(size);
    uint64_t turn = 0;
    uint64_t counted = 0;
    uint64_t sinceLook = 0;
    uint64_t begin = 0;
    uint64_t start = now();
    while (true) {
        await(&rings->commands, turn);
        Record *record = &rings->commands.records[turn % RECORDS];
        memcpy(target, area + record->buffer * size, record->size);
        put(&rings->completions, turn, record->tag, record->size);
        turn++;
        counted += size;
        sinceLook += size;
        if (sinceLook >= CHECK_TIME_EVERY) {
            uint64_t time = now();
            sinceLook = 0;
            if (begin == 0 && time - start >= warm) {
                begin = time;
                counted = 0;
            } else if (begin != 0 && time - begin >= measure) {
                printf("%llu %llu\n", (unsigned long long) counted, (unsigned long long) (time - begin));
                atomic_store(&rings->stop, true);
                return;
            }
        }
    }
}

static void answer(void) {
    for (uint64_t turn = 0; await(&rings->commands, turn); turn++) {
        Record *record = &rings->commands.records[turn % RECORDS];
        put(&rings->completions, turn, record->tag, record->size);
    }
}

static void ask(bool sleeping, uint64_t count) {
    uint64_t warm = sleeping ? count / 10 : 100000;
    uint64_t *times = private(count * sizeof *times);
    for (uint64_t turn = 0; turn < warm + count; turn++) {
        if (sleeping) {
            usleep(1000);
        }
        uint64_t begin = now();
        put(&rings->commands, turn, 0, 65536);
        await(&rings->completions, turn);
        if (turn >= warm) {
            times[turn - warm] = now() - begin;
        }
    }
    atomic_store(&rings->stop, true);
    atomic_store(&rings->commands.bell, 0);
    syscall(SYS_futex, &rings->commands.bell, FUTEX_WAKE, INT32_MAX, NULL, NULL, 0);
    for (uint64_t i = 0; i < count; i++) {
        printf("%llu\n", (unsigned long long) times[i]);
    }
}

/* A child that does not outlive its parent. */
static pid_t split(void) {
    pid_t parent = getpid();
    pid_t child = fork();
    if (child < 0) {
        perror("fork");
        exit(1);
    }
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) {
            exit(1);
        }
    }
    return child;
}

int main(int count, char **arguments) {
    rings = shared(sizeof *rings);
    if (count == 8 && strcmp(arguments[1], "copy") == 0) {
        size_t size = strtoull(arguments[2], NULL, 10);
        uint32_t buffers = (uint32_t) strtoul(arguments[3], NULL, 10);
        if (size == 0 || size % 64 != 0 || buffers == 0 || buffers > RECORDS) {
            fprintf(stderr, "expected a size that is a multiple of 64, 1 to %d buffers\n", RECORDS);
            return 2;
        }
        area = shared(size * buffers);
        if (split() == 0) {
            pin(atoi(arguments[6]));
            produce(size, buffers);
            return 0;
        }
        pin(atoi(arguments[7]));
        consume(size, strtoull(arguments[4], NULL, 10) * 1000000u, strtoull(arguments[5], NULL, 10) * 1000000u);
    } else if (count == 6 && strcmp(arguments[1], "handoff") == 0) {
        bool sleeping = strcmp(arguments[2], "sleep") == 0;
        yields = sleeping ? 0 : YIELDS;
        if (split() == 0) {
            pin(atoi(arguments[5]));
            answer();
            return 0;
        }
        pin(atoi(arguments[4]));
        ask(sleeping, strtoull(arguments[3], NULL, 10));
    } else {
        fprintf(stderr, "expected: copy SIZE BUFFERS WARM_MS MEASURE_MS CPU_A CPU_B | handoff spin|sleep COUNT CPU_A CPU_B\n");
        return 2;
    }
    int status = 0;
    return wait(&status) < 0 || status != 0 ? 1 : 0;
}
