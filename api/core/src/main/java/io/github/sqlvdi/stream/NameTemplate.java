package io.github.sqlvdi.stream;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Names of backup files or objects with places for the database, the device and the time:
 * <code>s3://backups/{database}/{date}T{time}-{stripe}.bak</code>.
 *
 * <table class="striped">
 * <caption>Places</caption>
 * <thead><tr><th>place</th><th>becomes</th></tr></thead>
 * <tbody>
 * <tr><td><code>{database}</code></td><td>the name of the database; a character that a file cannot have becomes {@code %}
 *     and its code in hexadecimal digits</td></tr>
 * <tr><td><code>{device}</code>, <code>{stripe}</code></td><td>the number of the device, from 1 on</td></tr>
 * <tr><td><code>{date}</code></td><td>the day in UTC, such as {@code 20261126}</td></tr>
 * <tr><td><code>{time}</code></td><td>the time in UTC, such as {@code 230500}</td></tr>
 * </tbody>
 * </table>
 *
 * @param text the names with their places; other braces stay as they are
 */
public record NameTemplate(String text) {

    private static final String DATABASE = "{database}";
    private static final List<String> DEVICE = List.of("{device}", "{stripe}");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Requires a text. */
    public NameTemplate {
        Objects.requireNonNull(text, "text");
    }

    /** {@return whether the names differ by the database} */
    public boolean hasDatabase() {
        return text.contains(DATABASE);
    }

    /** {@return whether the names differ by the device} */
    public boolean hasDevice() {
        return DEVICE.stream().anyMatch(text::contains);
    }

    /**
     * Checks that each database and each device gets a name of its own.
     *
     * @param devices how many devices a database has
     * @return this
     * @throws IllegalArgumentException if two would get the same name
     */
    public NameTemplate requireDifferentNames(int devices) {
        if (!hasDatabase() || devices > 1 && !hasDevice()) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "The template %s has no %s: expected both "
                    + "%s and, for more than one device, %s", text,
                    hasDatabase() ? DEVICE.getFirst() : DATABASE, DATABASE, DEVICE.getFirst()));
        }
        return this;
    }

    /**
     * Returns the names of the devices of a backup.
     *
     * @param database the name of the database
     * @param begin the time of the backup
     * @param devices how many devices there are
     * @return a name for each device
     */
    public List<String> names(String database, Instant begin, int devices) {
        return IntStream.rangeClosed(1, devices).mapToObj(device -> {
            String name = text.replace("{date}", DATE.format(begin)).replace("{time}", TIME.format(begin));
            for (String place : DEVICE) {
                name = name.replace(place, Integer.toString(device));
            }
            return name.replace(DATABASE, escape(database));
        }).toList();
    }

    /** Replaces the characters of a database's name that a file cannot have. */
    private static String escape(String database) {
        StringBuilder name = new StringBuilder();
        database.codePoints().forEach(character -> {
            if (character < ' ' || "%\\/:*?\"<>|.".indexOf(character) >= 0) {
                name.append(String.format(Locale.ROOT, "%%%02X", character));
            } else {
                name.appendCodePoint(character);
            }
        });
        return name.toString();
    }
}
