package io.github.sqlvdi.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** The identity that the operating system gives to a file, the same for all its names. */
final class FileIdentity {

    private static final int TYPE_MASK = 0xF000;
    private static final int CHARACTER_DEVICE = 0x2000;

    private FileIdentity() {
    }

    /** Returns the identity of an existing file. On a system without file keys this is its path without links. */
    static Optional<Object> of(Path file) {
        try {
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return Optional.of(key != null ? key : file.toRealPath());
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    /**
     * Returns the identity of a target that is no regular file. A character device such as {@code /dev/null} has none,
     * because two devices may write it without harm.
     */
    static Optional<Object> ofSpecial(Path file) {
        try {
            if (((int) Files.getAttribute(file, "unix:mode") & TYPE_MASK) == CHARACTER_DEVICE) {
                return Optional.empty();
            }
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException otherSystem) {
            return of(file);
        }
        return of(file);
    }
}
