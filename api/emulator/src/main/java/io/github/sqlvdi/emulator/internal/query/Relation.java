package io.github.sqlvdi.emulator.internal.query;

import io.github.sqlvdi.emulator.internal.tokens.Column;
import io.github.sqlvdi.emulator.internal.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A table or result set in memory.
 *
 * @param columns the columns
 * @param rows the rows: a value for each column in the Java class of its type, null for NULL
 */
public record Relation(List<Column> columns, List<List<Object>> rows) {

    /** Collects columns and rows. */
    public static final class Builder {

        private final List<Column> columns = new ArrayList<>();
        private final List<List<Object>> rows = new ArrayList<>();

        /**
         * Adds columns of one type.
         *
         * @param type the type
         * @param names the names
         * @return this
         */
        public Builder columns(DataType type, String... names) {
            for (String name : names) {
                columns.add(new Column(name, type));
            }
            return this;
        }

        /**
         * Adds a row.
         *
         * @param values a value for each column
         * @return this
         * @throws IllegalArgumentException if the number of values is not that of the columns
         */
        public Builder row(Object... values) {
            if (values.length != columns.size()) {
                throw new IllegalArgumentException(String.format(Locale.ROOT, "A row has %d values for %d columns",
                        values.length, columns.size()));
            }
            rows.add(Arrays.asList(values));
            return this;
        }

        /** {@return the relation} */
        public Relation build() {
            return new Relation(columns, rows);
        }
    }
}
