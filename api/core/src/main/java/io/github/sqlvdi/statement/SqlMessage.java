package io.github.sqlvdi.statement;

import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A message of the server about a statement (VDI reference 14.4).
 *
 * @param number the message number, for example 3014 or 3013; 0 when the message has none
 * @param severity 0..25; a message above 10 is an error
 * @param state the state, 0..255, which tells the places in the server apart that send a message; empty when it is not
 *     known
 * @param text the message
 */
public record SqlMessage(int number, int severity, OptionalInt state, String text) {

    /** The highest severity that is information only. */
    public static final int INFORMATION = 10;

    /** Checks that there is a state or an empty one, and a text. */
    public SqlMessage {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(text, "text");
    }

    /**
     * Makes a message whose state is not known.
     *
     * @param number the message number, 0 when the message has none
     * @param severity 0..25
     * @param text the message
     */
    public SqlMessage(int number, int severity, String text) {
        this(number, severity, OptionalInt.empty(), text);
    }

    /** {@return whether the message is an error: its severity is above 10} */
    public boolean isError() {
        return severity > INFORMATION;
    }

    /**
     * {@return the message as one line, for example
     * {@code Msg 3013, Level 16, State 1: BACKUP DATABASE is terminating abnormally.}}
     */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "Msg %d, Level %d%s: %s", number, severity,
                state.isPresent() ? ", State " + state.getAsInt() : "", text);
    }
}
