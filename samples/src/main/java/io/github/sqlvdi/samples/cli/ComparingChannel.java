package io.github.sqlvdi.samples.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Locale;

/** Compares the bytes of a restore with the bytes that were backed up, instead of storing them. */
final class ComparingChannel implements WritableByteChannel {

    private final String name;
    private final ReadableByteChannel expected;
    private ByteBuffer scratch = ByteBuffer.allocateDirect(1 << 16);
    private long position;
    private boolean open = true;

    /** Compares with {@code expected}, which stays open when this channel is closed. */
    ComparingChannel(String name, ReadableByteChannel expected) {
        this.name = name;
        this.expected = expected;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int size = source.remaining();
        readExpected(size);
        int mismatch = source.mismatch(scratch);
        if (mismatch >= 0) {
            throw new IOException(mismatch < scratch.limit()
                    ? String.format(Locale.ROOT, "%s differs from what was backed up at byte %,d", name,
                            position + mismatch)
                    : String.format(Locale.ROOT, "%s is longer than the %,d bytes that were backed up", name,
                            position + mismatch));
        }
        source.position(source.limit());
        position += size;
        return size;
    }

    private void readExpected(int size) throws IOException {
        if (scratch.capacity() < size) {
            scratch = ByteBuffer.allocateDirect(size);
        }
        scratch.clear().limit(size);
        while (scratch.hasRemaining() && expected.read(scratch) >= 0) {
            // until the buffer is full or the data ends
        }
        scratch.flip();
    }

    /**
     * Checks that the restore gave every byte that was backed up.
     *
     * @return the number of bytes compared
     */
    long requireEnd() throws IOException {
        readExpected(1);
        if (scratch.hasRemaining()) {
            throw new IOException(
                    String.format(Locale.ROOT, "%s ends after %,d bytes, more were backed up", name, position));
        }
        return position;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }
}
