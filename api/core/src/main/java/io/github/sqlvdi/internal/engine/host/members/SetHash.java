package io.github.sqlvdi.internal.engine.host.members;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hash that names a set's files. The set's own names may hold any character, so they are never part of a path. */
public final class SetHash {

    /** The number of hexadecimal digits. */
    public static final int DIGITS = 32;

    private SetHash() {}

    /** {@return 32 lower-case hexadecimal digits that differ for any other pair of names} */
    public static String of(String instance, String name) {
        // With the length, different pairs never give the same bytes. The UTF-16 units are hashed unencoded.
        ByteBuffer bytes = ByteBuffer.allocate(4 + 2 * (instance.length() + name.length()));
        bytes.putInt(instance.length());
        bytes.asCharBuffer().put(instance).put(name);
        return of(bytes.array());
    }

    /** {@return 32 lower-case hexadecimal digits that differ for any other bytes} */
    public static String of(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, DIGITS / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
