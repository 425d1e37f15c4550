package io.github.sqlvdi.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The temporary file for the content of a target: {@code .NAME.sqlvdi-part} in the target's folder. Its writer holds a
 * lock on it, so that a second writer of the same target is refused at once. The lock ends with the process. So a part
 * file without a lock is the rest of a killed writer, and is removed.
 *
 * <p>POSIX locks of a process end when the process closes <em>any</em> descriptor of the file. So this JVM never opens
 * a part file a second time: {@link #OPEN} has the open ones.
 */
final class PartFile {

    private static final System.Logger LOG = System.getLogger("io.github.sqlvdi.stream");
    private static final String SUFFIX = ".sqlvdi-part";
    /** The longest name of a file on most file systems. */
    private static final int MAX_NAME_BYTES = 255;
    /** A position after any content, because Windows lets no other process read a locked range. */
    private static final long LOCK_POSITION = Long.MAX_VALUE - 1;
    /**
     * The age from which an unlocked part file may be removed. The writer of a younger file may not have locked it yet.
     */
    private static final Duration SURELY_OLD = Duration.ofMinutes(1);
    private static final int MAX_MARK = 1 << 16;
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel channel;
    private boolean released;

    private PartFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Opens an empty part file for a target and reserves it against other writers.
     *
     * @param target the target, in a folder without links
     * @throws FileSystemException if another writer has reserved it
     */
    static PartFile reserve(Path target) throws IOException {
        removeDead(target.getParent());
        Path path = target.resolveSibling(within255Bytes(".", target.getFileName().toString(), SUFFIX));
        if (!OPEN.add(path)) {
            throw new FileSystemException(target.toString(), null,
                    "is being written by this program already: give each device a file of its own");
        }
        try {
            while (true) {
                boolean dead = Files.exists(path, LinkOption.NOFOLLOW_LINKS);
                FileChannel channel = open(path, target);
                if (names(path, channel)) {
                    if (!dead) {
                        channel.truncate(0);
                        return new PartFile(path, channel);
                    }
                    Files.delete(path); // start with a new file, which has the permissions and the owner of this writer
                    channel.close();
                }
            }
        } catch (IOException | RuntimeException | Error failure) {
            OPEN.remove(path);
            removeOwn(path, failure);
            throw failure;
        }
    }

    /**
     * Removes what a failed reservation has left. The failure may be an interrupt, which closes channels, and with them
     * this writer's lock: only a file that no other writer has locked meanwhile is removed.
     */
    private static void removeOwn(Path path, Throwable failure) {
        boolean interrupted = Thread.interrupted();
        try {
            if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                removeIfDead(path);
            }
        } catch (IOException unremoved) {
            failure.addSuppressed(unremoved);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static FileChannel open(Path path, Path target) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(path.toString(), null, "is in the way and no regular file: remove it");
        }
        Set<OpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        FileChannel channel = FileChannel.open(path, options);
        try {
            if (!lock(channel, true)) {
                throw new FileSystemException(target.toString(), null,
                        "is being written by another process: wait for it, or choose another name");
            }
            return channel;
        } catch (IOException | RuntimeException | Error failure) {
            channel.close();
            throw failure;
        }
    }

    /**
     * Locks a part file.
     *
     * @param lockless the result on a file system without locks, where a second writer cannot be detected
     * @return false when another writer has the lock
     */
    private static boolean lock(FileChannel channel, boolean lockless) {
        try {
            return channel.tryLock(LOCK_POSITION, 1, false) != null;
        } catch (OverlappingFileLockException sameFile) { // this JVM has locked the file under another name
            return false;
        } catch (IOException withoutLocks) {
            LOG.log(System.Logger.Level.DEBUG, "this file system has no locks", withoutLocks);
            return lockless;
        }
    }

    /**
     * Whether the name still belongs to the open file: the previous writer may have renamed or removed the file between
     * the opening and the locking. This method sets a random size through the open file and compares it with the size
     * under the name; only the holder of the lock changes the size. It must not open the name, because closing a second
     * descriptor would end the lock. If the result is false, the channel is closed.
     */
    private static boolean names(Path path, FileChannel channel) throws IOException {
        try {
            for (int look = 0; look < 2; look++) {
                long size = ThreadLocalRandom.current().nextLong(1, MAX_MARK);
                channel.truncate(size);
                channel.write(ByteBuffer.allocate(1), size - 1);
                if (Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).size() != size) {
                    channel.close();
                    return false;
                }
            }
            return true;
        } catch (NoSuchFileException renamed) {
            channel.close();
            return false;
        } catch (IOException | RuntimeException | Error failure) {
            channel.close();
            throw failure;
        }
    }

    /**
     * Returns a name with a prefix and a suffix. If it would be too long, a hash takes the place of the middle part.
     */
    static String within255Bytes(String before, String name, String after) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return before + (bytes.length + before.length() + after.length() <= MAX_NAME_BYTES ? name : hash(bytes))
                + after;
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }

    /** Removes the part files of killed writers from a folder. Logs the files that it cannot remove. */
    private static void removeDead(Path folder) {
        Instant limit = Instant.now().minus(SURELY_OLD);
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, ".*" + SUFFIX)) {
            for (Path part : parts) {
                try {
                    if (!OPEN.contains(part) && Files.isRegularFile(part, LinkOption.NOFOLLOW_LINKS)
                            && Files.getLastModifiedTime(part, LinkOption.NOFOLLOW_LINKS).toInstant().isBefore(limit)) {
                        removeIfDead(part);
                    }
                } catch (IOException unremoved) {
                    LOG.log(System.Logger.Level.DEBUG, () -> "the part file " + part + " cannot be removed", unremoved);
                }
            }
        } catch (IOException unlisted) {
            LOG.log(System.Logger.Level.DEBUG, () -> "part files in " + folder + " cannot be looked for", unlisted);
        }
    }

    private static void removeIfDead(Path part) throws IOException {
        if (!OPEN.add(part)) {
            return;
        }
        try (FileChannel channel =
                FileChannel.open(part, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
            if (lock(channel, false) && names(part, channel)) {
                Files.delete(part);
                LOG.log(System.Logger.Level.INFO, "removed {0}, which a backup that did not end well had left", part);
            }
        } finally {
            OPEN.remove(part);
        }
    }

    Path path() {
        return path;
    }

    FileChannel channel() {
        return channel;
    }

    /** Ends the reservation, after the file was renamed or removed. A further call does nothing. */
    void release() throws IOException {
        if (!released) {
            released = true;
            try {
                channel.close();
            } finally {
                OPEN.remove(path);
            }
        }
    }
}
