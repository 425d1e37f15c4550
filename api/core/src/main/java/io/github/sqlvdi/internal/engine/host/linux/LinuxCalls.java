package io.github.sqlvdi.internal.engine.host.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.sqlvdi.internal.memory.Native;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;

/**
 * The functions of libc that the Linux host needs, under their C names. Functions that can fail return what the C
 * function returns, or the negative {@code errno} (see {@link Errno}); none of them throws.
 */
final class LinuxCalls {

    static final int O_RDONLY = 0;
    static final int O_RDWR = 2;
    static final int O_CREAT = 0x40;
    static final int O_NOCTTY = 0x100;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x80000;
    // These two are among the few flags whose value depends on the processor.
    static final int O_DIRECTORY = isAarch64() ? 0x4000 : 0x10000;
    static final int O_NOFOLLOW = isAarch64() ? 0x8000 : 0x20000;

    static final int LOCK_SH = 1;
    static final int LOCK_EX = 2;
    static final int LOCK_NB = 4;

    static final int MFD_CLOEXEC = 1;
    static final int MFD_ALLOW_SEALING = 2;
    static final int MFD_NOEXEC_SEAL = 8;

    static final int F_ADD_SEALS = 1033;
    static final int F_GET_SEALS = 1034;
    static final int F_SEAL_SEAL = 1;
    static final int F_SEAL_SHRINK = 2;
    static final int F_SEAL_GROW = 4;

    static final int PROT_NONE = 0;
    static final int PROT_READ_WRITE = 3;
    static final int MAP_SHARED = 1;
    static final int MAP_PRIVATE = 2;
    static final int MAP_FIXED = 0x10;
    static final int MAP_ANONYMOUS = 0x20;
    static final int MAP_NORESERVE = 0x4000;

    static final int MADV_DONTFORK = 10;
    static final int FUTEX_WAIT = 0;
    static final int FUTEX_WAKE = 1;
    private static final long SYS_FUTEX = isAarch64() ? 98 : 202;

    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO_OFFSET = CALL_STATE.byteOffset(PathElement.groupElement("errno"));

    private static final MethodHandle OPEN = link("open", 2, FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT,
            JAVA_INT));
    private static final MethodHandle CLOSE = link("close", 0, FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle FLOCK = link("flock", 0, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle FCNTL = link("fcntl", 2, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT,
            JAVA_INT));
    private static final MethodHandle FTRUNCATE = link("ftruncate", 0, FunctionDescriptor.of(JAVA_INT, JAVA_INT,
            JAVA_LONG));
    private static final MethodHandle MEMFD_CREATE = link("memfd_create", 0, FunctionDescriptor.of(JAVA_INT, ADDRESS,
            JAVA_INT));
    private static final MethodHandle MMAP = link("mmap", 0, FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG,
            JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle MUNMAP = link("munmap", 0, FunctionDescriptor.of(JAVA_INT, JAVA_LONG,
            JAVA_LONG));
    private static final MethodHandle MADVISE = link("madvise", 0, FunctionDescriptor.of(JAVA_INT, JAVA_LONG,
            JAVA_LONG, JAVA_INT));
    private static final MethodHandle GETEUID = linkPlain("geteuid", FunctionDescriptor.of(JAVA_INT));
    // Callers of futex check the word and the clock, never errno. Not capturing errno keeps the call simple.
    private static final MethodHandle SYSCALL = linkPlain("syscall", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG,
            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG), Linker.Option.firstVariadicArg(1));

    private LinuxCalls() {}

    /** {@code int open(const char *path, int flags, ...)}; files created get the mode 0600. */
    static int open(String path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            return result((int) OPEN.invokeExact(state, arena.allocateFrom(path), flags, 0600), state);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /** {@code int close(int fd)}. */
    static int close(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            return result((int) CLOSE.invokeExact(state, fd), state);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /** {@code int flock(int fd, int operation)}. */
    static int flock(int fd, int operation) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            return result((int) FLOCK.invokeExact(state, fd, operation), state);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /** {@code int fcntl(int fd, int command, ...)}. */
    static int fcntl(int fd, int command, int argument) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            return result((int) FCNTL.invokeExact(state, fd, command, argument), state);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /** {@code int ftruncate(int fd, off_t length)}. */
    static int ftruncate(int fd, long length) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            return result((int) FTRUNCATE.invokeExact(state, fd, length), state);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /** {@code int memfd_create(const char *name, unsigned flags)}. */
    static int memfdCreate(String name, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            return result((int) MEMFD_CREATE.invokeExact(state, arena.allocateFrom(name), flags), state);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /** {@code void *mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset)}. */
    static long mmap(long address, long length, int protection, int flags, int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            long mapped = (long) MMAP.invokeExact(state, address, length, protection, flags, fd, 0L);
            return mapped == -1 ? result(-1, state) : mapped;
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /** {@code int munmap(void *address, size_t length)}. */
    static int munmap(long address, long length) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            return result((int) MUNMAP.invokeExact(state, address, length), state);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /** {@code int madvise(void *address, size_t length, int advice)}. */
    static int madvise(long address, long length, int advice) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            return result((int) MADVISE.invokeExact(state, address, length, advice), state);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /** {@code uid_t geteuid(void)}. */
    static int geteuid() {
        try {
            return (int) GETEUID.invokeExact();
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * {@code long syscall(SYS_futex, uint32_t *word, int operation, uint32_t value, const struct timespec *timeout)}.
     * Allocates nothing; returns -1 for every failure.
     */
    static long futex(long word, int operation, int value, long timespec) {
        try {
            return (long) SYSCALL.invokeExact(SYS_FUTEX, word, (long) operation, (long) value, timespec);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    static MemorySegment allocateState(Arena arena) {
        return arena.allocate(CALL_STATE);
    }

    static int result(int returned, MemorySegment state) {
        return returned < 0 ? -state.get(JAVA_INT, ERRNO_OFFSET) : returned;
    }

    static MethodHandle link(String name, int firstVariadic, FunctionDescriptor descriptor) {
        Linker.Option errno = Linker.Option.captureCallState("errno");
        return firstVariadic == 0 ? linkPlain(name, descriptor, errno)
                : linkPlain(name, descriptor, errno, Linker.Option.firstVariadicArg(firstVariadic));
    }

    private static MethodHandle linkPlain(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        return Native.downcall(Linker.nativeLinker().defaultLookup(), name, descriptor, options);
    }

    private static boolean isAarch64() {
        return System.getProperty("os.arch").equals("aarch64");
    }
}
