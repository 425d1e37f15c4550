package io.github.sqlvdi.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** A source that cannot be read. */
public final class FailingSource implements ReadableByteChannel {

    private final IOException failure;

    public FailingSource(IOException failure) {
        this.failure = failure;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        throw failure;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
    }
}
