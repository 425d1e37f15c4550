package io.github.sqlvdi.emulator.internal.query;

import io.github.sqlvdi.emulator.internal.language.Expression;
import io.github.sqlvdi.emulator.internal.tokens.ServerError;
import io.github.sqlvdi.emulator.internal.tokens.ServerMessage;
import io.github.sqlvdi.emulator.internal.types.DataType;
import io.github.sqlvdi.emulator.internal.types.Value;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** DATEDIFF, DATEADD, DATEPART and DATENAME. */
final class DateFunctions {

    private final Evaluator evaluator;

    DateFunctions(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    Value call(Expression.Call call, Row row) {
        boolean two = call.name().startsWith("DATEP") || call.name().startsWith("DATEN");
        Functions.require(call, two ? 2 : 3, two ? 2 : 3);
        ChronoUnit unit = unit(call);
        Value first = evaluator.value(call.arguments().get(1), row);
        Value second = evaluator.value(call.arguments().getLast(), row);
        if (first.isNull() || second.isNull()) {
            return new Value(call.name().equals("DATEADD") ? DataType.DATETIME : DataType.INT, null);
        }
        LocalDateTime time = (LocalDateTime) second.as(DataType.DATETIME).value();
        return switch (call.name()) {
            case "DATEADD" -> {
                try {
                    yield new Value(DataType.DATETIME,
                            time.plus((Integer) first.as(DataType.INT).value(), unit));
                } catch (DateTimeException | ArithmeticException overflow) {
                    throw new ServerError(ServerMessage.error(517, "Adding a value to a 'datetime' column caused an "
                            + "overflow."));
                }
            }
            case "DATEDIFF" -> {
                LocalDateTime begin = floor((LocalDateTime) first.as(DataType.DATETIME).value(), unit);
                yield Value.of(unit.between(begin, floor(time, unit))).as(DataType.INT);
            }
            case "DATEPART" -> Value.of(part(time, unit));
            default -> Value.of(unit == ChronoUnit.MONTHS ? time.getMonth().toString().charAt(0)
                    + time.getMonth().toString().substring(1).toLowerCase(Locale.ROOT)
                    : String.valueOf(part(time, unit)));
        };
    }

    private static ChronoUnit unit(Expression.Call call) {
        String word = call.arguments().getFirst() instanceof Expression.Column column
                ? column.parts().getFirst().toLowerCase(Locale.ROOT) : "";
        return switch (word) {
            case "year", "yy", "yyyy" -> ChronoUnit.YEARS;
            case "month", "mm", "m" -> ChronoUnit.MONTHS;
            case "week", "wk", "ww" -> ChronoUnit.WEEKS;
            case "day", "dd", "d" -> ChronoUnit.DAYS;
            case "hour", "hh" -> ChronoUnit.HOURS;
            case "minute", "mi", "n" -> ChronoUnit.MINUTES;
            case "second", "ss", "s" -> ChronoUnit.SECONDS;
            case "millisecond", "ms" -> ChronoUnit.MILLIS;
            default -> throw new ServerError(ServerMessage.syntax(155, "'%s' is not a recognized %s option.", word,
                    call.name().toLowerCase(Locale.ROOT)));
        };
    }

    /** DATEDIFF counts the boundaries between two times. */
    private static LocalDateTime floor(LocalDateTime time, ChronoUnit unit) {
        return switch (unit) {
            case YEARS -> time.toLocalDate().withDayOfYear(1).atStartOfDay();
            case MONTHS -> time.toLocalDate().withDayOfMonth(1).atStartOfDay();
            case WEEKS -> time.toLocalDate().minusDays(time.getDayOfWeek().getValue() % 7).atStartOfDay();
            default -> time.truncatedTo(unit);
        };
    }

    private static int part(LocalDateTime time, ChronoUnit unit) {
        return switch (unit) {
            case YEARS -> time.getYear();
            case MONTHS -> time.getMonthValue();
            case WEEKS -> time.get(ChronoField.ALIGNED_WEEK_OF_YEAR);
            case DAYS -> time.getDayOfMonth();
            case HOURS -> time.getHour();
            case MINUTES -> time.getMinute();
            case SECONDS -> time.getSecond();
            default -> time.get(ChronoField.MILLI_OF_SECOND);
        };
    }
}
