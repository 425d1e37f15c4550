package io.github.sqlvdi.mtf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sqlvdi.internal.mtf.LittleEndian;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is called whole that is cut, changed in a header or in a page with a checksum, or followed by anything. */
class StreamDamageTest {

    private static final Map<String, byte[]> STREAMS = Streams.all();
    /** Of the places that are tried one after the other, every so-manieth: {@code .ci/run} tries all. */
    private static final int EVERY = Integer.getInteger("sqlvdi.mtf.every", 5);
    private static final int RANDOM_CUTS = Integer.getInteger("sqlvdi.mtf.mutations", 2_000) / 20;

    static List<String> streams() {
        return List.copyOf(STREAMS.keySet());
    }

    static List<String> plainStreams() {
        return STREAMS.entrySet().stream().filter(it -> !Streams.isContainer(it.getValue())).map(Map.Entry::getKey)
                .toList();
    }

    static List<String> containers() {
        return STREAMS.entrySet().stream().filter(it -> Streams.isContainer(it.getValue())).map(Map.Entry::getKey)
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
        for (int length = 0; length < stream.length; length += 512 * EVERY) {
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
    @MethodSource("streams")
    void zerosBehindTheEndArePaddingOnlyIfTheyFillTheLastBlock(String name) {
        byte[] stream = STREAMS.get(name);
        for (int count : new int[]{1, 23, 51, 52, 53, 511, 513, 65_536, 100_001}) {
            StreamReport zeros = Streams.read(Arrays.copyOf(stream, stream.length + count));
            assertEquals(Wholeness.DAMAGED, zeros.wholeness(), zeros.verdict());
        }
        for (int block = 512; block <= 65_536; block *= 2) {
            int length = (stream.length + block - 1) / block * block;
            StreamReport padded = Streams.read(Arrays.copyOf(stream, length));
            assertTrue(padded.isWhole(), padded.verdict());
            assertEquals(length - stream.length, padded.paddingLength());
            assertEquals(length == stream.length ? 0 : 1, padded.remarks().size());
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void paddingWithAnotherByteIsDamage(String name) {
        byte[] stream = STREAMS.get(name);
        int length = stream.length / 65_536 * 65_536 + 65_536;
        byte[] padded = Arrays.copyOf(stream, length);
        for (int at : new int[]{stream.length, stream.length + 1, length - 1}) {
            padded[at] = 1;
            assertEquals(Wholeness.DAMAGED, Streams.read(padded).wholeness());
            padded[at] = 0;
        }
    }

    @ParameterizedTest
    @MethodSource("plainStreams")
    void everyFlippedBitOfAHeaderIsFound(String name) {
        byte[] stream = STREAMS.get(name);
        for (Streams.Header header : Streams.headers(stream)) {
            for (int bit = 0; bit < 8 * header.size(); bit += EVERY) {
                long place = header.position() * 8 + bit;
                flip(stream, place);
                StreamReport report = Streams.readHeaders(stream, stream.length);
                flip(stream, place);
                assertEquals(Wholeness.DAMAGED, report.wholeness(),
                        String.format(Locale.ROOT, "%s: bit %d of %s: %s", name, bit, header, report.verdict()));
            }
        }
    }

    /** Filemarks stand as they are in a container; the other blocks are in its chunks. */
    @ParameterizedTest
    @MethodSource("containers")
    void everyFlippedBitOfAFilemarkInAContainerIsFound(String name) {
        byte[] stream = STREAMS.get(name);
        int marks = 0;
        for (int at = 512; at < stream.length; at += 512) {
            if (new String(stream, at, 4, StandardCharsets.ISO_8859_1).equals("SFMB")) {
                marks++;
                for (int bit = 0; bit < 8 * MtfWalker.BLOCK_HEADER; bit += EVERY) {
                    flip(stream, 8L * at + bit);
                    StreamReport report = Streams.readHeaders(stream, stream.length);
                    flip(stream, 8L * at + bit);
                    assertEquals(Wholeness.DAMAGED, report.wholeness(), name + ": bit " + bit + " of SFMB at " + at);
                }
            }
        }
        assertEquals(3, marks);
    }

    @Test
    void everyFlippedBitOfAHeaderInAChunkIsFound() {
        byte[] stream = STREAMS.get("log").clone();
        for (Streams.Header header : Streams.headers(stream)) {
            // One bit of each byte: every change compresses the stream again.
            for (int at = 0; at < header.size() && !header.name().equals("SFMB"); at += EVERY) {
                long place = (header.position() + at) * 8 + at % 8;
                byte[] container = TestContainer.of(stream, changed -> flip(changed, place));
                assertEquals(Wholeness.DAMAGED, Streams.readHeaders(container, container.length).wholeness(),
                        "byte " + at + " of " + header);
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
        assumeTrue(whole.checksums().present() > 0, "made without checksums: nothing says what its data was");
        assertTrue(whole.checksums().areProven(), whole.verdict());
        long data = Streams.dataPosition(stream);
        Random random = new Random(1);
        for (int time = 0; time < 200 / EVERY; time++) {
            long bit = 8 * (data + random.nextInt(65_536)) + random.nextInt(8);
            flip(stream, bit);
            StreamReport report = Streams.read(stream);
            flip(stream, bit);
            assertEquals(Wholeness.DAMAGED, report.wholeness(), report.verdict());
            assertTrue(report.offence().orElseThrow().words().contains("backup checksum"), report.verdict());
            assertEquals(1, report.checksums().differing());
        }
    }

    @ParameterizedTest
    @MethodSource("plainStreams")
    void flippedBitInAPageIsFoundWhereItHasAChecksum(String name) {
        byte[] stream = STREAMS.get(name);
        StreamReport whole = Streams.read(stream);
        assumeTrue(whole.pageChecksums().checked() > 0, "no page of this stream has a checksum");
        assertEquals(0, whole.pageChecksums().differing(), name);
        long data = Streams.dataPosition(stream);
        Random random = new Random(2);
        for (int time = 0; time < 200 / EVERY; time++) {
            long page = data + 8192L * random.nextInt(8);
            long bit = 8 * page + random.nextInt(8 * 8192);
            if ((stream[(int) page + 5] & 2) == 0 || bit == 8 * page + 8 * 4 + 9) {
                continue; // a page without a checksum, or the bit that says so
            }
            flip(stream, bit);
            StreamReport report = Streams.read(stream);
            flip(stream, bit);
            assertEquals(Wholeness.DAMAGED, report.wholeness(), report.verdict());
            assertEquals(1, report.pageChecksums().differing());
            if (whole.checksums().present() == 0) {
                assertEquals(page, report.offence().orElseThrow().offset(), report.verdict());
                assertTrue(report.verdict().contains("the checksum of page ("), report.verdict());
            } else {
                assertTrue(report.verdict().contains("does not fit its own checksum"), report.verdict());
            }
        }
    }

    @Test
    void flippedBitInAPageOfACompressedBackupIsFound() {
        byte[] stream = STREAMS.get("full").clone();
        long page = Streams.dataPosition(stream) + 3 * 8192;
        byte[] container = TestContainer.of(stream, changed -> flip(changed, 8 * (page + 4000)));
        StreamReport report = Streams.read(container);
        assertEquals(Wholeness.DAMAGED, report.wholeness(), report.verdict());
        assertTrue(report.verdict().contains("the checksum of page (1:3), in block MSDA"), report.verdict());
        assertTrue(Streams.readHeaders(container, container.length).isWhole(), "nobody asked for checksums");
    }

    @Test
    void pageThatTheServerReadDamagedIsARemark() {
        byte[] stream = STREAMS.get("stripe 1 of 2").clone();
        int data = (int) Streams.dataPosition(stream);
        Streams.Header sum = Streams.headers(stream).stream().filter(it -> it.name().equals("MSDA CSUM")).findFirst()
                .orElseThrow();
        flip(stream, 8L * (data + 8192 + 511));
        // The sector is the second page's first: its exclusive or is rotated once for each sector behind it.
        int sectors = (int) (sum.position() - data) / 512;
        int behind = sectors - 1 - 8192 / 512;
        int at = (int) sum.position() + 22;
        LittleEndian.putU32(stream, at, LittleEndian.i32(stream, at) ^ Integer.rotateLeft(1 << 24, behind));
        StreamReport report = Streams.read(stream);
        assertTrue(report.isWhole(), report.verdict());
        assertEquals(1, report.pageChecksums().differing());
        assertTrue(report.remarks().getFirst().endsWith("the backup checksum holds: the server read it so"),
                report.remarks().toString());
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
        for (int time = 0; time < 300 / EVERY; time++) {
            byte[] changed = stream.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
            Streams.read(changed);
        }
    }
}
