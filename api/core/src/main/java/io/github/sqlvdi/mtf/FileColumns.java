package io.github.sqlvdi.mtf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/**
 * The columns of RESTORE FILELISTONLY of SQL Server 2022, in its order, each with its place in the stream.
 */
public final class FileColumns {

    private static final List<Column<?>> COLUMNS = new ArrayList<>();

    /** {@code LogicalName}: the logical name of the file (SFIN 0x30, MTF reference 6.3). */
    public static final Column<String> LOGICAL_NAME =
            column("LogicalName", "nvarchar(128)", String.class, Evidence.CHECKED);
    /** {@code PhysicalName}: the path of the file on the server (SFIN 0x34, MTF reference 6.3). */
    public static final Column<String> PHYSICAL_NAME =
            column("PhysicalName", "nvarchar(260)", String.class, Evidence.CHECKED);
    /**
     * {@code Type}: {@code D} for rows, {@code L} for log, {@code S} for FILESTREAM and memory-optimized data
     * (SFIN 0x1c, MTF reference 6.3).
     */
    public static final Column<String> TYPE = column("Type", "char(1)", String.class, Evidence.CHECKED);
    /** {@code FileGroupName}: the name of the filegroup, NULL for a log file (SFGI 0x10, MTF reference 6.2). */
    public static final Column<String> FILE_GROUP_NAME =
            column("FileGroupName", "nvarchar(128)", String.class, Evidence.CHECKED);
    /** {@code Size}: bytes of the file (SFIN 0x28, MTF reference 6.3). */
    public static final Column<Long> SIZE = column("Size", "numeric(20,0)", Long.class, Evidence.CHECKED);
    /** {@code MaxSize}: bytes up to which the file may grow (SFIN 0x56, MTF reference 6.3). */
    public static final Column<Long> MAX_SIZE = column("MaxSize", "numeric(20,0)", Long.class, Evidence.CHECKED);
    /** {@code FileId}: the id of the file in the database (SFIN 0x14, MTF reference 6.3). */
    public static final Column<Long> FILE_ID = column("FileId", "bigint", Long.class, Evidence.CHECKED);
    /**
     * {@code CreateLSN}: where in the log the file was created, 0 when with the database (SFIN 0x8a, MTF reference
     * 6.3).
     */
    public static final Column<Lsn> CREATE_LSN = column("CreateLSN", "numeric(25,0)", Lsn.class, Evidence.CHECKED);
    /** {@code DropLSN}: where in the log the file was dropped, 0 when it was not (SFIN 0x94, MTF reference 6.3). */
    public static final Column<Lsn> DROP_LSN = column("DropLSN", "numeric(25,0)", Lsn.class, Evidence.CHECKED);
    /** {@code UniqueId}: the id of the file, unique everywhere (SFIN 0xba, MTF reference 6.3). */
    public static final Column<UUID> UNIQUE_ID = column("UniqueId", "uniqueidentifier", UUID.class, Evidence.CHECKED);
    /**
     * {@code ReadOnlyLSN}: where in the log the filegroup became read-only (MTF reference 6.3). No place in the
     * stream is known.
     */
    public static final Column<Lsn> READ_ONLY_LSN = column("ReadOnlyLSN", "numeric(25,0)", Lsn.class, Evidence.ABSENT);
    /**
     * {@code ReadWriteLSN}: where in the log the filegroup became read-write (MTF reference 6.3). No place in the
     * stream is known.
     */
    public static final Column<Lsn> READ_WRITE_LSN =
            column("ReadWriteLSN", "numeric(25,0)", Lsn.class, Evidence.ABSENT);
    /**
     * {@code BackupSizeInBytes}: bytes of the file in the backup; SQL Server prints 0 for logs in a full backup,
     * the stream holds their bytes (SFIN 0xfa, MTF reference 6.3).
     */
    public static final Column<Long> BACKUP_SIZE_IN_BYTES =
            column("BackupSizeInBytes", "bigint", Long.class, Evidence.CHECKED);
    /** {@code SourceBlockSize}: bytes of a block of the device that holds the file (SFIN 0x20, MTF reference 6.3). */
    public static final Column<Integer> SOURCE_BLOCK_SIZE =
            column("SourceBlockSize", "int", Integer.class, Evidence.CHECKED);
    /** {@code FileGroupId}: the id of the filegroup, 0 for a log file (SFIN 0x24, MTF reference 6.3). */
    public static final Column<Integer> FILE_GROUP_ID = column("FileGroupId", "int", Integer.class, Evidence.CHECKED);
    /** {@code LogGroupGUID}: documented as always NULL (MTF reference 6.3). No place in the stream is known. */
    public static final Column<UUID> LOG_GROUP_GUID =
            column("LogGroupGUID", "uniqueidentifier", UUID.class, Evidence.ABSENT);
    /**
     * {@code DifferentialBaseLSN}: the base of the file in a differential backup, else NULL (SFIN 0x9e, MTF
     * reference 6.3).
     */
    public static final Column<Lsn> DIFFERENTIAL_BASE_LSN =
            column("DifferentialBaseLSN", "numeric(25,0)", Lsn.class, Evidence.CHECKED);
    /**
     * {@code DifferentialBaseGUID}: the backup set that is the base in a differential backup, else NULL (SFIN
     * 0xaa, MTF reference 6.3).
     */
    public static final Column<UUID> DIFFERENTIAL_BASE_GUID =
            column("DifferentialBaseGUID", "uniqueidentifier", UUID.class, Evidence.CHECKED);
    /** {@code IsReadOnly}: whether the file is read-only (MTF reference 6.3). No place in the stream is known. */
    public static final Column<Boolean> IS_READ_ONLY = column("IsReadOnly", "bit", Boolean.class, Evidence.ABSENT);
    /**
     * {@code IsPresent}: whether the file is in the backup (MTF reference 6.3). In a file or partial backup it is a file
     * with pages, SFIN 0x18; streams of other backups do not say it. Guessed.
     */
    public static final Column<Boolean> IS_PRESENT = column("IsPresent", "bit", Boolean.class, Evidence.GUESSED);
    /**
     * {@code TDEThumbprint}: the thumbprint of the key of a transparently encrypted database (MTF reference 6.3).
     * No place in the stream is known.
     */
    public static final Column<byte[]> TDE_THUMBPRINT =
            column("TDEThumbprint", "varbinary(32)", byte[].class, Evidence.ABSENT);
    /**
     * {@code SnapshotUrl}: the URL of the file's snapshot in a FILE_SNAPSHOT backup (MTF reference 6.3). No place
     * in the stream is known.
     */
    public static final Column<String> SNAPSHOT_URL =
            column("SnapshotUrl", "nvarchar(360)", String.class, Evidence.ABSENT);

    /** All columns, in the order of the result set. */
    public static final List<Column<?>> ALL = Collections.unmodifiableList(COLUMNS);

    private FileColumns() {
    }

    private static <T> Column<T> column(String name, String sqlType, Class<T> type, Evidence evidence) {
        Column<T> column = new Column<>(COLUMNS.size(), name, sqlType, type, evidence);
        COLUMNS.add(column);
        return column;
    }
}
