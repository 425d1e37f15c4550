package io.github.sqlvdi.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import io.github.sqlvdi.codec.BlockEncoder;
import io.github.sqlvdi.codec.StreamEncoder;
import io.github.sqlvdi.storage.AgeStreams.Key;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams in the age format: round trips, and everything that must not pass for good. */
class AgeTest {

    private static final int CHUNK = 65536;
    private static final int SEALED = CHUNK + 16;
    private static final String CIPHER = "io.github.sqlvdi.storage.cipher";

    @TempDir
    private static Path folder;
    private static Key key;
    private static Key other;

    @BeforeAll
    static void makeKeys() throws Exception {
        key = Key.create(folder, "key.txt");
        other = Key.create(folder, "other.txt");
    }

    @AfterEach
    void clear() {
        System.clearProperty(CIPHER);
    }

    private static int headerBytes(byte[] encoded) {
        String text = new String(encoded, 0, Math.min(encoded.length, 2000), StandardCharsets.ISO_8859_1);
        return text.indexOf('\n', text.indexOf("\n--- ") + 1) + 1 + 16;
    }

    private static String refused(Age age, byte[] encoded) {
        return assertThrows(IOException.class, () -> AgeStreams.decode(age, encoded)).getMessage();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 1 << 20, (1 << 20) + 1, 3 << 20, (9 << 20) + 12345})
    void roundTripIsByteIdentical(int bytes) throws Exception {
        byte[] plain = AgeStreams.random(bytes, bytes);
        for (String cipher : List.of("auto", "jdk")) {
            System.setProperty(CIPHER, cipher);
            byte[] encoded = AgeStreams.encode(key.encrypting(), plain);
            int chunks = Math.max(1, (bytes + CHUNK - 1) / CHUNK);
            assertEquals(headerBytes(encoded) + bytes + 16 * chunks, encoded.length);
            assertArrayEquals(plain, AgeStreams.decode(key.decrypting(), encoded));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 1000, CHUNK, 200_000})
    void writesOfAnyLengthGiveTheSameStream(int greatest) throws Exception {
        byte[] plain = AgeStreams.random(greatest == 7 ? 3 * CHUNK : (2 << 20) + 1, 2);
        byte[] encoded = AgeStreams.encode(key.encrypting(), plain, greatest, new Random(3));
        assertArrayEquals(plain, AgeStreams.decode(key.decrypting(), encoded));
    }

    @Test
    void jaggedOpensOurs() throws Exception {
        byte[] plain = AgeStreams.random(300_000, 4);
        byte[] encoded = AgeStreams.encode(key.encrypting(), plain);
        String identity = Files.readAllLines(key.file()).getLast();
        try (ReadableByteChannel channel = new StandardDecryptingChannelFactory().newDecryptingChannel(
                AgeStreams.channel(encoded),
                List.of(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(identity)))) {
            assertArrayEquals(plain, Channels.newInputStream(channel).readAllBytes());
        }
    }

    @Test
    void jaggedsOpenHere() throws Exception {
        byte[] plain = AgeStreams.random(300_000, 5);
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        try (WritableByteChannel channel = new StandardEncryptingChannelFactory().newEncryptingChannel(
                Channels.newChannel(encoded),
                List.of(X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(key.recipient())))) {
            channel.write(ByteBuffer.wrap(plain));
        }
        assertArrayEquals(plain, AgeStreams.decode(key.decrypting(), encoded.toByteArray()));
    }

    @Test
    void eachRecipientOpensTheStream() throws Exception {
        byte[] plain = AgeStreams.random(1000, 6);
        byte[] encoded = AgeStreams.encode(key.encrypting().withRecipient(other.recipient()), plain);
        assertArrayEquals(plain, AgeStreams.decode(key.decrypting(), encoded));
        assertArrayEquals(plain, AgeStreams.decode(other.decrypting(), encoded));
        assertArrayEquals(plain, AgeStreams.decode(other.decrypting().withIdentities(key.file()), encoded));
    }

    @Test
    void wrongOrNoIdentityIsRefused() throws Exception {
        byte[] encoded = AgeStreams.encode(key.encrypting(), new byte[10]);
        assertEquals("The identity does not open the stream, which is encrypted with age for 1 recipient of type"
                + " X25519: not its key, or its header is damaged", refused(other.decrypting(), encoded));
        assertEquals("The stream is encrypted with age, for 1 recipient of type X25519: give an identity that opens it",
                refused(Age.withoutKeys(), encoded));
    }

    @Test
    void everyCutOfASmallStreamIsRefused() throws Exception {
        byte[] encoded = AgeStreams.encode(key.encrypting(), new byte[100]);
        Age age = key.decrypting();
        for (int length = 0; length < encoded.length; length++) {
            byte[] cut = Arrays.copyOf(encoded, length);
            assertThrows(IOException.class, () -> AgeStreams.decode(age, cut), "cut to " + length);
        }
    }

    @Test
    void cutAtOrBesideEachChunkIsRefusedAndGivesAPrefix() throws Exception {
        byte[] plain = AgeStreams.random(19 * CHUNK + 5, 7);
        byte[] encoded = AgeStreams.encode(key.encrypting(), plain);
        Age age = key.decrypting();
        int begin = headerBytes(encoded);
        for (int chunk = 0; chunk <= 19; chunk++) {
            for (int delta : new int[]{-17, -16, -1, 0, 1, 15, 16, 17}) {
                int length = begin + chunk * SEALED + delta;
                if (length < encoded.length) {
                    ByteArrayOutputStream given = new ByteArrayOutputStream();
                    byte[] cut = Arrays.copyOf(encoded, length);
                    assertThrows(IOException.class, () -> AgeStreams.decode(age, cut, Runnable::run, given));
                    assertArrayEquals(Arrays.copyOf(plain, given.size()), given.toByteArray());
                }
            }
        }
    }

    @Test
    void cutAfterAChunkIsNamed() throws Exception {
        byte[] encoded = AgeStreams.encode(key.encrypting(), new byte[3 * CHUNK]);
        byte[] cut = Arrays.copyOf(encoded, headerBytes(encoded) + 2 * SEALED);
        assertEquals(
                "The encrypted stream is cut after a chunk that is not the last, or damaged: chunk 1, byte 65536 of the"
                        + " decrypted stream",
                refused(key.decrypting(), cut));
    }

    @Test
    void everyChangedByteOfTheHeaderIsRefused() throws Exception {
        byte[] encoded = AgeStreams.encode(key.encrypting().withRecipient(other.recipient()), new byte[10]);
        Age age = key.decrypting();
        for (int i = 0; i < headerBytes(encoded); i++) {
            for (int mask : new int[]{1, 0x20, 0x80}) {
                byte[] changed = encoded.clone();
                changed[i] ^= (byte) mask;
                assertThrows(IOException.class, () -> AgeStreams.decode(age, changed), "byte " + i);
            }
        }
    }

    @Test
    void otherFormsOfTheSameHeaderAreRefused() throws Exception {
        byte[] encoded = AgeStreams.encode(key.encrypting(), new byte[10]);
        String text = new String(encoded, StandardCharsets.ISO_8859_1);
        for (String changed : List.of(text.replaceFirst("X25519 ", "X25519  "),
                text.replaceFirst("(X25519 \\S+)\n", "$1 \n"), text.replaceFirst("v1\n", "v1\r\n"),
                text.replaceFirst("\n--- ", "\n\n--- "), text.replaceFirst("\n--- ", "=\n--- "),
                text.replaceFirst("\n--- ", "\n---  "), text.replaceFirst("\n-> .*\n.*\n", "\n"))) {
            assertFalse(changed.equals(text));
            refused(key.decrypting(), changed.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void swappedDuplicatedAndAppendedChunksAreRefused() throws Exception {
        byte[] encoded = AgeStreams.encode(key.encrypting(), AgeStreams.random(4 * CHUNK, 8));
        int begin = headerBytes(encoded);
        ByteBuffer swapped = ByteBuffer.wrap(encoded.clone());
        swapped.put(begin, encoded, begin + SEALED, SEALED).put(begin + SEALED, encoded, begin, SEALED);
        ByteBuffer twice =
                ByteBuffer.allocate(encoded.length + SEALED).put(encoded, 0, begin + SEALED).put(encoded, begin,
                        encoded.length - begin);
        ByteBuffer lastTwice = ByteBuffer.allocate(encoded.length + SEALED).put(encoded).put(encoded,
                encoded.length - SEALED, SEALED);
        for (ByteBuffer changed : List.of(swapped, twice, lastTwice, appended(encoded, new byte[1]),
                appended(encoded, new byte[16]), appended(encoded, new byte[100_000]), appended(encoded, encoded))) {
            assertTrue(refused(key.decrypting(), changed.array()).startsWith("The encrypted stream is "));
        }
    }

    private static ByteBuffer appended(byte[] encoded, byte[] more) {
        return ByteBuffer.allocate(encoded.length + more.length).put(encoded).put(more);
    }

    @Test
    void changedChunkIsRefusedAfterAWholePrefixAndAgain() throws Exception {
        byte[] plain = AgeStreams.random(40 * CHUNK, 9);
        byte[] encoded = AgeStreams.encode(key.encrypting(), plain);
        encoded[headerBytes(encoded) + 20 * SEALED + 77] ^= 4;
        try (ReadableByteChannel channel = key.decrypting().decode(AgeStreams.channel(encoded), Runnable::run)) {
            ByteBuffer given = ByteBuffer.allocate(plain.length);
            IOException first = assertThrows(IOException.class, () -> {
                while (channel.read(given) >= 0) {
                    assertTrue(given.position() > 0);
                }
            });
            assertEquals(16 * CHUNK, given.position());
            assertArrayEquals(Arrays.copyOf(plain, 16 * CHUNK), Arrays.copyOf(given.array(), 16 * CHUNK));
            IOException second = assertThrows(IOException.class, () -> channel.read(given));
            assertEquals(first.getMessage(), second.getMessage());
        }
    }

    @Test
    void headersThatAreNoneAreRefusedByName() {
        Age age = Age.withoutKeys();
        assertEquals("The stream ends within its age header", refused(age, new byte[0]));
        assertEquals(
                "The stream has version \"age-encryption.org/v2\" of the age format: only age-encryption.org/v1 can be"
                        + " read",
                refused(age, "age-encryption.org/v2\n".getBytes(StandardCharsets.US_ASCII)));
        byte[] huge = new byte[5 << 20];
        Arrays.fill(huge, (byte) 'a');
        assertEquals("The age header has more than 1048576 bytes", refused(age, huge));
        Arrays.fill(huge, (byte) '\n');
        assertTrue(refused(age, huge).startsWith("The age header is damaged in line 1: "));
        byte[] recipients =
                ("age-encryption.org/v1\n" + "-> a\n\n".repeat(400_000)).getBytes(StandardCharsets.US_ASCII);
        assertEquals("The age header has more than 1048576 bytes", refused(age, recipients));
    }

    private static String armored(byte[] encoded, String newline) {
        return "-----BEGIN AGE ENCRYPTED FILE-----" + newline
                + Base64.getMimeEncoder(64, newline.getBytes(StandardCharsets.US_ASCII)).encodeToString(encoded)
                + newline
                + "-----END AGE ENCRYPTED FILE-----" + newline;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 100, 200_000})
    void armoredStreamIsRead(int length) throws Exception {
        byte[] plain = AgeStreams.random(length, 13);
        byte[] encoded = AgeStreams.encode(key.encrypting(), plain);
        for (String newline : List.of("\n", "\r\n")) {
            byte[] armored = bytes(armored(encoded, newline));
            assertTrue(key.decrypting().recognizes(ByteBuffer.wrap(armored)));
            assertArrayEquals(plain, AgeStreams.decode(key.decrypting(), armored));
            assertArrayEquals(plain, AgeStreams.decode(key.decrypting(), bytes(armored(encoded, newline) + " \n\n")));
        }
    }

    @Test
    void damagedArmorIsRefused() throws Exception {
        byte[] encoded = AgeStreams.encode(key.encrypting(), new byte[100]);
        String good = armored(encoded, "\n");
        for (int length = 0; length < good.length() - 1; length++) {
            refused(key.decrypting(), bytes(good.substring(0, length)));
        }
        String end = "-----END AGE ENCRYPTED FILE-----\n";
        for (String bad : List.of(good + "x", good + good, good.replace(end, "\n" + end),
                good.replace(end, "AAAA\n" + end),
                good.replaceFirst("\n", "\n "), good.replaceFirst("(\n.{63})", "$1\n"),
                good.replaceFirst("\n(.)\n?", "\n$1*"),
                good.replace("\n", "\n\n"), "-----BEGIN AGE ENCRYPTED FILE-----" + "A".repeat(10_000_000))) {
            refused(key.decrypting(), bytes(bad));
        }
    }

    @Test
    void streamIsRecognizedByItsHead() throws Exception {
        byte[] encoded = AgeStreams.encode(key.encrypting(), new byte[10]);
        Age age = Age.withoutKeys();
        ByteBuffer head = ByteBuffer.wrap(encoded, 0, age.headBytes());
        assertTrue(age.recognizes(head));
        assertEquals(0, head.position());
        assertFalse(age.recognizes(
                ByteBuffer.wrap("age-encryption.com/v1 and more of that".getBytes(StandardCharsets.US_ASCII))));
        assertFalse(age.recognizes(ByteBuffer.allocate(0)));
    }

    @Test
    void workersThatNeverRunOrRefuseDoNotStopTheReader() throws Exception {
        byte[] plain = AgeStreams.random(10 << 20, 10);
        byte[] encoded = AgeStreams.encode(key.encrypting(), plain);
        ByteArrayOutputStream never = new ByteArrayOutputStream();
        AgeStreams.decode(key.decrypting(), encoded, task -> {
        }, never);
        assertArrayEquals(plain, never.toByteArray());
        ByteArrayOutputStream refusing = new ByteArrayOutputStream();
        AgeStreams.decode(key.decrypting(), encoded, task -> {
            throw new RejectedExecutionException();
        }, refusing);
        assertArrayEquals(plain, refusing.toByteArray());
    }

    @Test
    void readerOnItsOwnOnlyWorkerGoesOn() throws Exception {
        byte[] plain = AgeStreams.random(10 << 20, 11);
        byte[] encoded = AgeStreams.encode(key.encrypting(), plain);
        ByteArrayOutputStream given = new ByteArrayOutputStream();
        try (ExecutorService one = Executors.newSingleThreadExecutor()) {
            one.submit(() -> {
                AgeStreams.decode(key.decrypting(), encoded, one, given);
                return null;
            }).get();
        }
        assertArrayEquals(plain, given.toByteArray());
    }

    @Test
    void workersDecryptAheadWithinABound() throws Exception {
        byte[] encoded = AgeStreams.encode(key.encrypting(), new byte[64 << 20]);
        ReadableByteChannel input = AgeStreams.channel(encoded);
        long[] taken = new long[1];
        ReadableByteChannel counting = new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer target) throws IOException {
                int count = input.read(target);
                taken[0] += Math.max(0, count);
                return count;
            }

            @Override
            public boolean isOpen() {
                return input.isOpen();
            }

            @Override
            public void close() throws IOException {
                input.close();
            }
        };
        try (ExecutorService pool = Executors.newFixedThreadPool(2);
                ReadableByteChannel channel = key.decrypting().decode(counting, pool)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
            long given = 0;
            for (int count = channel.read(buffer); count >= 0; count = channel.read(buffer.clear())) {
                given += count;
                assertTrue(taken[0] - given < 8 << 20, "read ahead: " + (taken[0] - given));
            }
            assertEquals(64 << 20, given);
        }
    }

    @Test
    void closingEndsReadsAndClosesTheInput() throws Exception {
        byte[] encoded = AgeStreams.encode(key.encrypting(), new byte[5 << 20]);
        ReadableByteChannel input = AgeStreams.channel(encoded);
        ReadableByteChannel channel = key.decrypting().decode(input, task -> {
        });
        assertTrue(channel.isOpen());
        channel.read(ByteBuffer.allocate(10));
        assertEquals(0, channel.read(ByteBuffer.allocate(0)));
        channel.close();
        channel.close();
        assertFalse(channel.isOpen());
        assertFalse(input.isOpen());
        assertThrows(ClosedChannelException.class, () -> channel.read(ByteBuffer.allocate(10)));
    }

    @Test
    void blockThatWasBegunAndDroppedLeavesNoTrace() throws Exception {
        byte[] plain = AgeStreams.random(1000, 12);
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        try (StreamEncoder stream = key.encrypting().encoder();
                BlockEncoder blocks = stream.blocks();
                Arena arena = Arena.ofConfined()) {
            encoded.write(stream.header());
            MemorySegment input = arena.allocate(plain.length).copyFrom(MemorySegment.ofArray(plain));
            MemorySegment output = arena.allocate(stream.encodedBytes(stream.blockBytes()));
            blocks.begin(0, output);
            blocks.write(arena.allocate(200_000));
            blocks.begin(0, output);
            blocks.write(input);
            int length = blocks.finish(true);
            encoded.write(output.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
        }
        assertArrayEquals(plain, AgeStreams.decode(key.decrypting(), encoded.toByteArray()));
    }

    @Test
    void blocksThatTheFormatForbidsAreRefused() throws Exception {
        try (StreamEncoder stream = key.encrypting().encoder();
                BlockEncoder blocks = stream.blocks();
                Arena arena = Arena.ofConfined()) {
            MemorySegment output = arena.allocate(stream.encodedBytes(stream.blockBytes()));
            assertThrows(IllegalStateException.class, () -> blocks.write(output));
            assertThrows(IllegalStateException.class, () -> blocks.finish(true));
            blocks.begin(0, output);
            assertThrows(IllegalArgumentException.class, () -> blocks.write(output));
            blocks.write(arena.allocate(10));
            assertThrows(IllegalStateException.class, () -> blocks.finish(false), "short, and not the last");
            blocks.begin(1, output);
            assertThrows(IllegalStateException.class, () -> blocks.finish(true), "empty, and not the first");
            assertThrows(IllegalArgumentException.class, () -> blocks.begin(-1, output));
        }
    }

    @Test
    void encoderWithoutRecipientIsRefused() {
        assertThrows(IllegalStateException.class, () -> Age.withoutKeys().encoder());
    }

    @Test
    void closedEncoderHasNoKey() throws Exception {
        StreamEncoder stream = key.encrypting().encoder();
        stream.close();
        assertThrows(IllegalStateException.class, stream::blocks);
    }
}
