package io.github.sqlvdi.storage.internal.zstd;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Compresses one frame after the other. One thread at a time uses it. */
public interface ZstdCompressor extends AutoCloseable {

    /** Begins a frame in {@code output}, which has room for any frame of the given content. */
    void begin(MemorySegment output) throws IOException;

    /**
     * Makes a frame of bytes that lie together in memory. It needs no {@link #begin}, and copies nothing: a frame in parts
     * passes through the memory of the compressor.
     *
     * @param output has room for any frame of the given content
     * @return the length of the frame in bytes; its header tells the length of the content
     */
    int frame(MemorySegment output, MemorySegment input) throws IOException;

    /** Adds bytes to the begun frame. */
    void write(MemorySegment input) throws IOException;

    /** Ends the frame and returns its length in bytes. */
    int finish() throws IOException;

    /** {@return how many bytes of memory the compressor takes now; 0 if that is not known} */
    long memory();

    @Override
    void close();
}
