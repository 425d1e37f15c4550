package io.github.sqlvdi.emulator.internal.query;

import io.github.sqlvdi.emulator.internal.types.DataType;
import io.github.sqlvdi.emulator.internal.types.Kind;
import io.github.sqlvdi.emulator.internal.types.Value;
import io.github.sqlvdi.emulator.internal.types.Values;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;

/** Compares values of different types: the type of higher precedence decides. Texts compare without case. */
final class Comparison {

    private static final DataType EXACT = DataType.numeric(38, 10);

    private Comparison() {
    }

    /** Compares two values that are not NULL. */
    static int compare(Value left, Value right) {
        Kind first = left.type().kind();
        Kind second = right.type().kind();
        if (first == Kind.VARIANT || second == Kind.VARIANT) {
            return left.value() instanceof Number && right.value() instanceof Number
                    ? number(left).compareTo(number(right)) : text(left).compareTo(text(right));
        }
        if (first.isTime() || second.isTime()) {
            return time(left).compareTo(time(right));
        }
        if (first == Kind.GUID || second == Kind.GUID) {
            return guid(left).compareTo(guid(right));
        }
        if (first.isNumber() || second.isNumber()) {
            return number(left).compareTo(number(right));
        }
        if (first == Kind.VARBINARY && second == Kind.VARBINARY) {
            return Arrays.compareUnsigned((byte[]) left.value(), (byte[]) right.value());
        }
        return text(left).compareTo(text(right));
    }

    private static String text(Value value) {
        return value.text().stripTrailing().toUpperCase(Locale.ROOT);
    }

    static BigDecimal number(Value value) {
        return value.value() instanceof BigDecimal number ? number
                : value.value() instanceof Number number && !(number instanceof Double)
                        ? BigDecimal.valueOf(number.longValue())
                        : (BigDecimal) Values.convert(value.value(), EXACT);
    }

    private static LocalDateTime time(Value value) {
        return value.value() instanceof OffsetDateTime time ? time.toLocalDateTime()
                : (LocalDateTime) Values.convert(value.value(), DataType.DATETIME);
    }

    private static String guid(Value value) {
        return ((UUID) Values.convert(value.value(), DataType.GUID)).toString();
    }

    /** The type that holds values of both types. */
    static DataType common(DataType left, DataType right) {
        if (left.equals(right)) {
            return left;
        }
        if (left.kind().isText() && right.kind().isText()) {
            boolean unicode = left.kind().isUnicode() || right.kind().isUnicode();
            int length = left.isMax() || right.isMax() ? DataType.MAX : Math.max(left.length(), right.length());
            return unicode ? DataType.nvarchar(length) : DataType.varchar(length);
        }
        if (left.kind() == Kind.NUMERIC && right.kind() == Kind.NUMERIC) {
            int scale = Math.max(left.scale(), right.scale());
            int digits = Math.max(left.precision() - left.scale(), right.precision() - right.scale());
            return DataType.numeric(Math.min(38, digits + scale), scale);
        }
        if (left.kind() == Kind.VARBINARY && right.kind() == Kind.VARBINARY) {
            return DataType.varbinary(Math.max(left.length(), right.length()));
        }
        return rank(left) >= rank(right) ? left : right;
    }

    private static int rank(DataType type) {
        return switch (type.kind()) {
            case VARIANT -> 20;
            case DATETIMEOFFSET -> 19;
            case DATETIME2 -> 18;
            case DATETIME -> 17;
            case DATE -> 16;
            case TIME -> 15;
            case FLOAT -> 14;
            case REAL -> 13;
            case NUMERIC -> 12;
            case MONEY -> 11;
            case BIGINT -> 10;
            case INT -> 9;
            case SMALLINT -> 8;
            case TINYINT -> 7;
            case BIT -> 6;
            case GUID -> 5;
            case NVARCHAR -> 4;
            case NCHAR -> 3;
            case VARCHAR -> 2;
            case CHAR -> 1;
            case VARBINARY -> 0;
        };
    }
}
