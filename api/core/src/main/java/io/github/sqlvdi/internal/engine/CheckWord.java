package io.github.sqlvdi.internal.engine;

/**
 * The check word that each record of the control region carries: a mix of the set's random key, the place and turn of the
 * record, and its content. It detects torn, stale, moved and overwritten records. Every process of the set can compute it,
 * so a reader also checks the range of each value before use.
 */
final class CheckWord {
    private static final long M1 = 0x9e37_79b9_7f4a_7c15L;
    private static final long M2 = 0xbf58_476d_1ce4_e5b9L;
    private static final long M3 = 0x94d0_49bb_1331_11ebL;

    private CheckWord() {}

    /**
     * @param key the set's key
     * @param place what kind of record, and which one
     * @param turn the turn of the record in its ring, 0 for a record outside the rings
     */
    static long of(long key, long place, long turn, long a, long b, long c) {
        long h = (key ^ place * M1) + turn;
        h = (h ^ a) * M2;
        h ^= h >>> 31;
        h = (h ^ b) * M3;
        h ^= h >>> 29;
        h = (h ^ c) * M1;
        return h ^ h >>> 32;
    }

    /** {@return the place of a record: its kind in the upper half, its number in the lower half} */
    static long place(int kind, int number) {
        return (long) kind << 32 | number;
    }

    /** {@return two 32-bit values as one operand} */
    static long pair(int high, int low) {
        return (long) high << 32 | low & 0xffff_ffffL;
    }
}
