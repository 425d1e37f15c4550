package io.github.sqlvdi.emulator.internal.query;

import io.github.sqlvdi.emulator.internal.language.Expression;
import io.github.sqlvdi.emulator.internal.language.Select;
import io.github.sqlvdi.emulator.internal.tokens.ServerError;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.emulator.internal.types.DataType;
import io.github.sqlvdi.emulator.internal.types.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Queries with COUNT, COUNT_BIG, MIN, MAX or SUM over all rows, or over the groups of GROUP BY. */
final class Aggregates {

    private final Select query;
    private final Evaluator evaluator;
    private final Row empty;

    private Aggregates(Select query, Evaluator evaluator, Row empty) {
        this.query = query;
        this.evaluator = evaluator;
        this.empty = empty;
    }

    static boolean isAggregate(Select query) {
        return !query.groups().isEmpty() || query.having() != null
                || query.items().stream().anyMatch(item -> AggregateCalls.contains(item.value()));
    }

    /** Runs a query on its rows; the empty one gives the types where there are no rows. Sorts, but leaves TOP to others. */
    static Relation run(Select query, List<Row> rows, Evaluator evaluator, Row empty) {
        return new Aggregates(query, evaluator, empty).run(rows);
    }

    private Relation run(List<Row> rows) {
        List<List<Row>> groups = new ArrayList<>(groups(rows));
        if (query.having() != null) {
            groups.removeIf(group -> !evaluator.isTrue(inGroup(query.having(), group), row(group)));
        }
        groups.sort(order());
        List<String> names = query.items().stream().map(Projection::name).toList();
        return Projection.typed(names, values(List.of()), groups.stream().map(this::values).toList());
    }

    /** The rows with equal values of the GROUP BY list. Without one all rows are a group, also if there are none. */
    private List<List<Row>> groups(List<Row> rows) {
        if (query.groups().isEmpty()) {
            return List.of(rows);
        }
        Map<List<String>, List<Row>> groups = new LinkedHashMap<>();
        for (Row row : rows) {
            List<String> key = query.groups().stream().map(each -> key(evaluator.guarded(each, row))).toList();
            groups.computeIfAbsent(key, each -> new ArrayList<>()).add(row);
        }
        return List.copyOf(groups.values());
    }

    /** Texts are equal in any case, and whatever blanks end them. */
    private static String key(Value value) {
        return value.isNull() ? "" : "=" + value.text().stripTrailing().toLowerCase(Locale.ROOT);
    }

    private Comparator<List<Row>> order() {
        Comparator<List<Row>> order = (left, right) -> 0;
        for (Select.Order each : query.orders()) {
            Expression key = QueryRunner.resolved(query, each.value());
            Comparator<List<Row>> next =
                    (left, right) -> QueryRunner.nullsFirst(value(key, left), value(key, right));
            order = order.thenComparing(each.descending() ? next.reversed() : next);
        }
        return order;
    }

    private List<Value> values(List<Row> group) {
        return query.items().stream().map(item -> value(item.value(), group)).toList();
    }

    private Value value(Expression expression, List<Row> group) {
        if (expression instanceof Expression.Call call && AggregateCalls.isAggregate(call)) {
            return aggregate(call, group);
        }
        return evaluator.guarded(isGrouped(expression) ? expression : inGroup(expression, group), row(group));
    }

    private Row row(List<Row> group) {
        return group.isEmpty() ? empty : group.getFirst();
    }

    /** The expression with the values of its aggregates. A column must be one of the GROUP BY list. */
    private Expression inGroup(Expression expression, List<Row> group) {
        if (expression == null) {
            throw notGrouped("*"); // a star
        }
        return AggregateCalls.replace(expression, leaf -> {
            if (leaf instanceof Expression.Call call && AggregateCalls.isAggregate(call)) {
                return new Expression.Literal(aggregate(call, group));
            }
            if (leaf instanceof Expression.Column column && !isGrouped(column)) {
                throw notGrouped(String.join(".", column.parts()));
            }
            return leaf;
        });
    }

    private static ServerError notGrouped(String column) {
        return new ServerError(ServerMessage.error(8120, "Column '%s' is invalid in the select list because it is not "
                + "contained in either an aggregate function or the GROUP BY clause.", column));
    }

    private boolean isGrouped(Expression expression) {
        return expression != null && query.groups().stream().anyMatch(each -> isSame(each, expression));
    }

    /** Whether two expressions are the same but for the lines in which they stand, and for qualifiers of a column. */
    private static boolean isSame(Expression group, Expression expression) {
        if (group instanceof Expression.Column left && expression instanceof Expression.Column right) {
            return left.parts().getLast().equalsIgnoreCase(right.parts().getLast())
                    && (left.parts().size() == 1 || right.parts().size() == 1
                            || left.parts().get(left.parts().size() - 2)
                                    .equalsIgnoreCase(right.parts().get(right.parts().size() - 2)));
        }
        return withoutLines(group).equals(withoutLines(expression));
    }

    private static String withoutLines(Expression expression) {
        return expression.toString().replaceAll("line=\\d+", "");
    }

    private Value aggregate(Expression.Call call, List<Row> rows) {
        boolean counts = call.name().startsWith("COUNT");
        if (counts && (call.star() || call.arguments().isEmpty())) {
            return count(call, rows.size());
        }
        List<Value> values = rows.stream().map(row -> evaluator.guarded(call.arguments().getFirst(), row))
                .filter(value -> !value.isNull()).toList();
        if (counts) {
            return count(call, values.size());
        }
        Value none = rows.isEmpty() ? new Value(evaluator.guarded(call.arguments().getFirst(), empty).type(), null)
                : Value.NULL;
        return switch (call.name()) {
            case "MIN" -> values.stream().min(Comparison::compare).orElse(none);
            case "MAX" -> values.stream().max(Comparison::compare).orElse(none);
            default -> values.stream().reduce((left, right) -> Arithmetic.apply("+", left, right)).orElse(none);
        };
    }

    private static Value count(Expression.Call call, int rows) {
        return call.name().equals("COUNT") ? Value.of(rows) : new Value(DataType.BIGINT, (long) rows);
    }
}
