package io.github.sqlvdi.internal.engine.host.windows;

import io.github.sqlvdi.internal.engine.host.NameTakenException;
import io.github.sqlvdi.internal.engine.host.NoSuchSetException;
import io.github.sqlvdi.internal.engine.host.Presence;
import io.github.sqlvdi.internal.engine.host.RegionKey;
import io.github.sqlvdi.internal.engine.host.SetEntry;
import io.github.sqlvdi.internal.engine.host.SetNames;
import io.github.sqlvdi.internal.engine.host.SlotTakenException;
import io.github.sqlvdi.internal.engine.host.members.MemberPresence;
import io.github.sqlvdi.internal.engine.host.members.Membership;
import io.github.sqlvdi.internal.engine.host.members.SetHash;
import io.github.sqlvdi.internal.engine.host.members.SetRecord;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The names of device sets as files {@code <hash>.set} of the private directory, which hold the sets' records. */
final class WindowsSetNames implements SetNames {

    private static final String SUFFIX = ".set";

    @Override
    public Presence publish(String instance, String name, RegionKey control, Presence.Listener listener)
            throws IOException {
        SetRecord.requireNames(instance, name);
        Path directory = PrivateDirectory.require();
        LockedFile.sweepAll(directory);
        SetRecord set = new SetRecord(control, instance, name);
        Slot slot = Slot.take(directory, set, 0);
        try {
            LockedFile record = LockedFile.claim(path(directory, instance, name), set.encode());
            if (record == null) {
                throw new NameTakenException("the device set \"" + name + "\" exists already: close it or use "
                        + "another name");
            }
            return slot.start(set, new SetFiles(record, slot.file()), listener);
        } catch (IOException | RuntimeException | Error e) {
            slot.abandon(e);
            throw e;
        }
    }

    @Override
    public Presence join(String instance, String name, int slot, Presence.Listener listener) throws IOException {
        if (slot < 1 || slot > Presence.MAX_SLOT) {
            throw new IllegalArgumentException("slot is " + slot + "; expected 1 to " + Presence.MAX_SLOT);
        }
        Path directory = PrivateDirectory.require();
        SetRecord set = read(path(directory, instance, name));
        if (set == null) {
            throw new NoSuchSetException("there is no live device set \"" + name + "\" of this user: is its name "
                    + "right, and has the client created it?");
        }
        Slot taken = Slot.take(directory, set, slot);
        return taken.start(set, new SetFiles(null, taken.file()), listener);
    }

    @Override
    public RegionKey find(String instance, String name) throws IOException {
        Path directory = PrivateDirectory.require();
        LockedFile.sweepAll(directory);
        SetRecord set = read(path(directory, instance, name));
        return set == null ? null : set.control();
    }

    @Override
    public String place() throws IOException {
        return PrivateDirectory.require().toString();
    }

    @Override
    public List<SetEntry> list() throws IOException {
        Path directory = PrivateDirectory.require();
        LockedFile.sweepAll(directory);
        List<SetEntry> sets = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path entry : entries) {
                addLive(entry, sets);
            }
        }
        return sets;
    }

    /** A set of another version of this library must not hide the others. */
    private static void addLive(Path file, List<SetEntry> sets) {
        try {
            SetRecord set = read(file);
            if (set != null) {
                sets.add(new SetEntry(set.instance(), set.name(), set.control()));
            }
        } catch (IOException e) {
            WindowsHost.LOG.log(Level.WARNING, "The device set in " + file + " is left out", e);
        }
    }

    /** Returns the record of a live set, or null if there is none. */
    private static SetRecord read(Path file) throws IOException {
        byte[] content = LockedFile.read(file, SetRecord.MAX_BYTES);
        return content == null ? null : SetRecord.parse(content);
    }

    private static Path path(Path directory, String instance, String name) {
        return directory.resolve(SetHash.of(instance, name) + SUFFIX);
    }

    /** A member's place: its pipe and the file that leads to it. */
    private record Slot(int number, PipePort port, LockedFile file) {

        static Slot take(Path directory, SetRecord set, int number) throws IOException {
            MemberFiles files = new MemberFiles(directory, set.identity());
            UUID random = UUID.randomUUID();
            PipePort port = PipePort.open(MemberFiles.pipe(random), files);
            try {
                LockedFile file = files.claim(number, random);
                if (file == null) {
                    throw new SlotTakenException(number);
                }
                return new Slot(number, port, file);
            } catch (IOException | RuntimeException | Error e) {
                port.close();
                throw e;
            }
        }

        Presence start(SetRecord set, Membership membership, Presence.Listener listener) {
            return MemberPresence.start(set, number, port, membership, listener);
        }

        void abandon(Throwable reason) {
            try (file) {
                port.close();
            } catch (IOException e) {
                reason.addSuppressed(e);
            }
        }
    }
}
