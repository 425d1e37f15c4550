package io.github.sqlvdi.stream;

import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.client.Command;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;

/**
 * The pipe-like device (VDF_LikePipe, VDI reference 9.1): strictly sequential over a channel. A device that writes
 * serves a backup, a device that reads serves a restore; every other command of a data stream is answered with
 * {@code ERROR_NOT_SUPPORTED} (50).
 *
 * <ul>
 *   <li>A Read is filled completely while the channel has bytes; at its end the answer is {@code ERROR_HANDLE_EOF} (38)
 *       with the number of bytes before the end, and with 0 bytes for each later Read.
 *   <li>A Write passes the shared buffer to the channel without a copy. A full disk is answered with
 *       {@code ERROR_DISK_FULL} (112), any other failure with {@code ERROR_WRITE_FAULT} (29).
 *   <li>A Flush makes a {@link BackupTarget} or a {@link java.nio.channels.FileChannel} durable; any other channel has
 *       no such operation, and the Flush succeeds without it.
 *   <li>Complete finishes the target or closes the channel, so that a failure there makes the statement fail.
 * </ul>
 *
 * <p>The device owns a channel that it reads or writes, and closes it; a target belongs to the caller. One thread at a
 * time may use the device; {@link #bytesTransferred()} may be called from any thread.
 */
public final class PipeDevice extends ReferenceDevice {

    private final ReadableByteChannel source;
    private final BackupTarget target;
    private boolean ended;
    private boolean completed;

    private PipeDevice(ReadableByteChannel source, BackupTarget target, SnapshotHooks hooks) {
        super(hooks);
        this.source = source;
        this.target = target;
    }

    /**
     * Makes a device for a restore.
     *
     * @param source supplies the bytes of the backup, in blocking mode; owned by the device
     * @return the device
     * @throws IllegalArgumentException if the channel is in non-blocking mode
     */
    public static PipeDevice reading(ReadableByteChannel source) {
        return new PipeDevice(requireSource(source), null, null);
    }

    /**
     * Makes a device for {@code RESTORE ... WITH SNAPSHOT}.
     *
     * @param source supplies the metadata of the snapshot, in blocking mode; owned by the device
     * @param hooks mounts the snapshot
     * @return the device
     * @throws IllegalArgumentException if the channel is in non-blocking mode
     */
    public static PipeDevice reading(ReadableByteChannel source, SnapshotHooks hooks) {
        return new PipeDevice(requireSource(source), null, Objects.requireNonNull(hooks, "hooks"));
    }

    /**
     * Makes a device for a backup.
     *
     * @param target takes the bytes of the backup, in blocking mode; owned by the device
     * @return the device
     * @throws IllegalArgumentException if the channel is in non-blocking mode
     */
    public static PipeDevice writing(WritableByteChannel target) {
        return new PipeDevice(null, new OwnedChannel(target), null);
    }

    /**
     * Makes a device for {@code BACKUP ... WITH SNAPSHOT}.
     *
     * @param target takes the metadata of the snapshot, in blocking mode; owned by the device
     * @param hooks takes the snapshot
     * @return the device
     * @throws IllegalArgumentException if the channel is in non-blocking mode
     */
    public static PipeDevice writing(WritableByteChannel target, SnapshotHooks hooks) {
        return new PipeDevice(null, new OwnedChannel(target), Objects.requireNonNull(hooks, "hooks"));
    }

    /**
     * Makes a device for a backup into a target whose {@link BackupTarget#begin()} was called.
     *
     * @param target takes the bytes of the backup; the caller calls {@link BackupTarget#keep()} or
     *     {@link BackupTarget#undo()}
     * @return the device
     */
    public static PipeDevice writing(BackupTarget target) {
        return new PipeDevice(null, Objects.requireNonNull(target, "target"), null);
    }

    /**
     * Makes a device for {@code BACKUP ... WITH SNAPSHOT} into a target whose {@link BackupTarget#begin()} was called.
     *
     * @param target takes the metadata of the snapshot; the caller calls {@link BackupTarget#keep()} or
     *     {@link BackupTarget#undo()}
     * @param hooks takes the snapshot
     * @return the device
     */
    public static PipeDevice writing(BackupTarget target, SnapshotHooks hooks) {
        return new PipeDevice(null, Objects.requireNonNull(target, "target"), Objects.requireNonNull(hooks, "hooks"));
    }

    private static ReadableByteChannel requireSource(ReadableByteChannel source) {
        return ChannelTransfer.requireBlocking(Objects.requireNonNull(source, "source"), "source");
    }

    @Override
    void perform(Command command) throws IOException {
        switch (command.code()) {
            case READ -> read(command);
            case WRITE -> write(command);
            case FLUSH -> {
                if (target != null && !completed) {
                    target.flush();
                }
                command.complete();
            }
            case COMPLETE -> {
                if (target != null && !completed) {
                    target.finish();
                    completed = true;
                }
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
        ChannelTransfer.writeFully(target.channel(), command.buffer());
        completeTransfer(command, CompletionCodes.SUCCESS, command.size());
    }

    @Override
    public void close() throws IOException {
        if (source != null) {
            source.close();
        } else if (target instanceof OwnedChannel owned) {
            owned.channel().close();
        }
    }

    /** A channel that the device owns and closes. */
    private record OwnedChannel(WritableByteChannel channel) implements BackupTarget {

        OwnedChannel {
            ChannelTransfer.requireBlocking(Objects.requireNonNull(channel, "target"), "target");
        }

        @Override
        public void begin() {
        }

        @Override
        public void flush() throws IOException {
            if (channel instanceof FileChannel file) {
                file.force(true);
            }
        }

        @Override
        public void finish() throws IOException {
            flush();
            channel.close();
        }

        @Override
        public void keep() {
        }

        @Override
        public void undo() {
        }
    }
}
