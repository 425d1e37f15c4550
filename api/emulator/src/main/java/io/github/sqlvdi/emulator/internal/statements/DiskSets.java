package io.github.sqlvdi.emulator.internal.statements;

import io.github.sqlvdi.mtf.BackupStreamReader;
import io.github.sqlvdi.mtf.MediaLabel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The backup sets in the file of a DISK device: whole streams, each behind the one before it at a multiple of 512 bytes. A
 * real server puts a set behind another one without a media header of its own; no such file was seen (MTF reference 15).
 *
 * @param sets where each stands
 * @param label the media label of the first one; empty where there is none
 */
record DiskSets(List<Place> sets, Optional<MediaLabel> label) {

    /** Sets begin at a multiple of this. */
    static final int SECTOR = 512;

    private static final int PORTION = 1 << 16;

    /**
     * Where a set stands in the file.
     *
     * @param begin its first byte
     * @param end behind its last byte
     * @param whole whether its end was found; where not, it reaches to the end of the file
     */
    record Place(long begin, long end, boolean whole) {

        long length() {
            return end - begin;
        }
    }

    /** Finds the sets of a file, up to {@code most} of them. */
    static DiskSets find(Path file, int most) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            List<Place> sets = new ArrayList<>();
            MediaLabel label = null;
            long begin = 0;
            while (sets.size() < most && begin < channel.size()) {
                BackupStreamReader reader = BackupStreamReader.builder().checksums(false).build();
                sets.add(read(channel, begin, reader));
                label = label == null && sets.size() == 1 ? reader.report().label().orElse(null) : label;
                begin = next(channel, sets.getLast().end());
            }
            return new DiskSets(List.copyOf(sets), Optional.ofNullable(label));
        }
    }

    private static Place read(FileChannel channel, long begin, BackupStreamReader reader) throws IOException {
        ByteBuffer portion = ByteBuffer.allocate(PORTION);
        long position = begin;
        while (reader.end().isEmpty() && reader.report().offence().isEmpty()) {
            int count = channel.read(portion.clear(), position);
            if (count < 0) {
                break;
            }
            position += count;
            reader.feed(portion.flip());
        }
        return reader.end().isPresent() ? new Place(begin, begin + reader.end().getAsLong(), true)
                : new Place(begin, channel.size(), false);
    }

    /** Where the next set begins: at the first sector from here on that has more than zeros. */
    private static long next(FileChannel channel, long end) throws IOException {
        ByteBuffer sector = ByteBuffer.allocate(SECTOR);
        long position = Math.ceilDiv(end, SECTOR) * SECTOR;
        while (position < channel.size()) {
            channel.read(sector.clear(), position);
            sector.flip();
            while (sector.hasRemaining()) {
                if (sector.get() != 0) {
                    return position;
                }
            }
            position += SECTOR;
        }
        return position;
    }
}
