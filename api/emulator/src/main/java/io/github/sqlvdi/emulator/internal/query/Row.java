package io.github.sqlvdi.emulator.internal.query;

import io.github.sqlvdi.emulator.internal.tokens.Column;
import io.github.sqlvdi.emulator.internal.tokens.ServerError;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.emulator.internal.types.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A row of a FROM list while it is evaluated: one part for each table, and the row of the query around it.
 *
 * @param parts the parts
 * @param outer the row of the query around this one, null without
 */
record Row(List<Part> parts, Row outer) {

    /**
     * The row of one table.
     *
     * @param alias the alias, else the last part of the name
     * @param name the name, qualifiers first
     * @param columns the columns of the table
     * @param values the values; null where an outer join found no partner, or for a row of NULLs
     */
    record Part(String alias, List<String> name, List<Column> columns, List<Object> values) {

        Value value(int index) {
            Column column = columns.get(index);
            return new Value(column.type(), values == null ? null : values.get(index));
        }

        boolean isNamed(List<String> qualifiers) {
            String last = qualifiers.getLast();
            return qualifiers.size() == 1 && last.equalsIgnoreCase(alias) || last.equalsIgnoreCase(name.getLast());
        }
    }

    static final Row NONE = new Row(List.of(), null);

    Row with(Part part) {
        List<Part> more = new ArrayList<>(parts);
        more.add(part);
        return new Row(more, outer);
    }

    Optional<Value> find(List<String> name, int line) {
        List<String> qualifiers = name.subList(0, name.size() - 1);
        Value found = null;
        for (Part part : parts) {
            if (!qualifiers.isEmpty() && !part.isNamed(qualifiers)) {
                continue;
            }
            for (int index = 0; index < part.columns().size(); index++) {
                if (part.columns().get(index).name().equalsIgnoreCase(name.getLast())) {
                    if (found != null) {
                        throw new ServerError(ServerMessage.error(209, "Ambiguous column name '%s'.", name.getLast()));
                    }
                    found = part.value(index);
                }
            }
        }
        return found != null || outer == null ? Optional.ofNullable(found) : outer.find(name, line);
    }
}
