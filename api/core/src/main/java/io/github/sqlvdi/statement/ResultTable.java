package io.github.sqlvdi.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A result set that a statement returned, for example the one of {@code RESTORE HEADERONLY}. Immutable, for any thread.
 */
public final class ResultTable {

    private final List<String> columns;
    private final List<List<Optional<Object>>> rows;

    private ResultTable(List<String> columns, List<List<Optional<Object>>> rows) {
        this.columns = columns;
        this.rows = rows;
    }

    /**
     * Makes a table.
     *
     * @param columns the names of the columns
     * @param rows the rows; each has one value for each column, empty for NULL
     * @return the table
     * @throws IllegalArgumentException if a row has another number of values
     */
    public static ResultTable of(List<String> columns, List<List<Optional<Object>>> rows) {
        List<List<Optional<Object>>> copy = new ArrayList<>();
        for (List<Optional<Object>> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(String.format(Locale.ROOT,
                        "A row has %d values: expected one for each of the %d columns", row.size(), columns.size()));
            }
            copy.add(List.copyOf(row));
        }
        return new ResultTable(List.copyOf(columns), List.copyOf(copy));
    }

    /** {@return the names of the columns, as the server gave them} */
    public List<String> columns() {
        return columns;
    }

    /** {@return the number of rows} */
    public int size() {
        return rows.size();
    }

    /** {@return the rows in their order; each has one value for each column, empty for NULL} */
    public List<List<Optional<Object>>> rows() {
        return rows;
    }

    /**
     * Returns a value.
     *
     * @param row 0 to {@link #size()} - 1
     * @param column the name of the column, in any case
     * @return the value: a String, Number, Boolean, {@code byte[]}, or a class of {@code java.time}; empty for NULL
     * @throws IllegalArgumentException if there is no such column
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public Optional<Object> get(int row, String column) {
        return rows.get(row).get(indexOf(column).orElseThrow(() -> new IllegalArgumentException(
                String.format(Locale.ROOT, "There is no column %s: expected one of %s", column, columns))));
    }

    /**
     * Returns whether the table has a column.
     *
     * @param column the name, in any case
     * @return true if it has
     */
    public boolean has(String column) {
        return indexOf(column).isPresent();
    }

    private Optional<Integer> indexOf(String column) {
        for (int index = 0; index < columns.size(); index++) {
            if (columns.get(index).equalsIgnoreCase(column)) {
                return Optional.of(index);
            }
        }
        return Optional.empty();
    }

    /** {@return the number of rows and the columns} */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d rows of %s", size(), columns);
    }
}
