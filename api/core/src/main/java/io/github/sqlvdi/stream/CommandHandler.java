package io.github.sqlvdi.stream;

import io.github.sqlvdi.client.Command;
import java.io.Closeable;
import java.io.IOException;

/**
 * Executes the commands of one virtual device, one after the other and all on one thread. {@link DeviceLoop} fetches
 * the commands and passes them to the handler.
 */
@FunctionalInterface
public interface CommandHandler extends Closeable {

    /**
     * Executes a command and completes it before it returns. It completes a command that it does not know with
     * {@link io.github.sqlvdi.CompletionCodes#NOT_SUPPORTED} and 0 bytes (VDI reference 8.1).
     *
     * @param command the command, active; its data may be used until it is completed
     * @throws IOException if the command failed and was not completed. The loop then completes it: with the code of a
     *     {@link DeviceFailureException}, with {@code ERROR_DISK_FULL} (112) when the storage is full, else with
     *     {@code ERROR_READ_FAULT} (30) for a Read, {@code ERROR_WRITE_FAULT} (29) for a Write, a WriteMark, a Flush or a
     *     Complete, and {@code ERROR_IO_DEVICE} (1117) for any other command
     * @throws io.github.sqlvdi.VdiAbortedException if the set was aborted; the loop ends
     */
    void handle(Command command) throws IOException;

    /**
     * Returns the number of bytes that were read or written for the server so far, for the progress. May be called from
     * any thread at any time.
     *
     * @return bytes, 0 when the handler does not count
     */
    default long bytesTransferred() {
        return 0;
    }

    /**
     * Returns the number of bytes that were written to the target or read from the source so far: fewer than
     * {@link #bytesTransferred()} if they are compressed there. May be called from any thread at any time.
     *
     * @return bytes, by default {@link #bytesTransferred()}
     */
    default long storedBytes() {
        return bytesTransferred();
    }

    /**
     * Releases the resources of the handler, above all its channels. Called once, after the last command; a further
     * call does nothing.
     *
     * @throws IOException if a resource could not be released
     */
    @Override
    default void close() throws IOException {
    }
}
