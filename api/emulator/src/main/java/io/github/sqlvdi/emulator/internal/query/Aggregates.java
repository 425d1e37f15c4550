package io.github.sqlvdi.emulator.internal.query;

import io.github.sqlvdi.emulator.internal.language.Expression;
import io.github.sqlvdi.emulator.internal.language.Select;
import io.github.sqlvdi.emulator.internal.tokens.ServerError;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.emulator.internal.types.DataType;
import io.github.sqlvdi.emulator.internal.types.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Queries whose select list consists of aggregates: COUNT, COUNT_BIG, MIN, MAX and SUM over all rows. */
final class Aggregates {

    private static final Set<String> NAMES = Set.of("COUNT", "COUNT_BIG", "MIN", "MAX", "SUM");

    private Aggregates() {
    }

    static boolean isAggregate(Select query) {
        return query.items().stream().anyMatch(item -> call(item.value()) != null);
    }

    /** The aggregate that an expression is, perhaps within a conversion; null if it is none. */
    private static Expression.Call call(Expression expression) {
        return switch (expression) {
            case Expression.Call call when NAMES.contains(call.name()) -> call;
            case Expression.Cast cast -> call(cast.operand());
            case Expression.Call call when call.name().equals("ISNULL") && !call.arguments().isEmpty() ->
                    call(call.arguments().getFirst());
            case null, default -> null;
        };
    }

    static Relation run(Select query, List<Row> rows, Evaluator evaluator, Row outer) {
        List<String> names = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        for (Select.Item item : query.items()) {
            Expression.Call call = call(item.value());
            if (call == null) {
                throw new ServerError(
                        ServerMessage.error(8120, "A column of the select list is invalid because it is not "
                                + "contained in either an aggregate function or the GROUP BY clause."));
            }
            names.add(item.alias() == null ? "" : item.alias());
            Value value = aggregate(call, rows, evaluator);
            Expression wrapped = replaced(item.value(), value);
            values.add(wrapped == null ? value : evaluator.guarded(wrapped, new Row(List.of(), outer)));
        }
        return Projection.typed(names, values, List.of(values));
    }

    /** The expression around the aggregate with the aggregate's value in its place; null if there is nothing around. */
    private static Expression replaced(Expression expression, Value value) {
        Expression literal = new Expression.Literal(value.value() instanceof Long number
                ? (Object) BigDecimal.valueOf(number) : value.value());
        return switch (expression) {
            case Expression.Cast cast -> new Expression.Cast(literal, cast.type(), cast.style(), cast.tries());
            case Expression.Call call when call.name().equals("ISNULL") -> {
                List<Expression> arguments = new ArrayList<>(call.arguments());
                arguments.set(0, literal);
                yield new Expression.Call(call.name(), arguments, false, call.line());
            }
            default -> null;
        };
    }

    private static Value aggregate(Expression.Call call, List<Row> rows, Evaluator evaluator) {
        boolean counts = call.name().startsWith("COUNT");
        if (call.star() && counts || counts && call.arguments().isEmpty()) {
            return count(call, rows.size());
        }
        List<Value> values = rows.stream().map(row -> evaluator.guarded(call.arguments().getFirst(), row))
                .filter(value -> !value.isNull()).toList();
        return switch (call.name()) {
            case "MIN" -> values.stream().min(Comparison::compare).orElse(Value.NULL);
            case "MAX" -> values.stream().max(Comparison::compare).orElse(Value.NULL);
            case "SUM" ->
                    values.stream().reduce((left, right) -> Arithmetic.apply("+", left, right)).orElse(Value.NULL);
            default -> count(call, values.size());
        };
    }

    private static Value count(Expression.Call call, int rows) {
        return call.name().equals("COUNT") ? Value.of(rows) : new Value(DataType.BIGINT, (long) rows);
    }
}
