package io.github.sqlvdi.mtf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads the records of a configuration, {@code SCIN}, {@code SFGI} and {@code SFIN} (MTF reference 6), one after the other.
 * A record is kept as values only, so that memory grows with the number of files and with nothing else.
 */
final class ConfigurationReader {

    /** Tag and size, in front of every record. */
    static final int RECORD_HEADER = 8;

    /** The longest record: three times what a file with the longest names needs. */
    static final int LONGEST_RECORD = 16 * 1024;

    /** SQL Server's own limit of files, and of filegroups, of a database. */
    static final int MOST_FILES = 32_767;

    /** The records that are read. */
    static final Set<String> KNOWN = Set.of("SCIN", "SFGI", "SFIN");

    private static final int SMALLEST_SCIN = 0x78;
    private static final int SMALLEST_SFGI = 0x14;
    private static final int LONGEST_NAME = 255;
    private static final int CHECKSUMS = 0x10;
    private static final int MSSQL_DIFFERENTIAL_GUID = 0xc8;
    private static final Map<Long, String> COLLATIONS = Map.of(0x34_00d0_0409L, "SQL_Latin1_General_CP1_CI_AS");

    private final boolean last;
    private final SetStart set;
    private final boolean compressed;
    private final String algorithm;
    private final List<BackupFile> files = new ArrayList<>();
    private final List<Filegroup> filegroups = new ArrayList<>();

    private BackupHeader header;
    private BackupType type;

    ConfigurationReader(boolean last, SetStart set, boolean compressed, String algorithm) {
        this.last = last;
        this.set = set;
        this.compressed = compressed;
        this.algorithm = algorithm;
    }

    /** Takes a record; false for one of a kind that is not known, which is passed over. */
    boolean record(String tag, Fields record) throws OffenceException {
        switch (tag) {
            case "SCIN" -> {
                if (header != null) {
                    throw OffenceException.damaged("a configuration has two records SCIN");
                }
                readHeader(record);
            }
            case "SFGI" -> {
                record.require(SMALLEST_SFGI);
                limit(filegroups.size(), "filegroups");
                filegroups.add(new Filegroup(record.i32(0x0c), record.text(0x10, LONGEST_NAME)));
            }
            case "SFIN" -> {
                limit(files.size(), "files");
                files.add(BackupFile.of(record, filegroups.isEmpty() ? null : filegroups.getLast(), type));
            }
            default -> {
                if (!Tag.isPlausible(tag)) {
                    throw OffenceException.damaged(String.format(Locale.ROOT,
                            "a configuration has a record \"%s\": expected SCIN, SFGI or SFIN", Tag.printable(tag)));
                }
                return false;
            }
        }
        return true;
    }

    private static void limit(int count, String what) throws OffenceException {
        if (count >= MOST_FILES) {
            throw OffenceException
                    .damaged(String.format(Locale.ROOT, "a configuration has more than %d %s", MOST_FILES, what));
        }
    }

    /** The header, once all records were read. */
    BackupHeader header() throws OffenceException {
        if (header == null) {
            throw OffenceException.damaged("a configuration has no record SCIN");
        }
        return header;
    }

    List<BackupFile> files() {
        return List.copyOf(files);
    }

    List<Filegroup> filegroups() {
        return List.copyOf(filegroups);
    }

    private void readHeader(Fields scin) throws OffenceException {
        scin.require(SMALLEST_SCIN);
        // The names stand behind the fixed part, whose size differs between versions.
        int end = scin.u16(0x68) == 0 ? scin.length() : Math.min(scin.length(), scin.textOffset(0x68));
        type = BackupType.ofLetter(scin.u8(0x57)).orElse(null);
        RecoveryModel model = Fields.has(0xf4, 2, end) ? RecoveryModel.ofStatus(scin.u16(0xf4)) : null;
        Row row = new Row(HeaderColumns.ALL);
        describeSet(row);
        describeBackup(row, scin, end);
        describeDatabase(row, scin, end);
        describeFlags(row, scin.i32(0x08));
        if (model != null) {
            row.set(HeaderColumns.RECOVERY_MODEL, model.columnText());
        }
        header = new BackupHeader(row, last, type, model, set.zone, scin.i32(0x0c), scin.i32(0x10));
        if (set.rawDate != scin.rawDate(0x4d)) {
            throw OffenceException.damaged("SSET says that the backup began at another time than its configuration");
        }
    }

    private void describeSet(Row row) {
        row.set(HeaderColumns.BACKUP_NAME, set.name)
                .set(HeaderColumns.BACKUP_DESCRIPTION, set.description)
                .set(HeaderColumns.EXPIRATION_DATE, set.expiration)
                .set(HeaderColumns.COMPRESSED, compressed)
                .set(HeaderColumns.POSITION, set.number)
                .set(HeaderColumns.USER_NAME, set.user)
                .set(HeaderColumns.SOFTWARE_VENDOR_ID, set.vendor)
                .set(HeaderColumns.MACHINE_NAME, set.machine())
                .set(HeaderColumns.BACKUP_SET_GUID, set.guid)
                .set(HeaderColumns.COMPRESSION_ALGORITHM, compressed ? algorithm : null);
    }

    private void describeBackup(Row row, Fields scin, int end) {
        boolean differential = type != null && type.isDifferential();
        row.set(HeaderColumns.BACKUP_TYPE, type == null ? ColumnValue.notInStream() : ColumnValue.of(type.number()))
                .set(HeaderColumns.BACKUP_TYPE_DESCRIPTION,
                        type == null ? ColumnValue.notInStream() : ColumnValue.of(type.description()))
                .set(HeaderColumns.BACKUP_SIZE, scin.i64(0x60))
                .set(HeaderColumns.COMPRESSED_BACKUP_SIZE,
                        Fields.has(0x158, 8, end) ? scin.i64(0x158) : scin.i64(0x60))
                .set(HeaderColumns.FIRST_LSN, scin.lsn(0x20))
                .set(HeaderColumns.LAST_LSN, scin.lsn(0x2a))
                .set(HeaderColumns.CHECKPOINT_LSN, scin.lsn(0x34))
                .set(HeaderColumns.DATABASE_BACKUP_LSN, scin.lsn(0x3e))
                .set(HeaderColumns.BACKUP_START_DATE, scin.date(0x4d))
                .set(HeaderColumns.BACKUP_FINISH_DATE,
                        last ? ColumnValue.ofNullable(scin.date(0x52)) : ColumnValue.notInStream())
                .set(HeaderColumns.DIFFERENTIAL_BASE_LSN, differential ? scin.lsn(0x3e) : null);
        if (!differential) {
            row.set(HeaderColumns.DIFFERENTIAL_BASE_GUID, ColumnValue.ofNull());
        } else if (Fields.has(MSSQL_DIFFERENTIAL_GUID, 16, end)) {
            row.set(HeaderColumns.DIFFERENTIAL_BASE_GUID, scin.guid(MSSQL_DIFFERENTIAL_GUID));
        }
    }

    private void describeDatabase(Row row, Fields scin, int end) throws OffenceException {
        row.set(HeaderColumns.DATABASE_NAME, scin.text(0x68, LONGEST_NAME))
                .set(HeaderColumns.SERVER_NAME, scin.text(0x6c, LONGEST_NAME))
                .set(HeaderColumns.DATABASE_CREATION_DATE, scin.date(0x48))
                .set(HeaderColumns.DATABASE_VERSION, scin.u16(0x5e))
                .set(HeaderColumns.COMPATIBILITY_LEVEL, scin.u8(0x5b))
                .set(HeaderColumns.SORT_ORDER, scin.u8(0x58))
                .set(HeaderColumns.SOFTWARE_VERSION_MAJOR, scin.u8(0x1b))
                .set(HeaderColumns.SOFTWARE_VERSION_MINOR, scin.u8(0x1a))
                .set(HeaderColumns.SOFTWARE_VERSION_BUILD, scin.u16(0x18))
                .set(HeaderColumns.UNICODE_LOCALE_ID, scin.i32(0x74));
        if (Fields.has(0x7c, 16, end)) {
            row.set(HeaderColumns.UNICODE_COMPARISON_STYLE, scin.i32(0x78))
                    .set(HeaderColumns.BINDING_ID, scin.guid(0x7c));
        }
        if (Fields.has(0xe0, 16, end)) {
            Lsn fork = scin.lsn(0xac);
            long collation = scin.u32(0xd8) | (long) scin.u8(0xdc) << 32;
            String name = COLLATIONS.get(collation);
            row.set(HeaderColumns.RECOVERY_FORK_ID, scin.guid(0x9c))
                    .set(HeaderColumns.FIRST_RECOVERY_FORK_ID, scin.guid(fork.isZero() ? 0x9c : 0xb8))
                    .set(HeaderColumns.FORK_POINT_LSN, fork.isZero() ? null : fork)
                    .set(HeaderColumns.COLLATION, name == null ? ColumnValue.notInStream() : ColumnValue.of(name))
                    .set(HeaderColumns.FAMILY_GUID, scin.guid(0xe0));
        }
    }

    private static void describeFlags(Row row, int flags) {
        row.set(HeaderColumns.FLAGS, flags)
                .set(HeaderColumns.HAS_BULK_LOGGED_DATA, (flags & 0x01) != 0)
                .set(HeaderColumns.IS_SNAPSHOT, (flags & 0x02) != 0)
                .set(HeaderColumns.IS_READ_ONLY, (flags & 0x04) != 0)
                .set(HeaderColumns.IS_SINGLE_USER, (flags & 0x08) != 0)
                .set(HeaderColumns.HAS_BACKUP_CHECKSUMS, (flags & CHECKSUMS) != 0)
                .set(HeaderColumns.IS_DAMAGED, (flags & 0x20) != 0)
                .set(HeaderColumns.HAS_INCOMPLETE_META_DATA, (flags & 0x80) != 0)
                .set(HeaderColumns.IS_FORCE_OFFLINE, (flags & 0x100) != 0)
                .set(HeaderColumns.IS_COPY_ONLY, (flags & 0x400) != 0);
    }
}
