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

/** Stores the names of device sets in the private directory, one entry for each set. Subclasses define the entries. */
public abstract class SetDirectory implements SetNames {

    /** Creates the object. */
    protected SetDirectory() {}

    /** {@return the directory, after a check that it is private to this user} */
    protected abstract Path directory() throws IOException;

    /** Removes the entries that dead processes left in the directory. */
    protected abstract void sweep(Path directory) throws IOException;

    /** {@return the path of a set's entry} */
    protected abstract Path entry(Path directory, String instance, String name);

    /** {@return whether a path of the directory can be an entry} */
    protected abstract boolean isEntry(Path path);

    /** {@return the record of the live set of an entry; null if there is none} */
    protected abstract SetRecord read(Path entry) throws IOException;

    /** Makes the entry of a set; see {@link SetNames#publish}. */
    protected abstract Presence publish(Path directory, SetRecord set, Presence.Listener listener) throws IOException;

    /** Joins the set of an entry; returns null if there is no live set. See {@link SetNames#join}. */
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

    /** Adds the set of an entry if it is live. One unreadable entry must not hide the other sets. */
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
