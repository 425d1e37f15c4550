package io.github.sqlvdi.internal.engine.host.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An open file or folder, held by its descriptor. {@link #path()} leads to exactly this file whatever happens to its
 * name meanwhile, so no process can exchange it between a check and a use. It also keeps socket addresses short: the
 * kernel takes no more than 107 bytes.
 *
 * <p>Locks are taken with flock, which belongs to this opening. A {@link java.nio.channels.FileLock} would not do: the
 * kernel drops all of them as soon as the process closes any other opening of the same file.
 */
final class OpenFile implements AutoCloseable {

    private final int descriptor;
    private final Path path;
    private final AtomicBoolean closed = new AtomicBoolean();

    private OpenFile(int descriptor) {
        this.descriptor = descriptor;
        this.path = Path.of("/proc/self/fd/" + descriptor);
    }

    /**
     * Opens a file or folder; a symbolic link as the last part of the path is refused.
     *
     * @throws NoSuchFileException if it does not exist
     */
    static OpenFile open(Path path, int flags) throws IOException {
        int all = flags | LinuxCalls.O_CLOEXEC | LinuxCalls.O_NOFOLLOW | LinuxCalls.O_NOCTTY | LinuxCalls.O_NONBLOCK;
        int returned = LinuxCalls.open(path.toString(), all);
        if (Errno.ENOENT.is(returned)) {
            throw new NoSuchFileException(path.toString());
        }
        if (returned < 0) {
            throw Errno.failed("open of " + path, returned);
        }
        return new OpenFile(returned);
    }

    static OpenFile openFolder(Path path) throws IOException {
        return open(path, LinuxCalls.O_RDONLY | LinuxCalls.O_DIRECTORY);
    }

    /** Takes over a descriptor that the caller got otherwise. */
    static OpenFile ofDescriptor(int descriptor) {
        return new OpenFile(descriptor);
    }

    int descriptor() {
        return descriptor;
    }

    /** Returns the path that leads to this file while it is open in this process. */
    Path path() {
        return path;
    }

    /** Returns whether the path names this very file now. */
    boolean isAt(Path other) throws IOException {
        try {
            return Files.readAttributes(other, "unix:dev,ino", LinkOption.NOFOLLOW_LINKS)
                    .equals(Files.readAttributes(path, "unix:dev,ino"));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Takes the lock for this opening until it is closed; false if another opening, in any process, has it. */
    boolean tryLock() throws IOException {
        return flock(LinuxCalls.LOCK_EX);
    }

    /**
     * Returns whether another opening, in any process, has the lock. Asks with a shared lock, so that those who ask do
     * not see each other; it is given back when this opening is closed.
     */
    boolean isLockedElsewhere() throws IOException {
        return !flock(LinuxCalls.LOCK_SH);
    }

    private boolean flock(int operation) throws IOException {
        int returned = LinuxCalls.flock(descriptor, operation | LinuxCalls.LOCK_NB);
        if (returned < 0 && !Errno.EAGAIN.is(returned)) {
            throw Errno.failed("flock of " + path, returned);
        }
        return returned == 0;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            int returned = LinuxCalls.close(descriptor);
            if (returned < 0) {
                LinuxHost.LOG.log(System.Logger.Level.WARNING, Errno.failed("close of " + path, returned).getMessage());
            }
        }
    }
}
