package io.github.sqlvdi.stream;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;

/**
 * A file that appears under its name only when its content is complete: written under a temporary name beside the target,
 * renamed by {@link #commit()}, removed by {@link #close()} otherwise. A file that was there before stays untouched until
 * it is replaced. A target that exists and is no regular file, such as {@code /dev/null} or a named pipe, is written
 * directly.
 *
 * <p>Used by one thread at a time.
 */
public final class TargetFile implements Closeable {

    private final Path target;
    private final Path temporary;
    private final FileChannel file;
    private boolean settled;

    private TargetFile(Path target, Path temporary, FileChannel file) {
        this.target = target;
        this.temporary = temporary;
        this.file = file;
    }

    /**
     * Begins a file.
     *
     * @param target the final name; a symbolic link is followed, so that the file behind it is replaced
     * @return the file, open for writing and reading
     * @throws IOException if the target is a folder, its folder is missing, or it may not be written
     */
    public static TargetFile create(Path target) throws IOException {
        if (Files.isDirectory(target)) {
            throw new FileSystemException(target.toString(), null, "is a folder: expected the name of a file");
        }
        boolean exists = Files.exists(target);
        if (exists && !Files.isRegularFile(target)) {
            return new TargetFile(target, null, FileChannel.open(target, StandardOpenOption.WRITE));
        }
        Path file = exists ? target.toRealPath() : target.toAbsolutePath();
        if (exists && !Files.isWritable(file)) {
            throw new FileSystemException(target.toString(), null, "exists and may not be written");
        }
        Path temporary =
                file.resolveSibling(String.format(Locale.ROOT, ".%s.%s.part", shortened(file), UUID.randomUUID()));
        return new TargetFile(file, temporary, FileChannel.open(temporary,
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /** A file name may have 255 bytes; the temporary one must not fail where the final one would not. */
    private static String shortened(Path file) {
        String name = file.getFileName().toString();
        return name.length() > 40 ? name.substring(0, 40) : name;
    }

    /**
     * Where the content goes: a {@link FileChannel} for a regular file, a plain channel for any other target, because
     * those cannot be made durable. Closing it is allowed before {@link #commit()}.
     *
     * @return the channel, owned by this object
     */
    public WritableByteChannel channel() {
        return temporary != null ? file : new PlainChannel(file);
    }

    /**
     * The final name.
     *
     * @return an absolute path, unless the target is no regular file
     */
    public Path target() {
        return target;
    }

    /**
     * Makes the content durable and gives it the final name, in one step for every observer. After a failure the content
     * is kept under the temporary name, which the exception tells.
     *
     * @throws IOException if that failed
     */
    public void commit() throws IOException {
        if (settled) {
            throw new IllegalStateException(
                    String.format(Locale.ROOT, "The file %s was committed or discarded before", target));
        }
        settled = true;
        if (temporary == null) {
            file.close();
            return;
        }
        try {
            if (file.isOpen()) {
                file.force(true);
                file.close();
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceFolder(target.getParent());
        } catch (IOException failure) {
            throw new IOException(String.format(Locale.ROOT, "%s could not be given its name, its content is in %s: %s",
                    target, temporary, failure), failure);
        }
    }

    /** A rename is durable when the folder is. Windows has no such operation on a folder and refuses to open one. */
    private static void forceFolder(Path folder) throws IOException {
        if (!System.getProperty("os.name").startsWith("Windows")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /**
     * Discards the content unless it was committed.
     *
     * @throws IOException if the temporary file could not be removed
     */
    @Override
    public void close() throws IOException {
        if (!settled) {
            settled = true;
            file.close();
            if (temporary != null) {
                Files.deleteIfExists(temporary);
            }
        }
    }

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
}
