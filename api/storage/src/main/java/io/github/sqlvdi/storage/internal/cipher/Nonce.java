package io.github.sqlvdi.storage.internal.cipher;

/** The nonce of a chunk: its number in 11 bytes, the highest first, then the mark of the last chunk. */
final class Nonce {

    private static final int MARK = ChunkCipher.NONCE_BYTES - 1;

    private Nonce() {
    }

    /** {@return a byte of the nonce} */
    static byte at(int index, long chunk, boolean last) {
        if (index == MARK) {
            return (byte) (last ? 1 : 0);
        }
        int shift = Byte.SIZE * (MARK - 1 - index);
        return shift < Long.SIZE ? (byte) (chunk >>> shift) : 0;
    }
}
