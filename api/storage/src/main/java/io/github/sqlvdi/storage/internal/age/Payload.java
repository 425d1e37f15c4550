package io.github.sqlvdi.storage.internal.age;

import io.github.sqlvdi.storage.internal.cipher.ChunkCipher;

/** The lengths of a payload's parts. */
final class Payload {

    static final int CHUNK = ChunkCipher.CHUNK_BYTES;
    static final int SEALED_CHUNK = CHUNK + ChunkCipher.TAG_BYTES;
    /** Enough chunks that handing a block to another thread costs nothing beside its encryption. */
    static final int CHUNKS = 16;
    static final int BLOCK = CHUNKS * CHUNK;
    static final int SEALED_BLOCK = CHUNKS * SEALED_CHUNK;

    private Payload() {
    }

    /** {@return the length of so many bytes of a stream or block with their tags} */
    static long sealed(long bytes) {
        long chunks = Math.max(1, Math.ceilDiv(bytes, CHUNK));
        return bytes + chunks * ChunkCipher.TAG_BYTES;
    }
}
