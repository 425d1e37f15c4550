package io.github.sqlvdi.emulator.internal.query;

import io.github.sqlvdi.emulator.internal.language.Expression;
import io.github.sqlvdi.emulator.internal.tokens.ServerError;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.emulator.internal.types.DataType;
import io.github.sqlvdi.emulator.internal.types.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** The functions that do not depend on the server; others are asked of the {@link Environment}. */
final class Functions {

    private static final Set<String> BARE = Set.of("SYSTEM_USER", "CURRENT_USER", "SESSION_USER", "USER",
            "CURRENT_TIMESTAMP");
    private static final int MAX_REPEAT = 8000;

    private final Environment environment;
    private final Evaluator evaluator;

    Functions(Environment environment, Evaluator evaluator) {
        this.environment = environment;
        this.evaluator = evaluator;
    }

    /** Whether a function is written without parentheses. */
    static boolean needsNoParentheses(String name) {
        return BARE.contains(name.toUpperCase(Locale.ROOT));
    }

    Value call(Expression.Call call, Row row) {
        switch (call.name()) {
            case "DATEDIFF", "DATEADD", "DATEPART", "DATENAME" -> {
                return new DateFunctions(evaluator).call(call, row);
            }
            case "IIF" -> {
                require(call, 3, 3);
                return evaluator.value(call.arguments().get(evaluator.isTrue(call.arguments().get(0), row) ? 1 : 2),
                        row);
            }
            case "COALESCE" -> {
                return coalesce(call, row);
            }
            default -> {
                List<Value> arguments = new ArrayList<>();
                for (Expression argument : call.arguments()) {
                    arguments.add(evaluator.value(argument, row));
                }
                return call(call, arguments);
            }
        }
    }

    static void require(Expression.Call call, int least, int most) {
        int count = call.arguments().size();
        if (count < least || count > most) {
            throw new ServerError(ServerMessage.syntax(174, "The %s function requires %d argument(s).",
                    call.name().toLowerCase(Locale.ROOT), least));
        }
    }

    private Value coalesce(Expression.Call call, Row row) {
        Value last = Value.NULL;
        for (Expression argument : call.arguments()) {
            last = evaluator.value(argument, row);
            if (!last.isNull()) {
                return last;
            }
        }
        return last;
    }

    private Value call(Expression.Call call, List<Value> arguments) {
        return switch (call.name()) {
            case "ISNULL" -> {
                require(call, 2, 2);
                Value first = arguments.get(0);
                yield first == Value.NULL ? arguments.get(1)
                        : first.isNull() ? replacement(first, arguments.get(1)) : first;
            }
            case "NULLIF" -> {
                require(call, 2, 2);
                Value first = arguments.get(0);
                yield !first.isNull() && !arguments.get(1).isNull() && Comparison.compare(first, arguments.get(1)) == 0
                        ? new Value(first.type(), null) : first;
            }
            case "GETDATE", "CURRENT_TIMESTAMP", "SYSDATETIME" ->
                    new Value(DataType.DATETIME, LocalDateTime.now(ZoneId.systemDefault()));
            case "GETUTCDATE", "SYSUTCDATETIME" -> new Value(DataType.DATETIME, LocalDateTime.now(ZoneOffset.UTC));
            case "NEWID" -> new Value(DataType.GUID, UUID.randomUUID());
            case "ABS", "CEILING", "FLOOR", "ISNUMERIC", "SIGN" -> number(call, arguments);
            case "CONCAT" -> {
                StringBuilder text = new StringBuilder();
                arguments.forEach(each -> text.append(each.isNull() ? "" : each.text()));
                yield Arithmetic.apply("+", Arithmetic.text(text.toString(), true), Arithmetic.text("", true));
            }
            default -> TextFunctions.isKnown(call.name()) ? TextFunctions.call(call, arguments)
                    : environment.function(call.name(), arguments).orElseThrow(() -> new ServerError(ServerMessage
                            .syntax(195, "'%s' is not a recognized built-in function name.", call.name())
                            .withState(10)));
        };
    }

    private static Value replacement(Value first, Value second) {
        return first.type().kind().isText() && second.type().kind().isText()
                ? second.as(Comparison.common(first.type(), second.type())) : second.as(first.type());
    }

    private static Value number(Expression.Call call, List<Value> arguments) {
        require(call, 1, 1);
        Value value = arguments.getFirst();
        if (call.name().equals("ISNUMERIC")) {
            boolean numeric =
                    !value.isNull() && value.text().strip().matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
            return Value.of(numeric ? 1 : 0);
        }
        if (value.isNull()) {
            return value;
        }
        BigDecimal number = Comparison.number(value);
        BigDecimal result = switch (call.name()) {
            case "ABS" -> number.abs();
            case "CEILING" -> number.setScale(0, RoundingMode.CEILING);
            case "FLOOR" -> number.setScale(0, RoundingMode.FLOOR);
            default -> BigDecimal.valueOf(number.signum());
        };
        return value.type().kind().isText() ? Value.of(result) : new Value(DataType.numeric(38, 10), result)
                .as(value.type());
    }

    static String repeated(String text, long count) {
        return text.isEmpty() || count <= 0 ? "" : text.repeat((int) Math.min(count, MAX_REPEAT / text.length()));
    }
}
