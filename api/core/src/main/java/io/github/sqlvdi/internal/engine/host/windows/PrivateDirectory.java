package io.github.sqlvdi.internal.engine.host.windows;

import io.github.sqlvdi.internal.engine.host.UnsafeDirectoryException;
import io.github.sqlvdi.internal.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The directory that holds this user's device sets: named by the property {@value Settings#DIRECTORY}, else
 * {@code %LOCALAPPDATA%\sqlvdi}, else {@code sqlvdi} in {@code java.io.tmpdir}. It is made with an access control list
 * for this user alone where it is missing, and verified at each use.
 */
final class PrivateDirectory {

    private PrivateDirectory() {}

    /**
     * Returns the directory's path.
     *
     * @throws UnsafeDirectoryException if anybody else could read or change what is in it
     */
    static Path require() throws IOException {
        Path named = choose().toAbsolutePath().normalize();
        if (named.getParent() == null) {
            throw unsafe(named, "is the root of a drive; expected a directory of its own");
        }
        Path parent;
        try {
            parent = named.getParent().toRealPath();
        } catch (NoSuchFileException e) {
            throw new IOException("the folder of " + named + " does not exist: create it, or name another directory "
                    + "by the property " + Settings.DIRECTORY, e);
        }
        Path directory = parent.resolve(named.getFileName());
        int error = Kernel32.createDirectory(LongPath.of(directory));
        if (error != 0 && error != LastError.ALREADY_EXISTS) {
            throw LastError.failed("CreateDirectory of " + directory, error);
        }
        BasicFileAttributes kind = Files.readAttributes(directory, BasicFileAttributes.class,
                LinkOption.NOFOLLOW_LINKS);
        if (!kind.isDirectory() || kind.isSymbolicLink() || kind.isOther()) {
            throw unsafe(directory, "is a file, a link or a junction; expected a directory: remove it");
        }
        String fault = AccessList.fault(directory);
        if (fault != null) {
            throw unsafe(directory, fault);
        }
        return directory;
    }

    private static Path choose() {
        return Settings.directory().orElseGet(() -> Path.of(Settings.variable(Settings.LOCAL_DATA_VARIABLE)
                .orElseGet(() -> System.getProperty("java.io.tmpdir")), "sqlvdi"));
    }

    private static UnsafeDirectoryException unsafe(Path path, String finding) {
        return new UnsafeDirectoryException("the directory for device sets is not safe: " + path + " " + finding
                + "; or name another directory by the property " + Settings.DIRECTORY);
    }
}
