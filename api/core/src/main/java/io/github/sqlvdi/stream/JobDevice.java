package io.github.sqlvdi.stream;

import io.github.sqlvdi.VdiConfig;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * One device of a job, from its preparation to the settlement after the verdict. A job calls the three methods in their
 * order, the first two at most once and {@link #finish(boolean)} once in any case: {@link #prepare()} and
 * {@link #finish(boolean)} on its own thread, {@link #open(VdiConfig)} on the device's.
 */
@FunctionalInterface
public interface JobDevice {

    /**
     * Opens files and channels that may be missing or refused, before the server knows the device set. Does nothing by
     * default.
     *
     * @throws IOException if the device cannot be used; the job ends without a statement
     */
    default void prepare() throws IOException {
    }

    /**
     * Makes the handler that serves the device; the job closes it at the end.
     *
     * @param agreed the final configuration
     * @return the handler
     * @throws IOException if the device cannot be used; the job aborts
     */
    CommandHandler open(VdiConfig agreed) throws IOException;

    /**
     * Keeps or discards the content, and closes everything that is still open. Called once, also when the device was never
     * prepared or opened. Does nothing by default.
     *
     * @param succeeded whether the server's verdict on the statement is good
     * @throws IOException if it could not be kept, which makes the job fail, or could not be discarded
     */
    default void finish(boolean succeeded) throws IOException {
    }

    /**
     * The identity that the operating system gives to the storage of this device. Two devices of a job with equal
     * identities are refused, because they would destroy each other's bytes.
     *
     * @return an object with {@code equals}, asked for after {@link #prepare()}; empty when there is none
     */
    default Optional<Object> identity() {
        return Optional.empty();
    }

    /**
     * A pipe-like device that writes a target.
     *
     * @param target where the bytes go, not begun
     * @return the device
     */
    static JobDevice toTarget(BackupTarget target) {
        return new TargetDevice(Objects.requireNonNull(target, "target"));
    }

    /**
     * A pipe-like device that writes a file, which must not exist and appears under its name only on success, see
     * {@link TargetFile}.
     *
     * @param target the file
     * @return the device
     */
    static JobDevice toFile(Path target) {
        return toTarget(TargetFile.create(target));
    }

    /**
     * A pipe-like device that writes a file, which on success replaces the one of its name, see {@link TargetFile}.
     *
     * @param target the file
     * @return the device
     */
    static JobDevice replacingFile(Path target) {
        return toTarget(TargetFile.replace(target));
    }

    /**
     * A pipe-like device that reads a file.
     *
     * @param source the file
     * @return the device
     */
    static JobDevice fromFile(Path source) {
        return new FileSource(Objects.requireNonNull(source, "source"));
    }

    /**
     * A pipe-like device that writes to a channel. The channel is closed when the backup is complete: before VDC_Complete is
     * answered, or after a good verdict of a server that does not know VDC_Complete. A failed job leaves it open, because
     * closing would make a compressed stream or an upload behind it look whole; the caller discards it. A channel cannot be
     * taken back: should the statement fail after VDC_Complete, the result says so. A {@link BackupTarget} can.
     *
     * @param target the channel, in blocking mode
     * @return the device
     * @throws IllegalArgumentException if the channel is in non-blocking mode
     */
    static JobDevice toChannel(WritableByteChannel target) {
        return toTarget(new ChannelTarget(Objects.requireNonNull(target, "target")));
    }

    /**
     * A pipe-like device that reads from a channel and closes it at the end.
     *
     * @param source the channel, in blocking mode
     * @return the device
     * @throws IllegalArgumentException if the channel is in non-blocking mode
     */
    static JobDevice fromChannel(ReadableByteChannel source) {
        return new ChannelSource(source, PipeDevice.reading(source));
    }

    /**
     * A tape-like device over numbered files. The set must be created with
     * {@link io.github.sqlvdi.Features#LIKE_TAPE}.
     *
     * @param media the files
     * @param capacity the size of each medium
     * @return the device
     */
    static JobDevice tape(MediaFiles media, MediaCapacity capacity) {
        return new MediaSet(media, "tape", agreed -> TapeDevice.open(media, capacity, agreed));
    }

    /**
     * A disk-like device over numbered files, one file when the set is not created with
     * {@link io.github.sqlvdi.Features#REMOVABLE}. The set must be created with
     * {@link io.github.sqlvdi.Features#LIKE_DISK}.
     *
     * @param media the files
     * @param capacity the size of each medium
     * @return the device
     */
    static JobDevice disk(MediaFiles media, MediaCapacity capacity) {
        return new MediaSet(media, "disk", agreed -> DiskDevice.open(media, capacity, agreed));
    }
}
