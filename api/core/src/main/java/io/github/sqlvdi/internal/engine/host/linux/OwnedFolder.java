package io.github.sqlvdi.internal.engine.host.linux;

import io.github.sqlvdi.internal.engine.host.NameTakenException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A set's folder that this process has locked: it may publish, hide and remove it. See {@link SetFolder}. */
final class OwnedFolder implements SetFolder {

    private static final int CREATE_TRIES = 100;
    private static final int REMOVE_TRIES = 100;
    private static final long CLAIM_BOUND_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** The paths of the folders of this process's sets, by which a sweep passes them over. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final OpenFile file;
    private Path path;

    private OwnedFolder(OpenFile file, Path path) {
        this.file = file;
        this.path = path;
    }

    /**
     * Creates and locks a hidden folder for a set.
     *
     * @param target the path under which the set will be published
     */
    static OwnedFolder create(Path target) throws IOException {
        for (int i = 0; i < CREATE_TRIES; i++) {
            Path hidden = FolderName.hidden(target);
            PrivateDirectory.createFolder(hidden);
            // Until the folder is locked, a sweeper may remove it as a leftover. Then another one is created.
            OwnedFolder folder = tryOwn(hidden);
            if (folder != null) {
                HELD.add(hidden);
                return folder;
            }
        }
        throw new IOException("no folder could be kept in " + target.getParent() + ": another process removes them");
    }

    /**
     * Returns whether a live set of this process has that path. The answer may be false while such a set changes its
     * path; then the locks tell.
     */
    static boolean isHeldHere(Path path) {
        return HELD.contains(path);
    }

    /** Locks the folder at a path. Returns null if it is gone or has an owner. */
    static OwnedFolder tryOwn(Path path) throws IOException {
        OpenFile file;
        try {
            file = OpenFile.openFolder(path);
        } catch (NoSuchFileException e) {
            return null;
        }
        // Another owner may have renamed or removed the folder between open and lock, so check its path again. After
        // that, only the holder of the lock can rename or remove it.
        if (file.tryLock() && file.isAt(path)) {
            return new OwnedFolder(file, path);
        }
        file.close();
        return null;
    }

    /**
     * Renames the folder to its public name. Removes a dead set of that name first.
     *
     * @throws NameTakenException if a live set has that name
     */
    void publish(Path target, String setName) throws IOException {
        long start = System.nanoTime();
        while (true) {
            try {
                rename(target);
                return;
            } catch (FileSystemException e) {
                if (isOdd(target)) {
                    throw new IOException(
                            "the device set \"" + setName + "\" cannot be made: " + target + " is not a folder "
                                    + "of this library; remove it",
                            e);
                }
                if (Sweeper.isLive(target)) {
                    throw new NameTakenException("the device set \"" + setName + "\" exists already: close it or use "
                            + "another name");
                }
                if (!Sweeper.sweep(target) && System.nanoTime() - start > CLAIM_BOUND_NANOS) {
                    throw new IOException("the name of the device set \"" + setName + "\" cannot be taken over from a "
                            + "dead process: " + target + " is being removed by a process that does not come to an end",
                            e);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /**
     * Returns whether the path leads to something other than a folder. One system call checks it, because other
     * processes create and remove folders meanwhile.
     */
    private static boolean isOdd(Path target) throws IOException {
        try {
            return !Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isDirectory();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public OpenFile file() {
        return file;
    }

    @Override
    public void withdraw() throws IOException {
        if (FolderName.isPublic(path)) {
            rename(FolderName.hidden(path));
        }
    }

    private void rename(Path target) throws IOException {
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        HELD.add(target);
        HELD.remove(path);
        path = target;
    }

    /** Removes the folder with its content. */
    @Override
    public void leave(boolean primaryDied) throws IOException {
        try (file) {
            withdraw();
            // A process that opened the folder earlier may still add its socket, so removing may take several tries.
            for (int i = 0; i < REMOVE_TRIES && !tryRemove(); i++) {
                Thread.onSpinWait();
            }
        } finally {
            HELD.remove(path);
        }
    }

    private boolean tryRemove() throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(file.path())) {
            for (Path entry : entries) {
                Files.deleteIfExists(entry);
            }
        }
        try {
            Files.deleteIfExists(path);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        }
    }
}
