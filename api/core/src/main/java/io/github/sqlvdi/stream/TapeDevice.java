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
 * followed by an index of blocks and filemarks that is written by Flush and by a change of the medium. An empty file is
 * a blank tape. For commands that the reference does not describe (VDI reference 8.7), the rules of Windows tapes
 * apply:
 *
 * <ul>
 *   <li>Read fills the buffer. A Read that meets a filemark passes it and ends with {@code ERROR_FILEMARK_DETECTED}
 *       (1101). A Read that meets the end of the recorded data ends with {@code ERROR_NO_DATA_DETECTED} (1104). Both
 *       answers have the number of bytes before that place.
 *   <li>After a Write or WriteMark the end of the recorded data is just after it. {@link MediaCapacity} describes the
 *       end of the medium. A hard filemark takes no room. If the configuration has a soft filemark block size, a
 *       filemark is emulated by a block of that size, whose content is private to the device.
 *   <li>SkipMarks and SkipBlocks take a signed count in {@code size}. Forward they end after the last mark or block,
 *       backward in front of it. If there are too few, the answer is {@code ERROR_NO_DATA_DETECTED} forward and
 *       {@code ERROR_BEGINNING_OF_MEDIA} (1102) backward. SkipBlocks stops after the first filemark that it passes,
 *       with 1101.
 *   <li>GetPosition and SetPosition use block addresses of the medium in the drive: the number of blocks and filemarks
 *       before a place.
 *   <li>Load changes to the next medium, if the present one was used before. If there is no next medium, the answer is
 *       {@code ERROR_NO_MEDIA_IN_DRIVE} (1112), and the present one stays in the drive.
 * </ul>
 *
 * <p><b>Threads.</b> One thread uses the device; {@link #bytesTransferred()} may be called from any thread.
 */
public final class TapeDevice extends ReferenceDevice {

    private final MediaDrive drive;
    private final int softMarkSize;
    private TapeMedium medium;
    /** Where the bytes end that were counted on this medium. */
    private long countedEnd;

    private TapeDevice(MediaDrive drive, VdiConfig agreed, SnapshotHooks hooks) throws IOException {
        super(hooks);
        this.drive = drive;
        this.softMarkSize = agreed.softFileMarkBlockSize();
        this.medium = TapeMedium.open(drive.first(), agreed.blockSize());
    }

    /**
     * Opens a device with the first medium in its drive.
     *
     * @param loader supplies the media
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
        int count = buffer.position() - start;
        completeTransfer(command, stop.completionCode(), count, uncounted(count));
    }

    private void write(Command command) throws IOException {
        int accepted = drive.accept(medium.offset(), command.size());
        medium.write(MediaDrive.head(command, accepted));
        completeTransfer(command, drive.answer(medium.offset()), accepted, uncounted(accepted));
    }

    /** Returns how many of the bytes before the head are new: after a Rewind a server reads or writes them again. */
    private long uncounted(int count) {
        long fresh = Math.clamp(medium.offset() - countedEnd, 0, count);
        countedEnd = Math.max(countedEnd, medium.offset());
        return fresh;
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
            countedEnd = 0;
        }
        command.complete();
    }

    /** Closes the medium in the drive. Data that no Flush has made durable may be lost. */
    @Override
    public void close() throws IOException {
        medium.close();
    }
}
