package io.github.sqlvdi.mtf;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The header of a backup set: what RESTORE HEADERONLY prints, from the blocks {@code SSET}, {@code VOLB} and the
 * configuration {@code MSCI} or {@code MSLS} (MTF reference 5, 6.1 and 14).
 *
 * <p>The configuration stands in the stream twice. The first, before the data, is preliminary: it has no finish date, and
 * from SQL Server 2019 on FirstLSN, LastLSN, CheckpointLSN and the sizes still change. HEADERONLY prints the second.
 */
public final class BackupHeader {

    private final Row row;
    private final boolean complete;
    private final BackupType type;
    private final RecoveryModel recoveryModel;
    private final ZoneOffset utcOffset;
    private final int dataFiles;
    private final int logFiles;

    BackupHeader(Row row, boolean complete, BackupType type, RecoveryModel recoveryModel,
            Optional<ZoneOffset> utcOffset, int dataFiles, int logFiles) {
        this.row = row;
        this.complete = complete;
        this.type = type;
        this.recoveryModel = recoveryModel;
        this.utcOffset = utcOffset.orElse(null);
        this.dataFiles = dataFiles;
        this.logFiles = logFiles;
    }

    /**
     * The value of a column.
     *
     * @param <T> its type
     * @param column one of {@link HeaderColumns}
     * @return the value
     * @throws IllegalArgumentException if the column belongs to another result set
     */
    public <T> ColumnValue<T> get(Column<T> column) {
        return row.get(column);
    }

    /** {@return all columns, in the order of the result set} */
    public List<Column<?>> columns() {
        return row.columns();
    }

    /** {@return whether these are the values of the end of the stream, which HEADERONLY prints} */
    public boolean isFinal() {
        return complete;
    }

    /** {@return what the backup covers; empty for a letter that this version does not know} */
    public Optional<BackupType> type() {
        return Optional.ofNullable(type);
    }

    /** {@return the recovery model of the database} */
    public Optional<RecoveryModel> recoveryModel() {
        return Optional.ofNullable(recoveryModel);
    }

    /** {@return the name of the database} */
    public String databaseName() {
        return get(HeaderColumns.DATABASE_NAME).toOptional().orElse("");
    }

    /** {@return the server that made the backup, with its instance} */
    public String serverName() {
        return get(HeaderColumns.SERVER_NAME).toOptional().orElse("");
    }

    /** {@return the version of that server, for example {@code 10.50.1600}} */
    public String softwareVersion() {
        return get(HeaderColumns.SOFTWARE_VERSION_MAJOR) + "." + get(HeaderColumns.SOFTWARE_VERSION_MINOR) + "."
                + get(HeaderColumns.SOFTWARE_VERSION_BUILD);
    }

    /** {@return the id of the backup set} */
    public UUID backupSetGuid() {
        return get(HeaderColumns.BACKUP_SET_GUID).get();
    }

    /** {@return the first log record in the backup} */
    public Lsn firstLsn() {
        return get(HeaderColumns.FIRST_LSN).get();
    }

    /** {@return the log record behind the last one in the backup} */
    public Lsn lastLsn() {
        return get(HeaderColumns.LAST_LSN).get();
    }

    /** {@return the last checkpoint when the backup was made} */
    public Lsn checkpointLsn() {
        return get(HeaderColumns.CHECKPOINT_LSN).get();
    }

    /** {@return the checkpoint of the last full backup, {@link Lsn#ZERO} when there was none} */
    public Lsn databaseBackupLsn() {
        return get(HeaderColumns.DATABASE_BACKUP_LSN).get();
    }

    /** {@return when the backup began, local time of the server; empty where the stream holds no date} */
    public Optional<LocalDateTime> start() {
        return get(HeaderColumns.BACKUP_START_DATE).toOptional();
    }

    /** {@return when it ended, local time of the server; empty in preliminary values} */
    public Optional<LocalDateTime> finish() {
        return get(HeaderColumns.BACKUP_FINISH_DATE).toOptional();
    }

    /** {@return how far local time of the server was ahead of UTC (SSET 0x5f); empty where it is not known} */
    public Optional<ZoneOffset> utcOffset() {
        return Optional.ofNullable(utcOffset);
    }

    /** {@return whether the backup was made WITH CHECKSUM} */
    public boolean hasBackupChecksums() {
        return get(HeaderColumns.HAS_BACKUP_CHECKSUMS).get();
    }

    /** {@return how many data files the database has} */
    public int dataFileCount() {
        return dataFiles;
    }

    /** {@return how many log files the database has} */
    public int logFileCount() {
        return logFiles;
    }
}
