package io.github.sqlvdi.internal.engine.host.windows;

import io.github.sqlvdi.internal.engine.host.MemberGoneException;
import io.github.sqlvdi.internal.engine.host.members.Link;
import io.github.sqlvdi.internal.engine.host.members.LinkListener;
import io.github.sqlvdi.internal.engine.host.members.LinkPort;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The named pipe on which a member listens, and the completion port in which its watch thread sleeps. Several instances
 * of the pipe wait for members, so that no member is refused while the thread is busy.
 */
final class PipePort implements LinkPort {

    private static final int LISTENERS = 8;
    private static final int CONNECT_BOUND_MILLIS = 5_000;
    private static final long DRAIN_BOUND_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int DRAIN_SLICE_MILLIS = 100;

    private final String name;
    private final MemberFiles files;
    private final long port;
    private final Map<Long, PipeLink> links = new HashMap<>();
    private final Object wakeLock = new Object();
    private boolean closed;

    private PipePort(String name, MemberFiles files, long port) {
        this.name = name;
        this.files = files;
        this.port = port;
    }

    /**
     * Begins to listen.
     *
     * @param name the pipe's name, which no other process knows yet
     * @param files the files that lead to the other members' pipes
     */
    static PipePort open(String name, MemberFiles files) throws IOException {
        PipePort opened = new PipePort(name, files, PipeCalls.createPort());
        try {
            for (int i = 0; i < LISTENERS; i++) {
                opened.listen(i == 0);
            }
            return opened;
        } catch (IOException | RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    private void listen(boolean first) throws IOException {
        keep(PipeLink.listen(name, first, port));
    }

    private PipeLink keep(PipeLink link) {
        links.put(link.blockAddress(), link);
        return link;
    }

    @Override
    public void select(long millis, LinkListener listener) throws IOException {
        int bound = millis < 0 ? PipeCalls.INFINITE : (int) Math.min(millis, Integer.MAX_VALUE);
        PipeCalls.Completion completion = PipeCalls.next(port, bound);
        if (completion != null && completion.overlapped() != 0) {
            handle(completion, listener);
        }
    }

    private void handle(PipeCalls.Completion completion, LinkListener listener) throws IOException {
        PipeLink link = links.get(TransferBlock.of(completion.overlapped()));
        link.completed(completion);
        if (link.isClosed()) {
            forget(link);
        } else if (link.isListening()) {
            link.accepted(port);
            listenAgain();
            listener.incoming(link);
        } else if (TransferBlock.isRead(completion.overlapped())) {
            read(link, listener);
        }
    }

    /**
     * If another instance cannot be made now, the next connection tries again: at least one instance is still
     * listening.
     */
    private void listenAgain() {
        try {
            listen(false);
        } catch (IOException e) {
            WindowsHost.LOG.log(Level.WARNING, "One place less for members of a device set to connect to", e);
        }
    }

    private void read(PipeLink link, LinkListener listener) throws IOException {
        boolean wanted = true;
        while (wanted && link.isReadable()) {
            wanted = listener.readable(link);
        }
        if (link.isClosed()) {
            forget(link);
        } else if (wanted) {
            link.beginRead(port);
        }
    }

    private void forget(PipeLink link) {
        if (link.isIdle()) {
            links.remove(link.blockAddress());
            link.giveBlockBack();
        }
    }

    @Override
    public void wakeUp() {
        synchronized (wakeLock) {
            if (!closed) {
                try {
                    PipeCalls.post(port, 0);
                } catch (IOException e) {
                    WindowsHost.LOG.log(Level.ERROR, "The watch thread of a device set cannot be woken", e);
                }
            }
        }
    }

    /** Waits at most 5 s for a member whose watch thread has not created the next instance of its pipe yet. */
    @Override
    public Link connect(int slot) throws IOException {
        String other = files.pipeOf(slot);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CONNECT_BOUND_MILLIS);
        while (true) {
            long pipe = PipeCalls.openPipe(other);
            if (pipe > 0) {
                return keep(PipeLink.connected(pipe, port));
            }
            if (pipe != -LastError.PIPE_BUSY) {
                IOException failure = LastError.failed("connecting to it", (int) -pipe);
                if (pipe == -LastError.FILE_NOT_FOUND) { // a member that lives always has an instance of its pipe
                    MemberGoneException gone = new MemberGoneException("it has gone");
                    gone.initCause(failure);
                    throw gone;
                }
                throw failure;
            }
            int rest = (int) TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (rest <= 0 || !PipeCalls.waitPipe(other, rest)) {
                throw new IOException("it does not take connections");
            }
        }
    }

    /**
     * Closes the remaining links. Waits about 2 s at most for their last completions, because their memory is reused.
     */
    @Override
    public void close() throws IOException {
        for (PipeLink link : List.copyOf(links.values())) {
            link.close();
            forget(link);
        }
        long start = System.nanoTime();
        while (!links.isEmpty() && System.nanoTime() - start < DRAIN_BOUND_NANOS) {
            PipeCalls.Completion completion = PipeCalls.next(port, DRAIN_SLICE_MILLIS);
            if (completion != null && completion.overlapped() != 0) {
                PipeLink link = links.get(TransferBlock.of(completion.overlapped()));
                link.completed(completion);
                forget(link);
            }
        }
        if (!links.isEmpty()) {
            WindowsHost.LOG.log(Level.DEBUG, "{0} transfers have not ended; their memory is given up", links.size());
        }
        synchronized (wakeLock) {
            closed = true;
            Kernel32.closeHandle(port);
        }
    }
}
