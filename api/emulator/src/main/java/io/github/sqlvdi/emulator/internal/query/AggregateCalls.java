package io.github.sqlvdi.emulator.internal.query;

import io.github.sqlvdi.emulator.internal.language.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Finds the calls of aggregates in an expression. Those of a subquery belong to the subquery. */
final class AggregateCalls {

    private static final Set<String> NAMES = Set.of("COUNT", "COUNT_BIG", "MIN", "MAX", "SUM");
    private static final Set<String> DATES = Set.of("DATEDIFF", "DATEADD", "DATEPART", "DATENAME");

    private AggregateCalls() {
    }

    static boolean isAggregate(Expression expression) {
        return expression instanceof Expression.Call call && NAMES.contains(call.name());
    }

    /** Whether there is an aggregate in an expression, which may be null. */
    static boolean contains(Expression expression) {
        boolean[] found = new boolean[1];
        replace(expression, leaf -> {
            found[0] |= isAggregate(leaf);
            return leaf;
        });
        return found[0];
    }

    /** Replaces the aggregates and the parts that have none of their own: literals, variables, columns, subqueries. */
    static Expression replace(Expression expression, UnaryOperator<Expression> leaves) {
        return switch (expression) {
            case null -> null;
            case Expression.Call call when isAggregate(call) -> leaves.apply(call);
            case Expression.Call call -> call(call, leaves);
            case Expression.Unary unary -> new Expression.Unary(unary.operator(), replace(unary.operand(), leaves));
            case Expression.Binary binary -> new Expression.Binary(binary.operator(), replace(binary.left(), leaves),
                    replace(binary.right(), leaves));
            case Expression.Cast cast -> new Expression.Cast(replace(cast.operand(), leaves), cast.type(),
                    replace(cast.style(), leaves), cast.tries());
            case Expression.Case choice -> new Expression.Case(replace(choice.operand(), leaves),
                    all(choice.whens(), leaves), all(choice.thens(), leaves), replace(choice.otherwise(), leaves));
            case Expression.In in -> new Expression.In(replace(in.operand(), leaves),
                    in.list() == null ? null : all(in.list(), leaves), in.subquery(), in.negated());
            case Expression.Like like -> new Expression.Like(replace(like.operand(), leaves),
                    replace(like.pattern(), leaves), replace(like.escape(), leaves), like.negated());
            case Expression.Between between -> new Expression.Between(replace(between.operand(), leaves),
                    replace(between.low(), leaves), replace(between.high(), leaves), between.negated());
            case Expression.IsNull test -> new Expression.IsNull(replace(test.operand(), leaves), test.negated());
            default -> leaves.apply(expression);
        };
    }

    /** The first argument of some functions is no column but the part of a date, for example hour. */
    private static Expression call(Expression.Call call, UnaryOperator<Expression> leaves) {
        int parts = DATES.contains(call.name()) ? Math.min(1, call.arguments().size()) : 0;
        List<Expression> arguments = new ArrayList<>(call.arguments().subList(0, parts));
        arguments.addAll(all(call.arguments().subList(parts, call.arguments().size()), leaves));
        return new Expression.Call(call.name(), arguments, call.star(), call.line());
    }

    private static List<Expression> all(List<Expression> expressions, UnaryOperator<Expression> leaves) {
        return expressions.stream().map(each -> replace(each, leaves)).toList();
    }
}
