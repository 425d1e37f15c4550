package io.github.sqlvdi.mtf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nothing is called whole that is cut, changed in a header, or followed by anything. With {@code -Dsqlvdi.mtf.deep=true}
 * every bit of every header of every stream is flipped; without it a sample of those of real backups.
 */
class StreamDamageTest {

    private static final Map<String, byte[]> STREAMS = Streams.all();
    private static final boolean DEEP = Boolean.getBoolean("sqlvdi.mtf.deep");
    private static final int RANDOM_CUTS = 1_000;

    static List<String> streams() {
        return List.copyOf(STREAMS.keySet());
    }

    static List<String> plainStreams() {
        return STREAMS.entrySet().stream().filter(it -> !Streams.isContainer(it.getValue())).map(Map.Entry::getKey)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("streams")
    void streamIsWhole(String name) {
        StreamReport report = Streams.read(STREAMS.get(name));
        assertTrue(report.isWhole(), report.verdict());
        assertEquals(List.of(), report.remarks());
    }

    @ParameterizedTest
    @MethodSource("streams")
    void cutAtEvery512BytesIsIncomplete(String name) {
        byte[] stream = STREAMS.get(name);
        for (int length = 0; length < stream.length; length += 512) {
            assertIncomplete(stream, length);
        }
        assertIncomplete(stream, stream.length - 1);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void cutAnywhereIsIncomplete(String name) {
        byte[] stream = STREAMS.get(name);
        Random random = new Random(name.hashCode());
        for (int cut = 0; cut < RANDOM_CUTS; cut++) {
            assertIncomplete(stream, random.nextInt(stream.length));
        }
    }

    private static void assertIncomplete(byte[] stream, int length) {
        StreamReport report = Streams.readHeaders(stream, length);
        assertEquals(Wholeness.INCOMPLETE, report.wholeness(), () -> "cut at " + length + ": " + report.verdict());
        assertEquals(length, report.offence().orElseThrow().offset());
    }

    @ParameterizedTest
    @MethodSource("streams")
    void anythingBehindTheEndIsFound(String name) {
        byte[] stream = STREAMS.get(name);
        for (int count : new int[]{1, 23, 51, 52, 53, 511, 512, 513, 4096, 65_536, 100_001}) {
            StreamReport zeros = Streams.read(Arrays.copyOf(stream, stream.length + count));
            assertEquals(Wholeness.DAMAGED, zeros.wholeness(), zeros.verdict());
            byte[] junk = Arrays.copyOf(stream, stream.length + count);
            byte[] bytes = new byte[count];
            new Random(count).nextBytes(bytes);
            System.arraycopy(bytes, 0, junk, stream.length, count);
            assertFalse(Streams.read(junk).isWhole());
        }
        byte[] twice = Arrays.copyOf(stream, 2 * stream.length);
        System.arraycopy(stream, 0, twice, stream.length, stream.length);
        assertEquals(Wholeness.DAMAGED, Streams.read(twice).wholeness());
    }

    @ParameterizedTest
    @MethodSource("plainStreams")
    void everyFlippedBitOfAHeaderIsFound(String name) {
        byte[] stream = STREAMS.get(name);
        Random random = new Random(name.hashCode());
        boolean everyBit = DEEP || !RealBackups.ALL.contains(name) || name.equals("log-checksum-2008r2.trn");
        for (Streams.Header header : Streams.headers(stream)) {
            for (int bit = 0; bit < 8 * header.size(); bit++) {
                if (everyBit || random.nextInt(16) == 0) {
                    long place = header.position() * 8 + bit;
                    flip(stream, place);
                    StreamReport report = Streams.readHeaders(stream, stream.length);
                    flip(stream, place);
                    assertEquals(Wholeness.DAMAGED, report.wholeness(),
                            String.format(Locale.ROOT, "%s: bit %d of %s: %s", name, bit, header, report.verdict()));
                }
            }
        }
    }

    private static void flip(byte[] stream, long bit) {
        stream[(int) (bit / 8)] ^= (byte) (1 << bit % 8);
    }

    @ParameterizedTest
    @MethodSource("plainStreams")
    void flippedBitInDataIsFoundWhereThereAreChecksums(String name) {
        byte[] stream = STREAMS.get(name);
        StreamReport whole = Streams.read(stream);
        if (whole.checksums().present() == 0) {
            return; // nothing in such a stream says what its data was
        }
        assertTrue(whole.checksums().areProven(), whole.verdict());
        long data = Streams.dataPosition(stream);
        Random random = new Random(1);
        for (int time = 0; time < 200; time++) {
            long bit = 8 * (data + random.nextInt(65_536)) + random.nextInt(8);
            flip(stream, bit);
            StreamReport report = Streams.read(stream);
            flip(stream, bit);
            assertEquals(Wholeness.DAMAGED, report.wholeness(), report.verdict());
            assertTrue(report.offence().orElseThrow().words().contains("checksum"), report.verdict());
            assertEquals(1, report.checksums().differing());
        }
    }

    @Test
    void missingMiddleIsFound() {
        byte[] stream = STREAMS.get("full");
        for (int from = 512; from < stream.length; from += 4096) {
            for (int count : new int[]{1, 512, 8192, 65_536}) {
                if (from + count < stream.length) {
                    byte[] cut = new byte[stream.length - count];
                    System.arraycopy(stream, 0, cut, 0, from);
                    System.arraycopy(stream, from + count, cut, from, cut.length - from);
                    assertFalse(Streams.read(cut).isWhole(), "without " + count + " bytes at " + from);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"compressed full", "compressed with checksums"})
    void damagedChunkNeverThrows(String name) {
        byte[] stream = STREAMS.get(name);
        Random random = new Random(7);
        for (int time = 0; time < 300; time++) {
            byte[] changed = stream.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
            Streams.read(changed);
        }
    }
}
