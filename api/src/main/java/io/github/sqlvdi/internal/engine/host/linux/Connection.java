package io.github.sqlvdi.internal.engine.host.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.attribute.UserPrincipal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;

/** One connection to another member, used by the watch thread only. */
final class Connection {

    /** What reading brought. */
    enum Event { NOTHING, HELLO, GOODBYE, END }

    private static final long SILENCE_BOUND_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final SocketChannel channel;
    private final CompletableFuture<Void> answered;
    private final int expectedSlot;
    private final long opened = System.nanoTime();
    private final ByteBuffer in = ByteBuffer.allocate(Hello.BYTES);
    private Hello hello;
    private Peer peer;

    private Connection(SocketChannel channel, int expectedSlot, CompletableFuture<Void> answered) {
        this.channel = channel;
        this.expectedSlot = expectedSlot;
        this.answered = answered;
    }

    /** Prepares a connection that another process opened; whose it is will be in its hello. */
    static Connection incoming(SocketChannel channel, OpenFile folder) throws IOException {
        requireSameUser(channel, folder);
        channel.configureBlocking(false);
        return new Connection(channel, -1, null);
    }

    /** Connects to the member of that slot and says hello; {@code answered} will be told how that ends. */
    static Connection outgoing(SocketChannel channel, OpenFile folder, Hello greeting, CompletableFuture<Void> answered)
            throws IOException {
        channel.configureBlocking(false);
        // On a Unix-domain socket this succeeds or fails at once, whatever the other process is doing.
        channel.connect(Slot.address(folder, greeting.to()));
        requireSameUser(channel, folder);
        Connection connection = new Connection(channel, greeting.to(), answered);
        connection.send(greeting.encode());
        return connection;
    }

    private static void requireSameUser(SocketChannel channel, OpenFile folder) throws IOException {
        UserPrincipal user = channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        UserPrincipal owner = Files.getOwner(folder.path());
        if (!user.equals(owner)) {
            throw new IOException("the process at the other end belongs to user " + user + "; expected " + owner);
        }
    }

    SocketChannel channel() {
        return channel;
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
        channel.write(bytes);
        if (bytes.hasRemaining()) {
            throw new IOException("the process at the other end does not read");
        }
    }

    /** Reads what is there. Anything that is not of the protocol ends the connection. */
    Event read() throws IOException {
        int count = channel.read(in);
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

    void close(String reason) throws IOException {
        if (answered != null) {
            answered.completeExceptionally(new IOException(reason));
        }
        channel.close();
    }
}
