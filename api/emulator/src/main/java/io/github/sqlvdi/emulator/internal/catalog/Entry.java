package io.github.sqlvdi.emulator.internal.catalog;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A line of a file of the catalog: a kind and named values, with tabs between them. In a value, backslash, tab and line ends
 * are written with a backslash.
 */
final class Entry {

    private final String kind;
    private final Map<String, String> values = new LinkedHashMap<>();

    Entry(String kind) {
        this.kind = kind;
    }

    String kind() {
        return kind;
    }

    /** The values by their names, in the order in which they were set. */
    Map<String, String> values() {
        return values;
    }

    /** Sets a value; null leaves it out. */
    Entry set(String name, Object value) {
        if (value != null) {
            values.put(name, value.toString());
        }
        return this;
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** A value that may be missing; null then. */
    <T> T optional(String name, Function<String, T> parse) throws IOException {
        String text = values.get(name);
        if (text == null) {
            return null;
        }
        try {
            return parse.apply(text);
        } catch (RuntimeException wrong) {
            throw new IOException(
                    String.format(Locale.ROOT, "%s of %s is \"%s\": %s", name, kind, text, wrong.getMessage()), wrong);
        }
    }

    /** A value that must be there. */
    <T> T get(String name, Function<String, T> parse) throws IOException {
        T value = optional(name, parse);
        if (value == null) {
            throw new IOException(String.format(Locale.ROOT, "%s has no %s", kind, name));
        }
        return value;
    }

    String text(String name) throws IOException {
        return get(name, Function.identity());
    }

    int number(String name) throws IOException {
        return get(name, Integer::valueOf);
    }

    long longNumber(String name) throws IOException {
        return get(name, Long::valueOf);
    }

    boolean flag(String name) throws IOException {
        return get(name, Boolean::valueOf);
    }

    String line() {
        StringBuilder line = new StringBuilder(kind);
        values.forEach((name, value) -> {
            line.append('\t').append(name).append('=');
            value.chars().forEach(letter -> {
                switch (letter) {
                    case '\\' -> line.append("\\\\");
                    case '\t' -> line.append("\\t");
                    case '\n' -> line.append("\\n");
                    case '\r' -> line.append("\\r");
                    default -> line.append((char) letter);
                }
            });
        });
        return line.toString();
    }

    static Entry parse(String line) throws IOException {
        String[] parts = line.split("\t", -1);
        Entry entry = new Entry(parts[0]);
        for (int index = 1; index < parts.length; index++) {
            int equals = parts[index].indexOf('=');
            if (equals < 1) {
                throw new IOException(
                        String.format(Locale.ROOT, "%s has \"%s\": expected name=value", parts[0], parts[index]));
            }
            entry.set(parts[index].substring(0, equals), unescaped(parts[index].substring(equals + 1)));
        }
        return entry;
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int index = 0; index < text.length(); index++) {
            char letter = text.charAt(index);
            if (letter != '\\' || index + 1 == text.length()) {
                plain.append(letter);
                continue;
            }
            index++;
            plain.append(switch (text.charAt(index)) {
                case 't' -> '\t';
                case 'n' -> '\n';
                case 'r' -> '\r';
                default -> text.charAt(index);
            });
        }
        return plain.toString();
    }
}
