package io.github.sqlvdi.emulator.internal.query;

import io.github.sqlvdi.emulator.internal.types.Values;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The styles of CONVERT that backup scripts use for names of files. */
final class DateStyle {

    private DateStyle() {
    }

    static String format(LocalDateTime time, int style) {
        String pattern = switch (style) {
            case 101 -> "MM/dd/yyyy";
            case 103 -> "dd/MM/yyyy";
            case 104 -> "dd.MM.yyyy";
            case 108 -> "HH:mm:ss";
            case 110 -> "MM-dd-yyyy";
            case 111 -> "yyyy/MM/dd";
            case 112 -> "yyyyMMdd";
            case 114 -> "HH:mm:ss:SSS";
            case 120, 20 -> "yyyy-MM-dd HH:mm:ss";
            case 121, 21 -> "yyyy-MM-dd HH:mm:ss.SSS";
            case 126 -> "yyyy-MM-dd'T'HH:mm:ss.SSS";
            default -> "";
        };
        return pattern.isEmpty() ? Values.text(time) : DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(time);
    }
}
