package io.github.sqlvdi.mtf;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/**
 * The columns of RESTORE HEADERONLY of SQL Server 2022, in its order, each with its place in the stream.
 */
public final class HeaderColumns {

    private static final List<Column<?>> COLUMNS = new ArrayList<>();

    /** {@code BackupName}: the name of the backup set (SSET 0x40, MTF reference 5). */
    public static final Column<String> BACKUP_NAME =
            column("BackupName", "nvarchar(128)", String.class, Evidence.CHECKED);
    /**
     * {@code BackupDescription}: the description of the backup set; no file at hand had one (SSET 0x44, MTF
     * reference 5). Guessed.
     */
    public static final Column<String> BACKUP_DESCRIPTION =
            column("BackupDescription", "nvarchar(255)", String.class, Evidence.GUESSED);
    /** {@code BackupType}: the number of the {@link BackupType} (SCIN 0x57, MTF reference 6.1). */
    public static final Column<Integer> BACKUP_TYPE = column("BackupType", "smallint", Integer.class, Evidence.CHECKED);
    /**
     * {@code ExpirationDate}: when the backup set may be overwritten; NULL in all files at hand (SSET 0x74, MTF
     * reference 5). Guessed.
     */
    public static final Column<LocalDateTime> EXPIRATION_DATE =
            column("ExpirationDate", "datetime", LocalDateTime.class, Evidence.GUESSED);
    /** {@code Compressed}: whether the stream came compressed in a container (MTF reference 12). */
    public static final Column<Boolean> COMPRESSED = column("Compressed", "bit", Boolean.class, Evidence.CHECKED);
    /** {@code Position}: the number of the backup set on its media, from 1 (SSET 0x3e, MTF reference 5). */
    public static final Column<Integer> POSITION = column("Position", "smallint", Integer.class, Evidence.CHECKED);
    /**
     * {@code DeviceType}: the kind of device (2 disk, 5 tape, 7 virtual device): SQL Server takes it from the
     * device it reads (MTF reference 14). No place in the stream is known.
     */
    public static final Column<Integer> DEVICE_TYPE = column("DeviceType", "tinyint", Integer.class, Evidence.ABSENT);
    /** {@code UserName}: who made the backup (SSET 0x4c, MTF reference 5). */
    public static final Column<String> USER_NAME = column("UserName", "nvarchar(128)", String.class, Evidence.CHECKED);
    /** {@code ServerName}: the server that made the backup, with its instance (SCIN 0x6c, MTF reference 6.1). */
    public static final Column<String> SERVER_NAME =
            column("ServerName", "nvarchar(128)", String.class, Evidence.CHECKED);
    /** {@code DatabaseName}: the name of the database (SCIN 0x68, MTF reference 6.1). */
    public static final Column<String> DATABASE_NAME =
            column("DatabaseName", "nvarchar(128)", String.class, Evidence.CHECKED);
    /**
     * {@code DatabaseVersion}: the internal version of the database, for example 957 for SQL Server 2022 (SCIN
     * 0x5e, MTF reference 6.1).
     */
    public static final Column<Integer> DATABASE_VERSION =
            column("DatabaseVersion", "int", Integer.class, Evidence.CHECKED);
    /** {@code DatabaseCreationDate}: when the database was created (SCIN 0x48, MTF reference 6.1). */
    public static final Column<LocalDateTime> DATABASE_CREATION_DATE =
            column("DatabaseCreationDate", "datetime", LocalDateTime.class, Evidence.CHECKED);
    /**
     * {@code BackupSize}: bytes of the backup set on all its media, before compression (SCIN 0x60, MTF reference
     * 11).
     */
    public static final Column<Long> BACKUP_SIZE = column("BackupSize", "numeric(20,0)", Long.class, Evidence.CHECKED);
    /** {@code FirstLSN}: the first log record in the backup set (SCIN 0x20, MTF reference 6.1). */
    public static final Column<Lsn> FIRST_LSN = column("FirstLSN", "numeric(25,0)", Lsn.class, Evidence.CHECKED);
    /** {@code LastLSN}: the log record behind the last one in the backup set (SCIN 0x2a, MTF reference 6.1). */
    public static final Column<Lsn> LAST_LSN = column("LastLSN", "numeric(25,0)", Lsn.class, Evidence.CHECKED);
    /** {@code CheckpointLSN}: the last checkpoint when the backup was made (SCIN 0x34, MTF reference 6.1). */
    public static final Column<Lsn> CHECKPOINT_LSN =
            column("CheckpointLSN", "numeric(25,0)", Lsn.class, Evidence.CHECKED);
    /**
     * {@code DatabaseBackupLSN}: the checkpoint of the last full backup, 0 when there was none (SCIN 0x3e, MTF
     * reference 6.1).
     */
    public static final Column<Lsn> DATABASE_BACKUP_LSN =
            column("DatabaseBackupLSN", "numeric(25,0)", Lsn.class, Evidence.CHECKED);
    /** {@code BackupStartDate}: when the backup began, local time of the server (SCIN 0x4d, MTF reference 6.1). */
    public static final Column<LocalDateTime> BACKUP_START_DATE =
            column("BackupStartDate", "datetime", LocalDateTime.class, Evidence.CHECKED);
    /**
     * {@code BackupFinishDate}: when the backup ended, local time of the server; only at the end of the stream
     * (SCIN 0x52, MTF reference 6.1).
     */
    public static final Column<LocalDateTime> BACKUP_FINISH_DATE =
            column("BackupFinishDate", "datetime", LocalDateTime.class, Evidence.CHECKED);
    /** {@code SortOrder}: the sort order of the collation (SCIN 0x58, MTF reference 6.1). */
    public static final Column<Integer> SORT_ORDER = column("SortOrder", "smallint", Integer.class, Evidence.CHECKED);
    /** {@code CodePage}: the code page of the server (MTF reference 14). No place in the stream is known. */
    public static final Column<Integer> CODE_PAGE = column("CodePage", "smallint", Integer.class, Evidence.ABSENT);
    /** {@code UnicodeLocaleId}: the locale of the collation, for example 1033 (SCIN 0x74, MTF reference 6.1). */
    public static final Column<Integer> UNICODE_LOCALE_ID =
            column("UnicodeLocaleId", "int", Integer.class, Evidence.CHECKED);
    /** {@code UnicodeComparisonStyle}: the comparison style of the collation (SCIN 0x78, MTF reference 6.1). */
    public static final Column<Integer> UNICODE_COMPARISON_STYLE =
            column("UnicodeComparisonStyle", "int", Integer.class, Evidence.CHECKED);
    /** {@code CompatibilityLevel}: the compatibility level of the database (SCIN 0x5b, MTF reference 6.1). */
    public static final Column<Integer> COMPATIBILITY_LEVEL =
            column("CompatibilityLevel", "tinyint", Integer.class, Evidence.CHECKED);
    /** {@code SoftwareVendorId}: the vendor of the software, 4608 for SQL Server (SSET 0x3c, MTF reference 5). */
    public static final Column<Integer> SOFTWARE_VENDOR_ID =
            column("SoftwareVendorId", "int", Integer.class, Evidence.CHECKED);
    /** {@code SoftwareVersionMajor}: the major version of the server (SCIN 0x1b, MTF reference 6.1). */
    public static final Column<Integer> SOFTWARE_VERSION_MAJOR =
            column("SoftwareVersionMajor", "int", Integer.class, Evidence.CHECKED);
    /** {@code SoftwareVersionMinor}: the minor version of the server (SCIN 0x1a, MTF reference 6.1). */
    public static final Column<Integer> SOFTWARE_VERSION_MINOR =
            column("SoftwareVersionMinor", "int", Integer.class, Evidence.CHECKED);
    /** {@code SoftwareVersionBuild}: the build of the server (SCIN 0x18, MTF reference 6.1). */
    public static final Column<Integer> SOFTWARE_VERSION_BUILD =
            column("SoftwareVersionBuild", "int", Integer.class, Evidence.CHECKED);
    /** {@code MachineName}: the computer that made the backup (VOLB 0x40, MTF reference 5). */
    public static final Column<String> MACHINE_NAME =
            column("MachineName", "nvarchar(128)", String.class, Evidence.CHECKED);
    /**
     * {@code Flags}: the flags of the backup, of which the columns from {@code HasBulkLoggedData} to {@code
     * IsCopyOnly} tell one each (SCIN 0x08, MTF reference 6.1).
     */
    public static final Column<Integer> FLAGS = column("Flags", "int", Integer.class, Evidence.CHECKED);
    /** {@code BindingID}: the binding id of the database (SCIN 0x7c, MTF reference 6.1). Guessed. */
    public static final Column<UUID> BINDING_ID = column("BindingID", "uniqueidentifier", UUID.class, Evidence.GUESSED);
    /** {@code RecoveryForkID}: the recovery fork at the end of the backup (SCIN 0x9c, MTF reference 6.1). */
    public static final Column<UUID> RECOVERY_FORK_ID =
            column("RecoveryForkID", "uniqueidentifier", UUID.class, Evidence.CHECKED);
    /**
     * {@code Collation}: the name of the database's collation; told for the few collations whose number the
     * reference names (SCIN 0xd8, MTF reference 6.1). Guessed.
     */
    public static final Column<String> COLLATION = column("Collation", "nvarchar(128)", String.class, Evidence.GUESSED);
    /** {@code FamilyGUID}: the id that the database got when it was created (SCIN 0xe0, MTF reference 6.1). */
    public static final Column<UUID> FAMILY_GUID =
            column("FamilyGUID", "uniqueidentifier", UUID.class, Evidence.CHECKED);
    /**
     * {@code HasBulkLoggedData}: whether a log backup holds bulk-logged operations (flag 0x01, SCIN 0x08, MTF
     * reference 6.1). Guessed.
     */
    public static final Column<Boolean> HAS_BULK_LOGGED_DATA =
            column("HasBulkLoggedData", "bit", Boolean.class, Evidence.GUESSED);
    /** {@code IsSnapshot}: whether this is a snapshot backup (flag 0x02, SCIN 0x08, MTF reference 6.1). Guessed. */
    public static final Column<Boolean> IS_SNAPSHOT = column("IsSnapshot", "bit", Boolean.class, Evidence.GUESSED);
    /** {@code IsReadOnly}: whether the database was read-only (flag 0x04, SCIN 0x08, MTF reference 6.1). Guessed. */
    public static final Column<Boolean> IS_READ_ONLY = column("IsReadOnly", "bit", Boolean.class, Evidence.GUESSED);
    /**
     * {@code IsSingleUser}: whether the database was in single-user mode (flag 0x08, SCIN 0x08, MTF reference
     * 6.1). Guessed.
     */
    public static final Column<Boolean> IS_SINGLE_USER = column("IsSingleUser", "bit", Boolean.class, Evidence.GUESSED);
    /**
     * {@code HasBackupChecksums}: whether the backup was made WITH CHECKSUM (flag 0x10, SCIN 0x08, MTF reference
     * 6.1).
     */
    public static final Column<Boolean> HAS_BACKUP_CHECKSUMS =
            column("HasBackupChecksums", "bit", Boolean.class, Evidence.CHECKED);
    /** {@code IsDamaged}: whether the database was damaged (flag 0x20, SCIN 0x08, MTF reference 6.1). Guessed. */
    public static final Column<Boolean> IS_DAMAGED = column("IsDamaged", "bit", Boolean.class, Evidence.GUESSED);
    /**
     * {@code BeginsLogChain}: whether this is the first of a chain of log backups (MTF reference 6.1). No place in
     * the stream is known.
     */
    public static final Column<Boolean> BEGINS_LOG_CHAIN =
            column("BeginsLogChain", "bit", Boolean.class, Evidence.ABSENT);
    /**
     * {@code HasIncompleteMetaData}: whether a tail-log backup lacks metadata (flag 0x80, SCIN 0x08, MTF reference
     * 6.1). Guessed.
     */
    public static final Column<Boolean> HAS_INCOMPLETE_META_DATA =
            column("HasIncompleteMetaData", "bit", Boolean.class, Evidence.GUESSED);
    /**
     * {@code IsForceOffline}: whether the backup took the database offline (NORECOVERY) (flag 0x100, SCIN 0x08,
     * MTF reference 6.1). Guessed.
     */
    public static final Column<Boolean> IS_FORCE_OFFLINE =
            column("IsForceOffline", "bit", Boolean.class, Evidence.GUESSED);
    /** {@code IsCopyOnly}: whether this is a copy-only backup (flag 0x400, SCIN 0x08, MTF reference 6.1). Guessed. */
    public static final Column<Boolean> IS_COPY_ONLY = column("IsCopyOnly", "bit", Boolean.class, Evidence.GUESSED);
    /**
     * {@code FirstRecoveryForkID}: the recovery fork at the beginning of the backup (SCIN 0xb8 or 0x9c, MTF
     * reference 6.1). Guessed.
     */
    public static final Column<UUID> FIRST_RECOVERY_FORK_ID =
            column("FirstRecoveryForkID", "uniqueidentifier", UUID.class, Evidence.GUESSED);
    /**
     * {@code ForkPointLSN}: where the recovery forked, NULL when it did not (SCIN 0xac, MTF reference 6.1).
     * Guessed.
     */
    public static final Column<Lsn> FORK_POINT_LSN =
            column("ForkPointLSN", "numeric(25,0)", Lsn.class, Evidence.GUESSED);
    /** {@code RecoveryModel}: the words of the {@link RecoveryModel} (SCIN 0xf4, MTF reference 6.1). */
    public static final Column<String> RECOVERY_MODEL =
            column("RecoveryModel", "nvarchar(60)", String.class, Evidence.CHECKED);
    /** {@code DifferentialBaseLSN}: the base of a differential backup, else NULL (SCIN 0x3e, MTF reference 14). */
    public static final Column<Lsn> DIFFERENTIAL_BASE_LSN =
            column("DifferentialBaseLSN", "numeric(25,0)", Lsn.class, Evidence.CHECKED);
    /**
     * {@code DifferentialBaseGUID}: the backup set that is the base of a differential backup, else NULL (SCIN
     * 0xc8, MTF reference 6.1).
     */
    public static final Column<UUID> DIFFERENTIAL_BASE_GUID =
            column("DifferentialBaseGUID", "uniqueidentifier", UUID.class, Evidence.CHECKED);
    /** {@code BackupTypeDescription}: the words of the {@link BackupType} (SCIN 0x57, MTF reference 6.1). */
    public static final Column<String> BACKUP_TYPE_DESCRIPTION =
            column("BackupTypeDescription", "nvarchar(60)", String.class, Evidence.CHECKED);
    /** {@code BackupSetGUID}: the id of the backup set (SSET 0x64, MTF reference 5). */
    public static final Column<UUID> BACKUP_SET_GUID =
            column("BackupSetGUID", "uniqueidentifier", UUID.class, Evidence.CHECKED);
    /**
     * {@code CompressedBackupSize}: bytes of the backup set on all its media, as {@code BackupSize} when it is not
     * compressed (SCIN 0x158, MTF reference 11).
     */
    public static final Column<Long> COMPRESSED_BACKUP_SIZE =
            column("CompressedBackupSize", "bigint", Long.class, Evidence.CHECKED);
    /**
     * {@code Containment}: whether the database is partially contained (MTF reference 14). No place in the stream
     * is known.
     */
    public static final Column<Integer> CONTAINMENT = column("Containment", "tinyint", Integer.class, Evidence.ABSENT);
    /**
     * {@code KeyAlgorithm}: the algorithm of an encrypted backup (MTF reference 12). No place in the stream is
     * known.
     */
    public static final Column<String> KEY_ALGORITHM =
            column("KeyAlgorithm", "nvarchar(32)", String.class, Evidence.ABSENT);
    /**
     * {@code EncryptorThumbprint}: the thumbprint of the certificate or key of an encrypted backup (MTF reference
     * 12). No place in the stream is known.
     */
    public static final Column<byte[]> ENCRYPTOR_THUMBPRINT =
            column("EncryptorThumbprint", "varbinary(20)", byte[].class, Evidence.ABSENT);
    /**
     * {@code EncryptorType}: certificate or asymmetric key of an encrypted backup (MTF reference 12). No place in
     * the stream is known.
     */
    public static final Column<String> ENCRYPTOR_TYPE =
            column("EncryptorType", "nvarchar(32)", String.class, Evidence.ABSENT);
    /**
     * {@code LastValidRestoreTime}: until when the log can be restored (SQL Server 2022) (MTF reference 14). No
     * place in the stream is known.
     */
    public static final Column<LocalDateTime> LAST_VALID_RESTORE_TIME =
            column("LastValidRestoreTime", "datetime", LocalDateTime.class, Evidence.ABSENT);
    /**
     * {@code TimeZone}: the time zone that SQL Server 2022 prints; see {@link BackupHeader#utcOffset()} (MTF
     * reference 14). No place in the stream is known.
     */
    public static final Column<String> TIME_ZONE = column("TimeZone", "nvarchar(32)", String.class, Evidence.ABSENT);
    /**
     * {@code CompressionAlgorithm}: the name of the compression (SQL Server 2022), NULL when the stream is not
     * compressed (MTF reference 12). Guessed.
     */
    public static final Column<String> COMPRESSION_ALGORITHM =
            column("CompressionAlgorithm", "nvarchar(32)", String.class, Evidence.GUESSED);

    /** All columns, in the order of the result set. */
    public static final List<Column<?>> ALL = Collections.unmodifiableList(COLUMNS);

    private HeaderColumns() {
    }

    private static <T> Column<T> column(String name, String sqlType, Class<T> type, Evidence evidence) {
        Column<T> column = new Column<>(COLUMNS.size(), name, sqlType, type, evidence);
        COLUMNS.add(column);
        return column;
    }
}
