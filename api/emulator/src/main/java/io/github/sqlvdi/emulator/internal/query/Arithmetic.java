package io.github.sqlvdi.emulator.internal.query;

import io.github.sqlvdi.emulator.internal.tokens.ServerError;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.emulator.internal.types.DataType;
import io.github.sqlvdi.emulator.internal.types.Kind;
import io.github.sqlvdi.emulator.internal.types.Value;
import io.github.sqlvdi.emulator.internal.types.Values;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.util.Locale;

/** Sums, products and concatenations. */
final class Arithmetic {

    /** Longest text that an expression may make. Bounds the memory of a session. */
    static final int MAX_TEXT = 1 << 20;

    private Arithmetic() {
    }

    static Value apply(String operator, Value left, Value right) {
        DataType common = Comparison.common(left.type(), right.type());
        if (operator.equals("+") && common.kind().isText()) {
            return concatenated(left, right, common);
        }
        if (left.isNull() || right.isNull()) {
            return new Value(common, null);
        }
        if (common.kind().isTime()) {
            return shifted(operator, left, right);
        }
        if (common.kind() == Kind.VARBINARY || common.kind() == Kind.GUID || common.kind() == Kind.VARIANT
                || common.kind().isText()) {
            throw new ServerError(ServerMessage.error(402,
                    "The data types %s and %s are incompatible in the %s operator.", name(left), name(right),
                    operator));
        }
        boolean whole = common.kind().isInteger() || common.kind() == Kind.BIT;
        BigDecimal first = Comparison.number(left.as(common));
        BigDecimal second = Comparison.number(right.as(common));
        BigDecimal result = switch (operator) {
            case "+" -> first.add(second);
            case "-" -> first.subtract(second);
            case "*" -> first.multiply(second);
            case "/", "%" -> divided(operator, first, second, whole);
            case "&" -> BigDecimal.valueOf(first.longValue() & second.longValue());
            case "|" -> BigDecimal.valueOf(first.longValue() | second.longValue());
            default -> BigDecimal.valueOf(first.longValue() ^ second.longValue());
        };
        return result(common, whole, result);
    }

    private static Value result(DataType common, boolean whole, BigDecimal result) {
        if (whole) {
            DataType type = common.kind() == Kind.BIGINT ? DataType.BIGINT : DataType.INT;
            return new Value(type, Values.convert(result, type));
        }
        if (common.kind() == Kind.NUMERIC) {
            BigDecimal plain = result.stripTrailingZeros();
            return Value.of(plain.scale() > 10 ? plain.setScale(10, RoundingMode.HALF_UP) : plain);
        }
        return new Value(common, Values.convert(result, common));
    }

    private static BigDecimal divided(String operator, BigDecimal first, BigDecimal second, boolean whole) {
        if (second.signum() == 0) {
            throw new ServerError(ServerMessage.error(8134, "Divide by zero error encountered."));
        }
        if (operator.equals("%")) {
            return first.remainder(second);
        }
        return whole ? first.divideToIntegralValue(second) : first.divide(second, MathContext.DECIMAL128);
    }

    private static Value concatenated(Value left, Value right, DataType common) {
        if (left.isNull() || right.isNull()) {
            return new Value(common, null);
        }
        String text = left.text() + right.text();
        if (text.length() > MAX_TEXT) {
            throw new ServerError(ServerMessage.error(7119,
                    "Attempting to grow LOB beyond maximum allowed size of %d bytes.", 2 * MAX_TEXT));
        }
        return text(text, common.kind().isUnicode());
    }

    /** A text as long as it is. */
    static Value text(String text, boolean unicode) {
        int limit = unicode ? 4000 : 8000;
        int length = text.length() > limit ? DataType.MAX : Math.max(1, text.length());
        return new Value(unicode ? DataType.nvarchar(length) : DataType.varchar(length), text);
    }

    private static Value shifted(String operator, Value left, Value right) {
        LocalDateTime time = (LocalDateTime) Values.convert(left.value(), DataType.DATETIME);
        if (right.type().kind().isTime()) {
            time = time.plusNanos(((LocalDateTime) right.value()).toLocalTime().toNanoOfDay());
        } else {
            double days = Comparison.number(right).doubleValue();
            time = time.plusNanos(Math.round((operator.equals("-") ? -days : days) * 86_400e9));
        }
        return new Value(DataType.DATETIME, time);
    }

    private static String name(Value value) {
        return value.type().kind().name().toLowerCase(Locale.ROOT);
    }
}
