package io.github.sqlvdi.emulator.internal.statements;

import io.github.sqlvdi.statement.SqlMessage;
import io.github.sqlvdi.statement.SqlStatement;
import io.github.sqlvdi.statement.Verdict;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Copies the streams of a BACKUP or RESTORE with DISK devices between the server and files. A backup is put behind the sets
 * that a file has, unless it overwrites them. The files of a backup get their names when all of them are whole, so a failed
 * backup leaves the files as they were.
 */
final class DiskStatement implements SqlStatement {

    private static final int CANNOT_OPEN = 3201;
    private static final int NO_BACKUP = 3241;
    private static final int OTHER_FAMILIES = 3231;
    private static final int NO_SUCH_FILE = 3287;
    private static final int WRITE_FAILED = 3202;
    private static final int READ_FAILED = 3203;
    private static final int ABORTED = 3204;
    private static final int PORTION = 1 << 16;

    private final Media media;
    private final List<? extends ReadableByteChannel> sources;
    private final List<? extends WritableByteChannel> targets;
    private final boolean overwrite;
    private final int block;
    private volatile boolean cancelled;
    private int position;

    private DiskStatement(Media media, List<? extends ReadableByteChannel> sources,
            List<? extends WritableByteChannel> targets, boolean overwrite, int block) {
        this.media = media;
        this.sources = sources;
        this.targets = targets;
        this.overwrite = overwrite;
        this.block = block;
        position = media.position();
    }

    static DiskStatement backup(Media media, List<? extends ReadableByteChannel> sources, boolean overwrite,
            int block) {
        return new DiskStatement(media, sources, List.of(), overwrite, block);
    }

    static DiskStatement restore(Media media, List<? extends WritableByteChannel> targets) {
        return new DiskStatement(media, List.of(), targets, false, 1);
    }

    /** The message that ends the statement. */
    private static final class DiskException extends Exception {

        private static final long serialVersionUID = 1L;
        private final transient SqlMessage reason;

        DiskException(int number, String format, Object... arguments) {
            reason = new SqlMessage(number, 16, String.format(Locale.ROOT, format, arguments));
        }
    }

    @Override
    public Verdict execute() {
        try {
            if (targets.isEmpty()) {
                backUp();
            } else {
                restore();
            }
            return new Verdict(true, List.of(), OptionalLong.empty());
        } catch (DiskException failure) {
            return new Verdict(false, List.of(failure.reason), OptionalLong.empty());
        }
    }

    /** Which set of its files the backup set is, from 1; known when the statement has ended. */
    int position() {
        return position;
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    private void backUp() throws DiskException {
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
            throw new DiskException(WRITE_FAILED, "Write on \"%s\" failed: %s", media.first(), failure);
        } finally {
            for (Path part : parts) {
                remove(part);
            }
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

    private Path create(int index) throws DiskException {
        Path file = media.files().get(index);
        String name = media.names().get(index);
        try {
            Files.createDirectories(file.getParent());
            return Files.createTempFile(file.getParent(), file.getFileName().toString(), ".part");
        } catch (IOException failure) {
            throw new DiskException(CANNOT_OPEN, "Cannot open backup device '%s'. Operating system error %s.", name,
                    failure);
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
                throw new DiskException(NO_BACKUP,
                        "The media family on device '%s' is incorrectly formed. SQL Server cannot process this media "
                                + "family.",
                        name);
            }
            int families = sets.label().map(label -> label.familyCount().orElse(1)).orElse(sources.size());
            if (families != sources.size() || sets.sets().size() != existing.getFirst().sets().size()) {
                throw new DiskException(OTHER_FAMILIES,
                        "The media loaded on \"%s\" is formatted to support %d media families, but %d media families "
                                + "are expected according to the backup device specification.",
                        name, families, sources.size());
            }
        }
        position = existing.getFirst().sets().size() + 1;
        return existing;
    }

    private void write(int index, Path part, DiskSets existing) throws DiskException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            if (!existing.sets().isEmpty()) {
                keep(media.files().get(index), channel, existing.sets().getLast().end());
            }
            long begin = channel.position();
            copy(sources.get(index), channel);
            fillBlock(channel, channel.position() - begin);
            channel.force(true);
        } catch (IOException failure) {
            throw new DiskException(WRITE_FAILED, "Write on \"%s\" failed: %s", media.names().get(index), failure);
        }
    }

    /** Appends zeros up to a whole number of blocks. */
    private void fillBlock(FileChannel channel, long length) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate((int) (Math.ceilDiv(length, block) * block - length));
        while (zeros.hasRemaining()) {
            channel.write(zeros);
        }
    }

    /** Copies the sets that a file has, and goes to the block behind them. */
    private void keep(Path file, FileChannel target, long length) throws IOException {
        try (FileChannel source = FileChannel.open(file)) {
            for (long done = 0; done < length;) {
                long count = source.transferTo(done, length - done, target);
                if (count == 0) {
                    throw new IOException(file + " became shorter");
                }
                done += count;
            }
        }
        int unit = Math.max(block, DiskSets.SECTOR);
        target.position(Math.ceilDiv(length, unit) * unit);
    }

    private void restore() throws DiskException {
        for (int index = 0; index < targets.size(); index++) {
            String name = media.names().get(index);
            Path file = media.files().get(index);
            try {
                List<DiskSets.Place> sets = DiskSets.find(file, position).sets();
                if (sets.size() < position && position > 1) {
                    throw new DiskException(NO_SUCH_FILE,
                            "The file ID %d on device '%s' is incorrectly formed and can not be read.", position, name);
                }
                if (!sets.isEmpty()) {
                    copy(file, sets.get(position - 1), targets.get(index));
                }
            } catch (NoSuchFileException missing) {
                throw new DiskException(CANNOT_OPEN, "Cannot open backup device '%s'. Operating system error "
                        + "2(The system cannot find the file specified.).", name);
            } catch (IOException failure) {
                throw new DiskException(READ_FAILED, "Read on \"%s\" failed: %s", name, failure);
            }
        }
    }

    private void copy(Path file, DiskSets.Place set, WritableByteChannel to) throws IOException, DiskException {
        try (InputStream stream = new BufferedInputStream(Channels.newInputStream(FileChannel.open(file)
                .position(set.begin())), PORTION)) {
            byte[] portion = new byte[PORTION];
            for (long left = set.length(); left > 0;) {
                int count = stream.read(portion, 0, (int) Math.min(left, PORTION));
                if (count < 0) {
                    return; // what is missing is found by the reader of the stream
                }
                ByteBuffer bytes = ByteBuffer.wrap(portion, 0, count);
                while (bytes.hasRemaining()) {
                    to.write(bytes);
                }
                left -= count;
                requireRunning();
            }
        }
    }

    private void requireRunning() throws DiskException {
        if (cancelled) {
            throw new DiskException(ABORTED, "The backup or restore was aborted.");
        }
    }

    private void copy(ReadableByteChannel from, WritableByteChannel to) throws IOException, DiskException {
        ByteBuffer portion = ByteBuffer.allocate(PORTION);
        while (from.read(portion.clear()) >= 0) {
            portion.flip();
            while (portion.hasRemaining()) {
                to.write(portion);
            }
            requireRunning();
        }
    }
}
