package io.github.sqlvdi.internal.engine.host.linux;

import io.github.sqlvdi.internal.engine.host.NoSuchSetException;
import io.github.sqlvdi.internal.engine.host.Presence;
import io.github.sqlvdi.internal.engine.host.RegionKey;
import io.github.sqlvdi.internal.engine.host.SetEntry;
import io.github.sqlvdi.internal.engine.host.SetNames;
import io.github.sqlvdi.internal.engine.host.members.MemberPresence;
import io.github.sqlvdi.internal.engine.host.members.SetRecord;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The names of device sets as folders of the private directory; see {@link SetFolder}. */
final class LinuxSetNames implements SetNames {

    @Override
    public Presence publish(String instance, String name, RegionKey control, Presence.Listener listener)
            throws IOException {
        SetRecord.requireNames(instance, name);
        Path directory = PrivateDirectory.require();
        Sweeper.sweepAll(directory);
        Path target = FolderName.of(directory, instance, name);
        SetRecord set = new SetRecord(control, instance, name);
        OwnedFolder folder = OwnedFolder.create(target);
        try {
            RecordFile.write(set, folder.file().path());
            Slot slot = Slot.take(folder.file(), 0);
            try {
                folder.publish(target, name);
                return start(set, slot, folder, listener);
            } catch (IOException | RuntimeException | Error e) {
                closeAfter(e, slot);
                throw e;
            }
        } catch (IOException | RuntimeException | Error e) {
            closeAfter(e, () -> folder.leave(false));
            throw e;
        }
    }

    @Override
    public Presence join(String instance, String name, int slot, Presence.Listener listener) throws IOException {
        if (slot < 1) {
            throw new IllegalArgumentException("slot is " + slot + "; expected 1 to " + Presence.MAX_SLOT);
        }
        Path path = FolderName.of(PrivateDirectory.require(), instance, name);
        try {
            return join(OpenFile.openFolder(path), path, slot, listener);
        } catch (NoSuchFileException e) {
            NoSuchSetException none = new NoSuchSetException("there is no live device set \"" + name + "\" of this "
                    + "user: is its name right, and has the client created it?");
            none.initCause(e);
            throw none;
        }
    }

    private static Presence join(OpenFile file, Path path, int slot, Presence.Listener listener) throws IOException {
        try {
            SetRecord set = liveSet(file);
            if (set == null) {
                throw new NoSuchFileException(path.toString());
            }
            Slot place = Slot.take(file, slot);
            try {
                return start(set, place, new JoinedFolder(file, path), listener);
            } catch (IOException | RuntimeException | Error e) {
                closeAfter(e, place);
                throw e;
            }
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    private static Presence start(SetRecord set, Slot slot, SetFolder folder, Presence.Listener listener)
            throws IOException {
        return MemberPresence.start(set, slot.number(), new SocketPort(slot), new FolderMembership(folder, slot),
                listener);
    }

    @Override
    public RegionKey find(String instance, String name) throws IOException {
        Path directory = PrivateDirectory.require();
        Sweeper.sweepAll(directory);
        SetRecord set = liveSet(FolderName.of(directory, instance, name));
        return set == null ? null : set.control();
    }

    @Override
    public String place() throws IOException {
        return PrivateDirectory.require().toString();
    }

    @Override
    public List<SetEntry> list() throws IOException {
        Path directory = PrivateDirectory.require();
        Sweeper.sweepAll(directory);
        List<SetEntry> sets = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, FolderName::isPublic)) {
            for (Path entry : entries) {
                addLive(entry, sets);
            }
        }
        return sets;
    }

    /** A set of another version of this library must not hide the others. */
    private static void addLive(Path folder, List<SetEntry> sets) {
        try {
            SetRecord set = liveSet(folder);
            if (set != null) {
                sets.add(new SetEntry(set.instance(), set.name(), set.control()));
            }
        } catch (IOException e) {
            LinuxHost.LOG.log(System.Logger.Level.WARNING, "The device set in " + folder + " is left out", e);
        }
    }

    private static SetRecord liveSet(Path folder) throws IOException {
        try (OpenFile file = OpenFile.openFolder(folder)) {
            return liveSet(file);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Returns the record of a live set, or null if the set is dead. */
    private static SetRecord liveSet(OpenFile folder) throws IOException {
        return Sweeper.isLive(folder) ? RecordFile.read(folder.path()) : null;
    }

    private static void closeAfter(Throwable failure, AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }
}
