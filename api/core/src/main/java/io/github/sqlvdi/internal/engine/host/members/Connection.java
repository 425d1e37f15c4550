package io.github.sqlvdi.internal.engine.host.members;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Sends and receives hello and goodbye on one link. Used by the watch thread only. */
final class Connection {

    /** The result of reading. */
    enum Event { NOTHING, HELLO, GOODBYE, END }

    private static final long SILENCE_BOUND_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Link link;
    private final CompletableFuture<Void> answered;
    private final int expectedSlot;
    private final long opened = System.nanoTime();
    private final ByteBuffer in = ByteBuffer.allocate(Hello.BYTES);
    private Hello hello;
    private Peer peer;

    private Connection(Link link, int expectedSlot, CompletableFuture<Void> answered) {
        this.link = link;
        this.expectedSlot = expectedSlot;
        this.answered = answered;
    }

    /** Prepares a connection that another process opened. Its hello will say which member it is. */
    static Connection incoming(Link link) {
        return new Connection(link, -1, null);
    }

    /** Sends a hello to the member at the other end; {@code answered} is completed with the result. */
    static Connection outgoing(Link link, Hello greeting, CompletableFuture<Void> answered) throws IOException {
        Connection connection = new Connection(link, greeting.to(), answered);
        connection.send(greeting.encode());
        return connection;
    }

    Link link() {
        return link;
    }

    boolean isOutgoing() {
        return answered != null;
    }

    /** {@return the hello that arrived; null before {@link Event#HELLO}} */
    Hello hello() {
        return hello;
    }

    Peer peer() {
        return peer;
    }

    /** Assigns the connection to a peer: from now on its end counts as the end of that peer. */
    void identified(Peer owner) {
        peer = owner;
        if (answered != null) {
            answered.complete(null);
        }
    }

    /** {@return the time left for the other end to send its hello, in nanoseconds; not positive if it is over} */
    long patience() {
        return SILENCE_BOUND_NANOS - (System.nanoTime() - opened);
    }

    /** {@return whether a hello is for this slot, of this set, and from the slot that this side connected to, if it did} */
    boolean isExpected(Hello candidate, Hello self) {
        return candidate.to() == self.from() && candidate.set().equals(self.set())
                && (expectedSlot < 0 || candidate.from() == expectedSlot);
    }

    /** Sends without waiting. A peer that cannot take these few bytes counts as gone. */
    void send(ByteBuffer bytes) throws IOException {
        link.write(bytes);
    }

    /** Reads the bytes that have arrived. Bytes that break the protocol count as the end of the connection. */
    Event read() throws IOException {
        int count = link.read(in);
        if (count < 0) {
            return Event.END;
        }
        if (hello != null) {
            return count == 0 ? Event.NOTHING : in.get(0) == Hello.GOODBYE ? Event.GOODBYE : Event.END;
        }
        if (in.hasRemaining()) {
            return Event.NOTHING;
        }
        hello = Hello.decode(in.flip());
        in.clear().limit(1);
        return hello == null ? Event.END : Event.HELLO;
    }

    /** Closes the link. A watch that still waits for the other side's hello fails with {@code reason}. */
    void close(IOException reason) throws IOException {
        if (answered != null) {
            answered.completeExceptionally(reason);
        }
        link.close();
    }
}
