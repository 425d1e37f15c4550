package io.github.sqlvdi.jdbc;

import java.util.Locale;

/** Names and texts as T-SQL writes them. */
final class Quoted {

    private static final int LONGEST_NAME = 128;

    private Quoted() {
    }

    /** Returns a name in brackets, for example {@code [sales]}. */
    static String name(String what, String name) {
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "%s has %d characters%s: expected 1 to %d without NUL", what, name.length(),
                    name.indexOf('\0') >= 0 ? ", NUL among them" : "", LONGEST_NAME));
        }
        return "[" + name.replace("]", "]]") + "]";
    }

    /** Returns a text of nvarchar, for example {@code N'it''s'}. */
    static String text(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("The text has a character NUL, which SQL Server cannot take: " + text);
        }
        return "N'" + text.replace("'", "''") + "'";
    }
}
