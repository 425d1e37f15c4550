/*
 * Runs a program as on a kernel that lacks something, by a filter of system calls (seccomp).
 *
 *   without memfd|seals|pidfd|noexec PROGRAM ARGUMENT ...
 *
 *   memfd   Linux before 3.17: no memfd_create
 *   seals   a memory file that takes no seals
 *   pidfd   Linux before 5.3: no pidfd_open, no SO_PEERPIDFD
 *   noexec  Linux before 6.3: memfd_create does not know MFD_NOEXEC_SEAL
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SO_PEERPIDFD_NUMBER 77
#define F_ADD_SEALS_NUMBER 1033
#define MFD_NOEXEC_SEAL_BIT 8
#define PIDFD_OPEN_NUMBER 434 /* on every processor */

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define SKIP_UNLESS(value, count) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, (count))
#define SKIP_UNLESS_SET(bits, count) BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (bits), 0, (count))
#define FAIL(code) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (code))
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)

static struct sock_filter memfd[] = {LOAD(nr), SKIP_UNLESS(SYS_memfd_create, 1), FAIL(ENOSYS), ALLOW};
static struct sock_filter seals[] = {LOAD(nr), SKIP_UNLESS(SYS_fcntl, 3), LOAD(args[1]),
    SKIP_UNLESS(F_ADD_SEALS_NUMBER, 1), FAIL(EINVAL), ALLOW};
static struct sock_filter noexec[] = {LOAD(nr), SKIP_UNLESS(SYS_memfd_create, 3), LOAD(args[1]),
    SKIP_UNLESS_SET(MFD_NOEXEC_SEAL_BIT, 1), FAIL(EINVAL), ALLOW};
static struct sock_filter pidfd[] = {LOAD(nr), SKIP_UNLESS(PIDFD_OPEN_NUMBER, 1), FAIL(ENOSYS),
    SKIP_UNLESS(SYS_getsockopt, 3), LOAD(args[2]), SKIP_UNLESS(SO_PEERPIDFD_NUMBER, 1), FAIL(ENOPROTOOPT), ALLOW};

#define PROGRAM(filter) {sizeof(filter) / sizeof((filter)[0]), (filter)}

int main(int count, char **words) {
    static const char *const names[] = {"memfd", "seals", "noexec", "pidfd"};
    struct sock_fprog programs[] = {PROGRAM(memfd), PROGRAM(seals), PROGRAM(noexec), PROGRAM(pidfd)};
    for (size_t i = 0; count > 2 && i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(words[1], names[i]) == 0) {
            if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0
                || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &programs[i], 0, 0) != 0) {
                perror("without: no filter of system calls can be set");
                return 2;
            }
            execvp(words[2], words + 2);
            perror(words[2]);
            return 2;
        }
    }
    fprintf(stderr, "usage: without memfd|seals|noexec|pidfd PROGRAM ARGUMENT ...\n");
    return 2;
}
