package io.github.sqlvdi.internal.engine.host.linux;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Removes the folders that killed processes left behind. See {@link SetFolder} for the locks that make it safe. */
final class Sweeper {

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

    /** Removes the folder if nobody owns it; returns whether it did. */
    static boolean sweep(Path folder) throws IOException {
        OwnedFolder owned = OwnedFolder.tryOwn(folder);
        if (owned == null) {
            return false;
        }
        owned.leave(false);
        return true;
    }

    /** Removes every folder of a dead set in the private directory. One that resists does not stop the others. */
    static void sweepAll(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (FolderName.isHidden(entry) || FolderName.isPublic(entry) && !isLive(entry)) {
                    sweepLogged(entry);
                }
            }
        }
    }

    private static void sweepLogged(Path folder) {
        try {
            sweep(folder);
        } catch (IOException e) {
            LinuxHost.LOG.log(System.Logger.Level.WARNING, "The leftover " + folder + " cannot be removed", e);
        }
    }
}
