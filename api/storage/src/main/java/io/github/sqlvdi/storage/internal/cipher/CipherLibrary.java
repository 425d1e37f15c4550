package io.github.sqlvdi.storage.internal.cipher;

import io.github.sqlvdi.storage.internal.libcrypto.Crypto;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** Who encrypts: the fastest library that is here, or the one that {@value #PROPERTY} names. */
public enum CipherLibrary {

    /** OpenSSL 3 by the foreign function interface. */
    LIBCRYPTO("libcrypto") {
        @Override
        ChunkCipher unchecked(byte[] key) throws CipherException {
            return new LibcryptoCipher(key);
        }

        @Override
        String findVersion() {
            return Crypto.OpenSSL_version(Crypto.OPENSSL_VERSION()).getString(0);
        }
    },

    /** The JDK's own cipher, on every machine. */
    JDK("jdk") {
        @Override
        ChunkCipher unchecked(byte[] key) throws CipherException {
            return new JdkCipher(key);
        }

        @Override
        String findVersion() {
            return "Java " + Runtime.version().feature();
        }
    };

    /** Names the library to use, for tests and measurements. */
    public static final String PROPERTY = "io.github.sqlvdi.storage.cipher";

    private final String title;

    CipherLibrary(String title) {
        this.title = title;
    }

    abstract ChunkCipher unchecked(byte[] key) throws CipherException;

    abstract String findVersion();

    /**
     * {@return the library for a new stream}
     *
     * @throws IllegalArgumentException if {@value #PROPERTY} is none of auto, libcrypto, jdk
     */
    public static CipherLibrary choose() {
        String value = System.getProperty(PROPERTY, "").strip().toLowerCase(Locale.ROOT);
        if (value.isEmpty() || value.equals("auto")) {
            return LIBCRYPTO.isAvailable() ? LIBCRYPTO : JDK;
        }
        return Arrays.stream(values()).filter(it -> it.title.equals(value)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "property " + PROPERTY + " is \"" + value + "\": expected auto, libcrypto or jdk"));
    }

    /**
     * Makes a cipher.
     *
     * @param key 32 bytes, copied
     * @return the cipher; the caller closes it
     * @throws CipherException if the library is not here; the message says why
     */
    public ChunkCipher open(byte[] key) throws CipherException {
        if (key.length != ChunkCipher.KEY_BYTES) {
            throw new IllegalArgumentException("The key has " + key.length + " bytes, not " + ChunkCipher.KEY_BYTES);
        }
        Probe probe = probe();
        if (!probe.available) {
            throw new CipherException("The cipher " + title + " cannot be used here: " + probe.detail);
        }
        return unchecked(key);
    }

    /** {@return whether the library is here and gives right results} */
    public boolean isAvailable() {
        return probe().available;
    }

    /** {@return the library's version, or why it is not available} */
    public String detail() {
        return probe().detail;
    }

    private Probe probe() {
        return this == LIBCRYPTO ? LibcryptoProbe.RESULT : JdkProbe.RESULT;
    }

    /** {@return the name, such as {@code libcrypto}} */
    @Override
    public String toString() {
        return title;
    }

    private static final class LibcryptoProbe {
        static final Probe RESULT = Probe.of(LIBCRYPTO);
    }

    private static final class JdkProbe {
        static final Probe RESULT = Probe.of(JDK);
    }

    /** What one chunk with a known result showed of a library. */
    private record Probe(boolean available, String detail) {

        /** The empty chunk 0, the last one, under a key of zeros: only a tag. */
        private static final byte[] EXPECTED = HexFormat.of().parseHex("1e8d8924594cfe1aec7351f6b0110f3e");

        static Probe of(CipherLibrary library) {
            try (ChunkCipher cipher = library.unchecked(new byte[ChunkCipher.KEY_BYTES]);
                    Arena arena = Arena.ofConfined()) {
                MemorySegment tag = arena.allocate(ChunkCipher.TAG_BYTES);
                cipher.seal(0, true, tag, 0, 0, tag, 0);
                boolean right = tag.mismatch(MemorySegment.ofArray(EXPECTED)) < 0;
                return right ? new Probe(true, library.findVersion())
                        : new Probe(false, library.findVersion() + " gives a wrong result");
            } catch (CipherException | RuntimeException | LinkageError e) {
                // No such library, functions missing, native access denied, or the cipher forbidden by a policy.
                Throwable cause = e instanceof ExceptionInInitializerError && e.getCause() != null ? e.getCause() : e;
                return new Probe(false, String.valueOf(cause.getMessage()));
            }
        }
    }
}
