package io.github.sqlvdi.emulator.internal.catalog;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The databases and the history of a server. Safe for several threads: one lock guards everything in it. */
public final class Catalog {

    private static final long SYSTEM_SIZE = 8L << 20;

    private final ServerIdentity identity;
    private final Path disks;
    private final TreeMap<String, Database> databases = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final History history = new History();
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

    /** {@return the folder for the files of DISK devices; empty if there are no such devices} */
    public Optional<Path> disks() {
        return Optional.ofNullable(disks);
    }

    /** {@return who the server is} */
    public ServerIdentity identity() {
        return identity;
    }

    /**
     * Does something with everything locked.
     *
     * @param action must not wait for anything
     * @param <T> its result
     * @return its result
     */
    public synchronized <T> T locked(Function<Catalog, T> action) {
        return action.apply(this);
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
        Database database = new Database(name, freeId(), size);
        databases.put(name, database);
        return database;
    }

    private int freeId() {
        return ++lastId;
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
        Database renamed = new Database(to, old.id(), 0);
        renamed.familyGuid = old.familyGuid;
        renamed.databaseGuid = old.databaseGuid;
        renamed.forkGuid = old.forkGuid;
        renamed.created = old.created;
        renamed.recoveryModel = old.recoveryModel;
        renamed.files = old.files;
        renamed.generator = old.generator;
        renamed.recordings = old.recordings;
        renamed.hasBase = old.hasBase;
        renamed.hasChain = old.hasChain;
        databases.put(to, renamed);
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
}
