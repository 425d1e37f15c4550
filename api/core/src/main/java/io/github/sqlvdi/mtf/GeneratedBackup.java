package io.github.sqlvdi.mtf;

import java.nio.channels.ReadableByteChannel;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A backup of a {@link GeneratedDatabase}: one stream for each stripe, in the format that SQL Server 2012 and later write,
 * not compressed. The streams are made while they are read, in memory of a few hundred KB, whatever their length; the same
 * stripe opened twice gives the same bytes.
 *
 * <p>No SQL Server has restored such a stream: it is for programs that read, carry and check backups. Immutable, for any
 * thread.
 */
public final class GeneratedBackup {

    /** Stripes take turns after so many extents: a transfer of one megabyte. */
    private static final int EXTENTS_IN_TURN = 16;
    private static final int MINUTES_PER_QUARTER = 15;

    private final GeneratedDatabase database;
    private final GeneratedDatabase.Lsns lsns;
    private final List<GeneratedExtents> extents;
    private final List<LogRange> ranges;
    private final BackupType type;
    private final UUID backupSetGuid;
    private final UUID mediaSetGuid;
    private final long[] familyNumbers;
    private final String name;
    private final String description;
    private final String mediaName;
    private final String mediaDescription;
    private final int sectorSize;
    private final boolean checksums;
    private final boolean copyOnly;
    private final LocalDateTime start;
    private final LocalDateTime finish;
    private final ZoneOffset zone;
    private final List<StreamLayout> layouts = new ArrayList<>();
    private final long size;

    GeneratedBackup(Builder builder, GeneratedDatabase database, UUID guid, GeneratedDatabase.Lsns lsns,
            List<GeneratedExtents> extents, List<LogRange> ranges) {
        this.database = database;
        this.lsns = lsns;
        this.extents = extents;
        this.ranges = ranges;
        type = builder.type;
        backupSetGuid = guid;
        mediaSetGuid = database.newGuid();
        familyNumbers = new long[builder.families];
        for (int family = 0; family < familyNumbers.length; family++) {
            familyNumbers[family] = database.newNumber();
        }
        name = builder.name;
        description = builder.description;
        mediaName = builder.mediaName;
        mediaDescription = builder.mediaDescription;
        sectorSize = builder.sectorSize;
        checksums = builder.checksums;
        copyOnly = builder.copyOnly;
        start = builder.start;
        finish = builder.finish != null ? builder.finish : start;
        zone = builder.zone;
        long sum = 0;
        for (int family = 1; family <= familyNumbers.length; family++) {
            sum += new StreamLayout(this, family, 0).size();
        }
        size = sum;
        for (int family = 1; family <= familyNumbers.length; family++) {
            layouts.add(new StreamLayout(this, family, size));
        }
    }

    /** {@return the number of stripes} */
    public int families() {
        return familyNumbers.length;
    }

    /**
     * The length of a stripe.
     *
     * @param family 1 up to {@link #families()}
     * @return bytes
     * @throws IndexOutOfBoundsException if there is no such stripe
     */
    public long length(int family) {
        return layouts.get(Objects.checkIndex(family - 1, layouts.size())).length();
    }

    /**
     * Opens a stripe from its first byte on.
     *
     * @param family 1 up to {@link #families()}
     * @return a channel for one thread; closing it frees nothing but its own memory
     * @throws IndexOutOfBoundsException if there is no such stripe
     */
    public ReadableByteChannel open(int family) {
        return new GeneratedStream(this, family,
                layouts.get(Objects.checkIndex(family - 1, layouts.size())).parts());
    }

    /** {@return what the backup covers} */
    public BackupType type() {
        return type;
    }

    /** {@return the id of the backup set} */
    public UUID backupSetGuid() {
        return backupSetGuid;
    }

    /** {@return the id of the media set} */
    public UUID mediaSetGuid() {
        return mediaSetGuid;
    }

    /** {@return the first log record in the backup} */
    public Lsn firstLsn() {
        return lsns.first();
    }

    /** {@return the log record behind the last one in the backup} */
    public Lsn lastLsn() {
        return lsns.last();
    }

    /** {@return BackupSize: bytes of all stripes up to the last configuration, without filemarks} */
    public long size() {
        return size;
    }

    /** {@return pages of data in all stripes} */
    public long pageCount() {
        return (long) totalExtents() * GeneratedFile.PAGES_PER_EXTENT;
    }

    private int totalExtents() {
        return extents.stream().mapToInt(GeneratedExtents::count).sum();
    }

    /** The extents of one stripe. */
    long extentCount(int family) {
        int total = totalExtents();
        int turn = EXTENTS_IN_TURN * families();
        int rest = total % turn - (family - 1) * EXTENTS_IN_TURN;
        return (long) total / turn * EXTENTS_IN_TURN + Math.clamp(rest, 0, EXTENTS_IN_TURN);
    }

    /** Whether the extent with this number in the backup is on a stripe. */
    boolean isOn(int family, int extent) {
        return extent / EXTENTS_IN_TURN % families() == family - 1;
    }

    /** Estimated when the backup begins: data and log. */
    long estimate() {
        return (long) totalExtents() * GeneratedFile.EXTENT + logBytes();
    }

    long logBytes() {
        return ranges.stream().mapToLong(range -> range.end() - range.start()).sum();
    }

    long pagesOf(GeneratedFile file) {
        return extents.stream().filter(it -> it.file().equals(file)).mapToLong(GeneratedExtents::count).sum()
                * GeneratedFile.PAGES_PER_EXTENT;
    }

    List<GeneratedExtents> extents() {
        return extents;
    }

    List<LogRange> ranges() {
        return ranges;
    }

    GeneratedDatabase.Lsns lsns() {
        return lsns;
    }

    List<GeneratedFile> files() {
        return database.files();
    }

    String databaseName() {
        return database.name();
    }

    String serverName() {
        return database.serverName();
    }

    /** The server without its instance. */
    String machineName() {
        return serverName().split("\\\\", 2)[0].toUpperCase(Locale.ROOT);
    }

    String userName() {
        return database.userName();
    }

    RecoveryModel recoveryModel() {
        return database.recoveryModel();
    }

    ServerVersion version() {
        return database.version();
    }

    PageSource pages() {
        return database.pages();
    }

    UUID familyGuid() {
        return database.familyGuid();
    }

    UUID bindingGuid() {
        return database.bindingGuid();
    }

    LocalDateTime created() {
        return database.created();
    }

    long vlfSize() {
        return database.vlfSize();
    }

    long familyNumber(int family) {
        return familyNumbers[family - 1];
    }

    String name() {
        return name;
    }

    String description() {
        return description;
    }

    String mediaName() {
        return mediaName;
    }

    String mediaDescription() {
        return mediaDescription;
    }

    int sectorSize() {
        return sectorSize;
    }

    boolean hasChecksums() {
        return checksums;
    }

    boolean isCopyOnly() {
        return copyOnly;
    }

    LocalDateTime start() {
        return start;
    }

    LocalDateTime finish() {
        return finish;
    }

    int zoneQuarters() {
        return zone.getTotalSeconds() / 60 / MINUTES_PER_QUARTER;
    }

    /** Collects the options of a backup. Not safe for several threads at once. */
    public static final class Builder {

        private static final int MOST_FAMILIES = 64;
        private static final int LONGEST_NAME = 128;
        private static final int LONGEST_DESCRIPTION = 255;
        private static final int SMALL_SECTOR = 512;
        private static final int LARGE_SECTOR = 4096;

        final BackupType type;
        boolean copyOnly;

        private final GeneratedDatabase database;
        private String name;
        private String description;
        private String mediaName;
        private String mediaDescription;
        private int families = 1;
        private int sectorSize = SMALL_SECTOR;
        private boolean checksums;
        /** The names of the chosen data files; empty for all. */
        private Set<String> files = Set.of();
        private LocalDateTime start = LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
        private LocalDateTime finish;
        private ZoneOffset zone = ZoneOffset.UTC;

        Builder(GeneratedDatabase database, BackupType type) {
            this.database = database;
            this.type = type;
        }

        /**
         * Names the backup set (NAME); by default it has no name.
         *
         * @param name 1..128 characters
         * @return this
         */
        public Builder name(String name) {
            GeneratedFile.requireLength("name", name, LONGEST_NAME);
            this.name = name;
            return this;
        }

        /**
         * Describes the backup set (DESCRIPTION); by default it has no description.
         *
         * @param description 1..255 characters
         * @return this
         */
        public Builder description(String description) {
            GeneratedFile.requireLength("description", description, LONGEST_DESCRIPTION);
            this.description = description;
            return this;
        }

        /**
         * Names and describes the media set (MEDIANAME, MEDIADESCRIPTION); by default it has neither.
         *
         * @param name 1..128 characters
         * @param description 1..255 characters
         * @return this
         */
        public Builder media(String name, String description) {
            GeneratedFile.requireLength("name", name, LONGEST_NAME);
            GeneratedFile.requireLength("description", description, LONGEST_DESCRIPTION);
            mediaName = name;
            mediaDescription = description;
            return this;
        }

        /**
         * Sets the number of stripes; the default is 1.
         *
         * @param count 1..64
         * @return this
         * @throws IllegalArgumentException if the number is another
         */
        public Builder families(int count) {
            if (count < 1 || count > MOST_FAMILIES) {
                throw new IllegalArgumentException("families is " + count + ": expected 1 to " + MOST_FAMILIES);
            }
            families = count;
            return this;
        }

        /**
         * Sets the sector size of the media; the default is 512, media with large sectors have 4,096.
         *
         * @param bytes 512 or 4,096
         * @return this
         * @throws IllegalArgumentException if the number is another
         */
        public Builder sectorSize(int bytes) {
            if (bytes != SMALL_SECTOR && bytes != LARGE_SECTOR) {
                throw new IllegalArgumentException("sectorSize is " + bytes + ": expected 512 or 4096");
            }
            sectorSize = bytes;
            return this;
        }

        /**
         * Whether the data has checksums (WITH CHECKSUM); the default is false.
         *
         * @param withChecksums true for checksums
         * @return this
         */
        public Builder checksums(boolean withChecksums) {
            checksums = withChecksums;
            return this;
        }

        /**
         * Whether the backup leaves the chain as it is (WITH COPY_ONLY); the default is false.
         *
         * @param isCopyOnly true for a backup that is no base of later ones
         * @return this
         * @throws IllegalStateException if the backup is no full, file or partial backup
         */
        public Builder copyOnly(boolean isCopyOnly) {
            if (isCopyOnly && (type == BackupType.LOG || type.isDifferential())) {
                throw new IllegalStateException(
                        "a " + type + " backup is made copy-only: expected a FULL, FILE or PARTIAL backup");
            }
            copyOnly = isCopyOnly;
            return this;
        }

        /**
         * Chooses the data files of a file backup or a partial backup. A partial backup without a choice has all of them.
         *
         * @param logicalNames the logical names, one or more
         * @return this
         * @throws IllegalStateException if the backup is of another kind
         * @throws IllegalArgumentException if the database has no data file of such a name, or there is no name
         */
        public Builder files(String... logicalNames) {
            if (type != BackupType.FILE && type != BackupType.FILE_DIFFERENTIAL && type != BackupType.PARTIAL) {
                throw new IllegalStateException("files of a " + type
                        + " backup are chosen: expected a FILE, FILE_DIFFERENTIAL or PARTIAL backup");
            }
            Set<String> known = database.files().stream().filter(file -> !file.log()).map(GeneratedFile::logicalName)
                    .collect(Collectors.toSet());
            Set<String> chosen = Set.copyOf(List.of(logicalNames));
            if (chosen.isEmpty() || !known.containsAll(chosen)) {
                throw new IllegalArgumentException(String.format(Locale.ROOT,
                        "the files %s are chosen: expected one or more of the data files %s", chosen, known));
            }
            files = chosen;
            return this;
        }

        boolean takes(GeneratedFile file) {
            return files.isEmpty() || files.contains(file.logicalName());
        }

        /** A file backup has chosen files. */
        void requireFiles() {
            boolean ofFiles = type == BackupType.FILE || type == BackupType.FILE_DIFFERENTIAL;
            if (ofFiles && files.isEmpty()) {
                throw new IllegalStateException(
                        "a " + type + " backup has no files: expected files(...) before build()");
            }
            if (ofFiles && database.recoveryModel() == RecoveryModel.SIMPLE && database.files().stream()
                    .anyMatch(file -> file.filegroup().equals(GeneratedFile.PRIMARY) && takes(file))) {
                throw new IllegalStateException("3004: The primary filegroup cannot be backed up as a file backup "
                        + "because the database is using the SIMPLE recovery model");
            }
        }

        /**
         * Says when the backup was made; by default now, UTC, within one second.
         *
         * @param start local time of the server
         * @param finish not before it
         * @param zone the server's, in quarters of an hour
         * @return this
         * @throws IllegalArgumentException if the backup ends before it begins
         */
        public Builder time(LocalDateTime start, LocalDateTime finish, ZoneOffset zone) {
            if (finish.isBefore(start)) {
                throw new IllegalArgumentException("the backup ends at " + finish + ", before it begins at " + start);
            }
            this.start = start;
            this.finish = finish;
            this.zone = Objects.requireNonNull(zone, "zone");
            return this;
        }

        /**
         * Makes the backup; the chain of the database goes on behind it.
         *
         * @return the backup
         * @throws IllegalStateException if no file of a file backup was chosen, or its files need another recovery model;
         *     the message has the number of SQL Server's error
         */
        public GeneratedBackup build() {
            return database.take(this);
        }
    }
}
