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
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

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
        long sectors = (to - next) / SECTOR;
        if (sectors > 0) {
            sum = addSectors(sum, segment, next, sectors);
            next += sectors * SECTOR;
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

    /** Four accumulators: the processor adds to one while the load for another is under way. */
    private static int addSectors(int before, MemorySegment segment, long from, long sectors) {
        int sum = before;
        for (long sector = 0; sector < sectors; sector++) {
            long at = from + sector * SECTOR;
            long a = 0;
            long b = 0;
            long c = 0;
            long d = 0;
            for (int offset = 0; offset < SECTOR; offset += 4 * Long.BYTES) {
                a ^= segment.get(LONG, at + offset);
                b ^= segment.get(LONG, at + offset + 8);
                c ^= segment.get(LONG, at + offset + 16);
                d ^= segment.get(LONG, at + offset + 24);
            }
            long all = a ^ b ^ c ^ d;
            sum = Integer.rotateLeft(sum, 1) ^ (int) all ^ (int) (all >>> 32);
        }
        return sum;
    }
}
