package io.github.sqlvdi.internal.engine.host.members;

import io.github.sqlvdi.internal.engine.host.MemberGoneException;
import io.github.sqlvdi.internal.engine.host.Presence;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * The loop of a presence's watch thread. It accepts connections from members that watch this one, connects to members that
 * this one must watch, and calls the listener when they leave or die. It sleeps without a time limit while every connection
 * has a peer. All methods but {@link #watch} and {@link #stop} run on that thread.
 */
final class WatchLoop implements Runnable, LinkListener {

    private final LinkPort port;
    private final Hello self;
    private final Presence.Listener listener;
    private final Map<Link, Connection> connections = new IdentityHashMap<>();
    private final Map<Integer, Peer> peers = new HashMap<>();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;
    private boolean left;

    private record Request(int slot, CompletableFuture<Void> answered) {}

    /** Creates the loop, which closes the port when it ends; {@code self} is a hello from this member to itself. */
    WatchLoop(LinkPort port, Hello self, Presence.Listener listener) {
        this.port = port;
        this.self = self;
        this.listener = listener;
    }

    /** Asks the watch thread to watch a slot; the result is completed in bounded time. */
    CompletableFuture<Void> watch(int other) {
        Request request = new Request(other, new CompletableFuture<>());
        requests.add(request);
        port.wakeUp();
        if (stopped) {
            refuseRequests();
        }
        return request.answered();
    }

    /** Ends the loop. If it is called on the watch thread, it sends every goodbye before it returns. */
    void stop(boolean onWatchThread) {
        stopped = true;
        if (onWatchThread) {
            leave();
        } else {
            port.wakeUp();
        }
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                turn();
            }
        } catch (IOException | RuntimeException | Error e) {
            for (Peer peer : List.copyOf(peers.values())) {
                tell(peer, false);
            }
            // Logging comes last: with no descriptor left it may fail in its turn.
            MemberPresence.LOG.log(Level.ERROR, "The watch of a device set has failed; its members count as dead", e);
        } finally {
            stopped = true;
            leave();
            closePort();
        }
    }

    private void turn() throws IOException {
        long patience = patience();
        port.select(patience == Long.MAX_VALUE ? -1 : patience <= 0 ? 0
                : TimeUnit.NANOSECONDS.toMillis(patience) + 1, this);
        for (Request request = next(); request != null; request = next()) {
            connect(request);
        }
    }

    /** {@return the next request; null after the loop was stopped, which a listener may have done in this turn} */
    private Request next() {
        return stopped ? null : requests.poll();
    }

    /** Ends connections whose hello is overdue; returns the nanoseconds until the next check is due. */
    private long patience() {
        long least = Long.MAX_VALUE;
        for (Connection connection : List.copyOf(connections.values())) {
            if (connection.peer() == null) {
                long patience = connection.patience();
                if (patience <= 0) {
                    end(connection, false, new IOException("the process at the other end does not answer: "
                            + "it is suspended, very slow, or has too many open files (ulimit -n)"));
                } else {
                    least = Math.min(least, patience);
                }
            }
        }
        return least;
    }

    @Override
    public void incoming(Link link) {
        if (stopped) {
            close(link);
        } else {
            connections.put(link, Connection.incoming(link));
        }
    }

    @Override
    public boolean readable(Link link) {
        Connection connection = connections.get(link);
        if (connection == null || stopped) {
            return false;
        }
        read(connection);
        return true;
    }

    private void connect(Request request) {
        if (peers.containsKey(request.slot())) {
            request.answered().complete(null);
            return;
        }
        Link link = null;
        try {
            link = port.connect(request.slot());
            Hello greeting = new Hello(self.from(), request.slot(), self.set(), self.member());
            connections.put(link, Connection.outgoing(link, greeting, request.answered()));
        } catch (IOException e) {
            if (link != null) {
                close(link);
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
                case GOODBYE -> end(connection, true, new MemberGoneException("it has left the set"));
                case END -> end(connection, false, new MemberGoneException("it has gone"));
            }
        } catch (IOException e) {
            MemberPresence.LOG.log(Level.DEBUG, "A connection to a member of a device set broke", e);
            end(connection, false, new MemberGoneException("it has gone"));
        }
    }

    private void greet(Connection connection) throws IOException {
        Hello hello = connection.hello();
        if (!connection.isExpected(hello, self)) {
            end(connection, false, new IOException("it is not the member of the set that was expected"));
            return;
        }
        Peer peer = peers.get(hello.from());
        if (peer == null || !peer.is(hello.member())) {
            if (peer != null) {
                tell(peer, false); // the former holder of the slot sent no goodbye; its connection may end later
            }
            peer = new Peer(hello.from(), hello.member());
            peers.put(hello.from(), peer);
        }
        if (!connection.isOutgoing()) {
            connection.send(hello.answer(self.member()).encode());
        }
        connection.identified(peer);
    }

    private void end(Connection connection, boolean inOrder, IOException reason) {
        connections.remove(connection.link());
        try {
            connection.close(reason);
        } catch (IOException e) {
            MemberPresence.LOG.log(Level.DEBUG, "A connection to a member of a device set did not close well", e);
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
            MemberPresence.LOG.log(Level.ERROR, "A listener failed when told of the end of slot " + peer.slot(), e);
        }
        // If the listener left the thread interrupted, the next use of a channel would close that channel.
        if (Thread.interrupted()) {
            MemberPresence.LOG.log(Level.WARNING, "A listener interrupted the watch thread; ignored");
        }
    }

    /** Sends a goodbye to every member and closes all connections. */
    private void leave() {
        if (left) {
            return;
        }
        left = true;
        for (Connection connection : connections.values()) {
            try {
                connection.send(ByteBuffer.wrap(new byte[]{Hello.GOODBYE}));
                connection.close(new IOException("this process has left the set"));
            } catch (IOException e) {
                MemberPresence.LOG.log(Level.DEBUG, "A member of a device set went before it heard goodbye", e);
                close(connection.link());
            }
        }
        connections.clear();
        refuseRequests();
    }

    /** Closes the port. Must not be called while the port selects. */
    private void closePort() {
        try {
            port.close();
        } catch (IOException e) {
            MemberPresence.LOG.log(Level.WARNING, "The watch of a device set did not close well", e);
        }
    }

    private void refuseRequests() {
        for (Request request = requests.poll(); request != null; request = requests.poll()) {
            request.answered().completeExceptionally(new IOException("this process has left the set"));
        }
    }

    private static void close(Link link) {
        try {
            link.close();
        } catch (IOException e) {
            MemberPresence.LOG.log(Level.DEBUG, "A connection did not close well", e);
        }
    }
}
