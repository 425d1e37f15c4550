package io.github.sqlvdi.emulator.internal.types;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;

/** Conversions between the Java values of the types. */
public final class Values {

    private static final LocalDate TIME_DATE = LocalDate.of(1900, 1, 1);
    private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("MMM ppd yyyy pph:mma", Locale.ROOT);
    private static final DateTimeFormatter PARSED = new DateTimeFormatterBuilder().parseCaseInsensitive()
            .appendPattern("[yyyyMMdd][yyyy-MM-dd][yyyy/MM/dd][MMM d[,] yyyy][MM/dd/yyyy]")
            .appendPattern("['T'][' '][HH:mm[:ss]]").appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .parseDefaulting(ChronoField.HOUR_OF_DAY, 0).parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
            .parseDefaulting(ChronoField.SECOND_OF_MINUTE, 0).toFormatter(Locale.ENGLISH);

    private Values() {
    }

    /**
     * Converts a value.
     *
     * @param value the value, null for NULL
     * @param type the wanted type
     * @return the value in the Java class of the type, null for NULL
     * @throws ConversionException if it cannot be converted
     */
    public static Object convert(Object value, DataType type) {
        if (value == null) {
            return null;
        }
        return switch (type.kind()) {
            case BIT -> value instanceof String text && text.strip().equalsIgnoreCase("true") ? Boolean.TRUE
                    : value instanceof String text && text.strip().equalsIgnoreCase("false") ? Boolean.FALSE
                            : (Object) (number(value, type).signum() != 0);
            case TINYINT, SMALLINT, INT -> (int) whole(value, type);
            case BIGINT -> whole(value, type);
            case NUMERIC -> number(value, type).setScale(type.scale(), RoundingMode.HALF_UP);
            case MONEY -> number(value, type).setScale(4, RoundingMode.HALF_UP);
            case REAL, FLOAT -> number(value, type).doubleValue();
            case DATETIME, DATETIME2 -> time(value);
            case DATE -> time(value).toLocalDate().atStartOfDay();
            case TIME -> time(value).toLocalTime().atDate(TIME_DATE);
            case DATETIMEOFFSET -> value instanceof OffsetDateTime time ? time : time(value).atOffset(ZoneOffset.UTC);
            case GUID -> guid(value);
            case NVARCHAR, VARCHAR -> cut(text(value), type.length());
            case NCHAR, CHAR -> padded(cut(text(value), type.length()), type.length());
            case VARBINARY -> value instanceof byte[] bytes ? bytes
                    : text(value).getBytes(StandardCharsets.UTF_16LE);
            case VARIANT -> value;
        };
    }

    private static String cut(String text, int length) {
        return length >= 0 && text.length() > length ? text.substring(0, length) : text;
    }

    private static String padded(String text, int length) {
        return text.length() < length ? text + " ".repeat(length - text.length()) : text;
    }

    private static long whole(Object value, DataType type) {
        BigDecimal number = number(value, type).setScale(0, RoundingMode.DOWN);
        long limit = switch (type.kind()) {
            case TINYINT -> 255;
            case SMALLINT -> Short.MAX_VALUE;
            case INT -> Integer.MAX_VALUE;
            default -> Long.MAX_VALUE;
        };
        long lowest = type.kind() == Kind.TINYINT ? 0 : -limit - 1;
        if (number.compareTo(BigDecimal.valueOf(limit)) > 0 || number.compareTo(BigDecimal.valueOf(lowest)) < 0) {
            throw new ConversionException(8115,
                    String.format(Locale.ROOT, "Arithmetic overflow error converting expression to data type %s.",
                            type.kind().name().toLowerCase(Locale.ROOT)));
        }
        return number.longValue();
    }

    private static BigDecimal number(Object value, DataType type) {
        return switch (value) {
            case BigDecimal number -> number;
            case Boolean bit -> bit ? BigDecimal.ONE : BigDecimal.ZERO;
            case Double number -> finite(number);
            case Number number -> BigDecimal.valueOf(number.longValue());
            case String text -> {
                try {
                    yield text.isBlank() ? BigDecimal.ZERO : new BigDecimal(text.strip());
                } catch (NumberFormatException unreadable) {
                    throw new ConversionException(245,
                            String.format(Locale.ROOT,
                                    "Conversion failed when converting the nvarchar value '%s' to data ", text)
                                    + String.format(Locale.ROOT, "type %s.",
                                            type.kind().name().toLowerCase(Locale.ROOT)));
                }
            }
            default -> throw clash(value, type);
        };
    }

    private static BigDecimal finite(double number) {
        if (Double.isInfinite(number) || Double.isNaN(number)) {
            throw new ConversionException(8115, "Arithmetic overflow error converting expression to data type float.");
        }
        return BigDecimal.valueOf(number);
    }

    private static ConversionException clash(Object value, DataType type) {
        return new ConversionException(206,
                String.format(Locale.ROOT, "Operand type clash: %s is incompatible with %s",
                        value.getClass().getSimpleName().toLowerCase(Locale.ROOT),
                        type.kind().name().toLowerCase(Locale.ROOT)));
    }

    private static UUID guid(Object value) {
        if (value instanceof UUID guid) {
            return guid;
        }
        try {
            return UUID.fromString(text(value).strip().replaceAll("^\\{|}$", ""));
        } catch (IllegalArgumentException unreadable) {
            throw new ConversionException(8169,
                    "Conversion failed when converting from a character string to uniqueidentifier.");
        }
    }

    private static LocalDateTime time(Object value) {
        return switch (value) {
            case LocalDateTime time -> time;
            case OffsetDateTime time -> time.toLocalDateTime();
            case String text -> parsed(text.strip());
            case Number days -> TIME_DATE.atStartOfDay().plusNanos(Math.round(days.doubleValue() * 86_400e9));
            default -> throw new ConversionException(241,
                    "Conversion failed when converting date and/or time from character string.");
        };
    }

    private static LocalDateTime parsed(String text) {
        try {
            return text.isEmpty() ? TIME_DATE.atStartOfDay()
                    : text.indexOf(':') == 2 ? LocalTime.parse(text).atDate(TIME_DATE)
                            : LocalDateTime.parse(text, PARSED);
        } catch (DateTimeException unreadable) {
            throw new ConversionException(241,
                    "Conversion failed when converting date and/or time from character string.");
        }
    }

    /**
     * Shows a value as a conversion to text does.
     *
     * @param value the value, not null
     * @return the text
     */
    public static String text(Object value) {
        return switch (value) {
            case String text -> text;
            case Boolean bit -> bit ? "1" : "0";
            case BigDecimal number -> number.toPlainString();
            case Double number -> number == Math.rint(number) && Math.abs(number) < 1e15
                    ? String.valueOf(number.longValue()) : String.valueOf(number);
            case UUID guid -> guid.toString().toUpperCase(Locale.ROOT);
            case LocalDateTime time -> TEXT.format(time);
            case byte[] bytes -> "0x" + HexFormat.of().withUpperCase().formatHex(bytes);
            default -> String.valueOf(value);
        };
    }
}
