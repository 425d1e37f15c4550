package io.github.sqlvdi.emulator.internal.statements;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The files below one folder that stand for the disks of the server. */
final class DiskFiles {

    private DiskFiles() {
    }

    /**
     * Finds the file for a name, which may be a path of Windows or Linux: its drive and first separators are left out.
     *
     * @return the file; empty if the name leads out of the folder, or is no name of a file
     */
    static Optional<Path> find(Path folder, String name) {
        String relative = name.replace('\\', '/').replaceFirst("^[A-Za-z]:", "").replaceFirst("^/+", "");
        try {
            Path top = folder.toRealPath();
            Path file = top.resolve(relative).normalize();
            if (relative.isEmpty() || file.equals(top) || !file.startsWith(top)) {
                return Optional.empty();
            }
            Path existing = file;
            while (!Files.exists(existing)) {
                existing = existing.getParent();
            }
            boolean inside = existing.toRealPath().startsWith(top); // no symbolic link leads out
            return inside && !Files.isDirectory(file) ? Optional.of(file) : Optional.empty();
        } catch (InvalidPathException | IOException unusable) {
            return Optional.empty();
        }
    }
}
