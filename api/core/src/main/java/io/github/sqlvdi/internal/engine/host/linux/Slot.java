package io.github.sqlvdi.internal.engine.host.linux;

import io.github.sqlvdi.internal.engine.host.Presence;
import io.github.sqlvdi.internal.engine.host.SlotTakenException;
import io.github.sqlvdi.internal.memory.Undo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * One member's slot in a set's folder: a lock that the member holds for its life, and the socket on which it listens.
 */
final class Slot implements AutoCloseable {

    private static final int BACKLOG = 1_024;

    private final int number;
    private final OpenFile folder;
    private final OpenFile lock;
    private final OpenFile listener;

    private Slot(int number, OpenFile folder, OpenFile lock, OpenFile listener) {
        this.number = number;
        this.folder = folder;
        this.lock = lock;
        this.listener = listener;
    }

    /**
     * Takes a slot. The slot of a killed member can be taken again.
     *
     * @throws NoSuchFileException if the folder has been removed
     * @throws IOException if a live process holds the slot
     */
    static Slot take(OpenFile folder, int number) throws IOException {
        if (number < 0 || number > Presence.MAX_SLOT) {
            throw new IllegalArgumentException("slot is " + number + "; expected 0 to " + Presence.MAX_SLOT);
        }
        try (Undo undo = new Undo()) {
            OpenFile lock = OpenFile.open(lockPath(folder, number), LinuxCalls.O_RDWR | LinuxCalls.O_CREAT);
            undo.add(lock::close);
            if (!lock.tryLock()) {
                throw new SlotTakenException(number);
            }
            Slot slot = new Slot(number, folder, lock, listen(folder, number));
            undo.keep();
            return slot;
        }
    }

    private static OpenFile listen(OpenFile folder, int number) throws IOException {
        String address = address(folder, number);
        try (Undo undo = new Undo()) {
            OpenFile listener = SocketLink.newSocket();
            undo.add(listener::close);
            Files.deleteIfExists(Path.of(address));
            requireDone("bind", SocketCalls.bind(listener.descriptor(), address));
            Files.setPosixFilePermissions(Path.of(address), PosixFilePermissions.fromString("rw-------"));
            requireDone("listen", SocketCalls.listen(listener.descriptor(), BACKLOG));
            undo.keep();
            return listener;
        }
    }

    private static void requireDone(String call, int returned) throws IOException {
        if (Errno.ENOENT.is(returned)) {
            throw new NoSuchFileException("the folder of the set");
        }
        if (returned < 0) {
            throw Errno.failed(call, returned);
        }
    }

    /** Returns whether a live process holds the slot. */
    static boolean isTaken(OpenFile folder, int number) throws IOException {
        try (OpenFile lock = OpenFile.open(lockPath(folder, number), LinuxCalls.O_RDWR)) {
            return lock.isLockedElsewhere();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /**
     * Returns the socket address of the member in that slot. It is short enough for the kernel, however long the
     * directory's name is.
     */
    static String address(OpenFile folder, int number) {
        return folder.path() + "/" + number + ".socket";
    }

    private static Path lockPath(OpenFile folder, int number) {
        return folder.path().resolve(number + ".lock");
    }

    int number() {
        return number;
    }

    OpenFile folder() {
        return folder;
    }

    OpenFile listener() {
        return listener;
    }

    /**
     * Stops listening and releases the slot. The lock file stays: if it were removed, two members could lock two
     * different files for the same slot.
     */
    @Override
    public void close() throws IOException {
        try (lock; listener) {
            Files.deleteIfExists(Path.of(address(folder, number)));
        }
    }
}
