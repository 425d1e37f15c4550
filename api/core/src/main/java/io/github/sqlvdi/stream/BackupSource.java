package io.github.sqlvdi.stream;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A place from which a restore reads the bytes of a backup, such as an object in a store.
 * {@link JobDevice#fromSource(BackupSource)} makes a device for it.
 *
 * <p><b>Threads.</b> One thread at a time: {@link #begin()}, {@link #manifest()} and {@link #close()} on the thread of the
 * job, the reading on the thread of the device.
 */
public interface BackupSource extends Closeable {

    /**
     * Takes a file, with the manifest beside it. A named pipe or a device is read as it comes, without a size.
     *
     * @param file its path
     * @return the source; it is not opened before {@link #begin()}
     */
    static BackupSource of(Path file) {
        return new FileContent(Objects.requireNonNull(file, "file"));
    }

    /**
     * Finds the content and fixes it: if it is replaced later, reading fails.
     *
     * @throws IOException if there is no such content, or it may not be read; the job ends without a statement
     */
    void begin() throws IOException;

    /** {@return the name of the content, for messages} */
    String name();

    /** {@return the size of the content in bytes, after {@link #begin()}; -1 if that is not known before its end} */
    long size();

    /**
     * Returns the channel that gives the bytes.
     *
     * @return the channel, in blocking mode, after {@link #begin()}; the job closes it. Its end is reported only after
     *     {@link #size()} bytes, if that is known
     */
    ReadableByteChannel channel();

    /**
     * Reads the manifest beside the content.
     *
     * @return the text in UTF-8; empty if there is none
     * @throws IOException if it exists and cannot be read
     */
    default Optional<byte[]> manifest() throws IOException {
        return Optional.empty();
    }

    /**
     * Returns the identity of this place. The job fails if two of its devices have equal identities.
     *
     * @return an object with {@code equals}, requested after {@link #begin()}; empty when there is none
     */
    default Optional<Object> identity() {
        return Optional.empty();
    }

    /** Ends the reading. Called also when {@link #begin()} failed or was never called. */
    @Override
    void close() throws IOException;
}
