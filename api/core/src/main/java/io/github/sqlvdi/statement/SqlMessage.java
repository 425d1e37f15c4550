package io.github.sqlvdi.statement;

import java.util.Locale;
import java.util.Objects;

/**
 * A message of the server about a statement (VDI reference 14.4).
 *
 * @param number the message number, for example 3014 or 3013; 0 when it has none
 * @param severity 0..25; above 10 it is an error
 * @param text the message
 */
public record SqlMessage(int number, int severity, String text) {

    /** The highest severity that is information only. */
    public static final int INFORMATION = 10;

    /** Checks the parts. */
    public SqlMessage {
        Objects.requireNonNull(text, "text");
    }

    /**
     * Whether the message is an error.
     *
     * @return true above severity 10
     */
    public boolean isError() {
        return severity > INFORMATION;
    }

    /**
     * The message as one line.
     *
     * @return for example {@code Msg 3013, Level 16: BACKUP DATABASE is terminating abnormally.}
     */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "Msg %d, Level %d: %s", number, severity, text);
    }
}
