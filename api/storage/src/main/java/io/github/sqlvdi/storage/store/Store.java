package io.github.sqlvdi.storage.store;

import io.github.sqlvdi.stream.BackupSource;
import io.github.sqlvdi.stream.BackupTarget;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * A kind of place for backups. Any number of threads may use a store; each target and source is used by one job.
 *
 * <p>Content that was not kept must not look like a backup: see {@link BackupTarget}. Existing content is never replaced
 * unless {@link WriteOptions#replacing()} asks for it, also when two programs write the same name at the same time, and then
 * only when the new content is kept.
 */
public interface Store extends Closeable {

    /**
     * Makes a target. Nothing is done before {@link BackupTarget#begin()}.
     *
     * @param place where the content will be
     * @param options how it is written
     * @return the target; the store must stay open as long as it is used
     * @throws IllegalArgumentException if the place cannot be one of this store
     */
    BackupTarget target(StoreLocation place, WriteOptions options);

    /**
     * Makes a source. Nothing is done before {@link BackupSource#begin()}.
     *
     * @param place where the content is
     * @return the source; the store must stay open as long as it is used
     * @throws IllegalArgumentException if the place cannot be one of this store
     */
    BackupSource source(StoreLocation place);

    /**
     * Lists content, manifests included.
     *
     * @param prefix the beginning of its places; for files a folder, whose folders are not entered
     * @return the content in the order of its names
     * @throws IOException if it cannot be listed
     */
    List<StoredObject> list(StoreLocation prefix) throws IOException;

    /**
     * Deletes content; its manifest stays. It is no error if there is none.
     *
     * @param place where the content is
     * @throws IOException if it could not be deleted
     */
    void delete(StoreLocation place) throws IOException;

    /**
     * Removes what backups left that were killed: content that was begun and neither completed nor taken back. Complete
     * content whose verdict is not known is not removed.
     *
     * @param prefix the beginning of the places
     * @param olderThan how long nothing was added to such content. A running backup adds something each time that a part is
     *     full, so this must be longer than any pause of a running backup
     * @return descriptions of what was removed
     * @throws IOException if something could not be removed
     */
    List<String> cleanUp(StoreLocation prefix, Duration olderThan) throws IOException;

    /** Ends the connections of the store. */
    @Override
    void close() throws IOException;
}
