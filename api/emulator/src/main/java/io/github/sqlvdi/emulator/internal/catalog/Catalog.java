package io.github.sqlvdi.emulator.internal.catalog;

import io.github.sqlvdi.emulator.internal.tokens.ServerError;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The databases and the history of a server, in memory or also in a folder. Safe for several threads: one lock guards
 * everything in it.
 */
public final class Catalog implements AutoCloseable {

    private static final long SYSTEM_SIZE = 8L << 20;

    private final ServerIdentity identity;
    private final Path disks;
    private final TreeMap<String, Database> databases = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final History history = new History();
    private CatalogFolder folder;
    private int lastId;

    /**
     * Makes a catalog with the system databases.
     *
     * @param identity the server
     * @param disks the folder for the files of DISK devices, null for none
     */
    public Catalog(ServerIdentity identity, Path disks) {
        this.identity = identity;
        this.disks = disks;
        for (String name : List.of("master", "tempdb", "model", "msdb")) {
            add(name, SYSTEM_SIZE).recoveryModel = "SIMPLE";
        }
        find("model").orElseThrow().recoveryModel = "FULL";
    }

    /**
     * Keeps the catalog in a folder from here on. What the folder has replaces what the catalog had.
     *
     * @param path the folder; made if it is missing
     * @throws IOException if it cannot be used, another server uses it, or it is damaged
     */
    public synchronized void keepIn(Path path) throws IOException {
        CatalogFolder opened = CatalogFolder.open(path);
        try {
            opened.load(this);
            opened.removeLeftOvers(this);
            opened.save(this);
        } catch (IOException | RuntimeException unusable) {
            opened.close();
            throw unusable;
        }
        folder = opened;
    }

    /** {@return the folder for the files of DISK devices; empty if there are no such devices} */
    public Optional<Path> disks() {
        return Optional.ofNullable(disks);
    }

    /** {@return who the server is} */
    public ServerIdentity identity() {
        return identity;
    }

    /**
     * Looks at something with everything locked.
     *
     * @param action must not wait for anything, nor change what a folder keeps
     * @param <T> its result
     * @return its result
     */
    public synchronized <T> T locked(Function<Catalog, T> action) {
        return action.apply(this);
    }

    /**
     * Changes something with everything locked. With a folder, the change is there when this method returns.
     *
     * @param action must not wait for anything; when it throws, it has changed nothing
     * @param <T> its result
     * @return its result
     * @throws ServerError with message 3271 if the change could not be written; then nothing is changed
     */
    public synchronized <T> T change(Function<Catalog, T> action) {
        T result = action.apply(this);
        if (folder != null) {
            try {
                folder.save(this);
            } catch (IOException failure) {
                takeBack(failure);
                throw new ServerError(
                        ServerMessage.error(3271, "A nonrecoverable I/O error occurred on file \"%s:\" %s.",
                                "catalog", failure));
            }
        }
        return result;
    }

    private void takeBack(IOException failure) {
        try {
            folder.load(this);
        } catch (IOException unreadable) { // what is in memory is more than nothing
            failure.addSuppressed(unreadable);
        }
    }

    /** {@return the history; use it within {@link #locked}} */
    public History history() {
        return history;
    }

    /**
     * Adds a database.
     *
     * @param name the name, not taken yet
     * @param size bytes of its data
     * @return the database
     */
    public synchronized Database add(String name, long size) {
        Database database = new Database(name, ++lastId, size);
        databases.put(name, database);
        return database;
    }

    /**
     * Takes recorded backups of the database that is added next into the folder, if there is one.
     *
     * @param all the backups
     * @return the backups, in the folder
     * @throws IOException if they cannot be copied
     */
    public synchronized Recordings kept(List<Recordings.Recording> all) throws IOException {
        List<Recordings.Recording> kept = new ArrayList<>();
        for (Recordings.Recording each : all) {
            kept.add(folder == null ? each : folder.keep(each, lastId + 1, kept.size() + 1));
        }
        return new Recordings(List.copyOf(kept));
    }

    /**
     * Removes a database.
     *
     * @param name the name
     * @return whether there was one
     */
    public synchronized boolean remove(String name) {
        return databases.remove(name) != null;
    }

    /**
     * Gives a database another name.
     *
     * @param from the name
     * @param to the other name, not taken yet
     */
    public synchronized void rename(String from, String to) {
        Database old = databases.remove(from);
        databases.put(to, old.renamed(to));
    }

    /**
     * Finds a database.
     *
     * @param name the name, in any case
     * @return the database; empty if there is none
     */
    public synchronized Optional<Database> find(String name) {
        return Optional.ofNullable(databases.get(name));
    }

    /** {@return the databases by their ids; use them within {@link #locked}} */
    public synchronized Collection<Database> databases() {
        List<Database> all = new ArrayList<>(databases.values());
        all.sort((left, right) -> Integer.compare(left.id(), right.id()));
        return all;
    }

    void databases(List<Database> all) {
        databases.clear();
        all.forEach(each -> databases.put(each.name(), each));
    }

    /** The database with that name and id, as statements that run know it; a new one if there is none. */
    Database same(String name, int id) {
        return find(name).filter(each -> each.id() == id && each.name().equals(name))
                .orElseGet(() -> new Database(name, id, 0));
    }

    int lastId() {
        return lastId;
    }

    void lastId(int id) {
        lastId = id;
    }

    /** Gives the folder back to other servers. What is changed from here on is not kept. */
    @Override
    public synchronized void close() throws IOException {
        CatalogFolder open = folder;
        folder = null;
        if (open != null) {
            open.close();
        }
    }
}
