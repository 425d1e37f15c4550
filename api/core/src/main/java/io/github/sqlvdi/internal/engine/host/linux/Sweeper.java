package io.github.sqlvdi.internal.engine.host.linux;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Removes the folders that killed processes left behind. The locks that make this safe are described in
 * {@link SetFolder}.
 */
final class Sweeper {

    private static final Set<Path> LOGGED = ConcurrentHashMap.newKeySet();

    private Sweeper() {}

    /** Returns whether a live set is published at that path. */
    static boolean isLive(Path folder) throws IOException {
        try (OpenFile file = OpenFile.openFolder(folder)) {
            return isLive(file);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Returns whether the primary of this folder lives. */
    static boolean isLive(OpenFile folder) throws IOException {
        return Slot.isTaken(folder, 0);
    }

    /** Removes the folder if no process has locked it; returns whether it did. */
    static boolean sweep(Path folder) throws IOException {
        OwnedFolder owned = OwnedFolder.tryOwn(folder);
        if (owned == null) {
            return false;
        }
        owned.leave(false);
        return true;
    }

    /**
     * Removes every folder of a dead set in the private directory. An entry that is not a set's folder, or that cannot
     * be removed, is logged once and does not stop the sweep.
     */
    static void sweepAll(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                // Every new set sweeps. Without this, a process that holds many sets would look at the locks of all.
                if (!OwnedFolder.isHeldHere(entry)) {
                    sweepLogged(entry);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static void sweepLogged(Path entry) {
        try {
            if (FolderName.isHidden(entry) || FolderName.isPublic(entry) && !isLive(entry)) {
                sweep(entry);
            }
        } catch (IOException e) {
            if (LOGGED.add(entry)) {
                LinuxHost.LOG.log(System.Logger.Level.WARNING,
                        entry + " looks like a device set and is none, or cannot be "
                                + "removed; device sets of other names are not concerned",
                        e);
            }
        }
    }
}
