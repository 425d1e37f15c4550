package io.github.sqlvdi.peers;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** The data of the peers, {@code peer_word} of statement.c: every 8 bytes follow from seed, device and place. */
final class PatternData {

    private static final long DEVICE_STEP = 0xD1B54A32D192ED03L;
    private static final long INDEX_STEP = 0x9E3779B97F4A7C15L;

    private PatternData() {
    }

    static long word(long seed, int device, long index) {
        long word = seed + device * DEVICE_STEP + (index + 1) * INDEX_STEP;
        word = (word ^ word >>> 30) * 0xBF58476D1CE4E5B9L;
        word = (word ^ word >>> 27) * 0x94D049BB133111EBL;
        return word ^ word >>> 31;
    }

    static void fill(MemorySegment data, long seed, int device, long at) {
        for (long i = 0; i < data.byteSize(); i += Long.BYTES) {
            data.set(JAVA_LONG_UNALIGNED, i, word(seed, device, (at + i) / Long.BYTES));
        }
    }

    static long wrong(MemorySegment data, long seed, int device, long at) {
        long wrong = 0;
        for (long i = 0; i < data.byteSize(); i += Long.BYTES) {
            wrong += data.get(JAVA_LONG_UNALIGNED, i) == word(seed, device, (at + i) / Long.BYTES) ? 0 : 1;
        }
        return wrong;
    }
}
