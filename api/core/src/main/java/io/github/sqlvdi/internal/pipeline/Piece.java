package io.github.sqlvdi.internal.pipeline;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * A run of bytes of a stream, which one or several blocks take. Guarded by the monitor of its {@link EncodingChain}, which
 * calls {@link #released()} when the bytes are no longer needed. Then it can begin again with other bytes.
 */
public abstract class Piece {

    private MemorySegment bytes = MemorySegment.NULL;
    /** The same bytes for channels. */
    private ByteBuffer view;
    private long position;
    private int slices;

    /** Makes a piece without bytes. */
    protected Piece() {
    }

    /**
     * Takes other bytes. The piece is new or was released.
     *
     * @param content native memory, unchanged until {@link #released()}
     * @param contentView the same bytes from position to limit; only the chain moves its position until the release
     */
    public final void begin(MemorySegment content, ByteBuffer contentView) {
        bytes = content;
        view = contentView;
        position = 0;
    }

    /** Called once, under the monitor of the chain and by any thread, when nothing uses the bytes any more. */
    protected abstract void released();

    /** {@return how many bytes no block has taken yet} */
    public final long left() {
        return bytes.byteSize() - position;
    }

    final ByteBuffer view() {
        return view;
    }

    /** Takes the next bytes for a block, which calls {@link #sliceUsed()} after it has read them. */
    MemorySegment take(long count) {
        MemorySegment slice = count == bytes.byteSize() ? bytes : bytes.asSlice(position, count);
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
