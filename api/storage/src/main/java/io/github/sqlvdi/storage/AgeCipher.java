package io.github.sqlvdi.storage;

import io.github.sqlvdi.storage.internal.cipher.ChunkCipher;
import io.github.sqlvdi.storage.internal.cipher.CipherLibrary;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * A library that can encrypt and decrypt the age format.
 *
 * @param name {@code libcrypto} or {@code jdk}
 * @param available whether it can be used here
 * @param detail its version, or why it cannot be used
 */
public record AgeCipher(String name, boolean available, String detail) {

    /** {@return all libraries, the one that is preferred first} */
    public static List<AgeCipher> all() {
        return Arrays.stream(CipherLibrary.values())
                .map(it -> new AgeCipher(it.toString(), it.isAvailable(), it.detail())).toList();
    }

    /**
     * Measures how fast the library encrypts on the calling thread.
     *
     * @param duration how long to measure, after as long for the JIT compiler
     * @return bytes a second
     * @throws IOException if the library is not available
     */
    public double measure(Duration duration) throws IOException {
        CipherLibrary library =
                Arrays.stream(CipherLibrary.values()).filter(it -> it.toString().equals(name)).findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("There is no cipher \"" + name + "\""));
        try (ChunkCipher cipher = library.open(new byte[ChunkCipher.KEY_BYTES]); Arena arena = Arena.ofConfined()) {
            MemorySegment plain = arena.allocate(ChunkCipher.CHUNK_BYTES);
            MemorySegment sealed = arena.allocate(ChunkCipher.CHUNK_BYTES + ChunkCipher.TAG_BYTES);
            long chunk = 0;
            double rate = 0;
            for (int round = 0; round < 2; round++) {
                long begin = System.nanoTime();
                long first = chunk;
                long elapsed;
                do {
                    cipher.seal(chunk++, false, plain, 0, ChunkCipher.CHUNK_BYTES, sealed, 0);
                    elapsed = System.nanoTime() - begin;
                } while (elapsed < duration.toNanos());
                rate = (chunk - first) * (double) ChunkCipher.CHUNK_BYTES * 1e9 / Math.max(1, elapsed);
            }
            return rate;
        }
    }
}
