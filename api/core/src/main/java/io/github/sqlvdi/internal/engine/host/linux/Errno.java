package io.github.sqlvdi.internal.engine.host.linux;

import java.io.IOException;

/** The kernel's error codes that this host can report, each with its meaning and, where there is one, the remedy. */
enum Errno {
    EPERM(1, "not permitted, or forbidden by a filter of system calls (seccomp)"),
    ENOENT(2, "no such file or process"),
    ESRCH(3, "the process has ended"),
    EINTR(4, "interrupted by a signal"),
    EIO(5, "input/output error"),
    EBADF(9, "bad file descriptor"),
    EAGAIN(11, "locked by another process, or for the moment unavailable"),
    ENOMEM(12, "out of memory or of mappings: free memory, or raise vm.max_map_count"),
    EACCES(13, "permission denied: both processes must run as the same user and without extra capabilities"),
    EEXIST(17, "exists already"),
    ENOTDIR(20, "not a directory"),
    EISDIR(21, "is a directory"),
    EINVAL(22, "invalid argument, or not a memory file"),
    ENFILE(23, "the machine has too many open files: raise fs.file-max"),
    EMFILE(24, "this process has too many open files: raise its limit (ulimit -n)"),
    EFBIG(27, "larger than this process may make a file: raise its limit (ulimit -f)"),
    ENOSPC(28, "no space left"),
    EROFS(30, "read-only file system"),
    EPIPE(32, "the other end has closed the connection"),
    ENOSYS(38, "the kernel, or a filter of system calls (seccomp), does not have this call"),
    ELOOP(40, "a symbolic link where a real file is expected"),
    ECONNRESET(104, "the other end has closed the connection"),
    ECONNREFUSED(111, "no process listens there");

    final int value;
    private final String meaning;

    Errno(int value, String meaning) {
        this.value = value;
        this.meaning = meaning;
    }

    /** Returns whether a function of {@link LinuxCalls} returned this code. */
    boolean is(long returned) {
        return returned == -value;
    }

    /** Returns the exception for a function of {@link LinuxCalls} that returned a negative code. */
    static IOException failed(String call, long returned) {
        for (Errno errno : values()) {
            if (errno.is(returned)) {
                return new IOException(call + " failed: " + errno + " (" + errno.value + "): " + errno.meaning);
            }
        }
        return new IOException(call + " failed: errno " + -returned);
    }
}
