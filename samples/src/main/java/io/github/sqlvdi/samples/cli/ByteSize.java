package io.github.sqlvdi.samples.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A number of bytes in the form of the command line: {@code 65536}, {@code 64K}, {@code 4M}, {@code 1G}, {@code 2MiB}.
 * Each unit is 1,024 times the one before.
 *
 * @param bytes the number, 0 or more
 */
record ByteSize(long bytes) {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,19})([KMGT]?)(I?B)?", Pattern.CASE_INSENSITIVE);
    private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final int STEP = 1024;

    static ByteSize parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new TypeConversionException(
                    "'" + text + "' is no size: expected a whole number of bytes with K, M, G or T "
                            + "if wanted, such as 65536, 64K, 4M or 1G");
        }
        try {
            int steps =
                    form.group(2).isEmpty() ? 0 : 1 + "KMGT".indexOf(Character.toUpperCase(form.group(2).charAt(0)));
            return new ByteSize(Math.multiplyExact(Long.parseLong(form.group(1)), 1L << 10 * steps));
        } catch (ArithmeticException | NumberFormatException tooLarge) {
            throw new TypeConversionException("'" + text + "' is more than " + Long.MAX_VALUE + " bytes");
        }
    }

    /** {@return the size in its largest unit, for example {@code 256.0 MiB}} */
    static String words(double bytes) {
        int unit = 0;
        double value = bytes;
        while (value >= STEP && unit < UNITS.length - 1) {
            value /= STEP;
            unit++;
        }
        return unit == 0 ? String.format(Locale.ROOT, "%.0f %s", value, value == 1 ? "byte" : UNITS[0])
                : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /** {@return the rate in words; a duration below one microsecond counts as one microsecond} */
    static String rate(long bytes, Duration elapsed) {
        return words(bytes / Math.max(elapsed.toNanos() / 1e9, 1e-6)) + "/s";
    }

    /** {@return the stored bytes and the ratio in words, with a comma in front; empty if all bytes are stored as they are} */
    static String stored(long bytes, long stored) {
        return stored == bytes || stored == 0 ? ""
                : String.format(Locale.ROOT, ", %s stored (%.1f : 1)", words(stored), (double) bytes / stored);
    }

    /** Converts a value of the command line for picocli. */
    static final class Converter implements ITypeConverter<ByteSize> {

        @Override
        public ByteSize convert(String text) {
            return parse(text);
        }
    }
}
