package io.github.sqlvdi.storage.internal.age;

import io.github.sqlvdi.codec.BlockEncoder;
import io.github.sqlvdi.storage.internal.cipher.ChunkCipher;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Encrypts blocks of a payload. Whether a chunk is the last one of the stream must be known when it is encrypted: a chunk that
 * bytes follow is encrypted from the input into the output, and the end of what is there lies in the output as it is until
 * the next call.
 */
final class AgeBlocks implements BlockEncoder {

    private final ChunkCipher cipher;
    private MemorySegment output = MemorySegment.NULL;
    private boolean begun;
    private long block;
    /** Chunks of the block that are encrypted. */
    private int chunks;
    /** Bytes of the next chunk, at its place in the output, not encrypted yet. */
    private int waiting;

    AgeBlocks(ChunkCipher cipher) {
        this.cipher = cipher;
    }

    @Override
    public void begin(long index, MemorySegment output) {
        if (index < 0) {
            throw new IllegalArgumentException("index is " + index + ": expected 0 or more");
        }
        this.output = output;
        block = index;
        chunks = 0;
        waiting = 0;
        begun = true;
    }

    @Override
    public void write(MemorySegment input) throws IOException {
        requireBegun();
        long rest = input.byteSize();
        if (rest > Payload.BLOCK - length()) {
            throw new IllegalArgumentException(
                    "The block has " + length() + " bytes and cannot take " + rest + " more: it takes "
                            + Payload.BLOCK);
        }
        long offset = 0;
        while (rest > 0) {
            if (waiting == Payload.CHUNK) {
                sealWaiting(false);
            }
            if (waiting == 0 && rest > Payload.CHUNK) {
                seal(input, offset, Payload.CHUNK, false);
                offset += Payload.CHUNK;
                rest -= Payload.CHUNK;
            } else {
                int count = (int) Math.min(rest, Payload.CHUNK - waiting);
                MemorySegment.copy(input, offset, output, place() + waiting, count);
                waiting += count;
                offset += count;
                rest -= count;
            }
        }
    }

    @Override
    public int finish(boolean last) throws IOException {
        requireBegun();
        if (!last && length() != Payload.BLOCK) {
            throw new IllegalStateException("Block " + block + " has " + length() + " bytes, and is not the last one: "
                    + Payload.BLOCK + " were expected");
        }
        if (length() == 0 && block != 0) {
            throw new IllegalStateException("Block " + block + " is empty: only the first one may be");
        }
        int bytes = waiting + ChunkCipher.TAG_BYTES;
        sealWaiting(last);
        begun = false;
        output = MemorySegment.NULL;
        return Math.toIntExact((long) (chunks - 1) * Payload.SEALED_CHUNK + bytes);
    }

    private void sealWaiting(boolean last) throws IOException {
        seal(output, place(), waiting, last);
        waiting = 0;
    }

    private void seal(MemorySegment plain, long offset, int bytes, boolean last) throws IOException {
        cipher.seal(Math.addExact(Math.multiplyExact(block, Payload.CHUNKS), chunks), last, plain, offset, bytes,
                output,
                place());
        chunks++;
    }

    /** Where the next chunk begins in the output. */
    private long place() {
        return (long) chunks * Payload.SEALED_CHUNK;
    }

    /** How many bytes of the stream the block has. */
    private int length() {
        return chunks * Payload.CHUNK + waiting;
    }

    private void requireBegun() {
        if (!begun) {
            throw new IllegalStateException("No block was begun");
        }
    }

    @Override
    public void close() {
        begun = false;
        output = MemorySegment.NULL;
        cipher.close();
    }
}
