package io.github.sqlvdi.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;

/**
 * A channel of the user as a target. Only closing it completes its content, so a failed job leaves it open: closing it
 * would make an incomplete gzip file or upload look complete.
 */
final class ChannelTarget implements BackupTarget {

    private final WritableByteChannel user;
    private final WritableByteChannel bytes;
    private boolean finished;

    ChannelTarget(WritableByteChannel user) {
        this.user = ChannelTransfer.requireBlocking(user, "target");
        this.bytes = new Unclosed(user);
    }

    @Override
    public void begin() {
    }

    @Override
    public WritableByteChannel channel() {
        return bytes;
    }

    @Override
    public void flush() throws IOException {
        if (user instanceof FileChannel file) {
            file.force(true);
        }
    }

    @Override
    public void finish() throws IOException {
        flush();
        user.close();
        finished = true;
    }

    @Override
    public void keep() {
    }

    @Override
    public void undo() throws IOException {
        if (finished) {
            throw new IOException(
                    "The channel " + user + " was closed before the statement failed: what is behind it may "
                            + "look whole, discard it");
        }
    }

    @Override
    public Optional<Object> identity() {
        return Optional.of(new ChannelIdentity(user));
    }

    /** Compares channels by identity, because a class of channels may define equals() in another way. */
    record ChannelIdentity(Object channel) {

        @Override
        public boolean equals(Object other) {
            return other instanceof ChannelIdentity that && channel == that.channel;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(channel);
        }
    }

    private record Unclosed(WritableByteChannel channel) implements WritableByteChannel {

        @Override
        public int write(ByteBuffer source) throws IOException {
            return channel.write(source);
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() {
        }
    }
}
