package io.github.sqlvdi.emulator.internal.catalog;

import io.github.sqlvdi.mtf.Column;
import io.github.sqlvdi.mtf.FileColumns;
import java.util.Map;

/**
 * A file of a database in a backup set.
 *
 * @param log whether it is a log file
 * @param pages its pages in the backup
 * @param values its values by column, without those that are NULL or not in the stream
 */
public record BackedUpFile(boolean log, long pages, Map<Column<?>, Object> values) {

    private String text(Column<String> column) {
        String text = column.type().cast(values.get(column));
        return text == null ? "" : text;
    }

    /** {@return the logical name, which MOVE names} */
    public String logicalName() {
        return text(FileColumns.LOGICAL_NAME);
    }

    /** {@return the path on the server that made the backup} */
    public String physicalName() {
        return text(FileColumns.PHYSICAL_NAME);
    }

    /** {@return the filegroup; empty for a log file} */
    public String filegroup() {
        return text(FileColumns.FILE_GROUP_NAME);
    }

    /** {@return whether the backup set holds the file; true where the stream does not say} */
    public boolean isPresent() {
        return !Boolean.FALSE.equals(values.get(FileColumns.IS_PRESENT));
    }

    /** {@return the id of the file in the database} */
    public long fileId() {
        return FileColumns.FILE_ID.type().cast(values.get(FileColumns.FILE_ID));
    }

    /** {@return bytes of the file} */
    public long size() {
        return FileColumns.SIZE.type().cast(values.get(FileColumns.SIZE));
    }
}
