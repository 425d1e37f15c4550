package io.github.sqlvdi.internal.engine.host.windows;

import java.nio.file.Path;

/** Converts paths to the form that kernel32 accepts at any length. */
final class LongPath {

    /** The longest path of a folder without a prefix: MAX_PATH less an 8.3 file name and the NUL. */
    private static final int SHORT_CHARACTERS = 247;

    private LongPath() {}

    /** Adds the prefix that lifts the limit to an absolute, normalized path, if the path is too long without it. */
    static String of(Path path) {
        String text = path.toString();
        if (text.length() <= SHORT_CHARACTERS || text.startsWith("\\\\?\\")) {
            return text;
        }
        return text.startsWith("\\\\") ? "\\\\?\\UNC" + text.substring(1) : "\\\\?\\" + text;
    }
}
