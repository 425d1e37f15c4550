package io.github.sqlvdi.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** Counts the bytes of a source before they are decoded. */
final class CountedSource implements ReadableByteChannel {

    private final ReadableByteChannel source;
    private volatile long bytes;

    CountedSource(ReadableByteChannel source) {
        this.source = source;
    }

    /** {@return how many bytes were read; from any thread} */
    long bytes() {
        return bytes;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int count = source.read(target);
        bytes += Math.max(count, 0);
        return count;
    }

    @Override
    public boolean isOpen() {
        return source.isOpen();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
