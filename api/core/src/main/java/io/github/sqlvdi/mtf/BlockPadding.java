package io.github.sqlvdi.mtf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Counts the zero bytes behind the end of a stream. A writer that transfers whole blocks (BLOCKSIZE) fills
 * its last block with them; any other bytes behind the end are damage (MTF reference 16).
 */
final class BlockPadding {

    private static final int SMALLEST_BLOCK = 512;
    private static final int LARGEST_BLOCK = 65_536;

    private long count;

    /**
     * Takes the next bytes behind the end.
     *
     * @return false if one of them is not zero; then no byte of them was counted
     */
    boolean take(MemorySegment bytes, long from, long to) {
        for (long next = from; next < to; next++) {
            if (bytes.get(ValueLayout.JAVA_BYTE, next) != 0) {
                return false;
            }
            if (count + next - from >= LARGEST_BLOCK) { // more than any block has: stop the search
                count += to - from;
                return true;
            }
        }
        count += to - from;
        return true;
    }

    long count() {
        return count;
    }

    /**
     * Returns the smallest block whose last one the bytes fill.
     *
     * @param end where the stream ends
     * @return a power of two up to 65,536; 0 if the bytes do not end with a block, or fill more than one
     */
    int blockSize(long end) {
        for (int size = SMALLEST_BLOCK; size <= LARGEST_BLOCK; size *= 2) {
            if (count < size && (end + count) % size == 0) {
                return size;
            }
        }
        return 0;
    }
}
