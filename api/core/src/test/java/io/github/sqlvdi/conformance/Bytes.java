package io.github.sqlvdi.conformance;

import java.util.Random;

/** Contents that tell one buffer from another. */
final class Bytes {

    private Bytes() {
    }

    /** The same bytes for the same seed. */
    static byte[] pattern(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
