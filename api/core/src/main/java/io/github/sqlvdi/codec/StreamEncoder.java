package io.github.sqlvdi.codec;

import java.io.IOException;

/**
 * Encodes one stream as a header and a sequence of blocks. The blocks are independent: several threads encode them at a
 * time, each with a {@link BlockEncoder} of its own, and their results are written in the order of the blocks.
 */
public interface StreamEncoder extends AutoCloseable {

    /** {@return how many bytes of the stream make a block, at least 1; the last block may have fewer} */
    int blockBytes();

    /**
     * Returns the room that an encoded block needs.
     *
     * @param bytes the length of the block before, 0 to {@link #blockBytes()}
     * @return the greatest length of the encoded block in bytes
     */
    long encodedBytes(int bytes);

    /** {@return what precedes the first block; empty for most formats} */
    byte[] header();

    /**
     * Returns what follows the last block: a mark by which the decoder tells the end of a stream whose blocks do not show
     * it. Empty by default.
     *
     * @param bytes the length of the stream before encoding, in bytes
     * @return the bytes
     */
    default byte[] trailer(long bytes) {
        return new byte[0];
    }

    /**
     * Tells whether any block may be shorter than {@link #blockBytes()}. A Flush then ends the current block, and a stream
     * whose last byte was flushed ends without a block that {@link BlockEncoder#finish(boolean)} was told to be the last.
     * Formats with blocks of a fixed length answer false: then a Flush leaves the begun block in memory.
     *
     * @return false by default
     */
    default boolean hasShortBlocks() {
        return false;
    }

    /** {@return about how many bytes of memory a {@link BlockEncoder} takes, without its output} */
    default long encoderBytes() {
        return 0;
    }

    /**
     * Makes an encoder of blocks.
     *
     * @return the encoder; the caller closes it before this object
     * @throws IOException if there is no memory for it
     */
    BlockEncoder blocks() throws IOException;

    /** Frees what the stream holds, such as its key. */
    @Override
    void close();
}
