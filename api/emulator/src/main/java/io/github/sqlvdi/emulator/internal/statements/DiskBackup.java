package io.github.sqlvdi.emulator.internal.statements;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A BACKUP with DISK devices. The backup set is put behind the sets that a file has, unless it overwrites them. The files get
 * their names when all of them are whole, so a failed backup leaves them as they were.
 */
final class DiskBackup extends DiskStatement {

    private final List<? extends ReadableByteChannel> sources;
    private final boolean overwrite;
    private final int block;
    private int position = 1;

    /**
     * Makes a statement.
     *
     * @param media the files
     * @param sources a stream for each file
     * @param overwrite whether the files lose the sets that they have
     * @param block each stream is filled with zeros up to a multiple of this; 1 for no filling
     */
    DiskBackup(Media media, List<? extends ReadableByteChannel> sources, boolean overwrite, int block) {
        super(media);
        this.sources = sources;
        this.overwrite = overwrite;
        this.block = block;
    }

    @Override
    int position() {
        return position;
    }

    @Override
    void copyAll() throws DiskException {
        List<Path> parts = new ArrayList<>();
        try {
            List<DiskSets> existing = existing();
            for (int index = 0; index < sources.size(); index++) {
                parts.add(create(index));
                write(index, parts.getLast(), existing.get(index));
            }
            for (int index = 0; index < parts.size(); index++) {
                Files.move(parts.get(index), media.files().get(index), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException failure) {
            throw new DiskException(DiskException.WRITE_FAILED, "Write on \"%s\" failed: %s", media.first(), failure);
        } finally {
            parts.forEach(DiskBackup::remove);
        }
    }

    /** The sets that the new one is put behind, by file. They must be whole, as many in each, of as many families as files. */
    private List<DiskSets> existing() throws DiskException, IOException {
        List<DiskSets> existing = new ArrayList<>();
        for (int index = 0; index < sources.size(); index++) {
            Path file = media.files().get(index);
            String name = media.names().get(index);
            DiskSets sets = overwrite || !Files.exists(file) ? new DiskSets(List.of(), Optional.empty())
                    : DiskSets.find(file, Integer.MAX_VALUE);
            existing.add(sets);
            if (!sets.sets().isEmpty() && !sets.sets().getLast().whole()) {
                throw new DiskException(DiskException.NO_BACKUP,
                        "The media family on device '%s' is incorrectly formed. "
                                + "SQL Server cannot process this media family.",
                        name);
            }
            int families = sets.label().map(label -> label.familyCount().orElse(1)).orElse(sources.size());
            if (families != sources.size() || sets.sets().size() != existing.getFirst().sets().size()) {
                throw new DiskException(DiskException.OTHER_FAMILIES,
                        "The media loaded on \"%s\" is formatted to support %d media families, but %d media families "
                                + "are expected according to the backup device specification.",
                        name, families, sources.size());
            }
        }
        position = existing.getFirst().sets().size() + 1;
        return existing;
    }

    private Path create(int index) throws DiskException {
        Path file = media.files().get(index);
        try {
            Files.createDirectories(file.getParent());
            return Files.createTempFile(file.getParent(), file.getFileName().toString(), ".part");
        } catch (IOException failure) {
            throw new DiskException(DiskException.CANNOT_OPEN,
                    "Cannot open backup device '%s'. Operating system error %s.", media.names().get(index), failure);
        }
    }

    private void write(int index, Path part, DiskSets existing) throws DiskException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            if (!existing.sets().isEmpty()) {
                keep(media.files().get(index), channel, existing.sets().getLast().end());
            }
            fillBlock(channel, copy(sources.get(index), channel, Long.MAX_VALUE));
            channel.force(true);
        } catch (IOException failure) {
            throw new DiskException(DiskException.WRITE_FAILED, "Write on \"%s\" failed: %s", media.names().get(index),
                    failure);
        }
    }

    /** Copies the sets that a file has, and goes to the block behind them. */
    private void keep(Path file, FileChannel target, long length) throws IOException, DiskException {
        try (FileChannel source = FileChannel.open(file)) {
            if (copy(source, target, length) < length) {
                throw new IOException(file + " became shorter");
            }
        }
        int unit = Math.max(block, DiskSets.SECTOR);
        target.position(Math.ceilDiv(length, unit) * unit);
    }

    /** Appends zeros up to a whole number of blocks. */
    private void fillBlock(FileChannel channel, long length) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate((int) (Math.ceilDiv(length, block) * block - length));
        while (zeros.hasRemaining()) {
            channel.write(zeros);
        }
    }

    /** A part that cannot be removed now keeps its suffix .part, so it is not taken for a backup. */
    private static void remove(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException busy) {
            part.toFile().deleteOnExit();
        }
    }
}
