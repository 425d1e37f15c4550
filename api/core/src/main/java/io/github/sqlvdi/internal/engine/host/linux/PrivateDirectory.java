package io.github.sqlvdi.internal.engine.host.linux;

import io.github.sqlvdi.internal.engine.host.UnsafeDirectoryException;
import io.github.sqlvdi.internal.engine.host.members.DirectoryPath;
import io.github.sqlvdi.internal.settings.Settings;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The directory that holds this user's device sets: named by the property {@value Settings#DIRECTORY}, else
 * {@code /dev/shm/sqlvdi-<uid>}, else {@code $XDG_RUNTIME_DIR/sqlvdi} or {@code /run/user/<uid>/sqlvdi}, else
 * {@code sqlvdi-<uid>} in {@code java.io.tmpdir}. A default place is skipped if its name is taken by a link, a file or
 * another user's directory. A missing directory is created with mode 0700. The directory is verified at each use.
 */
final class PrivateDirectory {

    private static final System.Logger LOG = LinuxHost.LOG;
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final Path RUNTIME_DIRECTORIES = Path.of("/run/user");
    private static final int PERMISSION_BITS = 0777;
    private static final int PRIVATE = 0700;
    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final int STICKY = 01000;

    private PrivateDirectory() {}

    /**
     * Returns the directory's path, which contains no symbolic link.
     *
     * @throws UnsafeDirectoryException if another user could read, change or exchange it
     */
    static Path require() throws IOException {
        Optional<Path> named = Settings.directory();
        if (named.isPresent()) {
            return require(named.get());
        }
        return requireFirst(places());
    }

    /**
     * Returns the first place that is free or a directory of this user. If there is none, throws for the first place.
     */
    static Path requireFirst(List<Path> places) throws IOException {
        for (Path place : places) {
            if (!isTakenByOthers(place)) {
                return require(place);
            }
            LOG.log(System.Logger.Level.DEBUG, "{0} is a link, a file or another user''s: the next place is taken",
                    place);
        }
        return require(places.getFirst()); // its exception says what is wrong with it
    }

    private static Path require(Path chosen) throws IOException {
        Path directory = DirectoryPath.resolve(chosen);
        requireTrusted(directory.getParent());
        createFolder(directory);
        requirePrivate(directory);
        return directory;
    }

    /** Creates a folder that only this user can enter. Does nothing if the name exists already. */
    static void createFolder(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            LinuxHost.LOG.log(System.Logger.Level.TRACE, "{0} is there already", folder);
        }
    }

    /** Returns the default places in order of preference. All processes of this user get the same order. */
    private static List<Path> places() throws IOException {
        String user = Integer.toUnsignedString(LinuxCalls.geteuid());
        List<Path> places = new ArrayList<>();
        if (Files.isDirectory(SHARED_MEMORY) && Files.isWritable(SHARED_MEMORY)) {
            places.add(SHARED_MEMORY.resolve("sqlvdi-" + user));
        }
        Path own = Settings.variable(Settings.RUNTIME_VARIABLE).map(Path::of)
                .orElse(RUNTIME_DIRECTORIES.resolve(user));
        // After su, the variable may still name the previous user's directory.
        if (Files.isDirectory(own) && (Integer) Files.getAttribute(own, "unix:uid") == LinuxCalls.geteuid()) {
            places.add(own.resolve("sqlvdi"));
        }
        places.add(Path.of(System.getProperty("java.io.tmpdir"), "sqlvdi-" + user));
        return places;
    }

    private static boolean isTakenByOthers(Path place) throws IOException {
        try {
            Map<String, Object> attributes = Files.readAttributes(place, "unix:uid,isDirectory",
                    LinkOption.NOFOLLOW_LINKS);
            return !(Boolean) attributes.get("isDirectory") || (Integer) attributes.get("uid") != LinuxCalls.geteuid();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** A user who may rename entries of the parent could exchange the directory after the check. */
    private static void requireTrusted(Path parent) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(parent, "unix:uid,mode");
        int owner = (Integer) attributes.get("uid");
        int mode = (Integer) attributes.get("mode");
        if (owner != 0 && owner != LinuxCalls.geteuid()) {
            throw DirectoryPath.unsafe(parent,
                    "belongs to user " + owner + "; expected root or user " + LinuxCalls.geteuid());
        }
        if ((mode & WRITABLE_BY_OTHERS) != 0 && (mode & STICKY) == 0) {
            throw DirectoryPath.unsafe(parent, "has mode 0" + Integer.toOctalString(mode & (PERMISSION_BITS | STICKY))
                    + ", so others may exchange what is in it; expected the sticky bit, or write permission for its owner "
                    + "only");
        }
    }

    private static void requirePrivate(Path directory) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(directory, "unix:uid,mode,isDirectory,isSymbolicLink",
                LinkOption.NOFOLLOW_LINKS);
        if ((Boolean) attributes.get("isSymbolicLink")) {
            throw DirectoryPath.unsafe(directory, "is a symbolic link; expected a directory: remove the link");
        }
        if (!(Boolean) attributes.get("isDirectory")) {
            throw DirectoryPath.unsafe(directory, "is a file; expected a directory: remove the file");
        }
        int owner = (Integer) attributes.get("uid");
        if (owner != LinuxCalls.geteuid()) {
            throw DirectoryPath.unsafe(directory, "belongs to user " + owner + "; expected user " + LinuxCalls.geteuid()
                    + ": that user or root must remove it");
        }
        int mode = (Integer) attributes.get("mode") & PERMISSION_BITS;
        if (mode != PRIVATE) {
            throw DirectoryPath.unsafe(directory,
                    "has mode 0" + Integer.toOctalString(mode) + "; expected 0700: run chmod 700 "
                            + directory);
        }
    }
}
