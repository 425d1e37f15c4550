package io.github.sqlvdi.internal.mtf;

import java.time.DateTimeException;
import java.time.LocalDateTime;

/** A date of the Microsoft Tape Format: 14, 4, 5, 5, 6 and 6 bits in five bytes, the highest bit first. */
public final class MtfDate {

    /** Bytes of a date. */
    public static final int SIZE = 5;

    private static final int LAST_YEAR = 0x3fff;

    private MtfDate() {
    }

    /** {@return the five bytes as one number; 0 means no date} */
    public static long raw(byte[] bytes, int offset) {
        long raw = 0;
        for (int index = 0; index < SIZE; index++) {
            raw = raw << 8 | bytes[offset + index] & 0xff;
        }
        return raw;
    }

    /** {@return the date, null where the bytes are zero or no date of the calendar} */
    public static LocalDateTime read(byte[] bytes, int offset) {
        long raw = raw(bytes, offset);
        if (raw == 0) {
            return null;
        }
        try {
            return LocalDateTime.of((int) (raw >>> 26), (int) (raw >>> 22) & 15, (int) (raw >>> 17) & 31,
                    (int) (raw >>> 12) & 31, (int) (raw >>> 6) & 63, (int) raw & 63);
        } catch (DateTimeException noDateOfTheCalendar) {
            return null;
        }
    }

    /** Stores a date; parts of a second are dropped, null is stored as zero. */
    public static void write(byte[] bytes, int offset, LocalDateTime date) {
        long raw = 0;
        if (date != null) {
            if (date.getYear() < 0 || date.getYear() > LAST_YEAR) {
                throw new IllegalArgumentException("the year is " + date.getYear() + ": expected 0 to " + LAST_YEAR);
            }
            raw = (long) date.getYear() << 26 | (long) date.getMonthValue() << 22 | (long) date.getDayOfMonth() << 17
                    | (long) date.getHour() << 12 | (long) date.getMinute() << 6 | date.getSecond();
        }
        for (int index = SIZE - 1; index >= 0; index--) {
            bytes[offset + index] = (byte) raw;
            raw >>>= 8;
        }
    }
}
