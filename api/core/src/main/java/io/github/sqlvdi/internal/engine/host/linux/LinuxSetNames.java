package io.github.sqlvdi.internal.engine.host.linux;

import io.github.sqlvdi.internal.engine.host.Presence;
import io.github.sqlvdi.internal.engine.host.members.MemberPresence;
import io.github.sqlvdi.internal.engine.host.members.SetDirectory;
import io.github.sqlvdi.internal.engine.host.members.SetRecord;
import io.github.sqlvdi.internal.memory.Undo;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The names of device sets as folders of the private directory; see {@link SetFolder}. */
final class LinuxSetNames extends SetDirectory {

    @Override
    protected Path directory() throws IOException {
        return PrivateDirectory.require();
    }

    @Override
    protected void sweep(Path directory) throws IOException {
        Sweeper.sweepAll(directory);
    }

    @Override
    protected Path entry(Path directory, String instance, String name) {
        return FolderName.of(directory, instance, name);
    }

    @Override
    protected boolean isEntry(Path path) {
        return FolderName.isPublic(path);
    }

    @Override
    protected SetRecord read(Path entry) throws IOException {
        try (OpenFile folder = OpenFile.openFolder(entry)) {
            return read(folder);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static SetRecord read(OpenFile folder) throws IOException {
        return Sweeper.isLive(folder) ? RecordFile.read(folder.path()) : null;
    }

    @Override
    protected Presence publish(Path directory, SetRecord set, Presence.Listener listener) throws IOException {
        Path target = entry(directory, set.instance(), set.name());
        try (Undo undo = new Undo()) {
            OwnedFolder folder = OwnedFolder.create(target);
            undo.add(() -> folder.leave(false));
            RecordFile.write(set, folder.file().path());
            Slot slot = Slot.take(folder.file(), 0);
            undo.add(slot::close);
            folder.publish(target, set.name());
            Presence presence = start(set, slot, folder, listener);
            undo.keep();
            return presence;
        }
    }

    @Override
    protected Presence join(Path directory, Path entry, int number, Presence.Listener listener) throws IOException {
        try (Undo undo = new Undo()) {
            OpenFile file = OpenFile.openFolder(entry);
            undo.add(file::close);
            SetRecord set = read(file);
            if (set == null) {
                return null;
            }
            Slot slot = Slot.take(file, number);
            undo.add(slot::close);
            Presence presence = start(set, slot, new JoinedFolder(file, entry), listener);
            undo.keep();
            return presence;
        } catch (NoSuchFileException e) {
            return null; // the set does not exist or is being removed
        }
    }

    private static Presence start(SetRecord set, Slot slot, SetFolder folder, Presence.Listener listener)
            throws IOException {
        return MemberPresence.start(set, slot.number(), new SocketPort(slot), new FolderMembership(folder, slot),
                listener);
    }
}
