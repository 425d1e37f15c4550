package io.github.sqlvdi.internal.pipeline;

import java.lang.foreign.MemorySegment;

/**
 * A run of bytes of a stream, which one or several blocks take. Guarded by the monitor of its {@link EncodingChain}, which
 * calls {@link #released()} when the bytes are no longer needed.
 */
public abstract class Piece {

    private final MemorySegment bytes;
    private long position;
    private int slices;

    /**
     * Makes a piece.
     *
     * @param bytes native memory, unchanged until {@link #released()}
     */
    protected Piece(MemorySegment bytes) {
        this.bytes = bytes;
    }

    /** Called once, under the monitor of the chain and by any thread, when nothing uses the bytes any more. */
    protected abstract void released();

    /** {@return how many bytes no block has taken yet} */
    public final long left() {
        return bytes.byteSize() - position;
    }

    final MemorySegment bytes() {
        return bytes;
    }

    /** Takes the next bytes for a block, which calls {@link #sliceUsed()} after it has read them. */
    MemorySegment take(long count) {
        MemorySegment slice = bytes.asSlice(position, count);
        position += count;
        slices++;
        return slice;
    }

    void sliceUsed() {
        slices--;
        if (slices == 0 && left() == 0) {
            released();
        }
    }

    /** Copies the next bytes. */
    void copyTo(MemorySegment target, long offset, long count) {
        MemorySegment.copy(bytes, position, target, offset, count);
        position += count;
        if (slices == 0 && left() == 0) {
            released();
        }
    }
}
