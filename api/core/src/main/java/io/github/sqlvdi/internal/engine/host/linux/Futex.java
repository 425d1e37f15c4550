package io.github.sqlvdi.internal.engine.host.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Sleeps on a word of shared memory, and wakes the sleepers of all processes. Allocates nothing per call. */
final class Futex {

    private static final long NANOS_A_SECOND = 1_000_000_000L;
    private static final ThreadLocal<Timespec> TIMESPEC = ThreadLocal.withInitial(Timespec::new);

    private Futex() {}

    /** Sleeps while the word equals {@code expected}, for at most {@code nanos}; see Host.waitOn. */
    static void waitOn(long word, int expected, long nanos) {
        if (nanos > 0) {
            // No FUTEX_PRIVATE_FLAG: the kernel must find the word by its page, because each process maps it at another
            // address. The caller checks the word and the clock after each return, so all errors (changed, timed out,
            // interrupted, unmapped) can be ignored.
            LinuxCalls.futex(word, LinuxCalls.FUTEX_WAIT, expected, TIMESPEC.get().set(nanos));
        }
    }

    static void wakeAll(long word) {
        LinuxCalls.futex(word, LinuxCalls.FUTEX_WAKE, Integer.MAX_VALUE, 0);
    }

    /**
     * {@code struct timespec { int64_t tv_sec; int64_t tv_nsec; }}, one per thread. The garbage collector frees it
     * after the thread has ended.
     */
    private static final class Timespec {

        private final MemorySegment block = Arena.ofAuto().allocate(16, 8);

        long set(long nanos) {
            block.set(JAVA_LONG, 0, nanos / NANOS_A_SECOND);
            block.set(JAVA_LONG, 8, nanos % NANOS_A_SECOND);
            return block.address();
        }
    }
}
