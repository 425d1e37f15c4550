package io.github.sqlvdi.internal.mtf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The backup checksum of {@code WITH CHECKSUM}: for each sector of 512 bytes the sum is rotated left by one bit and the
 * exclusive or of the sector's 128 words of 32 bits is added to it, by exclusive or again. Bytes arrive in portions of
 * any size.
 */
public final class BackupChecksum {

    private static final int SECTOR = 512;
    private static final int WORDS = SECTOR / Long.BYTES;
    /** 16 KB: a copy that stays in the cache nearest to the processor. */
    private static final int SECTORS_AT_ONCE = 32;
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final long[] words = new long[SECTORS_AT_ONCE * WORDS];
    private int sum;
    private int sector;
    private int position;

    /** Begins a new sum. */
    public void reset() {
        sum = 0;
        sector = 0;
        position = 0;
    }

    /** Adds the bytes from one offset of a segment up to another. */
    public void update(MemorySegment segment, long from, long to) {
        long next = from;
        while (position != 0 && next < to) {
            addByte(segment.get(ValueLayout.JAVA_BYTE, next));
            next++;
        }
        while (to - next >= SECTOR) {
            int sectors = (int) Math.min((to - next) / SECTOR, SECTORS_AT_ONCE);
            MemorySegment.copy(segment, LONG, next, words, 0, sectors * WORDS);
            sum = addSectors(sum, words, sectors);
            next += (long) sectors * SECTOR;
        }
        while (next < to) {
            addByte(segment.get(ValueLayout.JAVA_BYTE, next));
            next++;
        }
    }

    /** {@return the sum of what was added; a sector that was begun counts as if zeros followed} */
    public int value() {
        return position == 0 ? sum : Integer.rotateLeft(sum, 1) ^ sector;
    }

    private void addByte(byte value) {
        sector ^= (value & 0xff) << 8 * (position & 3);
        position++;
        if (position == SECTOR) {
            sum = Integer.rotateLeft(sum, 1) ^ sector;
            sector = 0;
            position = 0;
        }
    }

    /**
     * The loads of a sector are written out: the processor then has many under way at once, and the compiler checks the
     * index once a sector. A loop over the segment itself, with a check for each word, took several times as long.
     */
    private static int addSectors(int before, long[] words, int sectors) {
        int sum = before;
        for (int sector = 0; sector < sectors; sector++) {
            int at = sector * WORDS;
            long all = eight(words, at) ^ eight(words, at + 8) ^ eight(words, at + 16) ^ eight(words, at + 24)
                    ^ eight(words, at + 32) ^ eight(words, at + 40) ^ eight(words, at + 48) ^ eight(words, at + 56);
            sum = Integer.rotateLeft(sum, 1) ^ (int) all ^ (int) (all >>> 32);
        }
        return sum;
    }

    private static long eight(long[] words, int at) {
        return (words[at] ^ words[at + 1] ^ words[at + 2] ^ words[at + 3])
                ^ (words[at + 4] ^ words[at + 5] ^ words[at + 6] ^ words[at + 7]);
    }
}
