package io.github.sqlvdi.internal.engine.host.linux;

import io.github.sqlvdi.internal.engine.host.members.SetHash;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The names of set folders. They are hashes, so no text that a user chose gets into a path. */
final class FolderName {

    private static final Pattern PUBLIC = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern HIDDEN = Pattern.compile("[0-9a-f]{32}\\.[0-9a-f]{16}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private FolderName() {}

    /** Returns the path of the published folder of a set. */
    static Path of(Path directory, String instance, String name) {
        return directory.resolve(SetHash.of(instance, name));
    }

    /** Returns a new random hidden path beside the public path of a set. */
    static Path hidden(Path folder) {
        String hash = folder.getFileName().toString().substring(0, SetHash.DIGITS);
        return folder.resolveSibling(hash + "." + HexFormat.of().toHexDigits(RANDOM.nextLong()));
    }

    static boolean isPublic(Path folder) {
        return PUBLIC.matcher(folder.getFileName().toString()).matches();
    }

    static boolean isHidden(Path folder) {
        return HIDDEN.matcher(folder.getFileName().toString()).matches();
    }
}
