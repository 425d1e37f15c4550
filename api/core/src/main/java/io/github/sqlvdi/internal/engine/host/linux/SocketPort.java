package io.github.sqlvdi.internal.engine.host.linux;

import io.github.sqlvdi.internal.engine.host.members.Link;
import io.github.sqlvdi.internal.engine.host.members.LinkListener;
import io.github.sqlvdi.internal.engine.host.members.LinkPort;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The socket on which a member listens, its links, and the poll in which its watch thread sleeps. */
final class SocketPort implements LinkPort {
    private static final long ACCEPT_PAUSE_MILLIS = 100;
    private static final int WAKE_UP = 0;
    private static final int LISTENER = 1;
    private static final int FIRST_LINK = 2;

    private final Slot slot;
    private final OpenFile wakeUp;
    private final Object wakeUpLock = new Object();
    private final List<SocketLink> links = new ArrayList<>();
    private boolean acceptPaused;
    private long acceptAgain;
    private boolean closed;

    SocketPort(Slot slot) throws IOException {
        this.slot = slot;
        int event = SocketCalls.eventfd();
        if (event < 0) {
            throw Errno.failed("eventfd", event);
        }
        this.wakeUp = OpenFile.ofDescriptor(event);
    }

    @Override
    public void select(long millis, LinkListener listener) throws IOException {
        links.removeIf(SocketLink::isClosed);
        List<SocketLink> watched = List.copyOf(links);
        long bound = bound(millis);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment descriptors =
                    arena.allocate((FIRST_LINK + 2L * watched.size()) * SocketCalls.POLLFD_BYTES, 8);
            SocketCalls.setPoll(descriptors, WAKE_UP, wakeUp.descriptor());
            SocketCalls.setPoll(descriptors, LISTENER, acceptPaused ? -1 : slot.listener().descriptor());
            for (int i = 0; i < watched.size(); i++) {
                SocketLink link = watched.get(i);
                bound = link.hasProcessEnded() ? 0 : bound; // until its last bytes are read
                SocketCalls.setPoll(descriptors, FIRST_LINK + 2 * i, link.descriptor());
                SocketCalls.setPoll(descriptors, FIRST_LINK + 2 * i + 1, link.processDescriptor());
            }
            int ready = SocketCalls.poll(descriptors, (int) Math.min(bound, Integer.MAX_VALUE));
            if (ready < 0 && !Errno.EINTR.is(ready)) {
                throw Errno.failed("poll", ready);
            }
            if (ready >= 0) {
                report(descriptors, watched, listener);
            }
        }
    }

    private long bound(long millis) {
        if (!acceptPaused) {
            return millis;
        }
        long pause = TimeUnit.NANOSECONDS.toMillis(acceptAgain - System.nanoTime());
        if (pause <= 0) {
            acceptPaused = false;
            return millis;
        }
        return millis < 0 ? pause : Math.min(millis, pause);
    }

    private void report(MemorySegment descriptors, List<SocketLink> watched, LinkListener listener) {
        if (SocketCalls.isReady(descriptors, WAKE_UP)) {
            SocketCalls.resetEvent(wakeUp.descriptor());
        }
        for (int i = 0; i < watched.size(); i++) {
            SocketLink link = watched.get(i);
            if (SocketCalls.isReady(descriptors, FIRST_LINK + 2 * i + 1)) {
                link.processEnded();
            }
            if (!link.isClosed() && (link.hasProcessEnded() || SocketCalls.isReady(descriptors, FIRST_LINK + 2 * i))) {
                listener.readable(link);
            }
        }
        if (SocketCalls.isReady(descriptors, LISTENER)) {
            accept(listener);
        }
    }

    private void accept(LinkListener listener) {
        int socket = SocketCalls.accept(slot.listener().descriptor());
        if (Errno.EAGAIN.is(socket)) {
            return;
        }
        if (socket < 0) {
            // Too many open files, most likely. The connection stays in the queue, so wait before the next try.
            LinuxHost.LOG.log(Level.WARNING, "A member of a device set cannot be accepted for now",
                    Errno.failed("accept4", socket));
            acceptPaused = true;
            acceptAgain = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ACCEPT_PAUSE_MILLIS);
            return;
        }
        try {
            SocketLink link = SocketLink.of(OpenFile.ofDescriptor(socket));
            links.add(link);
            listener.incoming(link);
        } catch (IOException e) {
            LinuxHost.LOG.log(Level.WARNING, "A process was refused as a member of a device set", e);
        }
    }

    @Override
    public void wakeUp() {
        synchronized (wakeUpLock) {
            if (!closed) {
                SocketCalls.signalEvent(wakeUp.descriptor());
            }
        }
    }

    @Override
    public Link connect(int other) throws IOException {
        SocketLink link = SocketLink.connect(slot.folder(), other);
        links.add(link);
        return link;
    }

    @Override
    public void close() {
        synchronized (wakeUpLock) {
            closed = true;
            wakeUp.close();
        }
    }
}
