package io.github.sqlvdi.emulator.internal.query;

import io.github.sqlvdi.emulator.internal.language.Expression;
import io.github.sqlvdi.emulator.internal.language.Select;
import io.github.sqlvdi.emulator.internal.tokens.Column;
import io.github.sqlvdi.emulator.internal.tokens.ServerError;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.emulator.internal.types.DataType;
import io.github.sqlvdi.emulator.internal.types.Value;
import io.github.sqlvdi.emulator.internal.types.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes result columns and rows of a select list. */
final class Projection {

    private final Select query;
    private final Row empty;
    private final Evaluator evaluator;

    Projection(Select query, Row empty, Evaluator evaluator) {
        this.query = query;
        this.empty = empty;
        this.evaluator = evaluator;
    }

    Relation of(List<Row> rows) {
        List<String> names = new ArrayList<>();
        List<List<Value>> all = new ArrayList<>();
        List<Value> typing = project(empty, names);
        for (Row row : rows) {
            all.add(project(row, null));
        }
        return typed(names, typing, all);
    }

    private List<Value> project(Row row, List<String> names) {
        List<Value> values = new ArrayList<>();
        for (Select.Item item : query.items()) {
            if (item.value() == null) {
                star(item, row, values, names);
            } else {
                values.add(evaluator.guarded(item.value(), row));
                if (names != null) {
                    names.add(name(item));
                }
            }
        }
        return values;
    }

    private void star(Select.Item item, Row row, List<Value> values, List<String> names) {
        boolean found = false;
        for (Row.Part part : row.parts()) {
            if (item.alias() != null && !part.isNamed(List.of(item.alias()))) {
                continue;
            }
            found = true;
            for (int index = 0; index < part.columns().size(); index++) {
                values.add(part.value(index));
                if (names != null) {
                    names.add(part.columns().get(index).name());
                }
            }
        }
        if (!found) {
            throw new ServerError(item.alias() == null
                    ? ServerMessage.error(263, "Must specify table to select from.")
                    : ServerMessage.error(107, "The column prefix '%s' does not match with a table name or alias name "
                            + "used in the query.", item.alias()));
        }
    }

    static String name(Select.Item item) {
        if (item.alias() != null) {
            return item.alias();
        }
        return item.value() instanceof Expression.Column column ? column.parts().getLast() : "";
    }

    /** Gives each column the type that holds all its values. */
    static Relation typed(List<String> names, List<Value> typing, List<List<Value>> all) {
        List<Column> columns = new ArrayList<>();
        for (int index = 0; index < typing.size(); index++) {
            DataType type = all.isEmpty() ? typing.get(index).type() : null;
            for (List<Value> row : all) {
                Value value = row.get(index);
                if (value != Value.NULL) { // a bare NULL has no type of its own
                    type = type == null ? value.type() : Comparison.common(type, value.type());
                }
            }
            columns.add(new Column(names.get(index), type == null ? typing.get(index).type() : type));
        }
        List<List<Object>> rows = new ArrayList<>();
        for (List<Value> row : all) {
            Object[] values = new Object[row.size()];
            for (int index = 0; index < values.length; index++) {
                values[index] = Values.convert(row.get(index).value(), columns.get(index).type());
            }
            rows.add(Arrays.asList(values));
        }
        return new Relation(columns, rows);
    }
}
