package io.github.sqlvdi.emulator.internal.statements;

import io.github.sqlvdi.statement.SqlMessage;
import io.github.sqlvdi.statement.SqlStatement;
import io.github.sqlvdi.statement.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;
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
import java.util.OptionalLong;

/**
 * Copies the streams of a BACKUP or RESTORE with DISK devices between the server and files. A file holds one backup set.
 * The files of a backup get their names when all of them are whole, so a failed backup leaves the files of an older one.
 */
final class DiskStatement implements SqlStatement {

    private static final int CANNOT_OPEN = 3201;
    private static final int WRITE_FAILED = 3202;
    private static final int READ_FAILED = 3203;
    private static final int ABORTED = 3204;
    private static final int PORTION = 1 << 16;

    private final Media media;
    private final List<? extends ReadableByteChannel> sources;
    private final List<? extends WritableByteChannel> targets;
    private final boolean overwrite;
    private volatile boolean cancelled;

    private DiskStatement(Media media, List<? extends ReadableByteChannel> sources,
            List<? extends WritableByteChannel> targets, boolean overwrite) {
        this.media = media;
        this.sources = sources;
        this.targets = targets;
        this.overwrite = overwrite;
    }

    static DiskStatement backup(Media media, List<? extends ReadableByteChannel> sources, boolean overwrite) {
        return new DiskStatement(media, sources, List.of(), overwrite);
    }

    static DiskStatement restore(Media media, List<? extends WritableByteChannel> targets) {
        return new DiskStatement(media, List.of(), targets, false);
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

    @Override
    public void cancel() {
        cancelled = true;
    }

    private void backUp() throws DiskException {
        List<Path> parts = new ArrayList<>();
        try {
            for (int index = 0; index < sources.size(); index++) {
                parts.add(create(index));
                write(index, parts.getLast());
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
            if (!overwrite && Files.exists(file) && Files.size(file) > 0) {
                throw new DiskException(CANNOT_OPEN, "Cannot open backup device '%s'. Operating system error "
                        + "emulator(the file has a backup, and this server keeps one in a file: use WITH INIT or FORMAT).",
                        name);
            }
            Files.createDirectories(file.getParent());
            return Files.createTempFile(file.getParent(), file.getFileName().toString(), ".part");
        } catch (IOException failure) {
            throw new DiskException(CANNOT_OPEN, "Cannot open backup device '%s'. Operating system error %s.", name,
                    failure);
        }
    }

    private void write(int index, Path part) throws DiskException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            copy(sources.get(index), channel);
            channel.force(true);
        } catch (IOException failure) {
            throw new DiskException(WRITE_FAILED, "Write on \"%s\" failed: %s", media.names().get(index), failure);
        }
    }

    private void restore() throws DiskException {
        for (int index = 0; index < targets.size(); index++) {
            String name = media.names().get(index);
            try (FileChannel channel = FileChannel.open(media.files().get(index))) {
                copy(channel, targets.get(index));
            } catch (NoSuchFileException missing) {
                throw new DiskException(CANNOT_OPEN, "Cannot open backup device '%s'. Operating system error "
                        + "2(The system cannot find the file specified.).", name);
            } catch (IOException failure) {
                throw new DiskException(READ_FAILED, "Read on \"%s\" failed: %s", name, failure);
            }
        }
    }

    private void copy(ReadableByteChannel from, WritableByteChannel to) throws IOException, DiskException {
        ByteBuffer portion = ByteBuffer.allocate(PORTION);
        while (from.read(portion.clear()) >= 0) {
            portion.flip();
            while (portion.hasRemaining()) {
                to.write(portion);
            }
            if (cancelled) {
                throw new DiskException(ABORTED, "The backup or restore was aborted.");
            }
        }
    }
}
