package io.github.sqlvdi.storage.internal.cipher;

import java.lang.foreign.MemorySegment;

/**
 * ChaCha20-Poly1305 (RFC 8439, without additional data) under one key, for the chunks of one stream. The nonce of a chunk is
 * its number in 11 bytes, the highest byte first, then 1 for the last chunk of the stream, else 0.
 *
 * <p>One thread at a time uses an object; different calls may come from different threads.
 */
public interface ChunkCipher extends AutoCloseable {

    /** The length of the key in bytes. */
    int KEY_BYTES = 32;
    /** The length of the nonce in bytes. */
    int NONCE_BYTES = 12;
    /** The length of the tag in bytes. It follows the encrypted bytes of a chunk. */
    int TAG_BYTES = 16;
    /** The greatest length of a chunk in bytes, without the tag. */
    int CHUNK_BYTES = 64 * 1024;

    /**
     * Encrypts a chunk.
     *
     * @param chunk the number of the chunk, from 0; each is encrypted once with a key
     * @param last whether the stream ends with this chunk
     * @param plain has the chunk, native memory
     * @param plainOffset where the chunk begins
     * @param bytes the length of the chunk, 0 to {@value #CHUNK_BYTES}
     * @param sealed takes the encrypted bytes and the tag, native memory; may be the memory of the chunk itself
     * @param sealedOffset where they begin
     * @throws CipherException if the library refuses
     */
    void seal(long chunk, boolean last, MemorySegment plain, long plainOffset, int bytes, MemorySegment sealed,
            long sealedOffset) throws CipherException;

    /**
     * Checks the tag of a chunk and decrypts it.
     *
     * @param chunk the number of the chunk, from 0
     * @param last whether the stream ends with this chunk
     * @param sealed has the encrypted bytes and the tag, native memory
     * @param sealedOffset where they begin
     * @param bytes their length with the tag, {@value #TAG_BYTES} to {@value #CHUNK_BYTES} + {@value #TAG_BYTES}
     * @param plain takes the chunk, native memory; may be the memory of the encrypted bytes. Where the tag is wrong, what is
     *     there was not checked
     * @param plainOffset where the chunk begins
     * @return whether the tag is right
     * @throws CipherException if the library refuses
     */
    boolean open(long chunk, boolean last, MemorySegment sealed, long sealedOffset, int bytes, MemorySegment plain,
            long plainOffset) throws CipherException;

    /** Frees the cipher and clears what it holds of key and data. Closing again does nothing. */
    @Override
    void close();
}
