package io.github.sqlvdi.stream;

import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.client.Command;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;

/**
 * The pipe-like device (VDF_LikePipe, VDI reference 9.1): strictly sequential over a channel. One that writes serves a
 * backup, one that reads serves a restore; every other command of a data stream is answered with
 * {@code ERROR_NOT_SUPPORTED} (50).
 *
 * <ul>
 *   <li>A Read is filled completely while the channel has bytes; at its end the answer is {@code ERROR_HANDLE_EOF} (38)
 *       with the short count, and (38, 0) for each later one.
 *   <li>A Write goes out of the shared buffer without a copy. A full disk is {@code ERROR_DISK_FULL} (112), any other
 *       failure {@code ERROR_WRITE_FAULT} (29).
 *   <li>A Flush makes a {@link FileChannel} durable with {@link FileChannel#force(boolean)}; any other channel has no
 *       such operation, and the answer is success.
 *   <li>Complete does the same and closes the channel, so that a failure to close fails the statement.
 * </ul>
 *
 * <p>The device owns its channel. One thread at a time uses it; {@link #bytesTransferred()} may be called from any.
 */
public final class PipeDevice extends ReferenceDevice {

    private final ReadableByteChannel source;
    private final WritableByteChannel target;
    private boolean ended;
    private boolean completed;

    private PipeDevice(ReadableByteChannel source, WritableByteChannel target, SnapshotHooks hooks) {
        super(hooks);
        this.source = source;
        this.target = target;
    }

    /**
     * A device for a restore.
     *
     * @param source gives the bytes of the backup, in blocking mode; owned by the device
     * @return the device
     * @throws IllegalArgumentException if the channel is in non-blocking mode
     */
    public static PipeDevice reading(ReadableByteChannel source) {
        return new PipeDevice(requireSource(source), null, null);
    }

    /**
     * A device for {@code RESTORE ... WITH SNAPSHOT}.
     *
     * @param source gives the metadata of the snapshot, in blocking mode; owned by the device
     * @param hooks mounts the snapshot
     * @return the device
     * @throws IllegalArgumentException if the channel is in non-blocking mode
     */
    public static PipeDevice reading(ReadableByteChannel source, SnapshotHooks hooks) {
        return new PipeDevice(requireSource(source), null, Objects.requireNonNull(hooks, "hooks"));
    }

    /**
     * A device for a backup.
     *
     * @param target takes the bytes of the backup, in blocking mode; owned by the device
     * @return the device
     * @throws IllegalArgumentException if the channel is in non-blocking mode
     */
    public static PipeDevice writing(WritableByteChannel target) {
        return new PipeDevice(null, requireTarget(target), null);
    }

    /**
     * A device for {@code BACKUP ... WITH SNAPSHOT}.
     *
     * @param target takes the metadata of the snapshot, in blocking mode; owned by the device
     * @param hooks takes the snapshot
     * @return the device
     * @throws IllegalArgumentException if the channel is in non-blocking mode
     */
    public static PipeDevice writing(WritableByteChannel target, SnapshotHooks hooks) {
        return new PipeDevice(null, requireTarget(target), Objects.requireNonNull(hooks, "hooks"));
    }

    private static ReadableByteChannel requireSource(ReadableByteChannel source) {
        return ChannelTransfer.requireBlocking(Objects.requireNonNull(source, "source"), "source");
    }

    private static WritableByteChannel requireTarget(WritableByteChannel target) {
        return ChannelTransfer.requireBlocking(Objects.requireNonNull(target, "target"), "target");
    }

    @Override
    void perform(Command command) throws IOException {
        switch (command.code()) {
            case READ -> read(command);
            case WRITE -> write(command);
            case FLUSH -> {
                force();
                command.complete();
            }
            case COMPLETE -> {
                force();
                close();
                completed = true;
                command.complete();
            }
            default -> refuse(command);
        }
    }

    private void read(Command command) throws IOException {
        if (source == null) {
            refuse(command);
            return;
        }
        int size = command.size();
        int count = 0;
        if (!ended) {
            ByteBuffer buffer = command.buffer();
            int start = buffer.position();
            ChannelTransfer.readFully(source, buffer);
            count = buffer.position() - start;
            ended = count < size;
        }
        completeTransfer(command, ended ? CompletionCodes.HANDLE_EOF : CompletionCodes.SUCCESS, count);
    }

    private void write(Command command) throws IOException {
        if (target == null) {
            refuse(command);
            return;
        }
        ChannelTransfer.writeFully(target, command.buffer());
        completeTransfer(command, CompletionCodes.SUCCESS, command.size());
    }

    private void force() throws IOException {
        if (target instanceof FileChannel file && !completed) {
            file.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        Channel channel = source != null ? source : target;
        channel.close();
    }
}
