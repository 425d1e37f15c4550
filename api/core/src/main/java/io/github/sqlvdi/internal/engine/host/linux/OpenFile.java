package io.github.sqlvdi.internal.engine.host.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An open file or folder, held by its descriptor. {@link #path()} leads to exactly this file even if its name changes,
 * so no process can exchange the file between a check and a use. That path also keeps socket addresses short: the
 * kernel takes at most 107 bytes.
 *
 * <p>Locks are taken with flock, because such a lock belongs to this descriptor. A {@link java.nio.channels.FileLock}
 * is not usable: the kernel drops it as soon as the process closes any other descriptor of the same file.
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

    /** Takes ownership of an open descriptor. */
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

    /** Returns whether the path now leads to this same file. */
    boolean isAt(Path other) throws IOException {
        try {
            return Files.readAttributes(other, "unix:dev,ino", LinkOption.NOFOLLOW_LINKS)
                    .equals(Files.readAttributes(path, "unix:dev,ino"));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /**
     * Locks the file until this object is closed. Returns false if another descriptor, in any process, holds the lock.
     */
    boolean tryLock() throws IOException {
        return flock(LinuxCalls.LOCK_EX);
    }

    /**
     * Returns whether another descriptor, in any process, holds the lock. The check takes a shared lock, so that two
     * concurrent checks do not take each other for the holder. Closing this object releases the shared lock.
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
