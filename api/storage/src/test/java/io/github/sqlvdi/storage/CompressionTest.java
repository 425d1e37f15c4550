package io.github.sqlvdi.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.codec.Codec;
import io.github.sqlvdi.testing.TestData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** zstd and gzip: what is encoded comes back, and what is damaged does not pass for good. */
class CompressionTest {

    private static final int BLOCK = 4 << 20;
    private static final ExecutorService WORKERS = Executors.newFixedThreadPool(2,
            Thread.ofPlatform().daemon().factory());

    @AfterAll
    static void endWorkers() {
        WORKERS.shutdown();
    }

    static Stream<Codec> codecs() {
        return Stream.of(Zstd.level(1), Zstd.level(3), Zstd.level(Zstd.MAX_LEVEL), Gzip.level(1), Gzip.level(9));
    }

    static Stream<Codec> fastCodecs() {
        return Stream.of(Zstd.level(1), Gzip.level(1));
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void everyLengthComesBack(Codec codec) throws IOException {
        for (int length : new int[]{0, 1, 1000, 300_001}) {
            byte[] stream = CodecProbe.pages(length, length);
            assertArrayEquals(stream, CodecProbe.decode(codec, CodecProbe.encode(codec, stream, 65_536), WORKERS));
        }
    }

    @ParameterizedTest
    @MethodSource("fastCodecs")
    void blocksComeBackInTheirOrder(Codec codec) throws IOException {
        for (int length : new int[]{BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK + 777}) {
            byte[] stream = CodecProbe.pages(length, length);
            byte[] encoded = CodecProbe.encode(codec, stream, 1 << 20);
            assertTrue(encoded.length < length / 2, () -> length + " bytes became " + encoded.length);
            assertArrayEquals(stream, CodecProbe.decode(codec, encoded, WORKERS));
        }
    }

    @ParameterizedTest
    @MethodSource("fastCodecs")
    void bytesWithoutPatternFitIntoTheRoom(Codec codec) throws IOException {
        byte[] stream = TestData.bytes(BLOCK + 1, 5);
        assertArrayEquals(stream, CodecProbe.decode(codec, CodecProbe.encode(codec, stream, 1 << 20), WORKERS));
    }

    @ParameterizedTest
    @MethodSource("fastCodecs")
    void blocksThatLieTogetherInMemoryComeBack(Codec codec) throws IOException {
        for (int length : new int[]{BLOCK, BLOCK + 1, 2 * BLOCK}) { // whole blocks, and a part behind one
            byte[] stream = CodecProbe.pages(length, length);
            assertArrayEquals(stream, CodecProbe.decode(codec, CodecProbe.encode(codec, stream, BLOCK), WORKERS));
        }
    }

    /** A block takes seconds at this level, so there is one, and a byte behind it. */
    @Test
    void blockOfTheHighestLevelComesBack() throws IOException {
        Codec codec = Zstd.level(Zstd.MAX_LEVEL);
        byte[] stream = CodecProbe.pages(BLOCK + 1, 12);
        assertArrayEquals(stream, CodecProbe.decode(codec, CodecProbe.encode(codec, stream, BLOCK), WORKERS));
    }

    @ParameterizedTest
    @MethodSource("fastCodecs")
    void channelMayGiveAnyNumberOfBytes(Codec codec) throws IOException {
        byte[] stream = TestData.bytes(BLOCK + 300_000, 11); // long runs, which are read to their place
        byte[] encoded = CodecProbe.encode(codec, stream, 1 << 20);
        for (int most : new int[]{1_000, 65_537, 131_075, 1 << 20}) {
            assertArrayEquals(stream, CodecProbe.decode(codec, CodecProbe.few(encoded, most), WORKERS),
                    "at most " + most);
        }
    }

    @ParameterizedTest
    @MethodSource("fastCodecs")
    void streamThatIsCutInALongRunIsRefused(Codec codec) throws IOException {
        byte[] encoded = CodecProbe.encode(codec, TestData.bytes(1_000_000, 12), 1 << 20);
        for (int length : new int[]{100_000, 262_144, 262_145, 500_000, 999_999}) {
            byte[] cut = Arrays.copyOf(encoded, length);
            IOException refusal = assertThrows(IOException.class, () -> CodecProbe.decode(codec, cut, WORKERS));
            assertTrue(refusal.getMessage().contains("is cut"), refusal.getMessage());
        }
    }

    @ParameterizedTest
    @MethodSource("fastCodecs")
    void streamIsRecognizedByItsHead(Codec codec) throws IOException {
        ByteBuffer head = ByteBuffer.wrap(CodecProbe.encode(codec, new byte[0], 1)).limit(codec.headBytes());
        assertEquals(List.of(codec.name()),
                fastCodecs().filter(it -> it.recognizes(head)).map(Codec::name).toList());
        assertFalse(codec.recognizes(ByteBuffer.wrap("TAPE".getBytes(java.nio.charset.StandardCharsets.US_ASCII))));
        assertFalse(codec.recognizes(ByteBuffer.allocate(0)));
    }

    @ParameterizedTest
    @MethodSource("fastCodecs")
    void streamThatIsCutAnywhereIsRefused(Codec codec) throws IOException {
        byte[] encoded = CodecProbe.encode(codec, CodecProbe.pages(3_000, 1), 1000);
        for (int length = codec.headBytes(); length < encoded.length; length++) {
            byte[] cut = Arrays.copyOf(encoded, length);
            assertThrows(IOException.class, () -> CodecProbe.decode(codec, cut, WORKERS), () -> "cut at " + cut.length);
        }
    }

    @ParameterizedTest
    @MethodSource("fastCodecs")
    void streamThatIsCutBetweenBlocksIsRefused(Codec codec) throws IOException {
        byte[] stream = CodecProbe.pages(BLOCK + 5, 2);
        byte[] encoded = CodecProbe.encode(codec, stream, 1 << 20);
        int mark = codec.encoder().trailer(stream.length).length;
        byte[] cut = Arrays.copyOf(encoded, encoded.length - mark);
        IOException refusal = assertThrows(IOException.class, () -> CodecProbe.decode(codec, cut, WORKERS));
        assertTrue(refusal.getMessage().contains("is cut"), refusal.getMessage());
    }

    @ParameterizedTest
    @MethodSource("fastCodecs")
    void missingBlockIsRefused(Codec codec) throws IOException {
        byte[] first = CodecProbe.encode(codec, CodecProbe.pages(1000, 3), 1000);
        int mark = codec.encoder().trailer(0).length;
        byte[] block = Arrays.copyOfRange(first, mark, first.length - mark);
        ByteArrayOutputStream twice = new ByteArrayOutputStream();
        twice.writeBytes(Arrays.copyOf(first, mark));
        twice.writeBytes(block);
        twice.writeBytes(block);
        twice.writeBytes(Arrays.copyOfRange(first, first.length - mark, first.length));
        IOException refusal =
                assertThrows(IOException.class, () -> CodecProbe.decode(codec, twice.toByteArray(), WORKERS));
        assertTrue(refusal.getMessage().contains("were written"), refusal.getMessage());
    }

    @ParameterizedTest
    @MethodSource("fastCodecs")
    void flippedBitNeverGivesOtherBytes(Codec codec) throws IOException {
        byte[] stream = CodecProbe.pages(3_000, 4);
        byte[] encoded = CodecProbe.encode(codec, stream, 1000);
        int refused = 0;
        for (int bit = 0; bit < encoded.length * 8; bit++) {
            byte[] damaged = encoded.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertArrayEquals(stream, CodecProbe.decode(codec, damaged, WORKERS), "bit " + bit);
            } catch (IOException refusal) {
                refused++;
            }
        }
        assertTrue(refused > encoded.length * 7, refused + " flips were refused"); // names in headers mean nothing
    }

    @ParameterizedTest
    @MethodSource("fastCodecs")
    void randomDamageNeverGivesOtherBytes(Codec codec) throws IOException {
        byte[] stream = CodecProbe.pages(20_000, 6);
        byte[] encoded = CodecProbe.encode(codec, stream, 5000);
        Random random = new Random(7);
        for (int round = 0; round < 1_000; round++) {
            byte[] damaged = encoded.clone();
            int begin = random.nextInt(damaged.length);
            byte[] run = new byte[Math.min(1 + random.nextInt(40), damaged.length - begin)];
            random.nextBytes(run);
            System.arraycopy(run, 0, damaged, begin, run.length);
            try {
                assertArrayEquals(stream, CodecProbe.decode(codec, damaged, WORKERS));
            } catch (IOException refusal) {
                assertTrue(refusal.getMessage() != null && !refusal.getMessage().isEmpty());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fastCodecs")
    void trailingBytesAreRefused(Codec codec) throws IOException {
        byte[] encoded = CodecProbe.encode(codec, CodecProbe.pages(1000, 8), 1000);
        byte[] longer = Arrays.copyOf(encoded, encoded.length + 5);
        longer[encoded.length] = 7;
        assertThrows(IOException.class, () -> CodecProbe.decode(codec, longer, WORKERS));
    }

    @ParameterizedTest
    @MethodSource("fastCodecs")
    void filesOneBehindTheOtherAreOneStream(Codec codec) throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(CodecProbe.encode(codec, CodecProbe.pages(1000, 9), 1000));
        both.writeBytes(CodecProbe.encode(codec, CodecProbe.pages(2000, 10), 1000));
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        plain.writeBytes(CodecProbe.pages(1000, 9));
        plain.writeBytes(CodecProbe.pages(2000, 10));
        assertArrayEquals(plain.toByteArray(), CodecProbe.decode(codec, both.toByteArray(), WORKERS));
    }

    @Test
    void windowAbove128MiBIsRefusedBeforeMemoryIsTaken() throws IOException {
        for (int log = 27; log <= 28; log++) {
            byte[] frame = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, (byte) (log - 10 << 3), 1 << 3 | 1, 0, 0, 42};
            if (log == 27) {
                assertArrayEquals(new byte[]{42}, CodecProbe.decode(Zstd.level(1), frame, WORKERS));
            } else {
                IOException refusal =
                        assertThrows(IOException.class, () -> CodecProbe.decode(Zstd.level(1), frame, WORKERS));
                assertTrue(refusal.getMessage().contains("too much memory"), refusal.getMessage());
            }
        }
    }

    @Test
    void levelsOutOfRangeAreRefusedByName() {
        for (int level : new int[]{-1, 0, 20}) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> Zstd.level(level)).getMessage()
                    .contains("level is " + level));
        }
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Gzip.level(10)).getMessage()
                .contains("1 to 9"));
    }
}
