package io.github.sqlvdi.jdbc;

import io.github.sqlvdi.mtf.Column;
import io.github.sqlvdi.mtf.ColumnValue;
import io.github.sqlvdi.mtf.Lsn;
import io.github.sqlvdi.statement.ResultTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A row that the server returned for RESTORE HEADERONLY, FILELISTONLY or LABELONLY, by the columns of
 * {@link io.github.sqlvdi.mtf.HeaderColumns}, {@link io.github.sqlvdi.mtf.FileColumns} and
 * {@link io.github.sqlvdi.mtf.LabelColumns}. Immutable.
 */
public final class ServerRow {

    private final ResultTable table;
    private final int row;

    private ServerRow(ResultTable table, int row) {
        this.table = table;
        this.row = row;
    }

    static List<ServerRow> of(ResultTable table) {
        List<ServerRow> rows = new ArrayList<>();
        for (int row = 0; row < table.size(); row++) {
            rows.add(new ServerRow(table, row));
        }
        return List.copyOf(rows);
    }

    /**
     * Returns the value of a column.
     *
     * @param <T> its type
     * @param column the column
     * @return the value; not in the stream if a server of this version does not return the column
     * @throws IllegalStateException if the server returned a value of another type
     */
    public <T> ColumnValue<T> get(Column<T> column) {
        if (!table.has(column.name())) {
            return ColumnValue.notInStream();
        }
        Optional<Object> value = table.get(row, column.name());
        return value.isEmpty() ? ColumnValue.ofNull() : ColumnValue.of(convert(column, value.get()));
    }

    /**
     * Returns the value of any column, also of one that this library does not know.
     *
     * @param column its name
     * @return the value as the driver gave it; empty for NULL
     * @throws IllegalArgumentException if there is no such column
     */
    public Optional<Object> get(String column) {
        return table.get(row, column);
    }

    /** {@return the names of the columns, as the server returned them} */
    public List<String> columns() {
        return table.columns();
    }

    private static <T> T convert(Column<T> column, Object value) {
        Class<T> type = column.type();
        Object converted = value;
        if (type == Integer.class && value instanceof Number number) {
            converted = number.intValue();
        } else if (type == Long.class && value instanceof Number number) {
            converted = number.longValue();
        } else if (type == Boolean.class && value instanceof Number number) {
            converted = number.intValue() != 0;
        } else if (type == Lsn.class && value instanceof BigDecimal number) {
            converted = Lsn.parse(number.toBigInteger().toString());
        } else if (type == UUID.class && value instanceof String text) {
            converted = UUID.fromString(text);
        } else if (type == String.class) {
            converted = value.toString();
        }
        if (!type.isInstance(converted)) {
            throw new IllegalStateException(String.format(Locale.ROOT, "The column %s has a value of %s: expected %s",
                    column, value.getClass().getName(), type.getName()));
        }
        return type.cast(converted);
    }

    /** {@return the columns with their values} */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        for (String column : table.columns()) {
            parts.add(column + "=" + table.get(row, column).map(Object::toString).orElse("NULL"));
        }
        return String.join(", ", parts);
    }
}
