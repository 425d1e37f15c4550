package io.github.sqlvdi.internal.engine.host.windows;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * A file of the private directory that exists as long as this process holds it open. Windows removes it when its
 * creator's last handle is closed, however the process ends. The file is also locked, far behind its content. After a
 * power failure, the missing lock tells a leftover file from a live one. A process that finds a file without a lock
 * removes it, holding the lock meanwhile. The first eight bytes are written last: a reader that finds them zero knows
 * that the content is not complete yet.
 */
final class LockedFile implements AutoCloseable {

    private static final Pattern OURS = Pattern.compile("[0-9a-f]{32}\\.set|[0-9a-f]{32}\\.\\d{1,5}\\.member|"
            + "[0-9a-f]{32}-\\d{1,10}-[0-9a-f]{16}\\.region");
    private static final long LOCK_POSITION = 1L << 62;
    private static final int LAST_BYTES = 8;
    private static final long CLAIM_BOUND_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /**
     * Held while this process creates a file, looks whether one is locked, or sweeps. Each of them takes the lock of a file
     * for a moment: without this monitor, a thread that looks or sweeps would make the new file of another one look live.
     */
    private static final Object LOCKING = new Object();

    private final FileChannel channel;

    private LockedFile(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Creates the file, unless a live process holds one of that name. Waits for a file that is being removed.
     *
     * @param content the content, at least eight bytes, or empty
     * @return null if a live process holds a file of that name
     */
    static LockedFile claim(Path path, ByteBuffer content) throws IOException {
        long start = System.nanoTime();
        while (true) {
            LockedFile file;
            synchronized (LOCKING) {
                file = tryCreate(path, content);
            }
            if (file != null) {
                return file;
            }
            if (isLive(path)) {
                return null;
            }
            if (!sweep(path) && System.nanoTime() - start > CLAIM_BOUND_NANOS) {
                throw new IOException(path + " of a dead process cannot be removed: another process holds it open");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /**
     * Creates and locks the file. Returns null if it exists, or if a sweeper removed it as a leftover before it was
     * locked.
     */
    private static LockedFile tryCreate(Path path, ByteBuffer content) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
                    StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (FileAlreadyExistsException | AccessDeniedException e) {
            WindowsHost.LOG.log(Level.TRACE, "{0} is there already, or being removed", path);
            return null;
        }
        try {
            if (tryLock(channel) != null && isNamed(path)) {
                write(channel, content);
                return new LockedFile(channel);
            }
            channel.close();
            return null;
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    private static void write(FileChannel channel, ByteBuffer content) throws IOException {
        if (!content.hasRemaining()) {
            return;
        }
        ByteBuffer rest = content.slice(LAST_BYTES, content.remaining() - LAST_BYTES);
        for (long at = LAST_BYTES; rest.hasRemaining();) {
            at += channel.write(rest, at);
        }
        channel.write(content.slice(0, LAST_BYTES), 0);
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCK_POSITION, 1, false);
        } catch (OverlappingFileLockException e) {
            return null; // another channel of this process holds the lock
        }
    }

    /** Returns whether the name still leads to a file. A file that is being removed denies access. */
    private static boolean isNamed(Path path) throws IOException {
        try (FileChannel channel = open(path)) {
            return channel.isOpen();
        } catch (NoSuchFileException | AccessDeniedException e) {
            return false;
        }
    }

    /** Opens an existing file. Refuses a symbolic link. */
    static FileChannel open(Path path, OpenOption... more) throws IOException {
        OpenOption[] options = Arrays.copyOf(more, more.length + 3);
        options[more.length] = StandardOpenOption.READ;
        options[more.length + 1] = StandardOpenOption.WRITE;
        options[more.length + 2] = LinkOption.NOFOLLOW_LINKS;
        return FileChannel.open(path, Set.of(options));
    }

    /** Returns whether a live process holds the file of that name. */
    static boolean isLive(Path path) throws IOException {
        try (FileChannel channel = open(path)) {
            return isLocked(channel);
        } catch (NoSuchFileException | AccessDeniedException e) {
            return false;
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        synchronized (LOCKING) {
            try (FileLock lock = tryLock(channel)) {
                return lock == null;
            }
        }
    }

    /**
     * Reads the content of a live process's file.
     *
     * @return null if there is no such file, it is a leftover, or its content is not complete yet
     */
    static byte[] read(Path path, int maxBytes) throws IOException {
        try (FileChannel channel = open(path)) {
            ByteBuffer content = ByteBuffer.allocate(maxBytes + 1);
            while (content.hasRemaining() && channel.read(content, content.position()) > 0) {
                continue;
            }
            return content.position() < LAST_BYTES || content.getLong(0) == 0 || !isLocked(channel) ? null
                    : Arrays.copyOf(content.array(), content.position());
        } catch (NoSuchFileException | AccessDeniedException e) {
            return null;
        }
    }

    /**
     * Removes every file of this library that no live process holds. A file that cannot be removed is logged and does
     * not stop the sweep.
     */
    static void sweepAll(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory,
                entry -> OURS.matcher(entry.getFileName().toString()).matches())) {
            for (Path entry : entries) {
                try {
                    sweep(entry);
                } catch (IOException e) {
                    WindowsHost.LOG.log(Level.WARNING, "The leftover " + entry + " cannot be removed", e);
                }
            }
        }
    }

    /** Removes a file if no process holds its lock; returns whether it did. */
    private static boolean sweep(Path path) throws IOException {
        synchronized (LOCKING) {
            return sweepAlone(path);
        }
    }

    private static boolean sweepAlone(Path path) throws IOException {
        try (FileChannel channel = open(path); FileLock lock = tryLock(channel)) {
            return lock != null && Files.deleteIfExists(path);
        } catch (NoSuchFileException | AccessDeniedException e) {
            return false;
        }
    }

    FileChannel channel() {
        return channel;
    }

    /** Closes the file, so that Windows removes it. Idempotent. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
