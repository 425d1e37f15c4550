package io.github.sqlvdi.internal.engine.host.windows;

import io.github.sqlvdi.internal.engine.host.NameTakenException;
import io.github.sqlvdi.internal.engine.host.Presence;
import io.github.sqlvdi.internal.engine.host.SlotTakenException;
import io.github.sqlvdi.internal.engine.host.members.MemberPresence;
import io.github.sqlvdi.internal.engine.host.members.Membership;
import io.github.sqlvdi.internal.engine.host.members.SetDirectory;
import io.github.sqlvdi.internal.engine.host.members.SetHash;
import io.github.sqlvdi.internal.engine.host.members.SetRecord;
import io.github.sqlvdi.internal.memory.Undo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;

/** The names of device sets as files {@code <hash>.set} of the private directory, which hold the sets' records. */
final class WindowsSetNames extends SetDirectory {
    private static final String SUFFIX = ".set";

    @Override
    protected Path directory() throws IOException {
        return PrivateDirectory.require();
    }

    @Override
    protected void sweep(Path directory) throws IOException {
        LockedFile.sweepAll(directory);
    }

    @Override
    protected Path entry(Path directory, String instance, String name) {
        return directory.resolve(SetHash.of(instance, name) + SUFFIX);
    }

    @Override
    protected boolean isEntry(Path path) {
        return path.getFileName().toString().endsWith(SUFFIX);
    }

    @Override
    protected SetRecord read(Path entry) throws IOException {
        byte[] content = LockedFile.read(entry, SetRecord.MAX_BYTES);
        return content == null ? null : SetRecord.parse(content);
    }

    @Override
    protected Presence publish(Path directory, SetRecord set, Presence.Listener listener) throws IOException {
        try (Undo undo = new Undo()) {
            Slot slot = takePrimarySlot(directory, set);
            undo.add(slot::abandon);
            LockedFile record = LockedFile.claim(entry(directory, set.instance(), set.name()), set.encode());
            if (record == null) {
                throw nameTaken(set);
            }
            undo.add(record::close);
            Presence presence = slot.start(set, new SetFiles(record, slot.file()), listener);
            undo.keep();
            return presence;
        }
    }

    /** A process that has the primary's slot of this set has the name, or is about to take it. */
    private static Slot takePrimarySlot(Path directory, SetRecord set) throws IOException {
        try {
            return Slot.take(directory, set, 0);
        } catch (SlotTakenException e) {
            NameTakenException taken = nameTaken(set);
            taken.initCause(e);
            throw taken;
        }
    }

    private static NameTakenException nameTaken(SetRecord set) {
        return new NameTakenException(
                "the device set \"" + set.name() + "\" exists already: close it or use another name");
    }

    @Override
    protected Presence join(Path directory, Path entry, int number, Presence.Listener listener) throws IOException {
        SetRecord set = read(entry);
        if (set == null) {
            return null;
        }
        Slot slot = Slot.take(directory, set, number);
        return slot.start(set, new SetFiles(null, slot.file()), listener);
    }

    /** A member's slot: its pipe and the file that leads to it. */
    private record Slot(int number, PipePort port, LockedFile file) {

        static Slot take(Path directory, SetRecord set, int number) throws IOException {
            MemberFiles files = new MemberFiles(directory, set.identity());
            UUID random = UUID.randomUUID();
            try (Undo undo = new Undo()) {
                PipePort port = PipePort.open(MemberFiles.pipe(random), files);
                undo.add(port::close);
                LockedFile file = files.claim(number, random);
                if (file == null) {
                    throw new SlotTakenException(number);
                }
                undo.keep();
                return new Slot(number, port, file);
            }
        }

        Presence start(SetRecord set, Membership membership, Presence.Listener listener) {
            return MemberPresence.start(set, number, port, membership, listener);
        }

        void abandon() throws IOException {
            try (file) {
                port.close();
            }
        }
    }
}
