package io.github.sqlvdi.emulator.internal.query;

import io.github.sqlvdi.emulator.internal.language.Expression;
import io.github.sqlvdi.emulator.internal.language.Select;
import io.github.sqlvdi.emulator.internal.tokens.Column;
import io.github.sqlvdi.emulator.internal.tokens.ServerError;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.emulator.internal.types.DataType;
import io.github.sqlvdi.emulator.internal.types.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/** Runs queries: joins, filters, sorts, projects. */
final class QueryRunner {

    /** Most rows of a join. The views are small; a longer join is a mistake or an attack. */
    private static final int MAX_ROWS = 100_000;

    private final Environment environment;
    private final Evaluator evaluator;

    QueryRunner(Environment environment, Evaluator evaluator) {
        this.environment = environment;
        this.evaluator = evaluator;
    }

    Relation run(Select query, Row outer) {
        List<Row> rows = joined(query, outer);
        if (query.where() != null) {
            rows = rows.stream().filter(row -> evaluator.isTrue(query.where(), row)).toList();
        }
        Row empty = emptyRow(query, outer);
        Relation result = Aggregates.isAggregate(query) ? Aggregates.run(query, rows, evaluator, empty)
                : new Projection(query, empty, evaluator).of(sorted(query, rows));
        List<List<Object>> values =
                query.distinct() ? new ArrayList<>(new LinkedHashSet<>(result.rows())) : result.rows();
        return new Relation(result.columns(), values.subList(0, Math.min(values.size(), top(query))));
    }

    private int top(Select query) {
        if (query.top() == null) {
            return Integer.MAX_VALUE;
        }
        Object count = evaluator.value(query.top()).as(DataType.BIGINT).value();
        if (count == null || (Long) count < 0) {
            throw new ServerError(ServerMessage.error(1060,
                    "The number of rows provided for a TOP or FETCH clauses row count parameter must be an integer."));
        }
        return (int) Math.min((Long) count, Integer.MAX_VALUE);
    }

    private Relation table(Select.Table table) {
        return environment.view(table.parts()).orElseThrow(() -> new ServerError(
                ServerMessage.error(208, "Invalid object name '%s'.", String.join(".", table.parts()))));
    }

    private static Row.Part part(Select.Table table, List<Column> columns, List<Object> values) {
        return new Row.Part(table.alias() == null ? table.parts().getLast() : table.alias(), table.parts(), columns,
                values);
    }

    private List<Row> joined(Select query, Row outer) {
        List<Row> rows = List.of(new Row(List.of(), outer));
        for (Select.Table table : query.tables()) {
            Relation relation = table(table);
            List<Row> next = new ArrayList<>();
            for (Row row : rows) {
                int before = next.size();
                for (List<Object> values : relation.rows()) {
                    Row candidate = row.with(part(table, relation.columns(), values));
                    if (table.on() == null || evaluator.isTrue(table.on(), candidate)) {
                        next.add(candidate);
                    }
                }
                if (table.outer() && next.size() == before) {
                    next.add(row.with(part(table, relation.columns(), null)));
                }
                if (next.size() > MAX_ROWS) {
                    throw new ServerError(
                            ServerMessage.error(8623, "The query processor ran out of internal resources and "
                                    + "could not produce a query plan."));
                }
            }
            rows = next;
        }
        return rows;
    }

    /** A row of NULLs: gives the types of the columns where there is no row. */
    private Row emptyRow(Select query, Row outer) {
        Row row = new Row(List.of(), outer);
        for (Select.Table table : query.tables()) {
            row = row.with(part(table, table(table).columns(), null));
        }
        return row;
    }

    private List<Row> sorted(Select query, List<Row> rows) {
        if (query.orders().isEmpty()) {
            return rows;
        }
        Comparator<Row> order = (left, right) -> 0;
        for (Select.Order each : query.orders()) {
            Expression key = resolved(query, each.value());
            Comparator<Row> next = (left, right) -> nullsFirst(evaluator.guarded(key, left),
                    evaluator.guarded(key, right));
            order = order.thenComparing(each.descending() ? next.reversed() : next);
        }
        return rows.stream().sorted(order).toList();
    }

    /** A number is the position in the select list, a name may be an alias there. */
    static Expression resolved(Select query, Expression key) {
        if (key instanceof Expression.Literal literal && literal.value() instanceof Integer position && position >= 1
                && position <= query.items().size() && query.items().get(position - 1).value() != null) {
            return query.items().get(position - 1).value();
        }
        if (key instanceof Expression.Column column && column.parts().size() == 1) {
            for (Select.Item item : query.items()) {
                if (item.value() != null && column.parts().getFirst().equalsIgnoreCase(item.alias())) {
                    return item.value();
                }
            }
        }
        return key;
    }

    static int nullsFirst(Value left, Value right) {
        if (left.isNull() || right.isNull()) {
            return Boolean.compare(!left.isNull(), !right.isNull());
        }
        return Comparison.compare(left, right);
    }
}
