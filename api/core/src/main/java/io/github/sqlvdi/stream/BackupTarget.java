package io.github.sqlvdi.stream;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;

/**
 * A place for the bytes of a backup that can be taken back: a file, an object in a store, a codec over another target.
 * {@link JobDevice#toTarget(BackupTarget)} makes a device of it.
 *
 * <pre>
 *   begin -- channel: bytes, flush ... -- finish -- keep      the server's verdict is good
 *     |               |                     |
 *     +---------------+---------------------+------ undo      anything else
 * </pre>
 *
 * <p>{@link #finish()} completes the content before VDC_Complete is answered, so a server that knows VDC_Complete keeps its
 * log until every target is finished (VDI reference 8.16). For a server that does not know it, the job calls
 * {@link #finish()} after a good verdict. {@link #keep()} and {@link #undo()} are called once at the end, one of the two.
 * A target whose content was not finished must not look whole: closing a stream says good and bad alike, so {@link #undo()}
 * must not just close it.
 *
 * <p><b>Threads.</b> One thread at a time: {@link #begin()}, {@link #keep()} and {@link #undo()} on the thread of the job,
 * the others on the thread of the device, each after the ones before it.
 */
public interface BackupTarget {

    /**
     * Reserves the place and opens it, before the server hears of the device set.
     *
     * @throws IOException if the place cannot be used; the job ends without a statement
     */
    void begin() throws IOException;

    /**
     * Where the bytes go.
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
     * Keeps the finished content: the server's verdict is good.
     *
     * @throws IOException if it could not be kept as it should; the message says where the content is
     */
    void keep() throws IOException;

    /**
     * Removes everything that {@link #begin()} and the bytes have made. Also called when {@link #begin()} failed or was
     * never called.
     *
     * @throws IOException if something is left; the message says what
     */
    void undo() throws IOException;

    /**
     * The identity that the operating system gives to this place. Two devices of a job with equal identities are refused.
     *
     * @return an object with {@code equals}, asked for after {@link #begin()}; empty when there is none
     */
    default Optional<Object> identity() {
        return Optional.empty();
    }
}
