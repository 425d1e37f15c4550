package io.github.sqlvdi.codec;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Encodes one block after the other: begin, any number of writes, finish. One thread at a time uses it; different calls may
 * come from different threads.
 */
public interface BlockEncoder extends AutoCloseable {

    /**
     * Begins a block. A block that was begun and not finished is dropped.
     *
     * @param index the number of the block in its stream, from 0
     * @param output takes the encoded block: native memory of at least {@link StreamEncoder#encodedBytes(int)} bytes for
     *     a full block, used until {@link #finish(boolean)}
     * @throws IOException if the format's library fails; the stream cannot be continued
     */
    void begin(long index, MemorySegment output) throws IOException;

    /**
     * Adds bytes to the block. The input is free when the method returns.
     *
     * @param input the next bytes of the block, native memory
     * @throws IOException if the format's library fails; the stream cannot be continued
     */
    void write(MemorySegment input) throws IOException;

    /**
     * Ends the block.
     *
     * @param last whether the stream ends with this block. An empty stream has one block, of 0 bytes; any other stream has
     *     no empty block. Formats with {@link StreamEncoder#hasShortBlocks()} need no last block
     * @return the length of the encoded block in bytes
     * @throws IOException if the format's library fails; the stream cannot be continued
     */
    int finish(boolean last) throws IOException;

    /** Frees the encoder's memory. */
    @Override
    void close();
}
