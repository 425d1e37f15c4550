package io.github.sqlvdi.storage.internal.cipher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ciphers do what RFC 8439 says, and the same. */
class ChunkCipherTest {

    private final Arena arena = Arena.ofConfined();
    private final Random random = new Random(19);

    @AfterEach
    void free() {
        arena.close();
        System.clearProperty(CipherLibrary.PROPERTY);
    }

    private static ChunkCipher open(CipherLibrary library, byte[] key) throws IOException {
        if (!library.isAvailable()) {
            String reason = library + " is not available: " + library.detail();
            System.out.println("ChunkCipherTest skipped: " + reason);
            abort(reason);
        }
        return library.open(key);
    }

    private MemorySegment segment(byte[] bytes) {
        MemorySegment segment = arena.allocate(Math.max(1, bytes.length));
        MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return segment;
    }

    private byte[] seal(ChunkCipher cipher, long chunk, boolean last, byte[] plain) throws IOException {
        MemorySegment sealed = arena.allocate(plain.length + ChunkCipher.TAG_BYTES);
        cipher.seal(chunk, last, segment(plain), 0, plain.length, sealed, 0);
        return sealed.toArray(ValueLayout.JAVA_BYTE);
    }

    private byte[] random(int bytes) {
        byte[] result = new byte[bytes];
        random.nextBytes(result);
        return result;
    }

    /** The RFC's AEAD vectors have additional data, which no chunk has. This tag is what Python's cryptography gives. */
    @ParameterizedTest
    @EnumSource
    void emptyLastChunkUnderZeroKeyHasKnownTag(CipherLibrary library) throws IOException {
        try (ChunkCipher cipher = open(library, new byte[32])) {
            assertEquals("1e8d8924594cfe1aec7351f6b0110f3e",
                    HexFormat.of().formatHex(seal(cipher, 0, true, new byte[0])));
        }
    }

    /** RFC 8439 A.1, test vectors 1 and 2: the key stream under a zero key; the AEAD's first block is the second one. */
    @ParameterizedTest
    @EnumSource
    void zerosUnderZeroKeyGiveKeyStreamOfRfc8439(CipherLibrary library) throws IOException {
        try (ChunkCipher cipher = open(library, new byte[32])) {
            byte[] sealed = seal(cipher, 0, false, new byte[64]);
            assertEquals("9f07e7be5551387a98ba977c732d080dcb0f29a048e3656912c6533e32ee7aed"
                    + "29b721769ce64e43d57133b074d839d531ed1f28510afb45ace10a1f4b794d6f",
                    HexFormat.of().formatHex(sealed, 0, 64));
        }
    }

    /** RFC 8439 A.1, test vector 3: a key that ends with 1. */
    @ParameterizedTest
    @EnumSource
    void zerosUnderKeyOneGiveKeyStreamOfRfc8439(CipherLibrary library) throws IOException {
        byte[] key = new byte[32];
        key[31] = 1;
        try (ChunkCipher cipher = open(library, key)) {
            byte[] sealed = seal(cipher, 0, false, new byte[64]);
            assertEquals("3aeb5224ecf849929b9d828db1ced4dd832025e8018b8160b82284f3c949aa5a"
                    + "8eca00bbb4a73bdad192b5c42f73f2fd4e273644c8b36125a64addeb006c13a0",
                    HexFormat.of().formatHex(sealed, 0, 64));
        }
    }

    @Test
    void nonceIsNumberThenMark() {
        byte[] nonce = new byte[ChunkCipher.NONCE_BYTES];
        for (int i = 0; i < nonce.length; i++) {
            nonce[i] = Nonce.at(i, 0x0102030405060708L, true);
        }
        assertEquals("000000010203040506070801", HexFormat.of().formatHex(nonce));
    }

    @Test
    void bothCiphersGiveTheSameAndOpenEachOthers() throws IOException {
        byte[] key = random(32);
        try (ChunkCipher jdk = open(CipherLibrary.JDK, key);
                ChunkCipher libcrypto = open(CipherLibrary.LIBCRYPTO, key)) {
            for (int i = 0; i < 200; i++) {
                int bytes = i < 40 ? i : random.nextInt(ChunkCipher.CHUNK_BYTES + 1);
                byte[] plain = random(bytes);
                long chunk = random.nextLong(1L << 62);
                boolean last = random.nextBoolean();
                byte[] sealed = seal(jdk, chunk, last, plain);
                assertArrayEquals(sealed, seal(libcrypto, chunk, last, plain));
                for (ChunkCipher cipher : new ChunkCipher[]{jdk, libcrypto}) {
                    MemorySegment memory = segment(sealed);
                    assertTrue(cipher.open(chunk, last, memory, 0, sealed.length, memory, 0));
                    assertArrayEquals(plain, memory.asSlice(0, bytes).toArray(ValueLayout.JAVA_BYTE));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void wrongBitNumberMarkOrLengthIsRefused(CipherLibrary library) throws IOException {
        try (ChunkCipher cipher = open(library, random(32)); ChunkCipher other = open(library, random(32))) {
            for (int i = 0; i < 100; i++) {
                byte[] plain = random(1 + random.nextInt(500));
                byte[] sealed = seal(cipher, 7, false, plain);
                MemorySegment good = segment(sealed);
                MemorySegment room = arena.allocate(1000);
                assertFalse(cipher.open(6, false, good, 0, sealed.length, room, 0));
                assertFalse(cipher.open(7, true, good, 0, sealed.length, room, 0));
                assertFalse(cipher.open(7, false, good, 0, sealed.length - 1, room, 0));
                assertFalse(other.open(7, false, good, 0, sealed.length, room, 0));
                byte[] flipped = sealed.clone();
                flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
                assertFalse(cipher.open(7, false, segment(flipped), 0, flipped.length, room, 0));
                assertTrue(cipher.open(7, false, good, 0, sealed.length, room, 0), "good again after wrong tags");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void sealsInPlaceAtAnOffsetAndTheSameChunkAgain(CipherLibrary library) throws IOException {
        try (ChunkCipher cipher = open(library, random(32))) {
            byte[] plain = random(ChunkCipher.CHUNK_BYTES);
            byte[] expected = seal(cipher, 1, false, plain);
            MemorySegment memory = arena.allocate(expected.length + 10);
            MemorySegment.copy(plain, 0, memory, ValueLayout.JAVA_BYTE, 5, plain.length);
            cipher.seal(1, false, memory, 5, plain.length, memory, 5);
            assertArrayEquals(expected, memory.asSlice(5, expected.length).toArray(ValueLayout.JAVA_BYTE));
            assertEquals(0, memory.get(ValueLayout.JAVA_BYTE, expected.length + 5));
        }
    }

    @ParameterizedTest
    @EnumSource
    void roomThatIsTooSmallIsRefused(CipherLibrary library) throws IOException {
        try (ChunkCipher cipher = open(library, random(32))) {
            MemorySegment plain = segment(random(100));
            MemorySegment sealed = arena.allocate(115);
            assertThrows(IndexOutOfBoundsException.class, () -> cipher.seal(1, false, plain, 0, 100, sealed, 0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void closedCipherRefuses(CipherLibrary library) throws IOException {
        ChunkCipher cipher = open(library, random(32));
        cipher.close();
        cipher.close();
        MemorySegment memory = arena.allocate(100);
        assertThrows(IllegalStateException.class, () -> cipher.seal(1, false, memory, 0, 10, memory, 0));
        assertThrows(IllegalStateException.class, () -> cipher.open(1, false, memory, 0, 26, memory, 0));
    }

    @Test
    void keyOfWrongLengthIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> CipherLibrary.JDK.open(new byte[16]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "JDK", " jdk "})
    void propertyNamesTheLibrary(String value) {
        System.setProperty(CipherLibrary.PROPERTY, value);
        assertEquals(CipherLibrary.JDK, CipherLibrary.choose());
    }

    @Test
    void libcryptoIsChosenWhereItIs() {
        assertEquals(CipherLibrary.LIBCRYPTO.isAvailable() ? CipherLibrary.LIBCRYPTO : CipherLibrary.JDK,
                CipherLibrary.choose());
    }

    @Test
    void wrongPropertyIsRefusedByName() {
        System.setProperty(CipherLibrary.PROPERTY, "boringssl");
        String message = assertThrows(IllegalArgumentException.class, CipherLibrary::choose).getMessage();
        assertEquals("property io.github.sqlvdi.storage.cipher is \"boringssl\": expected auto, libcrypto or jdk",
                message);
    }
}
