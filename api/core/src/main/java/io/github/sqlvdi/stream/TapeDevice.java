package io.github.sqlvdi.stream;

import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.client.Command;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;
import java.util.Optional;

/**
 * The tape-like device (VDF_LikeTape, VDI reference 9.2): each medium is a file with the data as the server sent it,
 * followed by an index of blocks and filemarks that is written by Flush and by a change of the medium. An empty file is a
 * blank tape. Where the reference has no page on a command (VDI reference 8.7), the rules of Windows tapes hold:
 *
 * <ul>
 *   <li>Read fills the buffer; a filemark in the way is passed and answered with {@code ERROR_FILEMARK_DETECTED} (1101),
 *       the end of the recorded data with {@code ERROR_NO_DATA_DETECTED} (1104), both with the count of bytes before.
 *   <li>Write and WriteMark make their place the end of the recorded data. The end of the medium is described at
 *       {@link MediaCapacity}. A mark is hard and takes no room, or soft: with a soft filemark block size it is emulated
 *       by a block of that size, whose content is private to the device.
 *   <li>SkipMarks and SkipBlocks take a signed count in {@code size}. Forward they end behind the last mark or block,
 *       backward in front of it. Too few are {@code ERROR_NO_DATA_DETECTED} forward and
 *       {@code ERROR_BEGINNING_OF_MEDIA} (1102) backward; SkipBlocks passes one filemark and ends with 1101.
 *   <li>GetPosition and SetPosition use block addresses of the medium in the drive: the blocks and filemarks before.
 *   <li>Load changes to the next medium, once something was done with the present one;
 *       {@code ERROR_NO_MEDIA_IN_DRIVE} (1112) when there is none, and the present one stays.
 * </ul>
 *
 * <p>Used by one thread; {@link #bytesTransferred()} may be called from any.
 */
public final class TapeDevice extends ReferenceDevice {

    private final MediaDrive drive;
    private final int softMarkSize;
    private TapeMedium medium;

    private TapeDevice(MediaDrive drive, VdiConfig agreed, SnapshotHooks hooks) throws IOException {
        super(hooks);
        this.drive = drive;
        this.softMarkSize = agreed.softFileMarkBlockSize();
        this.medium = TapeMedium.open(drive.first(), agreed.blockSize());
    }

    /**
     * A device with the first medium in its drive.
     *
     * @param loader gives the media
     * @param capacity the size of each medium
     * @param agreed the final configuration: block size, soft filemarks and warning zone are taken from it
     * @return the device
     * @throws IOException if the first medium is missing or is not a tape
     */
    public static TapeDevice open(MediaLoader loader, MediaCapacity capacity, VdiConfig agreed) throws IOException {
        Objects.requireNonNull(loader, "loader");
        Objects.requireNonNull(capacity, "capacity");
        return new TapeDevice(new MediaDrive(loader, capacity, agreed), agreed, null);
    }

    @Override
    void perform(Command command) throws IOException {
        switch (command.code()) {
            case READ -> read(command);
            case WRITE -> write(command);
            case WRITE_MARK -> writeMark(command);
            case FLUSH -> {
                medium.sync();
                command.complete();
            }
            case COMPLETE -> {
                medium.sync();
                drive.finish();
                command.complete();
            }
            case REWIND -> {
                medium.rewind();
                moved(command, TapeStop.NONE);
            }
            case SKIP_MARKS -> moved(command, medium.skipMarks(command.size()));
            case SKIP_BLOCKS -> moved(command, medium.skipBlocks(command.size()));
            case GET_POSITION -> command.complete(CompletionCodes.SUCCESS, 0, medium.address());
            case SET_POSITION -> {
                drive.markUsed();
                drive.moved();
                TapeStop stop = medium.seek(command.position());
                command.complete(stop.completionCode(), 0, medium.address());
            }
            case LOAD -> load(command);
            default -> refuse(command);
        }
    }

    private void read(Command command) throws IOException {
        drive.markUsed();
        ByteBuffer buffer = command.buffer();
        int start = buffer.position();
        TapeStop stop = medium.read(buffer);
        completeTransfer(command, stop.completionCode(), buffer.position() - start);
    }

    private void write(Command command) throws IOException {
        int accepted = drive.accept(medium.offset(), command.size());
        medium.write(MediaDrive.head(command, accepted));
        completeTransfer(command, drive.answer(medium.offset()), accepted);
    }

    private void writeMark(Command command) throws IOException {
        drive.markUsed();
        if (softMarkSize > 0 && !drive.holds(medium.offset(), softMarkSize)) {
            throw drive.overflow(medium.offset(), softMarkSize);
        }
        medium.writeMark(softMarkSize);
        command.complete(drive.answer(medium.offset()), 0);
    }

    private void moved(Command command, TapeStop stop) {
        drive.markUsed();
        drive.moved();
        command.complete(stop.completionCode(), 0);
    }

    private void load(Command command) throws IOException {
        if (!drive.isRemovable()) {
            refuse(command);
            return;
        }
        if (drive.wantsNext()) {
            medium.sync();
            Optional<FileChannel> next = drive.next();
            if (next.isEmpty()) {
                command.complete(CompletionCodes.NO_MEDIA_IN_DRIVE, 0);
                return;
            }
            medium.close();
            medium = TapeMedium.open(next.get(), drive.blockSize());
        }
        command.complete();
    }

    /** Closes the medium in the drive. What was not made durable by a Flush may be lost. */
    @Override
    public void close() throws IOException {
        medium.close();
    }
}
