package io.github.sqlvdi.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Locale;

/**
 * Moves a whole buffer through a channel that may move less in one call. A call that moves no bytes is an error,
 * because the loop would never end.
 */
final class ChannelTransfer {

    private ChannelTransfer() {
    }

    static <C extends Channel> C requireBlocking(C channel, String name) {
        if (channel instanceof SelectableChannel selectable && !selectable.isBlocking()) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s is a channel in non-blocking mode: expected a blocking one", name));
        }
        return channel;
    }

    /** Fills the buffer, or stops at the end of the channel. The buffer's position shows how many bytes were read. */
    static void readFully(ReadableByteChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            int before = buffer.remaining();
            if (channel.read(buffer) < 0) {
                return;
            }
            requireProgress(before, buffer, "gave none of %d bytes asked for", channel);
        }
    }

    /** Like {@link #readFully(ReadableByteChannel, ByteBuffer)}, but from a position of a file. */
    static void readFully(FileChannel channel, ByteBuffer buffer, long position) throws IOException {
        long next = position;
        while (buffer.hasRemaining()) {
            int count = channel.read(buffer, next);
            if (count < 0) {
                return;
            }
            requireProgress(count + buffer.remaining(), buffer, "gave none of %d bytes asked for", channel);
            next += count;
        }
    }

    static void writeFully(WritableByteChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            int before = buffer.remaining();
            channel.write(buffer);
            requireProgress(before, buffer, "took none of %d bytes offered", channel);
        }
    }

    static void writeFully(FileChannel channel, ByteBuffer buffer, long position) throws IOException {
        long next = position;
        while (buffer.hasRemaining()) {
            int count = channel.write(buffer, next);
            requireProgress(count + buffer.remaining(), buffer, "took none of %d bytes offered", channel);
            next += count;
        }
    }

    private static void requireProgress(int before, ByteBuffer buffer, String problem, Channel channel)
            throws IOException {
        if (buffer.remaining() == before) {
            throw new IOException(String.format(Locale.ROOT, "The channel %s %s", channel,
                    String.format(Locale.ROOT, problem, before)));
        }
    }
}
