package io.github.sqlvdi.internal.engine.host.windows;

import io.github.sqlvdi.internal.engine.host.UnsafeDirectoryException;
import io.github.sqlvdi.internal.engine.host.members.DirectoryPath;
import io.github.sqlvdi.internal.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The directory that holds this user's device sets: named by the property {@value Settings#DIRECTORY}, else
 * {@code %LOCALAPPDATA%\sqlvdi}, else {@code sqlvdi} in {@code java.io.tmpdir}. If it is missing, it is created with an
 * access control list for this user alone. It is verified at each use.
 */
final class PrivateDirectory {

    private PrivateDirectory() {}

    /**
     * Returns the directory's path.
     *
     * @throws UnsafeDirectoryException if another user could read or change its content
     */
    static Path require() throws IOException {
        Path directory = DirectoryPath.resolve(Settings.directory().orElseGet(PrivateDirectory::ownDirectory));
        int error = Kernel32.createDirectory(LongPath.of(directory));
        if (error != 0 && error != LastError.ALREADY_EXISTS) {
            throw LastError.failed("CreateDirectory of " + directory, error);
        }
        BasicFileAttributes kind = Files.readAttributes(directory, BasicFileAttributes.class,
                LinkOption.NOFOLLOW_LINKS);
        if (!kind.isDirectory() || kind.isSymbolicLink() || kind.isOther()) {
            throw DirectoryPath.unsafe(directory, "is a file, a link or a junction; expected a directory: remove it");
        }
        String fault = AccessList.fault(directory);
        if (fault != null) {
            throw DirectoryPath.unsafe(directory, fault);
        }
        return directory;
    }

    private static Path ownDirectory() {
        return Settings.variable(Settings.LOCAL_DATA_VARIABLE).map(Path::of)
                .orElse(Path.of(System.getProperty("java.io.tmpdir"))).resolve("sqlvdi");
    }
}
