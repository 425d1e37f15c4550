package io.github.sqlvdi.emulator.internal.catalog;

import io.github.sqlvdi.mtf.GeneratedDatabase;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A database. Every field is guarded by the {@link Catalog} that holds it. */
public final class Database {

    /** The states of sys.databases that are used, with their numbers. */
    public enum State {
        /** In use. */
        ONLINE(0),
        /** Waits for more restores. */
        RESTORING(1),
        /** Taken offline. */
        OFFLINE(6);

        private final int number;

        State(int number) {
            this.number = number;
        }

        /** {@return the number in sys.databases} */
        public int number() {
            return number;
        }
    }

    private static final long EXTENT = 8L * DatabaseFile.PAGE;
    private static final long SMALLEST = 8L << 20;
    private static final long LARGEST = 1L << 43;

    final String name;
    final int id;
    /** The family: all databases that come from one by backup and restore. */
    public UUID familyGuid = UUID.randomUUID();
    /** Changes with each restore. */
    public UUID databaseGuid = familyGuid;
    /** The recovery fork. */
    public UUID forkGuid = familyGuid;
    /** When it was made. */
    public LocalDateTime created = LocalDateTime.now(ZoneId.systemDefault());
    /** FULL, BULK_LOGGED or SIMPLE. */
    public String recoveryModel = "FULL";
    /** The state. */
    public State state = State.ONLINE;
    /** Whether a restore left it in standby. */
    public boolean standby;
    /** Whether it may only be read. */
    public boolean readOnly;
    /** MULTI_USER, SINGLE_USER or RESTRICTED_USER. */
    public String access = "MULTI_USER";
    /** The files. */
    public List<DatabaseFile> files = new ArrayList<>();
    /** Of the pages and ids in generated backups. */
    public long seed;
    /** Where log and chain of generated backups stand ({@link GeneratedDatabase#state()}); null before the first one. */
    public String generated;
    /** The recorded streams of a recorded database. */
    public Recordings recordings = Recordings.NONE;
    /** Whether there is a full backup that differential backups build on. */
    public boolean hasBase;
    /** Whether there is a log chain. */
    public boolean hasChain;
    /** Where a restore continues in the log; null when it is recovered. */
    public BigDecimal redoLsn;
    /**
     * How far the log must go before the database is consistent: the end of its tail, or of a restored file backup. Null
     * when nothing needs more log.
     */
    public BigDecimal consistentLsn;
    /** When the last restored backup ended; null when it is recovered. */
    public LocalDateTime redoTime;
    /** The full backup that the restore began with; null when it is recovered. */
    public UUID restoredBase;
    /** The streams that the database was restored from, in their order. */
    public final List<RestoredStream> restored = new ArrayList<>();
    /** Whether a data backup runs. */
    public boolean inBackup;

    /**
     * Makes a database of two files.
     *
     * @param name the name
     * @param id the id
     * @param size bytes of the data file
     */
    Database(String name, int id, long size) {
        this.name = name;
        this.id = id;
        seed = id * 31L + name.hashCode();
        String folder = "/var/opt/mssql/data/";
        files.add(new DatabaseFile(1, name, folder + name + ".mdf", DatabaseFile.PRIMARY, false, extents(size), true));
        files.add(new DatabaseFile(2, name + "_log", folder + name + "_log.ldf", "", true, extents(size / 8), true));
    }

    /**
     * Adds a data file before the log file.
     *
     * @param logical the logical name
     * @param filegroup the filegroup
     * @param size bytes of the file
     */
    public void addFile(String logical, String filegroup, long size) {
        String known = filegroups().stream().filter(filegroup::equalsIgnoreCase).findFirst().orElse(filegroup);
        files.add(files.size() - 1, new DatabaseFile(files.size() + 1, logical,
                "/var/opt/mssql/data/" + logical + ".ndf", known, false, extents(size), true));
    }

    /** {@return the filegroups in the order of their first files} */
    public List<String> filegroups() {
        return files.stream().filter(file -> !file.log()).map(DatabaseFile::filegroup).distinct().toList();
    }

    /** The size in whole extents, at least 8 MB and at most 16 TB. */
    private static long extents(long size) {
        return Math.clamp((size + EXTENT - 1) / EXTENT * EXTENT, SMALLEST, LARGEST);
    }

    /** {@return the same database with another name} */
    Database renamed(String to) {
        Database renamed = new Database(to, id, 0);
        renamed.familyGuid = familyGuid;
        renamed.databaseGuid = databaseGuid;
        renamed.forkGuid = forkGuid;
        renamed.created = created;
        renamed.recoveryModel = recoveryModel;
        renamed.state = state;
        renamed.standby = standby;
        renamed.readOnly = readOnly;
        renamed.access = access;
        renamed.files = files;
        renamed.seed = seed;
        renamed.generated = generated;
        renamed.recordings = recordings;
        renamed.hasBase = hasBase;
        renamed.hasChain = hasChain;
        renamed.redoLsn = redoLsn;
        renamed.consistentLsn = consistentLsn;
        renamed.redoTime = redoTime;
        renamed.restoredBase = restoredBase;
        renamed.restored.addAll(restored);
        return renamed;
    }

    /** {@return the name} */
    public String name() {
        return name;
    }

    /** {@return the id} */
    public int id() {
        return id;
    }

    /** {@return whether it is one of the four of every server} */
    public boolean isSystem() {
        return id <= 4;
    }

    /** {@return whether files were restored that need more log than the database has} */
    public boolean needsMoreLog() {
        return redoLsn != null && consistentLsn != null && redoLsn.compareTo(consistentLsn) < 0;
    }

    /** {@return bytes of all data files} */
    public long dataSize() {
        return files.stream().filter(file -> !file.log()).mapToLong(DatabaseFile::size).sum();
    }
}
