package io.github.sqlvdi.codec;

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
     * Makes an encoder of blocks for one thread.
     *
     * @return the encoder; the caller closes it before this object
     */
    BlockEncoder blocks();

    /** Frees what the stream holds, such as its key. */
    @Override
    void close();
}
