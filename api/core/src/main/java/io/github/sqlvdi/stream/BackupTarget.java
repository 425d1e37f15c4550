package io.github.sqlvdi.stream;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;

/**
 * A place for the bytes of a backup, whose content can be removed again: a file, an object in a store, a codec over
 * another target. {@link JobDevice#toTarget(BackupTarget)} makes a device for it.
 *
 * <pre>
 *   begin -- channel: bytes, flush ... -- finish -- keep      the server's verdict is good
 *     |               |                     |
 *     +---------------+---------------------+------ undo      anything else
 * </pre>
 *
 * <p>{@link #finish()} completes the content before VDC_Complete is answered, so a server that knows VDC_Complete keeps
 * its log until every target is finished (VDI reference 8.16). For a server that does not know VDC_Complete, the job
 * calls {@link #finish()} after a good verdict. At the end the job calls either {@link #keep()} or {@link #undo()},
 * once. A target whose content was not finished must not look complete. So {@link #undo()} must not just close a
 * stream: a stream that is closed after a failure looks like a stream that is closed after success. If the server's
 * answer was lost, the job calls {@link #leave()} for content that is finished.
 *
 * <p><b>Threads.</b> One thread at a time: {@link #begin()}, {@link #keep()} and {@link #undo()} on the thread of the
 * job, the other methods on the thread of the device. No two of them overlap.
 */
public interface BackupTarget {

    /**
     * Reserves the place and opens it, before the device set is created.
     *
     * @throws IOException if the place cannot be used; the job ends without a statement
     */
    void begin() throws IOException;

    /**
     * Returns the channel that takes the bytes.
     *
     * @return the channel, in blocking mode, the same at each call after {@link #begin()}; nothing but this target closes it
     */
    WritableByteChannel channel();

    /**
     * Makes the bytes written so far durable, for VDC_Flush. Does nothing by default.
     *
     * @throws IOException if that failed; the statement then fails
     */
    default void flush() throws IOException {
    }

    /**
     * Completes the content and makes it durable. Nothing is written after it.
     *
     * @throws IOException if that failed; the statement then fails
     */
    void finish() throws IOException;

    /**
     * Opens the finished content for reading, to verify it. Called after {@link #finish()}, before {@link #keep()}, by the
     * thread that finished it.
     *
     * @return the content, in blocking mode, from its first byte; the caller closes it. Empty by default: the target
     *     cannot be read
     * @throws IOException if it cannot be opened
     */
    default Optional<ReadableByteChannel> readBack() throws IOException {
        return Optional.empty();
    }

    /**
     * Keeps the finished content: the server's verdict is good.
     *
     * @throws IOException if it could not be kept; the message says where the content is
     */
    void keep() throws IOException;

    /**
     * Removes everything that {@link #begin()} and the writing have made. Also called when {@link #begin()} failed or
     * was never called.
     *
     * @throws IOException if something could not be removed; the message names it
     */
    void undo() throws IOException;

    /**
     * Called in the place of {@link #keep()} and {@link #undo()} if the content is finished and the outcome of the
     * statement is unknown: the server may have truncated its log. Keeps the content where it does not look like a good
     * backup. By default it removes the content.
     *
     * @return where the content is; empty if it was removed
     * @throws IOException if something could not be removed or closed
     */
    default Optional<String> leave() throws IOException {
        undo();
        return Optional.empty();
    }

    /**
     * Returns the identity that the operating system gives to this place. The job fails if two of its devices have
     * equal identities.
     *
     * @return an object with {@code equals}, requested after {@link #begin()}; empty when there is none
     */
    default Optional<Object> identity() {
        return Optional.empty();
    }

    /**
     * Returns the name of the content for messages and for the manifest.
     *
     * @return the name without its folder, requested after {@link #begin()}; by default {@code toString()}
     */
    default String name() {
        return toString();
    }

    /**
     * Returns size and checksum of the stored content. A job writes them to the manifest.
     *
     * @return the seal, requested after {@link #finish()}; empty, as by default, if the content has none. Then
     *     {@link #manifest()} must be empty too
     */
    default Optional<FileSeal> seal() {
        return Optional.empty();
    }

    /**
     * Returns the place of the manifest beside the content. The job begins it after this target, and writes and keeps
     * it after this target was kept.
     *
     * @return a target that was not begun and follows the same rule about existing content as this one; empty, as by
     *     default, if the content has no manifest. Requested after {@link #begin()}
     * @throws IOException if the place has no name
     */
    default Optional<BackupTarget> manifest() throws IOException {
        return Optional.empty();
    }

    /**
     * Returns how much memory the store of this target uses for content that is on its way, for all targets of a job
     * together. By default a {@link Pipeline} leaves so much of its own memory unused.
     *
     * @return bytes, 0 by default
     */
    default long memory() {
        return 0;
    }

    /**
     * Removes existing content that {@link #keep()} would replace. The job calls it for a manifest before the content
     * of that manifest is replaced, because the old manifest would report the new content as damaged. Does nothing by
     * default.
     *
     * @throws IOException if it could not be removed
     */
    default void removeReplaced() throws IOException {
    }
}
