package io.github.sqlvdi.jdbc;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The options behind WITH, in the order in which they were given. */
final class Options {

    private static final int SMALLEST_BLOCK = 512;
    private static final int LARGEST_BLOCK = 65_536;
    private static final int TRANSFER_UNIT = 65_536;
    private static final int LARGEST_TRANSFER = 4_194_304;
    private static final int ALL = 100;
    /** The one form that every language and DATEFORMAT of a login reads alike. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT);

    private final List<String> options = new ArrayList<>();

    void add(String option) {
        options.add(Objects.requireNonNull(option, "option"));
    }

    void addText(String option, String value, int longest) {
        if (value.length() > longest) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "%s has %d characters: expected at most %d", option, value.length(), longest));
        }
        add(option + " = " + Quoted.text(value));
    }

    void addTime(String option, LocalDateTime time) {
        add(option + " = " + Quoted.text(TIME.format(time)));
    }

    void addNumber(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s is %d: expected %d to %d", option, value, least, most));
        }
        add(option + " = " + value);
    }

    void addBlockSize(int bytes) {
        if (Integer.bitCount(bytes) != 1) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "BLOCKSIZE is %d: expected a power of 2", bytes));
        }
        addNumber("BLOCKSIZE", bytes, SMALLEST_BLOCK, LARGEST_BLOCK);
    }

    void addTransferSize(int bytes) {
        if (bytes % TRANSFER_UNIT != 0) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "MAXTRANSFERSIZE is %d: expected a multiple of %d", bytes,
                            TRANSFER_UNIT));
        }
        addNumber("MAXTRANSFERSIZE", bytes, TRANSFER_UNIT, LARGEST_TRANSFER);
    }

    void addBufferCount(int buffers) {
        addNumber("BUFFERCOUNT", buffers, 1, Integer.MAX_VALUE);
    }

    void addStats(int percent) {
        addNumber("STATS", percent, 1, ALL);
    }

    List<String> all() {
        return options;
    }

    boolean has(String option) {
        return options.contains(option);
    }

    /** Returns " WITH ..."; empty without an option. */
    String text() {
        return options.isEmpty() ? "" : " WITH " + String.join(", ", options);
    }
}
