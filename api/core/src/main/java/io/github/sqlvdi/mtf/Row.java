package io.github.sqlvdi.mtf;

import java.util.List;

/** The values of one row of a result set, by column. */
final class Row {

    private final List<Column<?>> columns;
    private final ColumnValue<?>[] values;

    Row(List<Column<?>> columns) {
        this.columns = columns;
        values = new ColumnValue<?>[columns.size()];
    }

    <T> Row set(Column<T> column, ColumnValue<T> value) {
        values[column.index()] = value;
        return this;
    }

    <T> Row set(Column<T> column, T value) {
        return set(column, ColumnValue.ofNullable(value));
    }

    List<Column<?>> columns() {
        return columns;
    }

    @SuppressWarnings("unchecked")
    <T> ColumnValue<T> get(Column<T> column) {
        if (column.index() >= columns.size() || columns.get(column.index()) != column) {
            throw new IllegalArgumentException("the column " + column.name() + " belongs to another result set");
        }
        ColumnValue<?> value = values[column.index()];
        return value == null ? ColumnValue.notInStream() : (ColumnValue<T>) value;
    }
}
