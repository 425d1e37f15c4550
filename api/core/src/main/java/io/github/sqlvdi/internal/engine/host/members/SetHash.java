package io.github.sqlvdi.internal.engine.host.members;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What stands for a set's names in the file system: no part of a user's name gets into a path. */
public final class SetHash {

    /** The number of hexadecimal digits. */
    public static final int DIGITS = 32;

    private SetHash() {}

    /** Returns 32 lower-case hexadecimal digits that differ for any other pair of names. */
    public static String of(String instance, String name) {
        // The length keeps the two names apart whatever is in them; the UTF-16 units go in as they are.
        ByteBuffer bytes = ByteBuffer.allocate(4 + 2 * (instance.length() + name.length()));
        bytes.putInt(instance.length());
        bytes.asCharBuffer().put(instance).put(name);
        return of(bytes.array());
    }

    /** Returns 32 lower-case hexadecimal digits that differ for any other bytes. */
    public static String of(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, DIGITS / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
