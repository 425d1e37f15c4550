package io.github.sqlvdi;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** The rules for the name of a set or device (VDI reference 3.5.1). */
public final class NameRules {

    /** The longest name, in UTF-16 units; SQL Server's catalogue of backups cannot store more. */
    public static final int MAX_LENGTH = 260;
    /** The name of SQL Server's default instance. */
    public static final String DEFAULT_INSTANCE = "MSSQLSERVER";

    private NameRules() {
    }

    /**
     * Finds the reason why a text cannot be a name.
     *
     * @param name the text, not null
     * @return the first problem as the rest of a sentence, for example {@code has 0 characters: expected 1 to 260}; empty if
     *     it can be a name
     */
    public static Optional<String> problem(String name) {
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            return problem("has %,d characters: expected 1 to %d", name.length(), MAX_LENGTH);
        }
        if (name.indexOf('\\') >= 0) {
            return problem("is \"%s\": expected no backslash", name);
        }
        int nul = name.indexOf('\0');
        return nul < 0 ? Optional.empty() : problem("has a NUL character at index %d: expected none", nul);
    }

    private static Optional<String> problem(String format, Object... arguments) {
        return Optional.of(String.format(Locale.ROOT, format, arguments));
    }

    /**
     * Checks a name.
     *
     * @param parameter the name of the parameter, for the message
     * @param name the name
     * @return the name
     * @throws NullPointerException if the name is null
     * @throws IllegalArgumentException if it is empty, too long, or has a character that cannot be in a name
     */
    public static String require(String parameter, String name) {
        Objects.requireNonNull(name, parameter);
        problem(name).ifPresent(problem -> {
            throw new IllegalArgumentException(parameter + " " + problem);
        });
        return name;
    }
}
