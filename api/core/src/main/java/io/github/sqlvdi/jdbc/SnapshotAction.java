package io.github.sqlvdi.jdbc;

/** What a program does while several databases are frozen. */
@FunctionalInterface
public interface SnapshotAction {

    /**
     * Takes the snapshot, for example of the volume with all files of the databases. Nothing can be written to the
     * databases until this method returns, so it should be fast. The metadata of all databases are in their targets at
     * this moment, but these targets are not finished.
     *
     * @throws Exception if there is no snapshot; then all backups fail. {@link InterruptedException} if it was
     *     interrupted, which happens at the end of the time that the databases may be frozen
     */
    void take() throws Exception;
}
