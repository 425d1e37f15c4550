package io.github.sqlvdi.stream;

import java.io.IOException;

/**
 * The client's part of {@code BACKUP ... WITH SNAPSHOT} and {@code RESTORE ... WITH SNAPSHOT} besides storing the
 * metadata stream (VDI reference 2.9, 2.10 and 10). The methods are called on the thread of the device. An
 * {@link IOException} or {@link InterruptedException} refuses the command with {@code ERROR_OPERATION_ABORTED} (995).
 * An unchecked exception fails it with a code as of {@link CommandHandler#handle}. In both cases the statement fails,
 * and the exception is in the result of the job.
 */
public interface SnapshotHooks {

    /**
     * The database is about to be frozen (VDC_PrepareToFreeze, VDI reference 8.12); the freeze starts when this method
     * returns. The method may take time, for example to wait for other databases of the same volume. It is called only
     * when the set was created with {@link io.github.sqlvdi.Features#SNAPSHOT_PREPARE}.
     *
     * @throws IOException if the backup must not continue
     * @throws InterruptedException if the job was cancelled while it waited
     */
    default void prepareToFreeze() throws IOException, InterruptedException {
    }

    /**
     * Takes the snapshot (VDC_Snapshot, VDI reference 8.13). Writes to the database are suspended until this method
     * returns, so it should be fast. The metadata stream is complete at this moment.
     *
     * @throws IOException if no snapshot was made
     * @throws InterruptedException if the job was cancelled while it waited
     */
    void snapshot() throws IOException, InterruptedException;

    /**
     * Puts the files of the database in place, identical to the frozen state (VDC_MountSnapshot, VDI reference 8.14).
     *
     * @throws IOException if they are not in place
     * @throws InterruptedException if the job was cancelled while it waited
     */
    void mountSnapshot() throws IOException, InterruptedException;
}
