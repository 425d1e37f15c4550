package io.github.sqlvdi.stream;

import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.client.Command;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Locale;
import java.util.Optional;

/**
 * The common part of tape-like and disk-like devices: the medium in the drive, its end, and its change. The server
 * repeats the rest of a short Write, in order, on the next medium. So after a Write was cut, this medium accepts no
 * further Write, even if a smaller one would fit.
 */
final class MediaDrive {

    private final MediaLoader loader;
    private final MediaCapacity capacity;
    private final boolean removable;
    private final int warningZone;
    private final int blockSize;
    private int number;
    private boolean used;
    private boolean full;

    MediaDrive(MediaLoader loader, MediaCapacity capacity, VdiConfig agreed) {
        this.loader = loader;
        this.capacity = capacity;
        this.removable = (agreed.features() & Features.REMOVABLE) != 0;
        this.warningZone = agreed.eomWarningSize();
        this.blockSize = agreed.blockSize();
    }

    int blockSize() {
        return blockSize;
    }

    boolean isRemovable() {
        return removable;
    }

    /**
     * Whether a Load means the next medium. A Load before the first use of a medium only checks that there is a medium.
     * The reference has both meanings (VDI reference 8.8).
     */
    boolean wantsNext() {
        return used;
    }

    void markUsed() {
        used = true;
    }

    /** Call it after the medium was rewound or positioned: it may have room again. */
    void moved() {
        full = false;
    }

    Optional<FileChannel> next() throws IOException {
        Optional<FileChannel> medium = loader.load(number + 1);
        if (medium.isPresent()) {
            number++;
            used = false;
            full = false;
        }
        return medium;
    }

    void finish() throws IOException {
        loader.finish();
    }

    FileChannel first() throws IOException {
        return next().orElseThrow(() -> new DeviceFailureException(CompletionCodes.NO_MEDIA_IN_DRIVE,
                "There is no first medium"));
    }

    /** Returns how many bytes of a Write may be stored at {@code position}. */
    int accept(long position, int size) throws IOException {
        used = true;
        int fitting = full ? 0 : capacity.fitting(position, size, blockSize);
        if (fitting == size) {
            return size;
        }
        if (!removable) {
            throw new DeviceFailureException(CompletionCodes.DISK_FULL,
                    String.format(Locale.ROOT, "%,d bytes at position %,d do not fit into %,d", size, position,
                            capacity.bytes()));
        }
        if (!capacity.shortWrites()) {
            throw overflow(position, size);
        }
        full = true;
        return fitting;
    }

    DeviceFailureException overflow(long position, int size) {
        return new DeviceFailureException(CompletionCodes.EOM_OVERFLOW,
                String.format(Locale.ROOT, "Medium %d holds %,d bytes, %,d at position %,d do not fit", number,
                        capacity.bytes(), size, position));
    }

    boolean holds(long position, int size) {
        return !full && capacity.fitting(position, size, 1) == size;
    }

    /** Returns the completion code for a transfer that was stored up to {@code end}. */
    int answer(long end) {
        return full || removable && capacity.warns(end, warningZone)
                ? CompletionCodes.END_OF_MEDIA : CompletionCodes.SUCCESS;
    }

    /** Returns the first {@code count} bytes of a Write's data. */
    static ByteBuffer head(Command command, int count) {
        ByteBuffer data = command.buffer();
        return count == command.size() ? data : data.limit(data.position() + count);
    }
}
