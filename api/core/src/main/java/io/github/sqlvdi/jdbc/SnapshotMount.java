package io.github.sqlvdi.jdbc;

import java.io.IOException;

/** Puts the files of a database in place, as they were in the snapshot. */
@FunctionalInterface
public interface SnapshotMount {

    /**
     * Puts the files in place.
     *
     * @throws IOException if they are not in place; the restore then fails
     * @throws InterruptedException if the restore was cancelled
     */
    void mount() throws IOException, InterruptedException;
}
