package io.github.sqlvdi.mtf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.internal.mtf.HeaderChecksum;
import io.github.sqlvdi.internal.mtf.LittleEndian;
import io.github.sqlvdi.internal.mtf.PageChecksum;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader says the same of a stream however it is cut, says it early, and names what it does not know. */
class BackupStreamReaderTest {

    private static final Map<String, byte[]> STREAMS = Streams.generated();
    private static final byte[] FULL = STREAMS.get("full");

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 8, 51, 52, 53, 512, 1000, 65_536})
    void reportDoesNotDependOnTheCutOfTheBuffers(int portion) {
        for (String name : List.of("full", "compressed with checksums", "stripe 2 of 2")) {
            byte[] stream = STREAMS.get(name);
            BackupStreamReader reader = BackupStreamReader.create();
            for (int next = 0; next < stream.length; next += portion) {
                reader.feed(ByteBuffer.wrap(stream, next, Math.min(portion, stream.length - next)));
            }
            StreamReport report = reader.finish();
            StreamReport atOnce = Streams.read(stream);
            assertTrue(report.isWhole(), report.verdict());
            assertEquals(atOnce.checksums(), report.checksums());
            assertEquals(atOnce.blockCount(), report.blockCount());
            assertEquals(atOnce.logRanges(), report.logRanges());
            for (Column<?> column : HeaderColumns.ALL) {
                assertEquals(atOnce.header().orElseThrow().get(column), report.header().orElseThrow().get(column));
            }
        }
    }

    @Test
    void endIsKnownWithTheLastByteOfTheStream() {
        STREAMS.forEach((name, stream) -> {
            BackupStreamReader reader = BackupStreamReader.builder().checksums(false).build();
            reader.feed(ByteBuffer.wrap(stream, 0, stream.length - 1));
            assertEquals(OptionalLong.empty(), reader.end(), name);
            reader.feed(ByteBuffer.wrap(stream, stream.length - 1, 1));
            assertEquals(OptionalLong.of(stream.length), reader.end(), name);
            reader.feed(ByteBuffer.allocate(1000));
            assertEquals(OptionalLong.of(stream.length), reader.end(), name);
            assertEquals(Wholeness.DAMAGED, reader.finish().wholeness(), name);
        });
        BackupStreamReader other = BackupStreamReader.create();
        other.feed(ByteBuffer.allocate(1000));
        assertEquals(OptionalLong.empty(), other.end());
    }

    @Test
    void nativeMemoryIsReadInPlaceAndBuffersAreLeftAsTheyAre() {
        BackupStreamReader reader = BackupStreamReader.create();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(FULL.length).copyFrom(MemorySegment.ofArray(FULL)).asReadOnly();
            reader.feed(memory.asSlice(0, 1000));
            ByteBuffer buffer = memory.asByteBuffer().position(1000);
            reader.feed(buffer);
            assertEquals(1000, buffer.position());
        }
        assertTrue(reader.finish().isWhole());
    }

    @Test
    void whatTheStreamIsIsKnownBeforeItsData() {
        long data = Streams.dataPosition(FULL);
        BackupStreamReader reader = BackupStreamReader.create();
        reader.feed(ByteBuffer.wrap(FULL, 0, (int) data));
        StreamReport report = reader.report();
        assertEquals(Wholeness.FLOWING, report.wholeness());
        assertEquals("nothing is wrong so far", report.verdict());
        BackupHeader header = report.header().orElseThrow();
        assertFalse(header.isFinal());
        assertEquals("Größe", header.databaseName());
        assertFalse(header.get(HeaderColumns.BACKUP_FINISH_DATE).isInStream(), "the end says it");
        assertEquals(3, report.files().size());
        assertEquals(Optional.of(Streams.START), header.start());
        reader.feed(ByteBuffer.wrap(FULL, (int) data, FULL.length - (int) data));
        StreamReport whole = reader.finish();
        assertEquals(Optional.of(Streams.FINISH), whole.header().orElseThrow().finish());
        assertEquals(Optional.of(Streams.ZONE), whole.header().orElseThrow().utcOffset());
        assertFalse(whole.preliminaryHeader().orElseThrow().isFinal());
        assertEquals(Wholeness.FLOWING, report.wholeness(), "a report does not change");
    }

    @Test
    void listenerHearsThePartsInTheOrderOfTheStream() {
        List<String> heard = new ArrayList<>();
        BackupStreamReader reader = BackupStreamReader.builder().listener(new StreamListener() {
            @Override
            public void block(MtfBlock block) {
                heard.add(block.type());
            }

            @Override
            public void stream(MtfBlock block, MtfStream stream) {
                heard.add(block.type() + "." + stream.id());
            }

            @Override
            public void label(MediaLabel label) {
                heard.add("label " + label.get(LabelColumns.MEDIA_NAME));
            }

            @Override
            public void configuration(BackupHeader header, List<BackupFile> files) {
                heard.add("configuration " + header.isFinal() + " " + files.size());
            }
        }).build();
        reader.feed(MemorySegment.ofArray(FULL));
        assertEquals(List.of("TAPE", "TAPE.RAID", "TAPE.SPAD", "label media", "SFMB", "SSET", "SSET.SPAD", "VOLB",
                "VOLB.SPAD", "MSCI", "MSCI.MQCI", "MSCI.SPAD", "configuration false 3", "MSDA", "MSDA.APAD"),
                heard.subList(0, 15));
        assertEquals(List.of("configuration true 3", "SFMB", "ESET", "ESET.OTCP", "ESET.TSMP", "ESET.SPAD", "ESET",
                "ESET.SPAD", "SFMB"), heard.subList(heard.size() - 9, heard.size()));
        assertTrue(reader.finish().isWhole());
    }

    @Test
    void compressedStreamIsHandedOnExpanded() {
        // The filemarks name positions in the container, so only they differ.
        byte[] expanded = expand(STREAMS.get("compressed full"));
        assertEquals(FULL.length, expanded.length);
        long lastMark =
                Streams.headers(FULL).stream().filter(it -> it.name().equals("SFMB")).toList().get(1).position();
        assertArrayEquals(Arrays.copyOf(FULL, (int) lastMark), Arrays.copyOf(expanded, (int) lastMark));
        assertArrayEquals(FULL, expand(FULL), "a stream that is not compressed comes as it is");
    }

    private static byte[] expand(byte[] stream) {
        ByteArrayOutputStream expanded = new ByteArrayOutputStream();
        BackupStreamReader reader = BackupStreamReader.builder()
                .expandedBytes(bytes -> expanded.writeBytes(bytes.toArray(ValueLayout.JAVA_BYTE))).build();
        for (int next = 0; next < stream.length; next += 5_000) {
            reader.feed(ByteBuffer.wrap(stream, next, Math.min(5_000, stream.length - next)));
        }
        assertTrue(reader.finish().isWhole());
        return expanded.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 8, 9, 0x10, 0x1000, Integer.MIN_VALUE})
    void unknownAlgorithmIsNamedAndNotMisread(int flags) {
        byte[] container = TestContainer.of(FULL, flags);
        StreamReport report = Streams.read(container);
        assertEquals(Wholeness.UNKNOWN, report.wholeness(), report.verdict());
        String name = String.format(Locale.ROOT, "unknown (0x%x)", flags);
        assertEquals(Optional.of(name), report.compressionAlgorithm());
        assertFalse(report.isEncrypted());
        assertTrue(report.verdict().contains("its chunks are complete"), report.verdict());
        assertEquals(Optional.empty(), report.header(), "nothing of its chunks is taken for a header");
        assertEquals(Wholeness.INCOMPLETE, Streams.read(container, container.length - 513).wholeness());
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 7, 0x14})
    void encryptedContainerIsNamedAndNotMisread(int flags) {
        StreamReport report = Streams.read(TestContainer.of(FULL, flags));
        assertEquals(Wholeness.UNKNOWN, report.wholeness(), report.verdict());
        assertTrue(report.isEncrypted());
        assertTrue(report.verdict().contains("which means an encrypted backup"), report.verdict());
        assertEquals(Optional.empty(), report.header());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 3, 0x100, 0xffff_ffffL})
    void containerOfAnotherVersionIsNamedAndNotMisread(long version) {
        byte[] container = TestContainer.of(FULL);
        LittleEndian.putU32(container, 0x08, version);
        StreamReport report = Streams.read(container);
        assertEquals(Wholeness.UNKNOWN, report.wholeness(), report.verdict());
        assertTrue(report.verdict().contains("the container is of version " + version + ": this version reads 2"),
                report.verdict());
        assertEquals(Optional.of("MS_XPRESS"), report.compressionAlgorithm());
        assertEquals(Optional.empty(), report.label());
    }

    @ParameterizedTest
    @ValueSource(ints = {0x20, 0x22, 0x25, 0x2f})
    void chunkOfAnotherKindIsNamedAndNotMisread(int kind) {
        byte[] container = TestContainer.of(FULL);
        container[0x1e0] = (byte) kind;
        StreamReport report = Streams.read(container);
        assertEquals(Wholeness.UNKNOWN, report.wholeness(), report.verdict());
        assertTrue(report.verdict().contains(String.format(Locale.ROOT, "a chunk of kind 0x%02x", kind)),
                report.verdict());
        assertEquals(0x1e0, report.offence().orElseThrow().offset());
    }

    /** TDE encrypts pages and log, but no block: the reader says what the backup is, and passes over the pages. */
    @Test
    void encryptedPagesAreNoDamage() {
        byte[] stream = FULL.clone();
        int data = (int) Streams.dataPosition(FULL);
        for (int page = data; page < data + 7 * 65_536; page += 8192) {
            byte[] encrypted = new byte[8192 - 96];
            new Random(page).nextBytes(encrypted);
            System.arraycopy(encrypted, 0, stream, page + 96, encrypted.length);
            LittleEndian.putU32(stream, page + PageChecksum.OFFSET, PageChecksum.of(stream, page));
        }
        StreamReport report = Streams.read(stream);
        assertTrue(report.isWhole(), report.verdict());
        assertEquals("Größe", report.header().orElseThrow().databaseName());
        assertEquals(ColumnValue.notInStream(),
                report.files().getFirst().get(FileColumns.TDE_THUMBPRINT), "no place in the stream is known");
    }

    @Test
    void streamThatSaysThatItIsEncryptedIsARemark() {
        byte[] stream = FULL.clone();
        int header = (int) Streams.dataPosition(FULL) - 24;
        LittleEndian.putU16(stream, header + 0x10, 3);
        LittleEndian.putU16(stream, header + 20, HeaderChecksum.of(stream, header, 10));
        StreamReport report = Streams.read(stream);
        assertEquals(List.of("stream MQDA in block MSDA says that it is encrypted with algorithm 3 and compressed with "
                + "algorithm 0"), report.remarks());
    }

    @Test
    void chunkOfZstdIsNamed() {
        byte[] container = TestContainer.of(FULL);
        LittleEndian.putU32(container, 0x1e0 + 28, 0xfd2fb528L);
        StreamReport report = Streams.read(container);
        assertEquals(Wholeness.UNKNOWN, report.wholeness(), report.verdict());
        assertEquals(Optional.of("ZSTD"), report.compressionAlgorithm());
    }

    @ParameterizedTest
    @CsvSource({"1f8b0800000000000000, a gzip file", "28b52ffd000000000000, a Zstandard file",
        "532a4d18100000000000, a Zstandard file",
        "6167652d656e6372797074696f6e, a file encrypted with age", "504b0304000000000000, a ZIP file",
        "000102030405060708, \\x00\\x01"})
    void otherFormatIsNamed(String hex, String words) {
        StreamReport report = Streams.read(HexFormat.of().parseHex(hex));
        assertEquals(Wholeness.UNKNOWN, report.wholeness());
        assertTrue(report.verdict().contains(words), report.verdict());
    }

    @Test
    void streamOfOtherBackupSoftwareIsNamed() {
        byte[] stream = FULL.clone();
        byte[] name = "Somebody Else Backup".getBytes(StandardCharsets.UTF_16LE);
        int offset = LittleEndian.u16(stream, 0x52);
        System.arraycopy(name, 0, stream, offset, name.length);
        LittleEndian.putU16(stream, 0x56, 0x0007);
        StreamReport report = Streams.read(stream);
        assertEquals(Wholeness.UNKNOWN, report.wholeness());
        assertTrue(report.verdict().contains("\"Somebody Else Backup\", not by SQL Server"), report.verdict());
    }

    @Test
    void shortStreamIsIncompleteAndEmptyOneIsEmpty() {
        assertEquals("incomplete: at byte 0: the stream is empty", BackupStreamReader.create().finish().verdict());
        assertEquals("incomplete: at byte 5: the stream ends inside its first 8 bytes",
                Streams.read(FULL, 5).verdict());
        assertEquals(Wholeness.UNKNOWN, Streams.read("abc".getBytes(StandardCharsets.US_ASCII)).wholeness());
    }

    @Test
    void blockAndStreamOfLaterVersionsAreRemarks() {
        // The block MSDA gets a name that this version does not know; a real server would number it alike.
        byte[] stream = FULL.clone();
        Streams.Header block = Streams.headers(FULL).stream().filter(it -> it.name().equals("MSDA")).findFirst()
                .orElseThrow();
        rename(stream, (int) block.position(), "PH6S", 25);
        StreamReport report = Streams.read(stream);
        assertTrue(report.isWhole(), report.verdict());
        assertTrue(report.remarks().getFirst().startsWith("a block PH6S, which this version does not know"),
                report.remarks().toString());
        Streams.Header filler = Streams.headers(FULL).stream().filter(it -> it.name().equals("MSTL APAD")).findFirst()
                .orElseThrow();
        byte[] other = FULL.clone();
        rename(other, (int) filler.position(), "XPAD", 10);
        assertTrue(Streams.read(other).isWhole());
        assertEquals(List.of("block MSTL has a stream XPAD, which this version does not know"),
                Streams.read(other).remarks());
    }

    private static void rename(byte[] stream, int position, String name, int words) {
        System.arraycopy(name.getBytes(StandardCharsets.US_ASCII), 0, stream, position, 4);
        LittleEndian.putU16(stream, position + 2 * words, HeaderChecksum.of(stream, position, words));
    }

    /** On media with several sets the next one stands behind the end, or in the place of the second block ESET. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void secondBackupSetIsNamedAndNotCalledDamage(boolean behindTheEnd) {
        List<Streams.Header> headers = Streams.headers(FULL);
        int place = behindTheEnd ? FULL.length
                : (int) headers.stream().filter(it -> it.name().equals("ESET")).toList().get(1).position();
        int set = (int) headers.stream().filter(it -> it.name().equals("SSET")).findFirst().orElseThrow().position();
        byte[] two = Arrays.copyOf(FULL, place + 1024);
        System.arraycopy(FULL, set, two, place, 1024);
        StreamReport report = Streams.read(two);
        assertEquals(Wholeness.UNKNOWN, report.wholeness(), report.verdict());
        assertTrue(report.verdict().contains("another backup set follows"), report.verdict());
        assertEquals("Größe", report.header().orElseThrow().databaseName());
        assertTrue(report.header().orElseThrow().isFinal());
    }

    @Test
    void lengthNearTheLimitOfNumbersIsAnOffence() {
        for (long length : new long[]{Long.MAX_VALUE, Long.MAX_VALUE - 1000, -1, Long.MIN_VALUE}) {
            byte[] stream = FULL.clone();
            int header = (int) Streams.dataPosition(FULL) - 24;
            LittleEndian.putI64(stream, header + 8, length);
            LittleEndian.putU16(stream, header + 20, HeaderChecksum.of(stream, header, 10));
            StreamReport report = Streams.read(stream);
            assertEquals(Wholeness.DAMAGED, report.wholeness(), report.verdict());
            assertEquals(header, report.offence().orElseThrow().offset());
            assertTrue(report.verdict().contains("no stream is so long"), report.verdict());
        }
    }

    @Test
    void checksumsThatAreNotComputedAreSaidSo() {
        byte[] stream = STREAMS.get("stripe 1 of 2");
        StreamReport report = Streams.readHeaders(stream, stream.length);
        assertEquals("whole, its checksums were not computed", report.verdict());
        assertEquals(new DataChecksums(2, 0, 0), report.checksums());
    }

    @Test
    void finishedReaderTakesNothingMore() {
        BackupStreamReader reader = BackupStreamReader.create();
        reader.feed(MemorySegment.ofArray(FULL));
        StreamReport report = reader.finish();
        assertEquals(report.verdict(), reader.finish().verdict());
        assertThrows(IllegalStateException.class, () -> reader.feed(ByteBuffer.allocate(1)));
    }
}
