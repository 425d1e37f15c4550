package io.github.sqlvdi.emulator.internal.query;

import io.github.sqlvdi.emulator.internal.language.Expression;
import io.github.sqlvdi.emulator.internal.language.Select;
import io.github.sqlvdi.emulator.internal.language.TypeName;
import io.github.sqlvdi.emulator.internal.tokens.ServerError;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.emulator.internal.types.ConversionException;
import io.github.sqlvdi.emulator.internal.types.DataType;
import io.github.sqlvdi.emulator.internal.types.Value;
import io.github.sqlvdi.emulator.internal.types.Values;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Evaluates expressions and conditions in an {@link Environment}. Failures are {@link ServerError}s. */
public final class Evaluator {

    private static final Set<String> CONDITIONS =
            Set.of("AND", "OR", "=", "<>", "!=", "<", ">", "<=", ">=", "!<", "!>");

    private final Environment environment;

    /**
     * Makes an evaluator.
     *
     * @param environment the session
     */
    public Evaluator(Environment environment) {
        this.environment = environment;
    }

    /**
     * Evaluates an expression outside a query.
     *
     * @param expression the expression
     * @return its value
     */
    public Value value(Expression expression) {
        return guarded(expression, Row.NONE);
    }

    /**
     * Evaluates a condition outside a query.
     *
     * @param condition the condition
     * @return whether it is true; false for unknown
     */
    public boolean isTrue(Expression condition) {
        return isTrue(condition, Row.NONE);
    }

    /**
     * Runs a query.
     *
     * @param query the query
     * @return its result
     */
    public Relation query(Select query) {
        return new QueryRunner(environment, this).run(query, null);
    }

    boolean isTrue(Expression condition, Row row) {
        try {
            return Boolean.TRUE.equals(condition(condition, row));
        } catch (ConversionException failure) {
            throw failed(failure);
        }
    }

    Value guarded(Expression expression, Row row) {
        try {
            return value(expression, row);
        } catch (ConversionException failure) {
            throw failed(failure);
        }
    }

    private static ServerError failed(ConversionException failure) {
        return new ServerError(new ServerMessage(failure.number(), 16, 1, failure.getMessage()));
    }

    /**
     * Makes a type from its name.
     *
     * @param name the name as written
     * @param cast whether it is the type of CAST, where a text without a length has 30 characters
     * @return the type
     */
    public static DataType type(TypeName name, boolean cast) {
        DataType type = DataType.named(name.name()).orElseThrow(() -> new ServerError(
                ServerMessage.error(243, "Type %s is not a defined system type.", name.name())));
        if (name.sized()) {
            return type.sized(name.first(), name.second());
        }
        return cast && type.length() == 1 ? type.sized(30, 0) : type;
    }

    Value value(Expression expression, Row row) {
        return switch (expression) {
            case Expression.Literal literal -> literal(literal.value());
            case Expression.Variable variable -> variable(variable);
            case Expression.Column column -> column(column, row);
            case Expression.Unary unary -> unary(unary, row);
            case Expression.Binary binary when isCondition(binary.operator()) -> throw condition();
            case Expression.Binary binary -> Arithmetic.apply(binary.operator(), value(binary.left(), row),
                    value(binary.right(), row));
            case Expression.Call call -> new Functions(environment, this).call(call, row);
            case Expression.Cast cast -> cast(cast, row);
            case Expression.Case choice -> choice(choice, row);
            case Expression.Subquery subquery when !subquery.exists() -> scalar(subquery, row);
            default -> throw condition();
        };
    }

    private static boolean isCondition(String operator) {
        return CONDITIONS.contains(operator);
    }

    private static ServerError condition() {
        return new ServerError(ServerMessage.syntax(102, "Incorrect syntax near a condition: a value is expected."));
    }

    private static Value literal(Object value) {
        return switch (value) {
            case null -> Value.NULL;
            case Value known -> known; // of an aggregate
            case String text -> Arithmetic.text(text, !isPlain(text));
            case Integer number -> Value.of(number);
            case BigDecimal number -> Value.of(number);
            case Double number -> new Value(DataType.FLOAT, number);
            case byte[] bytes -> new Value(DataType.varbinary(Math.max(1, bytes.length)), bytes);
            default -> throw new IllegalStateException("A literal of " + value.getClass());
        };
    }

    /** The parser does not keep the N of N'...'; a text of code page characters is a varchar. */
    private static boolean isPlain(String text) {
        return text.chars().allMatch(character -> character < 0x80);
    }

    private Value variable(Expression.Variable variable) {
        if (variable.isGlobal()) {
            String name = variable.name().toUpperCase(Locale.ROOT);
            return environment.function(name, List.of()).orElseThrow(() -> undeclared(variable));
        }
        return environment.variable(variable.name()).orElseThrow(() -> undeclared(variable));
    }

    private static ServerError undeclared(Expression.Variable variable) {
        return new ServerError(ServerMessage.syntax(137, "Must declare the scalar variable \"%s\".", variable.name())
                .withState(2));
    }

    private Value column(Expression.Column column, Row row) {
        return row.find(column.parts(), column.line())
                .or(() -> column.parts().size() == 1
                        ? environment.function(column.parts().getFirst().toUpperCase(Locale.ROOT), List.of())
                                .filter(value -> Functions.needsNoParentheses(column.parts().getFirst()))
                        : Optional.empty())
                .orElseThrow(() -> new ServerError(column.parts().size() == 1
                        ? ServerMessage.error(207, "Invalid column name '%s'.", column.parts().getFirst())
                        : ServerMessage.error(4104, "The multi-part identifier \"%s\" could not be bound.",
                                String.join(".", column.parts()))));
    }

    private Value unary(Expression.Unary unary, Row row) {
        if (unary.operator().equals("NOT")) {
            throw condition();
        }
        Value operand = value(unary.operand(), row);
        return switch (unary.operator()) {
            case "-" -> Arithmetic.apply("-", new Value(operand.type(), operand.isNull() ? null
                    : Values.convert(0, operand.type())), operand);
            case "~" -> Arithmetic.apply("^", operand, Value.of(-1));
            default -> operand;
        };
    }

    private Value cast(Expression.Cast cast, Row row) {
        DataType type = type(cast.type(), true);
        Value operand = value(cast.operand(), row);
        try {
            if (cast.style() != null && type.kind().isText() && operand.value() instanceof LocalDateTime time) {
                Object style = value(cast.style(), row).as(DataType.INT).value();
                return new Value(type, DateStyle.format(time, style == null ? 0 : (Integer) style));
            }
            return operand.as(type);
        } catch (ConversionException failure) {
            if (cast.tries()) {
                return new Value(type, null);
            }
            throw failure;
        }
    }

    private Value choice(Expression.Case choice, Row row) {
        Value operand = choice.operand() == null ? null : value(choice.operand(), row);
        for (int index = 0; index < choice.whens().size(); index++) {
            Expression when = choice.whens().get(index);
            boolean chosen = operand == null ? Boolean.TRUE.equals(condition(when, row))
                    : Boolean.TRUE.equals(compared("=", operand, value(when, row)));
            if (chosen) {
                return value(choice.thens().get(index), row);
            }
        }
        return choice.otherwise() == null ? Value.NULL : value(choice.otherwise(), row);
    }

    private Value scalar(Expression.Subquery subquery, Row row) {
        Relation result = new QueryRunner(environment, this).run(subquery.query(), row);
        if (result.columns().size() != 1) {
            throw new ServerError(
                    ServerMessage.error(116, "Only one expression can be specified in the select list when "
                            + "the subquery is not introduced with EXISTS."));
        }
        if (result.rows().size() > 1) {
            throw new ServerError(ServerMessage.error(512, "Subquery returned more than 1 value. This is not permitted "
                    + "when the subquery follows =, !=, <, <= , >, >= or when the subquery is used as an expression."));
        }
        return new Value(result.columns().getFirst().type(),
                result.rows().isEmpty() ? null : result.rows().getFirst().getFirst());
    }

    /** Evaluates a condition; null is unknown. */
    private Boolean condition(Expression expression, Row row) {
        return switch (expression) {
            case Expression.Unary unary when unary.operator().equals("NOT") -> negated(condition(unary.operand(), row),
                    true);
            case Expression.Binary binary when binary.operator().equals("AND") -> {
                Boolean left = condition(binary.left(), row);
                Boolean right = Boolean.FALSE.equals(left) ? Boolean.FALSE : condition(binary.right(), row);
                yield Boolean.FALSE.equals(right) ? Boolean.FALSE : left == null || right == null ? null : true;
            }
            case Expression.Binary binary when binary.operator().equals("OR") -> {
                Boolean left = condition(binary.left(), row);
                Boolean right = Boolean.TRUE.equals(left) ? Boolean.TRUE : condition(binary.right(), row);
                yield Boolean.TRUE.equals(right) ? Boolean.TRUE : left == null || right == null ? null : false;
            }
            case Expression.Binary binary when isCondition(binary.operator()) -> compared(binary.operator(),
                    value(binary.left(), row), value(binary.right(), row));
            case Expression.IsNull test -> value(test.operand(), row).isNull() != test.negated();
            case Expression.Like like -> like(like, row);
            case Expression.In in -> negated(contains(in, row), in.negated());
            case Expression.Between between -> {
                Value operand = value(between.operand(), row);
                Boolean low = compared(">=", operand, value(between.low(), row));
                Boolean high = compared("<=", operand, value(between.high(), row));
                yield negated(Boolean.FALSE.equals(low) || Boolean.FALSE.equals(high) ? Boolean.FALSE
                        : low == null || high == null ? null : Boolean.TRUE, between.negated());
            }
            case Expression.Subquery subquery when subquery.exists() ->
                    !new QueryRunner(environment, this).run(subquery.query(), row).rows().isEmpty();
            default ->
                    throw new ServerError(ServerMessage.syntax(4145, "An expression of non-boolean type specified in "
                            + "a context where a condition is expected."));
        };
    }

    private static Boolean negated(Boolean value, boolean negate) {
        return value == null ? null : value != negate;
    }

    private static Boolean compared(String operator, Value left, Value right) {
        if (left.isNull() || right.isNull()) {
            return null;
        }
        int order = Comparison.compare(left, right);
        return switch (operator) {
            case "=" -> order == 0;
            case "<>", "!=" -> order != 0;
            case "<" -> order < 0;
            case ">" -> order > 0;
            case "<=", "!>" -> order <= 0;
            default -> order >= 0;
        };
    }

    private Boolean like(Expression.Like like, Row row) {
        String text = value(like.operand(), row).text();
        String pattern = value(like.pattern(), row).text();
        String escape = like.escape() == null ? "" : Objects.requireNonNullElse(value(like.escape(), row).text(), "");
        if (text == null || pattern == null) {
            return null;
        }
        return new Pattern(pattern, escape.isEmpty() ? '\0' : escape.charAt(0)).matches(text) != like.negated();
    }

    private Boolean contains(Expression.In in, Row row) {
        Value operand = value(in.operand(), row);
        List<Value> values = new ArrayList<>();
        if (in.subquery() == null) {
            in.list().forEach(each -> values.add(value(each, row)));
        } else {
            Relation result = new QueryRunner(environment, this).run(in.subquery(), row);
            result.rows().forEach(each -> values.add(new Value(result.columns().getFirst().type(), each.getFirst())));
        }
        Boolean found = false;
        for (Value value : values) {
            Boolean equal = compared("=", operand, value);
            if (Boolean.TRUE.equals(equal)) {
                return true;
            }
            found = equal == null ? null : found;
        }
        return found;
    }
}
