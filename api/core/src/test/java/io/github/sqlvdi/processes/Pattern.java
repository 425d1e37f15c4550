package io.github.sqlvdi.processes;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.zip.CRC32C;

/** Data that tells where it belongs: every word is made of device, buffer number and offset. */
final class Pattern {
    private final int device;
    private final CRC32C crc = new CRC32C();
    private final long[] words;
    private final byte[] bytes;
    private long turn;

    Pattern(int device, int size) {
        this.device = device;
        this.words = new long[size / Long.BYTES];
        this.bytes = new byte[size];
    }

    /** Fills the next buffer of the device's stream. */
    void fill(MemorySegment buffer) {
        next();
        MemorySegment.copy(words, 0, buffer, ValueLayout.JAVA_LONG_UNALIGNED, 0, words.length);
        account(buffer);
    }

    /** Whether this is the next buffer of the device's stream, every byte of it. */
    boolean matches(MemorySegment buffer) {
        next();
        account(buffer);
        return MemorySegment.ofArray(words).mismatch(buffer) == -1;
    }

    private void next() {
        long word = (device * 0x9e3779b97f4a7c15L) ^ (turn++ * 0xbf58476d1ce4e5b9L);
        for (int i = 0; i < words.length; i++) {
            word += 0x94d049bb133111ebL;
            words[i] = word ^ word >>> 29;
        }
    }

    private void account(MemorySegment buffer) {
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, bytes, 0, bytes.length);
        crc.update(bytes, 0, bytes.length);
    }

    String checksum() {
        return Long.toHexString(crc.getValue()) + ":" + turn;
    }
}
