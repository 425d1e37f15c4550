package io.github.sqlvdi.storage.internal.zstd;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** Decompresses frames. One thread at a time uses it. */
public interface ZstdDecompressor extends AutoCloseable {

    /** Decompresses a whole frame and returns the length of its content in bytes. */
    long frame(MemorySegment target, MemorySegment frame) throws IOException;

    /**
     * Decompresses the next bytes of a frame, or begins a frame. Both buffers are direct; their positions move.
     *
     * @return whether the frame has ended and all its content was given
     */
    boolean stream(ByteBuffer target, ByteBuffer source) throws IOException;

    @Override
    void close();
}
