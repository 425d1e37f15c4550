package io.github.sqlvdi.stream;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;

/**
 * The changer of a device with removable media: each medium is a file (VDI reference 8.8). {@link MediaFiles} numbers
 * files beside each other. Called on the thread of the device; it may take as long as an operator needs.
 */
@FunctionalInterface
public interface MediaLoader {

    /**
     * Gives a medium. The device asks for each number at most once, in ascending order, and has given back the one
     * before.
     *
     * @param number 1 for the first medium, 2 for the next ...
     * @return a channel for reading and, on a backup, writing, owned by the device; empty when there is no such medium,
     *     which the server learns as {@code ERROR_NO_MEDIA_IN_DRIVE} (1112)
     * @throws IOException if the medium is there and cannot be used
     */
    Optional<FileChannel> load(int number) throws IOException;

    /**
     * Completes all media of a backup and makes them durable, before VDC_Complete is answered. Does nothing by
     * default: the device has made its medium durable itself.
     *
     * @throws IOException if that failed; the statement then fails
     */
    default void finish() throws IOException {
    }
}
