package io.github.sqlvdi.stream;

import io.github.sqlvdi.VdiConfig;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * One device of a job. A job calls {@link #prepare()}, {@link #open(VdiConfig)} and {@link #finish(boolean)} in this
 * order: the first two at most once, {@link #finish(boolean)} always once. It calls {@link #prepare()} and
 * {@link #finish(boolean)} on the thread of the job, {@link #open(VdiConfig)} on the thread of the device.
 */
@FunctionalInterface
public interface JobDevice {

    /**
     * Opens the files and channels of the device before the device set is created, so that a missing file or right is
     * found early. Does nothing by default.
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
     * Keeps or discards the content, and closes everything that is still open. Called also when the device was never
     * prepared or opened. Does nothing by default.
     *
     * @param succeeded whether the server's verdict on the statement is good
     * @throws IOException if it could not be kept, which makes the job fail, or could not be discarded
     */
    default void finish(boolean succeeded) throws IOException {
    }

    /**
     * Called in the place of {@link #finish(boolean)} if the outcome of the statement is unknown. Keeps content that is
     * complete, under a name that does not tell that it is good, and closes everything. Discards other content. By
     * default it discards all content.
     *
     * @return where the content is; empty if it was discarded
     * @throws IOException if something could not be discarded or closed
     */
    default Optional<String> leave() throws IOException {
        finish(false);
        return Optional.empty();
    }

    /**
     * Returns the identity that the operating system gives to the storage of this device. The job fails if two of its
     * devices have equal identities, because they would overwrite each other's bytes.
     *
     * @return an object with {@code equals}, requested after {@link #prepare()}; empty when there is none
     */
    default Optional<Object> identity() {
        return Optional.empty();
    }

    /**
     * Makes a pipe-like device that writes a target.
     *
     * @param target the target, on which {@link BackupTarget#begin()} was not called
     * @return the device
     */
    static JobDevice toTarget(BackupTarget target) {
        return new TargetDevice(Objects.requireNonNull(target, "target"), Optional.empty());
    }

    /**
     * Makes a pipe-like device that writes the metadata of {@code BACKUP ... WITH SNAPSHOT} into a target.
     *
     * @param target the target, on which {@link BackupTarget#begin()} was not called
     * @param hooks takes the snapshot
     * @return the device
     */
    static JobDevice toTarget(BackupTarget target, SnapshotHooks hooks) {
        return new TargetDevice(Objects.requireNonNull(target, "target"), Optional.empty(), Optional.of(hooks));
    }

    /**
     * Makes a pipe-like device that writes a file, which must not exist and appears under its name only on success, see
     * {@link TargetFile}.
     *
     * @param target the file
     * @return the device
     */
    static JobDevice toFile(Path target) {
        return toTarget(TargetFile.create(target));
    }

    /**
     * Makes a pipe-like device that writes a file. On success the file replaces an existing file of its name, see
     * {@link TargetFile}.
     *
     * @param target the file
     * @return the device
     */
    static JobDevice replacingFile(Path target) {
        return toTarget(TargetFile.replace(target));
    }

    /**
     * Makes a pipe-like device that reads a file.
     *
     * @param source the file
     * @return the device
     */
    static JobDevice fromFile(Path source) {
        return new FileSource(Objects.requireNonNull(source, "source"), Optional.empty());
    }

    /**
     * Makes a pipe-like device that reads a source. If the source has a manifest, the content is compared with it while it
     * passes, see {@link DeviceJob.Builder#checkContent(boolean)}.
     *
     * @param source the source, on which {@link BackupSource#begin()} was not called
     * @return the device
     */
    static JobDevice fromSource(BackupSource source) {
        return new SourceDevice(Objects.requireNonNull(source, "source"), Optional.empty());
    }

    /**
     * Makes a pipe-like device that reads a source through a pipeline. The content shows which codecs of the pipeline it
     * needs. It is compared with its manifest before it is decoded.
     *
     * @param source the source, on which {@link BackupSource#begin()} was not called
     * @param pipeline the codecs and their workers; the caller closes it after the job
     * @return the device
     */
    static JobDevice fromSource(BackupSource source, Pipeline pipeline) {
        return new SourceDevice(Objects.requireNonNull(source, "source"), Optional.of(pipeline));
    }

    /**
     * Makes a pipe-like device that reads the metadata of {@code RESTORE ... WITH SNAPSHOT} from a file.
     *
     * @param source the file
     * @param hooks mounts the snapshot
     * @return the device
     */
    static JobDevice fromFile(Path source, SnapshotHooks hooks) {
        return new FileSource(Objects.requireNonNull(source, "source"), Optional.empty(), Optional.of(hooks));
    }

    /**
     * Makes a pipe-like device that writes to a channel. The device closes the channel when the backup is complete:
     * before VDC_Complete is answered, or after a good verdict of a server that does not know VDC_Complete. A failed
     * job leaves the channel open, because closing it would make an incomplete compressed stream or upload look
     * complete; the caller must discard it. The bytes of a closed channel cannot be removed: if the statement fails
     * after VDC_Complete, the result says so. Use a {@link BackupTarget} for content that can be removed.
     *
     * @param target the channel, in blocking mode
     * @return the device
     * @throws IllegalArgumentException if the channel is in non-blocking mode
     */
    static JobDevice toChannel(WritableByteChannel target) {
        return toTarget(new ChannelTarget(Objects.requireNonNull(target, "target")));
    }

    /**
     * Makes a pipe-like device that writes to a channel through a pipeline, otherwise like
     * {@link #toChannel(WritableByteChannel)}.
     *
     * @param target the channel, in blocking mode
     * @param pipeline the codecs and their workers; the caller closes it after the job
     * @return the device
     * @throws IllegalArgumentException if the channel is in non-blocking mode
     */
    static JobDevice toChannel(WritableByteChannel target, Pipeline pipeline) {
        return toTarget(new ChannelTarget(Objects.requireNonNull(target, "target")), pipeline);
    }

    /**
     * Makes a pipe-like device that reads from a channel and closes it at the end.
     *
     * @param source the channel, in blocking mode
     * @return the device
     * @throws IllegalArgumentException if the channel is in non-blocking mode
     */
    static JobDevice fromChannel(ReadableByteChannel source) {
        return new ChannelSource(source, Optional.empty());
    }

    /**
     * Makes a pipe-like device that writes a target through a pipeline: compressed, encrypted, with a limited rate.
     *
     * @param target the target, on which {@link BackupTarget#begin()} was not called
     * @param pipeline the codecs and their workers; the caller closes it after the job
     * @return the device
     */
    static JobDevice toTarget(BackupTarget target, Pipeline pipeline) {
        return new TargetDevice(Objects.requireNonNull(target, "target"), Optional.of(pipeline));
    }

    /**
     * Makes a pipe-like device that reads a file through a pipeline. The content of the file shows which codecs of the
     * pipeline it needs.
     *
     * @param source the file
     * @param pipeline the codecs and their workers; the caller closes it after the job
     * @return the device
     */
    static JobDevice fromFile(Path source, Pipeline pipeline) {
        return new FileSource(Objects.requireNonNull(source, "source"), Optional.of(pipeline));
    }

    /**
     * Makes a pipe-like device that reads from a channel through a pipeline and closes the channel at the end.
     *
     * @param source the channel, in blocking mode
     * @param pipeline the codecs and their workers; the caller closes it after the job
     * @return the device
     * @throws IllegalArgumentException if the channel is in non-blocking mode
     */
    static JobDevice fromChannel(ReadableByteChannel source, Pipeline pipeline) {
        return new ChannelSource(source, Optional.of(pipeline));
    }

    /**
     * Makes a tape-like device over numbered files. The set must be created with
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
     * Makes a disk-like device over numbered files; over a single file when the set is not created with
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
