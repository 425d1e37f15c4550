package io.github.sqlvdi.internal.engine.host.linux;

import io.github.sqlvdi.internal.engine.host.MemberGoneException;
import io.github.sqlvdi.internal.engine.host.members.Link;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;

/**
 * A connected Unix-domain socket, and a descriptor of the process at its other end. Each shows that process's death.
 * The socket alone is not enough: a child made by fork keeps a copy of it, so it stays open.
 */
final class SocketLink implements Link {
    private final OpenFile socket;
    /** Null before Linux 5.3, if the other end is this process, and if it is in another PID namespace. */
    private final OpenFile process;
    private boolean processEnded;
    private boolean closed;

    private SocketLink(OpenFile socket, OpenFile process, boolean processEnded) {
        this.socket = socket;
        this.process = process;
        this.processEnded = processEnded;
    }

    /**
     * Takes ownership of a connected socket. Closes it and throws if the process at the other end is another user's.
     */
    static SocketLink of(OpenFile socket) throws IOException {
        try {
            int[] credentials = new int[3];
            int returned = SocketCalls.credentials(socket.descriptor(), credentials);
            if (returned < 0) {
                throw Errno.failed("SO_PEERCRED", returned);
            }
            int pid = credentials[0];
            int user = credentials[1];
            if (user != LinuxCalls.geteuid()) {
                throw new IOException("the process at the other end belongs to user " + user + "; expected user "
                        + LinuxCalls.geteuid());
            }
            if (pid == 0 || pid == ProcessHandle.current().pid()) {
                return new SocketLink(socket, null, false);
            }
            int process = SocketCalls.openPeer(socket.descriptor(), pid);
            if (process < 0 && !Errno.ESRCH.is(process)) {
                LinuxHost.LOG.log(Level.DEBUG, () -> "Process " + pid + " is watched by its socket alone: "
                        + Errno.failed("pidfd_open", process).getMessage());
            }
            return new SocketLink(socket, process < 0 ? null : OpenFile.ofDescriptor(process), Errno.ESRCH.is(process));
        } catch (IOException | RuntimeException | Error e) {
            socket.close();
            throw e;
        }
    }

    static SocketLink connect(OpenFile folder, int slot) throws IOException {
        OpenFile socket = newSocket();
        int returned = SocketCalls.connect(socket.descriptor(), Slot.address(folder, slot));
        if (returned < 0) {
            socket.close();
            IOException failure = Errno.failed("connecting to its socket", returned);
            if (Errno.ECONNREFUSED.is(returned) || Errno.ENOENT.is(returned)) {
                MemberGoneException gone = new MemberGoneException("it has gone");
                gone.initCause(failure);
                throw gone;
            }
            throw failure;
        }
        return of(socket);
    }

    static OpenFile newSocket() throws IOException {
        int socket = SocketCalls.socket();
        if (socket < 0) {
            throw Errno.failed("socket", socket);
        }
        return OpenFile.ofDescriptor(socket);
    }

    int descriptor() {
        return socket.descriptor();
    }

    /** {@return a descriptor that becomes readable when the process ends; -1, which poll ignores, if there is none} */
    int processDescriptor() {
        return process == null || processEnded ? -1 : process.descriptor();
    }

    /** Records that the process has ended. Bytes that it sent before can still be read. */
    void processEnded() {
        processEnded = true;
    }

    boolean hasProcessEnded() {
        return processEnded;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int count = SocketCalls.receive(socket.descriptor(), target);
        if (Errno.EAGAIN.is(count)) {
            return processEnded ? -1 : 0;
        }
        if (count < 0) {
            throw Errno.failed("recv from a member", count);
        }
        return count == 0 ? -1 : count;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        int count = SocketCalls.send(socket.descriptor(), source);
        if (count < 0 && !Errno.EAGAIN.is(count)) {
            throw Errno.failed("send to a member", count);
        }
        if (source.hasRemaining()) {
            throw new IOException("the process at the other end does not read");
        }
    }

    @Override
    public void close() {
        closed = true;
        socket.close();
        if (process != null) {
            process.close();
        }
    }
}
