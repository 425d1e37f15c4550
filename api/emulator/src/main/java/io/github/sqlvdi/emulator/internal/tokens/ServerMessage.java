package io.github.sqlvdi.emulator.internal.tokens;

import java.util.Locale;

/**
 * A message of the server to a client.
 *
 * @param number the message number
 * @param severity 0 to 25, an error above 10
 * @param state the state
 * @param text the text
 */
public record ServerMessage(int number, int severity, int state, String text) {

    private static final int INFORMATION = 10;

    /**
     * Makes an error of severity 16 and state 1.
     *
     * @param number the number
     * @param text a format
     * @param arguments its arguments
     * @return the message
     */
    public static ServerMessage error(int number, String text, Object... arguments) {
        return new ServerMessage(number, 16, 1, String.format(Locale.ROOT, text, arguments));
    }

    /**
     * Makes an error of compilation: severity 15 and state 1.
     *
     * @param number the number
     * @param text a format
     * @param arguments its arguments
     * @return the message
     */
    public static ServerMessage syntax(int number, String text, Object... arguments) {
        return new ServerMessage(number, 15, 1, String.format(Locale.ROOT, text, arguments));
    }

    /**
     * Makes an information of severity 10 and state 1.
     *
     * @param number the number
     * @param text a format
     * @param arguments its arguments
     * @return the message
     */
    public static ServerMessage info(int number, String text, Object... arguments) {
        return new ServerMessage(number, INFORMATION, 1, String.format(Locale.ROOT, text, arguments));
    }

    /**
     * Gives the message another state.
     *
     * @param other the state
     * @return the message
     */
    public ServerMessage withState(int other) {
        return new ServerMessage(number, severity, other, text);
    }

    /** {@return whether it is an error} */
    public boolean isError() {
        return severity > INFORMATION;
    }
}
