package io.github.sqlvdi.internal.engine.host.members;

import io.github.sqlvdi.internal.engine.host.NoSuchSetException;
import io.github.sqlvdi.internal.engine.host.Presence;
import io.github.sqlvdi.internal.engine.host.RegionKey;
import io.github.sqlvdi.internal.engine.host.SetEntry;
import io.github.sqlvdi.internal.engine.host.SetNames;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The names of device sets as entries of the private directory, one a set. A platform says what an entry is. */
public abstract class SetDirectory implements SetNames {

    /** Makes the names. */
    protected SetDirectory() {}

    /** {@return the private directory, verified} */
    protected abstract Path directory() throws IOException;

    /** Removes what dead processes left in the directory. */
    protected abstract void sweep(Path directory) throws IOException;

    /** {@return the path of a set's entry} */
    protected abstract Path entry(Path directory, String instance, String name);

    /** {@return whether a path of the directory can be an entry} */
    protected abstract boolean isEntry(Path path);

    /** {@return the record of the live set of an entry; null if there is none} */
    protected abstract SetRecord read(Path entry) throws IOException;

    /** Makes the entry of a set; see {@link SetNames#publish}. */
    protected abstract Presence publish(Path directory, SetRecord set, Presence.Listener listener) throws IOException;

    /** Joins the set of an entry; see {@link SetNames#join}. @return null if there is no live set */
    protected abstract Presence join(Path directory, Path entry, int slot, Presence.Listener listener)
            throws IOException;

    @Override
    public final Presence publish(String instance, String name, RegionKey control, Presence.Listener listener)
            throws IOException {
        SetRecord.requireNames(instance, name);
        return publish(sweptDirectory(), new SetRecord(control, instance, name), listener);
    }

    @Override
    public final Presence join(String instance, String name, int slot, Presence.Listener listener) throws IOException {
        if (slot < 1 || slot > Presence.MAX_SLOT) {
            throw new IllegalArgumentException("slot is " + slot + "; expected 1 to " + Presence.MAX_SLOT);
        }
        Path directory = directory();
        Presence presence = join(directory, entry(directory, instance, name), slot, listener);
        if (presence == null) {
            throw new NoSuchSetException(
                    "there is no live device set \"" + name + "\" of this user: is its name right, "
                            + "and has the client created it?");
        }
        return presence;
    }

    @Override
    public final RegionKey find(String instance, String name) throws IOException {
        SetRecord set = read(entry(sweptDirectory(), instance, name));
        return set == null ? null : set.control();
    }

    @Override
    public final List<SetEntry> list() throws IOException {
        List<SetEntry> sets = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(sweptDirectory(), this::isEntry)) {
            for (Path entry : entries) {
                addLive(entry, sets);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return sets;
    }

    /** A set of another version of this library must not hide the others. */
    private void addLive(Path entry, List<SetEntry> sets) {
        try {
            SetRecord set = read(entry);
            if (set != null) {
                sets.add(new SetEntry(set.instance(), set.name(), set.control()));
            }
        } catch (IOException e) {
            MemberPresence.LOG.log(Level.WARNING, "The device set in " + entry + " is left out", e);
        }
    }

    @Override
    public final String place() throws IOException {
        return directory().toString();
    }

    private Path sweptDirectory() throws IOException {
        Path directory = directory();
        sweep(directory);
        return directory;
    }
}
