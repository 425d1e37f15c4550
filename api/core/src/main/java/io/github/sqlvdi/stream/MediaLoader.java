package io.github.sqlvdi.stream;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;

/**
 * The changer of a device with removable media: each medium is a file (VDI reference 8.8). {@link MediaFiles} is a
 * loader for numbered files. The methods of a loader are called on the thread of the device. They may wait for an
 * operator without a limit of time.
 */
@FunctionalInterface
public interface MediaLoader {

    /**
     * Returns a medium. The device requests the numbers in ascending order, and a number again only after an empty
     * answer. It has made the previous medium durable, but closes it only after this call has returned the next one.
     *
     * @param number 1 for the first medium, 2 for the next, and so on
     * @return a channel for reading and, on a backup, writing, owned by the device; empty when there is no such medium,
     *     for which the server gets {@code ERROR_NO_MEDIA_IN_DRIVE} (1112)
     * @throws IOException if the medium exists but cannot be used
     */
    Optional<FileChannel> load(int number) throws IOException;

    /**
     * Completes all media of a backup and makes them durable, before VDC_Complete is answered. Does nothing by default,
     * because the device itself has made its medium durable.
     *
     * @throws IOException if that failed; the statement then fails
     */
    default void finish() throws IOException {
    }
}
