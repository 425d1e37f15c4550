package io.github.sqlvdi.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** Counts the bytes of a source before they are decoded, and remembers whether a read failed. */
final class CountedSource implements ReadableByteChannel {

    private final ReadableByteChannel source;
    private volatile long bytes;
    private volatile boolean failed;

    CountedSource(ReadableByteChannel source) {
        this.source = source;
    }

    /** {@return how many bytes were read; from any thread} */
    long bytes() {
        return bytes;
    }

    /** {@return whether a read of the source itself failed; from any thread} */
    boolean failed() {
        return failed;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        try {
            int count = source.read(target);
            bytes += Math.max(count, 0);
            return count;
        } catch (IOException failure) {
            failed = true;
            throw failure;
        }
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
