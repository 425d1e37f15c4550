package io.github.sqlvdi.internal.engine.host.members;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The greeting and the goodbye on one link, used by the watch thread only. */
final class Connection {

    /** What reading brought. */
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

    /** Prepares a connection that another process opened; whose it is will be in its hello. */
    static Connection incoming(Link link) {
        return new Connection(link, -1, null);
    }

    /** Says hello to the member at the other end; {@code answered} is completed with the result. */
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

    /** Returns the hello that arrived; null before {@link Event#HELLO}. */
    Hello hello() {
        return hello;
    }

    Peer peer() {
        return peer;
    }

    /** From now on the end of this connection is the end of that peer. */
    void identified(Peer owner) {
        peer = owner;
        if (answered != null) {
            answered.complete(null);
        }
    }

    /** Returns how long the other end may still keep silent, in nanoseconds; negative when that is over. */
    long patience() {
        return SILENCE_BOUND_NANOS - (System.nanoTime() - opened);
    }

    /** Returns whether a hello is what this side can take: to this slot, of this set, from the process asked for. */
    boolean isExpected(Hello candidate, Hello self) {
        return candidate.to() == self.from() && candidate.set().equals(self.set())
                && (expectedSlot < 0 || candidate.from() == expectedSlot);
    }

    /** Sends without waiting: a peer that does not even take these few bytes is none. */
    void send(ByteBuffer bytes) throws IOException {
        link.write(bytes);
    }

    /** Reads what is there. Anything that is not of the protocol ends the connection. */
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

    /** Closes the link; {@code reason} ends a watch that still waits for the other side's hello. */
    void close(IOException reason) throws IOException {
        if (answered != null) {
            answered.completeExceptionally(reason);
        }
        link.close();
    }
}
