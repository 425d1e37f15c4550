package io.github.sqlvdi.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** A channel whose first bytes were read before: gives them again, then the rest. */
final class HeadedChannel implements ReadableByteChannel {

    private final ByteBuffer head;
    private final ReadableByteChannel rest;

    HeadedChannel(ByteBuffer head, ReadableByteChannel rest) {
        this.head = head.duplicate();
        this.rest = rest;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (!head.hasRemaining() || !target.hasRemaining()) {
            return rest.read(target);
        }
        int count = Math.min(head.remaining(), target.remaining());
        target.put(head.slice(head.position(), count));
        head.position(head.position() + count);
        return count;
    }

    @Override
    public boolean isOpen() {
        return rest.isOpen();
    }

    @Override
    public void close() throws IOException {
        rest.close();
    }
}
