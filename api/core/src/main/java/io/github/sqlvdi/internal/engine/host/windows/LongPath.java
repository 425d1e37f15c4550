package io.github.sqlvdi.internal.engine.host.windows;

import java.nio.file.Path;

/** Paths as kernel32 takes them at any length. */
final class LongPath {

    /** What a folder's path may have without a prefix (MAX_PATH less a file name of the old kind). */
    private static final int SHORT_CHARACTERS = 247;

    private LongPath() {}

    /** Returns an absolute, normalized path with the prefix that lifts the limit, if it needs one. */
    static String of(Path path) {
        String text = path.toString();
        if (text.length() <= SHORT_CHARACTERS || text.startsWith("\\\\?\\")) {
            return text;
        }
        return text.startsWith("\\\\") ? "\\\\?\\UNC" + text.substring(1) : "\\\\?\\" + text;
    }
}
