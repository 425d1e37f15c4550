package io.github.sqlvdi.internal.provider;

import java.util.Locale;
import java.util.Objects;

/** What a set or device name may be (VDI reference 3.5.1). */
public final class NameRules {

    /** The longest name, in UTF-16 units; the catalogue of backups has room for no more. */
    public static final int MAX_LENGTH = 260;

    private NameRules() {
    }

    /**
     * Checks a name.
     *
     * @param parameter what the name is called, for the message
     * @param name the name
     * @return the name
     * @throws NullPointerException if there is none
     * @throws IllegalArgumentException if it is empty, too long, or has a character that cannot be in a name
     */
    public static String require(String parameter, String name) {
        Objects.requireNonNull(name, parameter);
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "%s has %,d characters: expected 1 to %d",
                    parameter, name.length(), MAX_LENGTH));
        }
        if (name.indexOf('\\') >= 0) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s is \"%s\": expected no backslash", parameter, name));
        }
        int nul = name.indexOf('\0');
        if (nul >= 0) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s has a NUL character at index %d: expected none", parameter, nul));
        }
        return name;
    }
}
