package io.github.sqlvdi.internal.engine.host.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.github.sqlvdi.internal.memory.Native;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The functions of libc that deal with Unix-domain sockets, events and process descriptors. Like {@link LinuxCalls}
 * they return the result or the negative {@code errno}. Java's own sockets are not usable: a child process inherits
 * them, so a connection stays open after its owner's death until the child ends, and a
 * {@link java.nio.channels.Selector} cannot wait for a process descriptor.
 */
final class SocketCalls {
    static final short POLLIN = 1;
    /** The bytes of a {@code struct pollfd { int fd; short events; short revents; }}. */
    static final long POLLFD_BYTES = 8;

    private static final int AF_UNIX = 1;
    private static final int SOCK_STREAM = 1;
    private static final int CLOEXEC_NONBLOCK = 0x80000 | 0x800;
    private static final int SOL_SOCKET = 1;
    private static final int SO_PEERCRED = 17;
    private static final int SO_PEERPIDFD = 77;
    private static final int MSG_DONTWAIT_NOSIGNAL = 0x40 | 0x4000;
    private static final long SYS_PIDFD_OPEN = 434;
    private static final long REVENTS_OFFSET = 6;

    private static final MethodHandle SOCKET = LinuxCalls.link("socket", 0,
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final FunctionDescriptor TO_ADDRESS = FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle BIND = LinuxCalls.link("bind", 0, TO_ADDRESS);
    private static final MethodHandle CONNECT = LinuxCalls.link("connect", 0, TO_ADDRESS);
    private static final MethodHandle LISTEN = LinuxCalls.link("listen", 0,
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle ACCEPT = LinuxCalls.link("accept4", 0,
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
    private static final MethodHandle GETSOCKOPT = LinuxCalls.link("getsockopt", 0,
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final FunctionDescriptor TRANSFER = FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG,
            JAVA_INT);
    private static final MethodHandle RECV = LinuxCalls.link("recv", 0, TRANSFER);
    private static final MethodHandle SEND = LinuxCalls.link("send", 0, TRANSFER);
    private static final MethodHandle POLL = LinuxCalls.link("poll", 0,
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle EVENTFD = LinuxCalls.link("eventfd", 0,
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final FunctionDescriptor EVENT = FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle EVENTFD_WRITE = LinuxCalls.link("eventfd_write", 0, EVENT);
    private static final MethodHandle EVENTFD_READ = LinuxCalls.link("eventfd_read", 0,
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    // glibc has the function pidfd_open only since 2.36; the kernel has the call since 5.3.
    private static final MethodHandle SYSCALL = LinuxCalls.link("syscall", 1,
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));

    private SocketCalls() {}

    private interface Call {
        long make(MemorySegment state, Arena arena) throws Throwable;
    }

    private static int call(Call call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = LinuxCalls.allocateState(arena);
            return LinuxCalls.result((int) call.make(state, arena), state);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /** {@return a new stream socket, non-blocking, closed by exec} */
    static int socket() {
        return call((state, arena) -> (int) SOCKET.invokeExact(state, AF_UNIX, SOCK_STREAM | CLOEXEC_NONBLOCK, 0));
    }

    static int bind(int socket, String path) {
        return call(
                (state, arena) -> (int) BIND.invokeExact(state, socket, address(path, arena), 2 + path.length() + 1));
    }

    /** Connects. On a Unix-domain socket this succeeds or fails at once, whatever the other process is doing. */
    static int connect(int socket, String path) {
        return call((state, arena) -> (int) CONNECT.invokeExact(state, socket, address(path, arena),
                2 + path.length() + 1));
    }

    /** {@code struct sockaddr_un { sa_family_t sun_family; char sun_path[108]; }} of an ASCII path. */
    private static MemorySegment address(String path, Arena arena) {
        MemorySegment address = arena.allocate(2 + 108, 2);
        if (path.length() >= 108) {
            throw new IllegalArgumentException("path has " + path.length() + " characters; expected at most 107");
        }
        address.set(JAVA_SHORT, 0, (short) AF_UNIX);
        address.setString(2, path, StandardCharsets.US_ASCII);
        return address;
    }

    static int listen(int socket, int backlog) {
        return call((state, arena) -> (int) LISTEN.invokeExact(state, socket, backlog));
    }

    /** {@return the next connection, non-blocking and closed by exec; -EAGAIN if there is none} */
    static int accept(int socket) {
        return call((state, arena) -> (int) ACCEPT.invokeExact(state, socket, MemorySegment.NULL, MemorySegment.NULL,
                CLOEXEC_NONBLOCK));
    }

    /** Reads {@code struct ucred { pid, uid, gid }} of the process that connected or listened at the other end. */
    static int credentials(int socket, int[] pidUidGid) {
        return call((state, arena) -> {
            MemorySegment block = arena.allocate(JAVA_INT, 3);
            int done = option(state, arena, socket, SO_PEERCRED, block);
            MemorySegment.copy(block, JAVA_INT, 0, pidUidGid, 0, 3);
            return done;
        });
    }

    private static int option(MemorySegment state, Arena arena, int socket, int name, MemorySegment value)
            throws Throwable {
        MemorySegment length = arena.allocateFrom(JAVA_INT, (int) value.byteSize());
        return (int) GETSOCKOPT.invokeExact(state, socket, SOL_SOCKET, name, value, length);
    }

    /**
     * Opens a descriptor of the process at the other end of a socket. It becomes readable when that process ends.
     *
     * @return the descriptor, or a negative errno: ESRCH if the process has ended already
     */
    static int openPeer(int socket, int pid) {
        int opened = call((state, arena) -> {
            MemorySegment value = arena.allocate(JAVA_INT);
            int done = option(state, arena, socket, SO_PEERPIDFD, value); // Linux 6.5; safe against a reused pid
            return done < 0 ? done : value.get(JAVA_INT, 0);
        });
        return opened >= 0 ? opened : call((state, arena) -> (long) SYSCALL.invokeExact(state, SYS_PIDFD_OPEN,
                (long) pid, 0L));
    }

    /** {@return the bytes received, 0 at the end of the stream, -EAGAIN if there are none now} */
    static int receive(int socket, ByteBuffer target) {
        return call((state, arena) -> {
            MemorySegment bytes = arena.allocate(target.remaining());
            long count = (long) RECV.invokeExact(state, socket, bytes, bytes.byteSize(), MSG_DONTWAIT_NOSIGNAL);
            if (count > 0) {
                target.put(bytes.asByteBuffer().limit((int) count));
            }
            return count;
        });
    }

    /** Sends as many bytes as the socket takes without waiting. Returns their number, or the negative errno. */
    static int send(int socket, ByteBuffer source) {
        return call((state, arena) -> {
            MemorySegment bytes = arena.allocate(source.remaining());
            bytes.asByteBuffer().put(source.duplicate());
            long count = (long) SEND.invokeExact(state, socket, bytes, bytes.byteSize(), MSG_DONTWAIT_NOSIGNAL);
            if (count > 0) {
                source.position(source.position() + (int) count);
            }
            return count;
        });
    }

    /**
     * Waits until a descriptor is ready. Returns the number of ready descriptors, or the negative errno. A negative
     * time has no limit.
     */
    static int poll(MemorySegment descriptors, int millis) {
        return call((state, arena) -> (int) POLL.invokeExact(state, descriptors, descriptors.byteSize() / POLLFD_BYTES,
                millis));
    }

    static void setPoll(MemorySegment descriptors, int index, int descriptor) {
        descriptors.set(JAVA_INT, index * POLLFD_BYTES, descriptor);
        descriptors.set(JAVA_SHORT, index * POLLFD_BYTES + 4, POLLIN);
    }

    /** {@return whether {@link #poll} found bytes to read, the end of the stream or an error} */
    static boolean isReady(MemorySegment descriptors, int index) {
        return descriptors.get(JAVA_SHORT, index * POLLFD_BYTES + REVENTS_OFFSET) != 0;
    }

    static int eventfd() {
        return call((state, arena) -> (int) EVENTFD.invokeExact(state, 0, CLOEXEC_NONBLOCK));
    }

    static int signalEvent(int event) {
        return call((state, arena) -> (int) EVENTFD_WRITE.invokeExact(state, event, 1L));
    }

    static int resetEvent(int event) {
        return call((state, arena) -> (int) EVENTFD_READ.invokeExact(state, event, arena.allocate(JAVA_LONG)));
    }
}
