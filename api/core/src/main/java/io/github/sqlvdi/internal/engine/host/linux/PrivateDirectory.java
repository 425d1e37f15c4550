package io.github.sqlvdi.internal.engine.host.linux;

import io.github.sqlvdi.internal.engine.host.UnsafeDirectoryException;
import io.github.sqlvdi.internal.settings.Settings;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/**
 * The directory that holds this user's device sets: named by the property {@value Settings#DIRECTORY}, else
 * {@code /dev/shm/sqlvdi-<uid>}, else {@code $XDG_RUNTIME_DIR/sqlvdi}, else {@code sqlvdi-<uid>} in
 * {@code java.io.tmpdir}. It is made with mode 0700 where it is missing, and verified at each use.
 */
final class PrivateDirectory {

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final int PERMISSION_BITS = 0777;
    private static final int PRIVATE = 0700;
    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final int STICKY = 01000;

    private PrivateDirectory() {}

    /**
     * Returns the directory's path, which holds no symbolic link.
     *
     * @throws UnsafeDirectoryException if anybody else could read, change or exchange it
     */
    static Path require() throws IOException {
        Path named = choose().toAbsolutePath().normalize();
        if (named.getParent() == null) {
            throw unsafe(named, "is the root of the file system; expected a directory of its own");
        }
        Path parent;
        try {
            parent = named.getParent().toRealPath();
        } catch (NoSuchFileException e) {
            throw new IOException("the folder of " + named + " does not exist: create it, or name another directory "
                    + "by the property " + Settings.DIRECTORY, e);
        }
        requireTrusted(parent);
        Path directory = parent.resolve(named.getFileName());
        createFolder(directory);
        requirePrivate(directory);
        return directory;
    }

    /** Makes a folder that only this user can enter, unless the name is taken. */
    static void createFolder(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            LinuxHost.LOG.log(System.Logger.Level.TRACE, "{0} is there already", folder);
        }
    }

    private static Path choose() {
        Optional<Path> named = Settings.directory();
        if (named.isPresent()) {
            return named.get();
        }
        String own = "sqlvdi-" + Integer.toUnsignedString(LinuxCalls.geteuid());
        if (Files.isDirectory(SHARED_MEMORY) && Files.isWritable(SHARED_MEMORY)) {
            return SHARED_MEMORY.resolve(own);
        }
        String runtime = System.getenv(Settings.RUNTIME_VARIABLE);
        if (runtime != null && Files.isDirectory(Path.of(runtime))) {
            return Path.of(runtime, "sqlvdi");
        }
        return Path.of(System.getProperty("java.io.tmpdir"), own);
    }

    /** Whoever may rename entries of the parent could put a directory of his own in our place after the check. */
    private static void requireTrusted(Path parent) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(parent, "unix:uid,mode");
        int owner = (Integer) attributes.get("uid");
        int mode = (Integer) attributes.get("mode");
        if (owner != 0 && owner != LinuxCalls.geteuid()) {
            throw unsafe(parent, "belongs to user " + owner + "; expected root or user " + LinuxCalls.geteuid());
        }
        if ((mode & WRITABLE_BY_OTHERS) != 0 && (mode & STICKY) == 0) {
            throw unsafe(parent, "has mode 0" + Integer.toOctalString(mode & (PERMISSION_BITS | STICKY))
                    + ", so others may exchange what is in it; expected the sticky bit, or write permission for its owner "
                    + "only");
        }
    }

    private static void requirePrivate(Path directory) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(directory, "unix:uid,mode,isDirectory,isSymbolicLink",
                LinkOption.NOFOLLOW_LINKS);
        if ((Boolean) attributes.get("isSymbolicLink")) {
            throw unsafe(directory, "is a symbolic link; expected a directory: remove the link");
        }
        if (!(Boolean) attributes.get("isDirectory")) {
            throw unsafe(directory, "is a file; expected a directory: remove the file");
        }
        int owner = (Integer) attributes.get("uid");
        if (owner != LinuxCalls.geteuid()) {
            throw unsafe(directory, "belongs to user " + owner + "; expected user " + LinuxCalls.geteuid());
        }
        int mode = (Integer) attributes.get("mode") & PERMISSION_BITS;
        if (mode != PRIVATE) {
            throw unsafe(directory, "has mode 0" + Integer.toOctalString(mode) + "; expected 0700: run chmod 700 "
                    + directory);
        }
    }

    private static UnsafeDirectoryException unsafe(Path path, String finding) {
        return new UnsafeDirectoryException("the directory for device sets is not safe: " + path + " " + finding
                + "; or name another directory by the property " + Settings.DIRECTORY);
    }
}
