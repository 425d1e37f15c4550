package io.github.sqlvdi.mtf;

/**
 * A column of the result set of RESTORE LABELONLY, HEADERONLY or FILELISTONLY. The columns are the constants of
 * {@link LabelColumns}, {@link HeaderColumns} and {@link FileColumns}.
 *
 * @param <T> the Java type of its values: {@link String}, {@link Integer}, {@link Long}, {@link Boolean},
 *     {@link java.util.UUID}, {@link Lsn}, {@link java.time.LocalDateTime} or {@code byte[]}
 */
public final class Column<T> {

    private final String name;
    private final String sqlType;
    private final Class<T> type;
    private final Evidence evidence;
    private final int index;

    Column(int index, String name, String sqlType, Class<T> type, Evidence evidence) {
        this.index = index;
        this.name = name;
        this.sqlType = sqlType;
        this.type = type;
        this.evidence = evidence;
    }

    /** {@return the name of the column, for example {@code BackupName}} */
    public String name() {
        return name;
    }

    /** {@return the type of the column in SQL Server's documentation, for example {@code nvarchar(128)}} */
    public String sqlType() {
        return sqlType;
    }

    /** {@return the Java type of its values} */
    public Class<T> type() {
        return type;
    }

    /** {@return how sure its place in the stream is} */
    public Evidence evidence() {
        return evidence;
    }

    int index() {
        return index;
    }

    /** {@return the name} */
    @Override
    public String toString() {
        return name;
    }
}
