package io.github.sqlvdi.storage.internal.zstd;

import io.github.sqlvdi.codec.BlockEncoder;
import io.github.sqlvdi.codec.StreamEncoder;
import java.io.IOException;
import java.lang.foreign.Arena;

/** Encodes a stream as frames of 4 MiB, between two marks. */
public final class ZstdStreamEncoder implements StreamEncoder {

    /** The logarithm of a block's length: shorter frames compress less (1 MiB costs 18 % more bytes), longer ones little more. */
    private static final int BLOCK_LOG = 22;
    private static final int BLOCK = 1 << BLOCK_LOG;

    private final ZstdLibrary library;
    private final int level;
    private final long encoderBytes;
    /** Was made to measure its memory; null after its first use. */
    private BlockEncoder first;

    /**
     * Makes an encoder.
     *
     * @param library the implementation
     * @param level 1 to 19
     * @throws IOException if there is no memory for a compressor
     */
    public ZstdStreamEncoder(ZstdLibrary library, int level) throws IOException {
        this.library = library;
        this.level = level;
        ZstdCompressor compressor = compressor();
        this.first = new FrameEncoder(compressor, BLOCK);
        try (Arena arena = Arena.ofConfined()) { // a compressor takes its memory with the first byte
            first.begin(0, arena.allocate(1024));
            first.write(arena.allocate(1));
            this.encoderBytes = compressor.memory() > 0 ? compressor.memory() : 2L * BLOCK;
        } catch (IOException refused) {
            compressor.close();
            throw refused;
        }
    }

    /**
     * The window is as long as a block at every level. A block in parts passes through a ring of that length: in a shorter
     * ring the end of the block would lie before its beginning, and zstd would search in two places.
     */
    private ZstdCompressor compressor() throws IOException {
        return library.compressor(level, BLOCK_LOG);
    }

    @Override
    public int blockBytes() {
        return BLOCK;
    }

    /** The bound of libzstd (ZSTD_COMPRESSBOUND) and the room in front. */
    @Override
    public long encodedBytes(int bytes) {
        return FrameEncoder.FRONT + bytes + (bytes >> 8) + 1024L;
    }

    @Override
    public byte[] header() {
        return new StreamMark(false, 0).frame();
    }

    @Override
    public byte[] trailer(long bytes) {
        return new StreamMark(true, bytes).frame();
    }

    @Override
    public boolean hasShortBlocks() {
        return true;
    }

    @Override
    public long encoderBytes() {
        return encoderBytes;
    }

    @Override
    public synchronized BlockEncoder blocks() throws IOException {
        BlockEncoder made = first;
        first = null;
        return made != null ? made : new FrameEncoder(compressor(), BLOCK);
    }

    @Override
    public synchronized void close() {
        if (first != null) {
            first.close();
            first = null;
        }
    }
}
