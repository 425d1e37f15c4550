package io.github.sqlvdi.internal.engine.host.linux;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The names of set folders: no part of a user's name gets into a path. */
final class FolderName {

    private static final int HASH_BYTES = 16;
    private static final Pattern PUBLIC = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern HIDDEN = Pattern.compile("[0-9a-f]{32}\\.[0-9a-f]{16}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private FolderName() {}

    /** Returns the path of the published folder of a set. */
    static Path of(Path directory, String instance, String name) {
        // The length keeps the two names apart whatever is in them; the UTF-16 units go in as they are.
        ByteBuffer bytes = ByteBuffer.allocate(4 + 2 * (instance.length() + name.length()));
        bytes.putInt(instance.length());
        bytes.asCharBuffer().put(instance).put(name);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes.array());
            return directory.resolve(HexFormat.of().formatHex(hash, 0, HASH_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Returns a new hidden path for the folder that is, was or will be published there. */
    static Path hidden(Path folder) {
        String hash = folder.getFileName().toString().substring(0, 2 * HASH_BYTES);
        return folder.resolveSibling(hash + "." + HexFormat.of().toHexDigits(RANDOM.nextLong()));
    }

    static boolean isPublic(Path folder) {
        return PUBLIC.matcher(folder.getFileName().toString()).matches();
    }

    static boolean isHidden(Path folder) {
        return HIDDEN.matcher(folder.getFileName().toString()).matches();
    }
}
