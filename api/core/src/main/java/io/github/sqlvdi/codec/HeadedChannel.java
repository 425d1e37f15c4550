package io.github.sqlvdi.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;

/** A channel whose first bytes were read before: gives them again, then the rest, or the failure that reading more had. */
final class HeadedChannel implements ReadableByteChannel {

    private final ByteBuffer head;
    private final ReadableByteChannel rest;
    private final Optional<IOException> failure;

    HeadedChannel(ByteBuffer head, ReadableByteChannel rest, Optional<IOException> failure) {
        this.head = head.duplicate();
        this.rest = rest;
        this.failure = failure;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (!head.hasRemaining() && failure.isPresent()) {
            throw new IOException(failure.get().getMessage(), failure.get());
        }
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
