package io.github.sqlvdi.internal.engine.host.members;

import io.github.sqlvdi.internal.engine.host.UnsafeDirectoryException;
import io.github.sqlvdi.internal.settings.Settings;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Resolves the path of the directory for this user's device sets, before the platform checks that it is private. */
public final class DirectoryPath {
    private DirectoryPath() {}

    /**
     * {@return the path of the same directory with all symbolic links in its parent resolved}
     *
     * @throws UnsafeDirectoryException if it is the root of a file system
     * @throws IOException if its parent does not exist
     */
    public static Path resolve(Path directory) throws IOException {
        Path path = directory.toAbsolutePath().normalize();
        if (path.getParent() == null) {
            throw unsafe(path, "is the root of the file system; expected a directory of its own");
        }
        try {
            return path.getParent().toRealPath().resolve(path.getFileName());
        } catch (NoSuchFileException e) {
            throw new IOException("the folder of " + path + " does not exist: create it, or name another directory "
                    + "by the property " + Settings.DIRECTORY, e);
        }
    }

    /** {@return the exception for a directory that other users could read, change or replace} */
    public static UnsafeDirectoryException unsafe(Path path, String finding) {
        return new UnsafeDirectoryException("the directory for device sets is not safe: " + path + " " + finding
                + "; or name another directory by the property " + Settings.DIRECTORY);
    }
}
