package io.github.sqlvdi.emulator.internal.types;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/** The numbers that stand for dates and times on the wire (MS-TDS 2.2.5.5.1.8). */
final class Times {

    private static final LocalDate DATETIME_EPOCH = LocalDate.of(1900, 1, 1);
    private static final LocalDate DATE_EPOCH = LocalDate.of(1, 1, 1);
    private static final long NANOS = 1_000_000_000L;
    private static final int TICKS = 300;

    private Times() {
    }

    static int datetimeDays(LocalDateTime time) {
        return (int) ChronoUnit.DAYS.between(DATETIME_EPOCH, time.toLocalDate());
    }

    static int datetimeTicks(LocalDateTime time) {
        return (int) Math.min(Math.round(time.toLocalTime().toNanoOfDay() * (double) TICKS / NANOS),
                24L * 3600 * TICKS - 1);
    }

    static LocalDateTime datetime(int days, long ticks) {
        return DATETIME_EPOCH.plusDays(days).atStartOfDay().plus(Duration.ofMillis(Math.round(ticks * 10 / 3.0)));
    }

    static int days(LocalDate date) {
        return (int) ChronoUnit.DAYS.between(DATE_EPOCH, date);
    }

    static LocalDate date(long days) {
        return DATE_EPOCH.plusDays(days);
    }

    static long units(LocalTime time, int scale) {
        return time.toNanoOfDay() / unit(scale);
    }

    static LocalTime time(long units, int scale) {
        return LocalTime.ofNanoOfDay(Math.min(units * unit(scale), 24 * 3600 * NANOS - 1));
    }

    private static long unit(int scale) {
        return (long) Math.pow(10, 9 - scale);
    }

    /** How many bytes a time of this scale has. */
    static int timeBytes(int scale) {
        return scale <= 2 ? 3 : scale <= 4 ? 4 : 5;
    }
}
