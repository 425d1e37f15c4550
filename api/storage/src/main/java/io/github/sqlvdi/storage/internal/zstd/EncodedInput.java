package io.github.sqlvdi.storage.internal.zstd;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.util.Locale;

/** The encoded stream, read in large pieces. */
final class EncodedInput {

    private static final int CAPACITY = 256 << 10;
    /** Runs of this length or more are read to their place, without the buffer. */
    private static final int LONG_RUN = 64 << 10;

    private final ReadableByteChannel source;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(CAPACITY).order(ByteOrder.LITTLE_ENDIAN).flip();
    private long read;
    private boolean ended;

    EncodedInput(ReadableByteChannel source) {
        this.source = source;
    }

    /** {@return the bytes that were read and not taken yet} */
    ByteBuffer buffer() {
        return buffer;
    }

    /** {@return the position of the next byte in the stream} */
    long offset() {
        return read - buffer.remaining();
    }

    /** Reads until the buffer has a number of bytes. Returns false if the stream ends before. */
    boolean ensure(int count) throws IOException {
        while (buffer.remaining() < count) {
            if (!fill()) {
                return false;
            }
        }
        return true;
    }

    /** Reads some more bytes. Returns false at the end of the stream. */
    boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        buffer.compact();
        int count;
        try {
            count = source.read(buffer);
        } finally {
            buffer.flip();
        }
        if (count == 0) {
            throw gaveNothing();
        }
        ended = count < 0;
        read += Math.max(count, 0);
        return !ended;
    }

    /**
     * Moves the next bytes into native memory. What the buffer does not have yet of a long run is read from the source
     * without a copy.
     */
    void move(MemorySegment target, long offset, int count) throws IOException {
        int moved = 0;
        while (moved < count) {
            if (count >= LONG_RUN && !buffer.hasRemaining()) {
                readTo(target.asSlice(offset + moved, count - moved).asByteBuffer());
                return;
            }
            require();
            int piece = Math.min(count - moved, buffer.remaining());
            MemorySegment.copy(MemorySegment.ofBuffer(buffer), 0, target, offset + moved, piece);
            buffer.position(buffer.position() + piece);
            moved += piece;
        }
    }

    private void readTo(ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            int count = ended ? -1 : source.read(target);
            if (count == 0) {
                throw gaveNothing();
            }
            if (count < 0) {
                ended = true;
                throw cut();
            }
            read += count;
        }
    }

    private IOException gaveNothing() {
        return new IOException("The channel " + source + " gave none of the bytes asked for");
    }

    void skip(long count) throws IOException {
        long left = count;
        while (left > 0) {
            require();
            int piece = (int) Math.min(left, buffer.remaining());
            buffer.position(buffer.position() + piece);
            left -= piece;
        }
    }

    private void require() throws IOException {
        if (!ensure(1)) {
            throw cut();
        }
    }

    EOFException cut() {
        return new EOFException(String.format(Locale.ROOT,
                "The zstd stream is cut: it ends after %,d bytes before its end", offset()));
    }

    void close() throws IOException {
        source.close();
    }
}
