package io.github.sqlvdi.internal.engine.host.members;

import io.github.sqlvdi.internal.engine.host.UnsafeDirectoryException;
import io.github.sqlvdi.internal.settings.Settings;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The path of the directory that holds this user's device sets, before a platform proves that it is this user's alone. */
public final class DirectoryPath {
    private DirectoryPath() {}

    /**
     * {@return the same directory by a path whose parent holds no symbolic link}
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

    /** {@return the exception for a directory that others could read, change or exchange} */
    public static UnsafeDirectoryException unsafe(Path path, String finding) {
        return new UnsafeDirectoryException("the directory for device sets is not safe: " + path + " " + finding
                + "; or name another directory by the property " + Settings.DIRECTORY);
    }
}
