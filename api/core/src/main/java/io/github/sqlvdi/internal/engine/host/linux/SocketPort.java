package io.github.sqlvdi.internal.engine.host.linux;

import io.github.sqlvdi.internal.engine.host.members.Link;
import io.github.sqlvdi.internal.engine.host.members.LinkListener;
import io.github.sqlvdi.internal.engine.host.members.LinkPort;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/** The socket on which a member listens, and the selector in which its watch thread sleeps. */
final class SocketPort implements LinkPort {

    private static final long ACCEPT_PAUSE_MILLIS = 100;

    private final Slot slot;
    private final Selector selector;
    private final SelectionKey acceptKey;
    private long acceptAgain;

    SocketPort(Slot slot) throws IOException {
        this.slot = slot;
        this.selector = Selector.open();
        this.acceptKey = slot.listener().register(selector, SelectionKey.OP_ACCEPT);
    }

    @Override
    public void select(long millis, LinkListener listener) throws IOException {
        long bound = acceptKey.isValid() && acceptKey.interestOps() == 0 ? acceptBound(millis) : millis;
        if (bound < 0) {
            selector.select(key -> handle(key, listener));
        } else if (bound == 0) {
            selector.selectNow(key -> handle(key, listener));
        } else {
            selector.select(key -> handle(key, listener), bound);
        }
    }

    /** Accepts again when the pause is over; until then it bounds the sleep. */
    private long acceptBound(long millis) {
        long pause = TimeUnit.NANOSECONDS.toMillis(acceptAgain - System.nanoTime());
        if (pause <= 0) {
            acceptKey.interestOps(SelectionKey.OP_ACCEPT);
            return millis;
        }
        return millis < 0 ? pause : Math.min(millis, pause);
    }

    private void handle(SelectionKey key, LinkListener listener) {
        if (!key.isValid()) {
            return;
        }
        if (key.attachment() instanceof SocketLink link) {
            listener.readable(link);
        } else {
            accept(listener);
        }
    }

    private void accept(LinkListener listener) {
        SocketChannel channel;
        try {
            channel = slot.listener().accept();
        } catch (IOException e) {
            // Too many open files, most likely. The connection stays in the queue, so wait before the next try.
            LinuxHost.LOG.log(Level.WARNING, "A member of a device set cannot be accepted for now", e);
            acceptKey.interestOps(0);
            acceptAgain = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ACCEPT_PAUSE_MILLIS);
            return;
        }
        if (channel == null) {
            return;
        }
        try {
            SocketLink link = SocketLink.incoming(channel, slot.folder());
            channel.register(selector, SelectionKey.OP_READ, link);
            listener.incoming(link);
        } catch (IOException e) {
            LinuxHost.LOG.log(Level.WARNING, "A process was refused as a member of a device set", e);
            close(channel);
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LinuxHost.LOG.log(Level.DEBUG, "A connection did not close well", e);
        }
    }

    @Override
    public void wakeUp() {
        selector.wakeup();
    }

    @Override
    public Link connect(int other) throws IOException {
        SocketLink link = SocketLink.connect(slot.folder(), other);
        try {
            link.channel().register(selector, SelectionKey.OP_READ, link);
            return link;
        } catch (IOException | RuntimeException | Error e) {
            link.close();
            throw e;
        }
    }

    /** Gives the closed connections' descriptors back too. */
    @Override
    public void close() throws IOException {
        selector.close();
    }
}
