package io.github.sqlvdi.emulator.internal.catalog;

import java.math.BigInteger;
import java.time.LocalDateTime;
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

    final String name;
    final int id;
    /** The name after ALTER DATABASE ... MODIFY NAME is a new object with the same parts. */
    public UUID familyGuid = UUID.randomUUID();
    /** Changes with each restore. */
    public UUID databaseGuid = familyGuid;
    /** The recovery fork. */
    public UUID forkGuid = familyGuid;
    /** When it was made. */
    public LocalDateTime created = LocalDateTime.now();
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
    /** The end of the log. */
    public BigInteger lastLsn = BigInteger.valueOf(38_000_000_010_000_001L);
    /** Where the next log backup begins; null without a log chain. */
    public BigInteger logStart;
    /** Whether the next log backup is the first of its chain. */
    public boolean chainBegins;
    /** Set of the last full backup that is no copy; null without. */
    public UUID baseGuid;
    /** Checkpoint of that backup; null without. */
    public BigInteger baseLsn;
    /** Where a restore continues; null when it is recovered. */
    public BigInteger redoLsn;
    /** Whether a data backup runs. */
    public boolean inBackup;
    /** Whether the log is full: every statement that would log fails with 9002. */
    public boolean logFull;

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
        String folder = "/var/opt/mssql/data/";
        files.add(new DatabaseFile(1, name, folder + name + ".mdf", false, size));
        files.add(new DatabaseFile(2, name + "_log", folder + name + "_log.ldf", true, Math.max(8L << 20, size / 8)));
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

    /** {@return bytes of all data files} */
    public long dataSize() {
        return files.stream().filter(file -> !file.log()).mapToLong(DatabaseFile::size).sum();
    }

    /**
     * Goes on in the log, as changes and backups do.
     *
     * @return the new end of the log
     */
    public BigInteger advance() {
        lastLsn = lastLsn.add(BigInteger.valueOf(1_600_000L));
        return lastLsn;
    }
}
