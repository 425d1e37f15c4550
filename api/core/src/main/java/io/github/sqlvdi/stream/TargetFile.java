package io.github.sqlvdi.stream;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A file that appears under its name only when its content is complete. The content is written to a part file beside
 * the target, which gets its name by {@link #keep()}. Until then an existing file of that name stays unchanged. It is
 * replaced only by {@link #replace(Path)}; the new file gets its permissions and, if the process has the right, its
 * owner.
 *
 * <p>A symbolic link is followed, even if its file does not exist yet. A target that exists and is no regular file,
 * such as {@code /dev/null} or a named pipe, is written directly; {@link #undo()} cannot remove its content.
 *
 * <p>After {@link #finish()} the content is in a file {@code NAME.unconfirmed-XXXXXXXX} until {@link #keep()} or
 * {@link #undo()}. So a process that is killed between the server's acknowledgement and the end of the job leaves a
 * complete backup, and no later run removes it.
 *
 * <p><b>Threads.</b> One thread at a time may use the object. {@link #close()} removes content that was not kept.
 */
public final class TargetFile implements BackupTarget, Closeable {

    private static final int MAX_LINKS = 40;

    private final Path given;
    private final boolean replacing;
    private final RunningChecksum checksum = new RunningChecksum();
    private Path target;
    private PartFile part;
    private FileChannel special;
    private WritableByteChannel channel;
    private Path content;
    private Optional<FileSeal> seal = Optional.empty();
    private boolean finished;
    private boolean settled;

    private TargetFile(Path given, boolean replacing) {
        this.given = Objects.requireNonNull(given, "target");
        this.replacing = replacing;
    }

    /**
     * Returns a target whose file must not exist.
     *
     * @param target the final name
     * @return the file, not begun
     */
    public static TargetFile create(Path target) {
        return new TargetFile(target, false);
    }

    /**
     * Returns a target that replaces an existing file of its name.
     *
     * @param target the final name
     * @return the file, not begun
     */
    public static TargetFile replace(Path target) {
        return new TargetFile(target, true);
    }

    /**
     * Reserves the name and opens the file.
     *
     * @throws FileAlreadyExistsException if the file exists and this target is not a replacing one
     * @throws IOException if the target is a folder, its folder is missing, the process has no right to write it, or
     *     another process or device writes it
     */
    @Override
    public void begin() throws IOException {
        if (Files.isDirectory(given)) {
            throw new FileSystemException(given.toString(), null, "is a folder: expected the name of a file");
        }
        boolean exists = Files.exists(given);
        if (exists && !Files.isRegularFile(given)) {
            target = given;
            special = BlockingOpen.open(given, StandardOpenOption.WRITE);
            channel = new PlainChannel(special);
            return;
        }
        target = followLinks(given);
        refuseExisting();
        if (exists && !Files.isWritable(target)) {
            throw new FileSystemException(given.toString(), null, "exists and may not be written");
        }
        part = PartFile.reserve(target);
        content = part.path();
        try {
            FileOwner.protect(target, content);
            refuseExisting(); // another writer may have made the file between the first check and the reservation
        } catch (IOException | RuntimeException | Error failure) {
            undo();
            throw failure;
        }
        channel = new Content(part.channel(), checksum);
    }

    private void refuseExisting() throws FileAlreadyExistsException {
        if (!replacing && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(given.toString(), null,
                    "exists already: choose another name, or ask for its replacement");
        }
    }

    /**
     * Returns the path of the file at the end of all symbolic links, in a folder without links. The file need not
     * exist.
     */
    static Path followLinks(Path path) throws IOException {
        Path file = path.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(file); links++) {
            if (links == MAX_LINKS) {
                throw new FileSystemException(path.toString(), null, "is a circle of symbolic links");
            }
            file = file.resolveSibling(Files.readSymbolicLink(file));
        }
        Path folder = file.getParent();
        if (folder == null || file.getFileName() == null) {
            throw new FileSystemException(path.toString(), null, "is no name of a file");
        }
        if (!Files.exists(folder)) {
            throw new NoSuchFileException(path.toString(), null, "there is no folder " + folder);
        }
        return folder.toRealPath().resolve(file.getFileName());
    }

    /**
     * Returns the channel for the content. It can only be written; {@link MediaFiles} has access to the file itself.
     *
     * @return the channel, which this object closes
     */
    @Override
    public WritableByteChannel channel() {
        return channel;
    }

    /** Returns the file itself, for media, which need positions; empty for a target that is no regular file. */
    Optional<FileChannel> file() {
        checksum.giveUp();
        return part == null ? Optional.empty() : Optional.of(new UnclosedFile(part.channel()));
    }

    /**
     * Returns the final name.
     *
     * @return after {@link #begin()} the path of the file at the end of all symbolic links, before that the given path
     */
    public Path target() {
        return target == null ? given : target;
    }

    @Override
    public void flush() throws IOException {
        if (part != null) {
            part.channel().force(true);
        }
    }

    @Override
    public void finish() throws IOException {
        if (finished) {
            return;
        }
        if (special != null) {
            special.close();
        } else {
            FileChannel file = part.channel();
            file.force(true);
            seal = Optional.of(checksum.covers(file.size())
                    ? new FileSeal(file.size(), checksum.value())
                    : FileSeal.read(file));
            Path unconfirmed = target.resolveSibling(PartFile.within255Bytes("", target.getFileName().toString(),
                    ".unconfirmed-" + UUID.randomUUID().toString().substring(0, 8)));
            Files.move(content, unconfirmed, StandardCopyOption.ATOMIC_MOVE);
            content = unconfirmed;
        }
        finished = true;
    }

    @Override
    public Optional<ReadableByteChannel> readBack() throws IOException {
        return part == null ? Optional.empty() : Optional.of(new ReadBack(part.channel()));
    }

    /**
     * Gives the content its name in one atomic step. Only on a file system without hard links a new name first appears
     * with an empty file. After a failure the content is in the file that the exception names.
     *
     * @throws IOException if that failed
     * @throws IllegalStateException if {@link #keep()} or {@link #undo()} was called before
     */
    @Override
    public void keep() throws IOException {
        if (settled) {
            throw new IllegalStateException(
                    String.format(Locale.ROOT, "The file %s was kept or taken back before", given));
        }
        finish();
        settled = true;
        if (special != null) {
            return;
        }
        try {
            FileOwner.restore(target, content);
            if (replacing) {
                Files.move(content, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                moveUnlessExisting();
            }
            forceFolder(target.getParent());
        } catch (IOException | RuntimeException failure) {
            throw new IOException(String.format(Locale.ROOT, "%s could not be given its name, its content is in %s: %s",
                    given, content, failure), failure);
        } finally {
            part.release();
        }
    }

    /** Gives the content its name by a hard link, which, unlike a rename, fails if the name exists. */
    private void moveUnlessExisting() throws IOException {
        try {
            Files.createLink(target, content);
        } catch (FileAlreadyExistsException taken) {
            throw taken;
        } catch (UnsupportedOperationException | FileSystemException withoutLinks) {
            Files.createFile(target); // reserves the name: fails when it exists
            Files.move(content, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        Files.delete(content);
    }

    /**
     * Makes a rename durable by making its folder durable. Windows has no such operation and refuses to open a folder.
     */
    private static void forceFolder(Path folder) throws IOException {
        if (!System.getProperty("os.name").startsWith("Windows")) {
            try (FileChannel folderChannel = FileChannel.open(folder, StandardOpenOption.READ)) {
                folderChannel.force(true);
            }
        }
    }

    @Override
    public void undo() throws IOException {
        if (settled) {
            return;
        }
        settled = true;
        if (special != null) {
            special.close();
        } else if (part != null) {
            try {
                Files.deleteIfExists(content);
            } finally {
                part.release();
            }
        }
    }

    /** Returns whether {@link #finish()} has succeeded. */
    boolean isFinished() {
        return finished;
    }

    /** Leaves finished content in its file {@code NAME.unconfirmed-XXXXXXXX}. */
    @Override
    public Optional<String> leave() throws IOException {
        if (settled || !finished || part == null) {
            undo();
            return Optional.empty();
        }
        settled = true;
        part.release();
        return Optional.of(content.toString());
    }

    /**
     * Removes content that was not kept.
     *
     * @throws IOException if the temporary file could not be removed
     */
    @Override
    public void close() throws IOException {
        undo();
    }

    @Override
    public Optional<Object> identity() {
        return special != null ? FileIdentity.ofSpecial(given)
                : part != null ? Optional.of(part.path()) : Optional.empty();
    }

    /**
     * Closes the descriptor of a finished file, which also ends its reservation. The reservation of the first medium
     * protects the other media.
     */
    void releaseFinished() throws IOException {
        if (finished && part != null) {
            part.release();
        }
    }

    @Override
    public String name() {
        return String.valueOf(target().getFileName());
    }

    /** Empty for a target that is no regular file. */
    @Override
    public Optional<FileSeal> seal() {
        return seal;
    }

    /** Empty for a target that is no regular file. */
    @Override
    public Optional<BackupTarget> manifest() throws IOException {
        return part == null ? Optional.empty() : Optional.of(new TargetFile(Manifest.beside(target), replacing));
    }

    @Override
    public void removeReplaced() throws IOException {
        if (replacing) {
            Files.deleteIfExists(target());
        }
    }

    /** Writes a regular file from its beginning to its end, and computes its checksum. */
    private record Content(FileChannel file, RunningChecksum checksum) implements WritableByteChannel {

        @Override
        public int write(ByteBuffer source) throws IOException {
            int start = source.position();
            int limit = source.limit();
            int count = file.write(source);
            checksum.add(source.position(start).limit(start + count));
            source.limit(limit);
            return count;
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public void close() {
            // the file stays open until keep() or undo(), because its lock ends when it is closed
        }
    }

    /**
     * The channel of a target that is no regular file. It hides the FileChannel, because such a target cannot be made
     * durable.
     */
    private record PlainChannel(FileChannel file) implements WritableByteChannel {

        @Override
        public int write(ByteBuffer source) throws IOException {
            return file.write(source);
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** Reads the file from its beginning. A descriptor of its own would end the lock when it is closed, see PartFile. */
    private static final class ReadBack implements ReadableByteChannel {

        private final FileChannel file;
        private long position;

        ReadBack(FileChannel file) {
            this.file = file;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            int count = file.read(target, position);
            position += Math.max(count, 0);
            return count;
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public void close() {
            // the file stays open until keep() or undo()
        }
    }
}
