package io.github.sqlvdi.mtf;

import java.util.List;

/** A file of the database: a row of RESTORE FILELISTONLY, from a record {@code SFIN} (MTF reference 6.3). */
public final class BackupFile {

    private static final int SMALLEST = 0x38;
    private static final int LONGEST_NAME = 512;
    private static final int TYPE_ROWS = 1;
    private static final int TYPE_LOG = 2;

    private final Row row;
    private final long pages;
    private final boolean log;

    private BackupFile(Row row, long pages, boolean log) {
        this.row = row;
        this.pages = pages;
        this.log = log;
    }

    /** Reads a record; {@code filegroup} is null where there was none before, {@code backup} where it is not known. */
    static BackupFile of(Fields sfin, Filegroup filegroup, BackupType backup) throws OffenceException {
        sfin.require(SMALLEST);
        int type = sfin.i32(0x1c);
        boolean differential = backup != null && backup.isDifferential();
        Row row = new Row(FileColumns.ALL)
                .set(FileColumns.LOGICAL_NAME, sfin.text(0x30, LONGEST_NAME))
                .set(FileColumns.PHYSICAL_NAME, sfin.text(0x34, LONGEST_NAME))
                .set(FileColumns.TYPE, type == TYPE_ROWS ? ColumnValue.of("D")
                        : type == TYPE_LOG ? ColumnValue.of("L") : ColumnValue.notInStream())
                .set(FileColumns.FILE_GROUP_NAME,
                        type == TYPE_LOG || filegroup == null ? null : filegroup.name())
                .set(FileColumns.SIZE, sfin.i64(0x28))
                .set(FileColumns.FILE_ID, sfin.u32(0x14))
                .set(FileColumns.SOURCE_BLOCK_SIZE, sfin.i32(0x20))
                .set(FileColumns.FILE_GROUP_ID, sfin.i32(0x24));
        // Older versions have a shorter fixed part; the names stand behind it.
        int end = sfin.u16(0x30) == 0 ? sfin.length() : Math.min(sfin.length(), sfin.textOffset(0x30));
        if (Fields.has(0x56, 8, end)) {
            row.set(FileColumns.MAX_SIZE, sfin.i64(0x56));
        }
        if (Fields.has(0xba, 16, end)) {
            row.set(FileColumns.CREATE_LSN, sfin.lsn(0x8a))
                    .set(FileColumns.DROP_LSN, sfin.lsn(0x94))
                    .set(FileColumns.DIFFERENTIAL_BASE_LSN, differential ? sfin.lsn(0x9e) : null)
                    .set(FileColumns.DIFFERENTIAL_BASE_GUID, differential ? sfin.guid(0xaa) : null)
                    .set(FileColumns.UNIQUE_ID, sfin.guid(0xba));
        }
        if (Fields.has(0xfa, 8, end)) {
            row.set(FileColumns.BACKUP_SIZE_IN_BYTES, sfin.i64(0xfa));
        }
        if (backup != null && backup.isOfParts()) {
            // A file that is in the backup has its header page at least, in a differential backup too.
            row.set(FileColumns.IS_PRESENT, type == TYPE_LOG || sfin.u32(0x18) > 0);
        }
        return new BackupFile(row, sfin.u32(0x18), type == TYPE_LOG);
    }

    /**
     * The value of a column.
     *
     * @param <T> its type
     * @param column one of {@link FileColumns}
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

    /** {@return the logical name, which MOVE names} */
    public String logicalName() {
        return get(FileColumns.LOGICAL_NAME).toOptional().orElse("");
    }

    /** {@return the path on the server that made the backup} */
    public String physicalName() {
        return get(FileColumns.PHYSICAL_NAME).toOptional().orElse("");
    }

    /** {@return the id of the file in the database} */
    public long fileId() {
        return get(FileColumns.FILE_ID).get();
    }

    /** {@return whether it is a log file} */
    public boolean isLog() {
        return log;
    }

    /** {@return bytes of the file} */
    public long size() {
        return get(FileColumns.SIZE).get();
    }

    /** {@return pages of the file in the backup, on all its stripes (SFIN 0x18)} */
    public long pagesInBackup() {
        return pages;
    }
}
