package io.github.sqlvdi.stream;

import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.Whence;
import io.github.sqlvdi.client.Command;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The disk-like device (VDF_LikeDisk, VDI reference 9.3): a file in which every Read and Write has a byte position.
 * With removable media each medium is a file of its own, and positions start at 0 on each medium.
 *
 * <ul>
 *   <li>Read and Write honour the position. A Read past the end of the file gets {@code ERROR_HANDLE_EOF} (38) with the
 *       bytes before it. The end of a medium is described at {@link MediaCapacity}; without VDF_Removable a Write past it
 *       is {@code ERROR_DISK_FULL} (112).
 *   <li>Flush makes the data durable and sets the end of the file just after the last position written (VDI reference
 *       8.6). This device takes the highest position that was written, so that rewriting a header at position 0 does
 *       not cut off the data after it. A file that was not written keeps its size.
 *   <li>SetPosition takes the {@link Whence} from {@code size} and a signed distance from {@code position}; the answer
 *       is the new position, like that of GetPosition. For a target before the beginning the answer is
 *       {@code ERROR_INVALID_PARAMETER} (87). For a target after the end of the file it is
 *       {@code ERROR_NO_DATA_DETECTED} (1104), and the new position is the end. A Read or Write moves the position to
 *       the byte after its last one.
 *   <li>Load, with VDF_Removable, loads the next medium, or is answered with {@code ERROR_NO_MEDIA_IN_DRIVE} (1112).
 * </ul>
 *
 * <p>{@link #bytesTransferred()} counts the bytes of a medium once, also if the server reads or rewrites its header again.
 *
 * <p><b>Threads.</b> One thread uses the device; {@link #bytesTransferred()} may be called from any thread.
 */
public final class DiskDevice extends ReferenceDevice {

    private final MediaDrive drive;
    private FileChannel file;
    private long position;
    /** The position after the highest byte written to this medium, -1 for none. */
    private long writtenEnd = -1;
    /** All bytes of this medium before this position have been read or written, and counted. */
    private long countedEnd;

    private DiskDevice(MediaDrive drive, FileChannel file) {
        super(null);
        this.drive = drive;
        this.file = file;
    }

    /**
     * Opens a device with the first medium in its drive.
     *
     * @param loader supplies the media; only one if they are not removable
     * @param capacity the size of each medium
     * @param agreed the final configuration: block size, warning zone and VDF_Removable are taken from it
     * @return the device
     * @throws IOException if the first medium is missing
     */
    public static DiskDevice open(MediaLoader loader, MediaCapacity capacity, VdiConfig agreed) throws IOException {
        Objects.requireNonNull(loader, "loader");
        Objects.requireNonNull(capacity, "capacity");
        MediaDrive drive = new MediaDrive(loader, capacity, agreed);
        return new DiskDevice(drive, drive.first());
    }

    @Override
    boolean hasPositions() {
        return true;
    }

    @Override
    void perform(Command command) throws IOException {
        switch (command.code()) {
            case READ -> read(command);
            case WRITE -> write(command);
            case FLUSH -> {
                flush();
                command.complete();
            }
            case COMPLETE -> {
                flush();
                drive.finish();
                command.complete();
            }
            case GET_POSITION -> command.complete(CompletionCodes.SUCCESS, 0, position);
            case SET_POSITION -> setPosition(command);
            case LOAD -> load(command);
            default -> refuse(command);
        }
    }

    private void read(Command command) throws IOException {
        if (!isPosition(command)) {
            command.fail(CompletionCodes.INVALID_PARAMETER);
            return;
        }
        drive.markUsed();
        long from = command.position();
        int size = command.size();
        ByteBuffer buffer = command.buffer();
        int start = buffer.position();
        ChannelTransfer.readFully(file, buffer, from);
        int count = buffer.position() - start;
        position = from + count;
        completeTransfer(command, count < size ? CompletionCodes.HANDLE_EOF : CompletionCodes.SUCCESS, count,
                uncounted(from, count));
    }

    private void write(Command command) throws IOException {
        long from = command.position();
        if (!isPosition(command)) {
            throw new DeviceFailureException(CompletionCodes.INVALID_PARAMETER,
                    String.format(Locale.ROOT, "VDC_Write at position %s", Long.toUnsignedString(from)));
        }
        int accepted = drive.accept(from, command.size());
        ChannelTransfer.writeFully(file, MediaDrive.head(command, accepted), from);
        position = from + accepted;
        if (accepted > 0) {
            writtenEnd = Math.max(writtenEnd, position);
        }
        completeTransfer(command, drive.answer(position), accepted, uncounted(from, accepted));
    }

    /** Returns how many of the bytes are new: a server reads or writes a header more than once. */
    private long uncounted(long from, int count) {
        if (from > countedEnd) {
            return count;
        }
        long before = countedEnd;
        countedEnd = Math.max(countedEnd, from + count);
        return countedEnd - before;
    }

    private static boolean isPosition(Command command) {
        return command.position() >= 0 && command.position() <= Long.MAX_VALUE - command.size();
    }

    private void setPosition(Command command) throws IOException {
        Optional<Whence> whence = Whence.of(command.size());
        if (whence.isEmpty()) {
            command.fail(CompletionCodes.INVALID_PARAMETER);
            return;
        }
        long base = switch (whence.get()) {
            case BEGINNING -> 0;
            case CURRENT -> position;
            case END -> file.size();
        };
        long distance = command.position();
        long target = base + distance;
        if (distance < 0 ? target < 0 : target < base) {
            command.fail(CompletionCodes.INVALID_PARAMETER);
            return;
        }
        drive.markUsed();
        drive.moved();
        position = Math.min(target, file.size());
        int code = target > position ? CompletionCodes.NO_DATA_DETECTED : CompletionCodes.SUCCESS;
        command.complete(code, 0, position);
    }

    private void load(Command command) throws IOException {
        if (!drive.isRemovable()) {
            refuse(command);
            return;
        }
        if (drive.wantsNext()) {
            flush();
            Optional<FileChannel> next = drive.next();
            if (next.isEmpty()) {
                command.complete(CompletionCodes.NO_MEDIA_IN_DRIVE, 0);
                return;
            }
            file.close();
            file = next.get();
            position = 0;
            writtenEnd = -1;
            countedEnd = 0;
        }
        command.complete();
    }

    private void flush() throws IOException {
        if (writtenEnd >= 0) {
            if (file.size() > writtenEnd) {
                file.truncate(writtenEnd);
            }
            file.force(true);
        }
    }

    /** Closes the medium in the drive. Data that no Flush has made durable may be lost. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}
