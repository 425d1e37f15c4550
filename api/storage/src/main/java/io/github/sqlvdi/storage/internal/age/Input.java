package io.github.sqlvdi.storage.internal.age;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** Reads single bytes of a channel, and fills buffers from where they end. */
final class Input {

    private final ReadableByteChannel channel;
    private final ByteBuffer ahead = ByteBuffer.allocate(4096).limit(0);

    Input(ReadableByteChannel channel) {
        this.channel = channel;
    }

    /** {@return the next byte, 0 to 255, or -1 at the end of the channel} */
    int next() throws IOException {
        if (!ahead.hasRemaining()) {
            int count = readOnce(ahead.clear());
            ahead.flip();
            if (count < 0) {
                return -1;
            }
        }
        return ahead.get() & 0xFF;
    }

    /** {@return the next byte, which stays; -1 at the end of the channel} */
    int peek() throws IOException {
        int value = next();
        if (value >= 0) {
            ahead.position(ahead.position() - 1);
        }
        return value;
    }

    /** Reads until the buffer is full or the channel ends. */
    void fill(ByteBuffer target) throws IOException {
        int count = Math.min(ahead.remaining(), target.remaining());
        target.put(ahead.slice(ahead.position(), count));
        ahead.position(ahead.position() + count);
        while (target.hasRemaining() && readOnce(target) >= 0) {
            // The loop's condition reads.
        }
    }

    private int readOnce(ByteBuffer target) throws IOException {
        int count = channel.read(target);
        if (count == 0) {
            throw new IOException(
                    "The channel " + channel + " gave none of the bytes asked for: it must be in blocking mode");
        }
        return count;
    }
}
