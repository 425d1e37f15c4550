package io.github.sqlvdi.internal.pipeline;

import java.lang.foreign.MemorySegment;

/** A part of a piece that one block takes. Guarded by the monitor of the chain; a stage uses the object again. */
final class Slice {

    private MemorySegment bytes = MemorySegment.NULL;
    private Piece piece;

    /**
     * Takes other bytes.
     *
     * @param from the piece that the bytes belong to; null for bytes that the block has copied
     */
    void begin(MemorySegment content, Piece from) {
        bytes = content;
        piece = from;
    }

    MemorySegment bytes() {
        return bytes;
    }

    /** Says that the block has read the bytes. */
    void used() {
        if (piece != null) {
            piece.sliceUsed();
        }
        bytes = MemorySegment.NULL;
        piece = null;
    }
}
