package io.github.sqlvdi.internal.engine.host.linux;

import io.github.sqlvdi.internal.engine.host.Presence;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * What the watch thread of one presence does: it accepts members that watch this one, connects to those to be watched,
 * and tells the listener of their end. Sleeps without a time limit while nothing is open but good connections.
 * Everything but {@link #watch} and {@link #stop} happens on that thread.
 */
final class WatchLoop implements Runnable {

    private static final long ACCEPT_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Slot slot;
    private final Hello self;
    private final Presence.Listener listener;
    private final Selector selector;
    private final SelectionKey acceptKey;
    private final Map<Integer, Peer> peers = new HashMap<>();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;
    private boolean left;
    private long acceptAgain;

    private record Request(int slot, CompletableFuture<Void> answered) {}

    /** Makes the loop; {@code self} is the hello of this member to itself. */
    WatchLoop(Slot slot, Hello self, Presence.Listener listener) throws IOException {
        this.slot = slot;
        this.self = self;
        this.listener = listener;
        this.selector = Selector.open();
        this.acceptKey = slot.listener().register(selector, SelectionKey.OP_ACCEPT);
    }

    /** Asks the watch thread to watch a slot; the result is completed in bounded time. */
    CompletableFuture<Void> watch(int other) {
        Request request = new Request(other, new CompletableFuture<>());
        requests.add(request);
        selector.wakeup();
        if (stopped) {
            refuseRequests();
        }
        return request.answered();
    }

    /** Ends the loop. Called on the watch thread itself, it says goodbye before it returns. */
    void stop(boolean onWatchThread) {
        stopped = true;
        if (onWatchThread) {
            leave();
        } else {
            selector.wakeup();
        }
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                turn();
            }
        } catch (IOException | RuntimeException | Error e) {
            LinuxHost.LOG.log(Level.ERROR, "The watch of a device set has failed; its members count as dead", e);
            for (Peer peer : List.copyOf(peers.values())) {
                tell(peer, false);
            }
        } finally {
            stopped = true;
            leave();
            closeSelector();
        }
    }

    private void turn() throws IOException {
        long patience = patience();
        if (patience == Long.MAX_VALUE) {
            selector.select(this::handle);
        } else if (patience <= 0) {
            selector.selectNow(this::handle);
        } else {
            selector.select(this::handle, TimeUnit.NANOSECONDS.toMillis(patience) + 1);
        }
        for (Request request = next(); request != null; request = next()) {
            connect(request);
        }
    }

    /** Returns the next request; none once the loop is stopped, which a listener may have done in this very turn. */
    private Request next() {
        return stopped ? null : requests.poll();
    }

    /** Drops who has been silent for too long; returns when that is to be done again. */
    private long patience() {
        long least = Long.MAX_VALUE;
        for (Connection connection : connections()) {
            if (connection.peer() == null) {
                long patience = connection.patience();
                if (patience <= 0) {
                    end(connection, false, "the process at the other end does not answer");
                } else {
                    least = Math.min(least, patience);
                }
            }
        }
        if (acceptKey.interestOps() == 0) {
            long pause = acceptAgain - System.nanoTime();
            if (pause <= 0) {
                acceptKey.interestOps(SelectionKey.OP_ACCEPT);
            } else {
                least = Math.min(least, pause);
            }
        }
        return least;
    }

    private List<Connection> connections() {
        List<Connection> all = new ArrayList<>();
        for (SelectionKey key : selector.keys()) {
            if (key.isValid() && key.attachment() instanceof Connection connection) {
                all.add(connection);
            }
        }
        return all;
    }

    private void handle(SelectionKey key) {
        if (stopped || !key.isValid()) {
            return;
        }
        if (key.attachment() instanceof Connection connection) {
            read(connection);
        } else {
            accept();
        }
    }

    private void accept() {
        SocketChannel channel;
        try {
            channel = slot.listener().accept();
        } catch (IOException e) {
            // Too many open files, most likely. The connection stays in the queue, so wait before the next try.
            LinuxHost.LOG.log(Level.WARNING, "A member of a device set cannot be accepted for now", e);
            acceptKey.interestOps(0);
            acceptAgain = System.nanoTime() + ACCEPT_PAUSE_NANOS;
            return;
        }
        if (channel == null) {
            return;
        }
        try {
            Connection connection = Connection.incoming(channel, slot.folder());
            channel.register(selector, SelectionKey.OP_READ, connection);
        } catch (IOException e) {
            LinuxHost.LOG.log(Level.WARNING, "A process was refused as a member of a device set", e);
            close(channel);
        }
    }

    private void connect(Request request) {
        if (peers.containsKey(request.slot())) {
            request.answered().complete(null);
            return;
        }
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            Hello greeting = new Hello(self.from(), request.slot(), self.set(), self.member());
            Connection connection = Connection.outgoing(channel, slot.folder(), greeting, request.answered());
            channel.register(selector, SelectionKey.OP_READ, connection);
        } catch (IOException e) {
            if (channel != null) {
                close(channel);
            }
            request.answered().completeExceptionally(e);
        }
    }

    private void read(Connection connection) {
        try {
            switch (connection.read()) {
                case NOTHING -> {
                }
                case HELLO -> greet(connection);
                case GOODBYE -> end(connection, true, "it has left the set");
                case END -> end(connection, false, "it has gone");
            }
        } catch (IOException e) {
            LinuxHost.LOG.log(Level.DEBUG, "A connection to a member of a device set broke", e);
            end(connection, false, "it has gone");
        }
    }

    private void greet(Connection connection) throws IOException {
        Hello hello = connection.hello();
        if (!connection.isExpected(hello, self)) {
            end(connection, false, "it is not the member of the set that was expected");
            return;
        }
        if (!connection.isOutgoing()) {
            connection.send(hello.answer(self.member()).encode());
        }
        Peer peer = peers.get(hello.from());
        if (peer == null || !peer.is(hello.member())) {
            peer = new Peer(hello.from(), hello.member());
            peers.put(hello.from(), peer);
        }
        connection.identified(peer);
    }

    private void end(Connection connection, boolean inOrder, String reason) {
        try {
            connection.close(reason);
        } catch (IOException e) {
            LinuxHost.LOG.log(Level.DEBUG, "A connection to a member of a device set did not close well", e);
        }
        if (connection.peer() != null) {
            tell(connection.peer(), inOrder);
        }
    }

    private void tell(Peer peer, boolean inOrder) {
        if (!peer.end()) {
            return;
        }
        peers.remove(peer.slot(), peer);
        try {
            if (inOrder) {
                listener.left(peer.slot());
            } else {
                listener.died(peer.slot());
            }
        } catch (RuntimeException | Error e) {
            LinuxHost.LOG.log(Level.ERROR, "A listener failed when told of the end of slot " + peer.slot(), e);
        }
        // An interrupt left over by the listener would close every channel that is touched next.
        if (Thread.interrupted()) {
            LinuxHost.LOG.log(Level.WARNING, "A listener interrupted the watch thread; ignored");
        }
    }

    /** Says goodbye to everybody and closes all connections. */
    private void leave() {
        if (left) {
            return;
        }
        left = true;
        for (Connection connection : connections()) {
            try {
                connection.send(ByteBuffer.wrap(new byte[]{Hello.GOODBYE}));
                connection.close("this process has left the set");
            } catch (IOException e) {
                LinuxHost.LOG.log(Level.DEBUG, "A member of a device set went before it heard goodbye", e);
                close(connection.channel());
            }
        }
        refuseRequests();
    }

    /** Gives the closed connections' descriptors back too. Not to be called while the selector selects. */
    private void closeSelector() {
        try {
            selector.close();
        } catch (IOException e) {
            LinuxHost.LOG.log(Level.WARNING, "The watch of a device set did not close well", e);
        }
    }

    private void refuseRequests() {
        for (Request request = requests.poll(); request != null; request = requests.poll()) {
            request.answered().completeExceptionally(new IOException("this process has left the set"));
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LinuxHost.LOG.log(Level.DEBUG, "A connection did not close well", e);
        }
    }
}
