package io.github.sqlvdi.mtf;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;

/**
 * A database that exists only in its backups: names, files, pages that are computed, and a log whose sequence numbers
 * advance, so that full, differential and log backups form a chain as those of SQL Server do (MTF reference 6.1).
 *
 * {@snippet class="io.github.sqlvdi.mtf.StreamExample" region="generate"}
 *
 * <p>For one thread at a time; the backups are immutable.
 */
public final class GeneratedDatabase {

    private static final LocalDateTime CREATED = LocalDateTime.of(2026, 1, 1, 0, 0);
    private static final int SECTOR = 512;
    private static final int FIRST_SEQUENCE = 34;
    private static final int FIRST_BLOCK = 16;
    private static final int VLF_START = 8192;
    private static final int LOG_RECORD = 1;
    private static final int CHECKPOINT_SLOT = 37;
    private static final int CHECKPOINT_BYTES = 8 * SECTOR;

    private final String name;
    private final String serverName;
    private final String userName;
    private final RecoveryModel recoveryModel;
    private final ServerVersion version;
    private final PageSource pages;
    private final List<GeneratedFile> files;
    private final Random random;
    private final UUID familyGuid;
    private final UUID bindingGuid;
    private final long vlfSize;
    /** How often an extent was changed, by file and extent; only extents that were. */
    private final Map<Integer, Map<Integer, Integer>> generations = new HashMap<>();
    private final Map<Integer, BitSet> changed = new HashMap<>();

    /** Bytes of log written since the database was made. */
    private long logEnd;
    private Lsn lastCheckpoint = Lsn.ZERO;
    private Lsn fullCheckpoint = Lsn.ZERO;
    private UUID fullGuid = new UUID(0, 0);
    /** Where the next log backup begins; null before the first full backup. */
    private Long logBackedUp;
    /** The slot of the record there. */
    private int logStart;

    private GeneratedDatabase(Builder builder) {
        name = builder.name;
        serverName = builder.serverName;
        userName = builder.userName;
        recoveryModel = builder.recoveryModel;
        version = builder.version;
        pages = builder.pages != null ? builder.pages : PageSource.rows(builder.seed);
        random = new Random(builder.seed);
        familyGuid = newGuid();
        bindingGuid = newGuid();
        files = builder.files(this);
        vlfSize = files.stream().filter(GeneratedFile::log).findFirst().orElseThrow().size() / 4 / SECTOR * SECTOR;
        if (builder.state != null) {
            go(builder.state);
        }
    }

    /** Goes on from a state. */
    private void go(GeneratedState state) {
        random.setSeed(state.seed());
        logEnd = state.logEnd();
        lastCheckpoint = state.lastCheckpoint();
        fullCheckpoint = state.fullCheckpoint();
        fullGuid = state.fullGuid();
        logBackedUp = state.logBackedUp();
        logStart = state.logStart();
        state.generations().forEach((file, counts) -> generations.put(file, new HashMap<>(counts)));
        state.changed().forEach((file, extents) -> changed.put(file, BitSet.valueOf(extents)));
    }

    /**
     * Writes down where the log and the chain of backups stand, so that {@link Builder#state} can go on from there, in
     * another process too. It holds nothing of the description: that must be given to the builder again.
     *
     * @return one line of text
     */
    public String state() {
        Map<Integer, long[]> extents = new HashMap<>();
        changed.forEach((file, bits) -> extents.put(file, bits.toLongArray()));
        return new GeneratedState(random.nextLong(), logEnd, lastCheckpoint, fullCheckpoint, fullGuid, logBackedUp,
                logStart, generations, extents).text();
    }

    /**
     * Begins the description of a database.
     *
     * @param name its name, 1..128 characters
     * @return a new builder
     */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** {@return the name} */
    public String name() {
        return name;
    }

    /** {@return the files, the log file last} */
    public List<GeneratedFile> files() {
        return files;
    }

    /**
     * Changes pages, so that the next differential backup holds them; the log grows by as much.
     *
     * @param fileId a data file
     * @param firstPage the first page, from 0
     * @param count how many pages, 1 or more
     * @throws IllegalArgumentException if there is no such file, or the file has no such pages
     */
    public void modify(int fileId, int firstPage, int count) {
        GeneratedFile file = files.stream().filter(it -> it.id() == fileId && !it.log()).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no data file with the id " + fileId));
        int filePages = file.extents() * GeneratedFile.PAGES_PER_EXTENT;
        if (firstPage < 0 || count < 1 || count > filePages - firstPage) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "pages %,d to %,d are changed: file %s has %,d pages", firstPage, firstPage + (long) count - 1,
                    file.logicalName(), filePages));
        }
        int first = firstPage / GeneratedFile.PAGES_PER_EXTENT;
        int last = (firstPage + count - 1) / GeneratedFile.PAGES_PER_EXTENT;
        changed.computeIfAbsent(fileId, id -> new BitSet()).set(first, last + 1);
        Map<Integer, Integer> counts = generations.computeIfAbsent(fileId, id -> new HashMap<>());
        for (int extent = first; extent <= last; extent++) {
            counts.merge(extent, 1, Integer::sum);
        }
        log((long) count * GeneratedPage.SIZE);
    }

    /**
     * Writes log that changes no page.
     *
     * @param bytes 1 or more, rounded up to blocks of 512
     * @throws IllegalArgumentException if the number is less
     */
    public void log(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("bytes is " + bytes + ": expected 1 or more");
        }
        logEnd = Math.addExact(logEnd, Math.ceilDiv(bytes, SECTOR) * SECTOR);
    }

    /**
     * Begins the description of a backup of the database as it is now.
     *
     * <p>A file backup and a partial backup are no base of a differential backup, and begin no log chain. A differential
     * file backup has the last full backup as its base.
     *
     * @param type any but {@link BackupType#PARTIAL_DIFFERENTIAL}; the files of {@link BackupType#FILE} and
     *     {@link BackupType#FILE_DIFFERENTIAL} are named by {@link GeneratedBackup.Builder#files}
     * @return a new builder; the backup is made by its {@code build}
     * @throws IllegalArgumentException if the type is another
     * @throws IllegalStateException if the type needs a full backup before, or a recovery model that has log backups; the
     *     message has the number of SQL Server's error
     */
    public GeneratedBackup.Builder backup(BackupType type) {
        switch (type) {
            case FULL, FILE, PARTIAL -> {
                // always possible
            }
            case DIFFERENTIAL, FILE_DIFFERENTIAL ->
                    requireFull("3035: Cannot perform a differential backup for database \"" + name
                            + "\", because a current database backup does not exist");
            case LOG -> {
                if (recoveryModel == RecoveryModel.SIMPLE) {
                    throw new IllegalStateException(
                            "4208: The statement BACKUP LOG is not allowed while the recovery model is SIMPLE");
                }
                requireFull("4214: BACKUP LOG cannot be performed because there is no current database backup");
            }
            default -> throw new IllegalArgumentException(
                    "type is " + type + ": expected FULL, DIFFERENTIAL, LOG, FILE, FILE_DIFFERENTIAL or PARTIAL");
        }
        return new GeneratedBackup.Builder(this, type);
    }

    private void requireFull(String message) {
        if (logBackedUp == null) {
            throw new IllegalStateException(message);
        }
    }

    /** Takes the backup: from here on the chain goes on behind it. */
    GeneratedBackup take(GeneratedBackup.Builder builder) {
        builder.requireFiles();
        UUID guid = newGuid();
        long firstByte;
        Lsn first;
        if (builder.type == BackupType.LOG) {
            firstByte = logBackedUp;
            first = lsn(firstByte, logStart);
        } else {
            firstByte = logEnd;
            first = lsn(firstByte, CHECKPOINT_SLOT);
            lastCheckpoint = first;
            log(CHECKPOINT_BYTES);
        }
        if (builder.type == BackupType.LOG && logEnd == firstByte) {
            log(SECTOR);
        }
        Lsn last = lsn(logEnd, LOG_RECORD);
        GeneratedBackup backup = new GeneratedBackup(builder, this, guid, new Lsns(first, last, lastCheckpoint,
                fullCheckpoint, fullGuid), extents(builder), ranges(firstByte, logEnd));
        if (builder.type == BackupType.LOG) {
            logBackedUp = logEnd;
            logStart = LOG_RECORD;
        } else if (builder.type == BackupType.FULL && !builder.copyOnly) {
            fullCheckpoint = lastCheckpoint;
            fullGuid = guid;
            changed.clear();
            if (logBackedUp == null) {
                logBackedUp = firstByte;
                logStart = CHECKPOINT_SLOT;
            }
        }
        return backup;
    }

    /** The five places in the log that a backup names. */
    record Lsns(Lsn first, Lsn last, Lsn checkpoint, Lsn databaseBackup, UUID base) {
    }

    /** The extents of the chosen data files that a backup of a kind holds. */
    private List<GeneratedExtents> extents(GeneratedBackup.Builder builder) {
        List<GeneratedExtents> extents = new ArrayList<>();
        for (GeneratedFile file : files) {
            if (!file.log() && builder.type != BackupType.LOG && builder.takes(file)) {
                BitSet only = builder.type.isDifferential() ? changed.getOrDefault(file.id(), new BitSet()) : null;
                extents.add(GeneratedExtents.of(file, only, generations.getOrDefault(file.id(), Map.of())));
            }
        }
        return extents;
    }

    /** A byte of the log as a place in a virtual log file. */
    private Lsn lsn(long logByte, int slot) {
        return new Lsn(FIRST_SEQUENCE + logByte / vlfSize, FIRST_BLOCK + logByte % vlfSize / SECTOR, slot);
    }

    /** The virtual log files that a range of the log touches, and four at least, as a log file has. */
    private List<LogRange> ranges(long from, long to) {
        long first = from / vlfSize;
        long last = to / vlfSize;
        List<LogRange> ranges = new ArrayList<>();
        for (long vlf = first; vlf < Math.max(last + 1, first + 4); vlf++) {
            long fileOffset = VLF_START + (vlf - first) * (vlfSize + FIRST_BLOCK * SECTOR);
            long data = fileOffset + FIRST_BLOCK * SECTOR;
            boolean covered = vlf <= last;
            ranges.add(new LogRange(2, covered ? FIRST_SEQUENCE + vlf : 0, fileOffset,
                    covered ? data + Math.max(0, from - vlf * vlfSize) : 0,
                    covered ? data + Math.min(vlfSize, to - vlf * vlfSize) : 0));
        }
        return ranges;
    }

    UUID newGuid() {
        // Version 4, as NEWID() makes them.
        return new UUID(random.nextLong() & ~0xf000L | 0x4000L, random.nextLong() >>> 2 | 1L << 63);
    }

    long newNumber() {
        return random.nextInt() & 0xffff_ffffL;
    }

    String serverName() {
        return serverName;
    }

    String userName() {
        return userName;
    }

    RecoveryModel recoveryModel() {
        return recoveryModel;
    }

    ServerVersion version() {
        return version;
    }

    PageSource pages() {
        return pages;
    }

    LocalDateTime created() {
        return CREATED;
    }

    long vlfSize() {
        return vlfSize;
    }

    UUID familyGuid() {
        return familyGuid;
    }

    UUID bindingGuid() {
        return bindingGuid;
    }

    /** Collects the description of a database. Not safe for several threads at once. */
    public static final class Builder {

        private static final int LONGEST_NAME = 128;
        private static final long DEFAULT_SIZE = 8L << 20;

        private final String name;
        private final List<String[]> names = new ArrayList<>();
        private final List<Long> sizes = new ArrayList<>();
        private String[] logNames;
        private long logSize;
        private String serverName = "SQLVDI";
        private String userName = "SQLVDI\\backup";
        private RecoveryModel recoveryModel = RecoveryModel.FULL;
        private ServerVersion version = ServerVersion.SQL_SERVER_2017;
        private PageSource pages;
        private long seed = 1;
        private GeneratedState state;

        private Builder(String name) {
            GeneratedFile.requireLength("name", name, LONGEST_NAME);
            this.name = name;
        }

        /**
         * Adds a data file; without one the database has a data file of 8 MB.
         *
         * @param logicalName its logical name
         * @param physicalName its path
         * @param size bytes, a multiple of 65,536
         * @return this
         */
        public Builder dataFile(String logicalName, String physicalName, long size) {
            return dataFile(logicalName, physicalName, size, GeneratedFile.PRIMARY);
        }

        /**
         * Adds a data file of a filegroup.
         *
         * @param logicalName its logical name
         * @param physicalName its path
         * @param size bytes, a multiple of 65,536
         * @param filegroup the filegroup, 1..128 characters; that of the first file is {@code PRIMARY}
         * @return this
         * @throws IllegalArgumentException if the first file is in another filegroup
         */
        public Builder dataFile(String logicalName, String physicalName, long size, String filegroup) {
            if (names.isEmpty() && !filegroup.equals(GeneratedFile.PRIMARY)) {
                throw new IllegalArgumentException(String.format(Locale.ROOT,
                        "the first data file %s is in filegroup %s: expected %s", logicalName, filegroup,
                        GeneratedFile.PRIMARY));
            }
            names.add(new String[]{logicalName, physicalName, filegroup});
            sizes.add(size);
            return this;
        }

        /**
         * Names the log file; without it the database has a log file of 8 MB.
         *
         * @param logicalName its logical name
         * @param physicalName its path
         * @param size bytes, a multiple of 65,536
         * @return this
         */
        public Builder logFile(String logicalName, String physicalName, long size) {
            logNames = new String[]{logicalName, physicalName};
            logSize = size;
            return this;
        }

        /**
         * Names the server; the default is {@code SQLVDI}.
         *
         * @param serverName the server, with its instance behind a backslash where it has one
         * @return this
         */
        public Builder serverName(String serverName) {
            GeneratedFile.requireLength("serverName", serverName, LONGEST_NAME);
            this.serverName = serverName;
            return this;
        }

        /**
         * Names the user who makes the backups; the default is {@code SQLVDI\backup}.
         *
         * @param userName the user
         * @return this
         */
        public Builder userName(String userName) {
            GeneratedFile.requireLength("userName", userName, LONGEST_NAME);
            this.userName = userName;
            return this;
        }

        /**
         * Sets the recovery model; the default is {@link RecoveryModel#FULL}.
         *
         * @param recoveryModel the recovery model
         * @return this
         */
        public Builder recoveryModel(RecoveryModel recoveryModel) {
            this.recoveryModel = Objects.requireNonNull(recoveryModel, "recoveryModel");
            return this;
        }

        /**
         * Sets the version of the server; the default is {@link ServerVersion#SQL_SERVER_2017}.
         *
         * @param version the version
         * @return this
         */
        public Builder version(ServerVersion version) {
            this.version = Objects.requireNonNull(version, "version");
            return this;
        }

        /**
         * Sets who fills the pages; the default is {@link PageSource#rows} with the seed.
         *
         * @param pages the source
         * @return this
         */
        public Builder pages(PageSource pages) {
            this.pages = Objects.requireNonNull(pages, "pages");
            return this;
        }

        /**
         * Sets the seed of all ids and pages: the same description with the same seed gives the same bytes. The default
         * is 1.
         *
         * @param seed any number
         * @return this
         */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /**
         * Lets the database go on from a state: its next backups are those that the database with that state would have
         * had. Seed and files must be the same as those of that database; names may differ.
         *
         * @param text what {@link GeneratedDatabase#state()} returned
         * @return this
         * @throws IllegalArgumentException if the text is no such state
         */
        public Builder state(String text) {
            state = GeneratedState.parse(text);
            return this;
        }

        /**
         * Makes the database.
         *
         * @return the database
         * @throws IllegalArgumentException if a file is not as its method says
         */
        public GeneratedDatabase build() {
            return new GeneratedDatabase(this);
        }

        private List<GeneratedFile> files(GeneratedDatabase database) {
            List<GeneratedFile> files = new ArrayList<>();
            int count = Math.max(1, names.size());
            for (int file = 0; file < count; file++) {
                String[] fileNames =
                        names.isEmpty() ? new String[]{name, "C:\\Data\\" + name + ".mdf", GeneratedFile.PRIMARY}
                                : names.get(file);
                // The log file has the id 2.
                files.add(new GeneratedFile(file == 0 ? 1 : file + 2, fileNames[0], fileNames[1], fileNames[2],
                        names.isEmpty() ? DEFAULT_SIZE : sizes.get(file), false, database.newGuid()));
            }
            String[] log = logNames != null ? logNames : new String[]{name + "_log", "C:\\Data\\" + name + "_log.ldf"};
            files.add(new GeneratedFile(2, log[0], log[1], "", logNames != null ? logSize : DEFAULT_SIZE, true,
                    database.newGuid()));
            return List.copyOf(files);
        }
    }
}
