package io.github.sqlvdi.statement;

/**
 * Thrown by {@link SqlStatement#execute()} when the statement may have succeeded and may have failed, for example when
 * the connection was lost after the last device was closed. The message says what to look at. A job then keeps content
 * that was complete, under a name that tells that nothing has confirmed it, because the server may have truncated its
 * log.
 */
public final class OutcomeUnknownException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message why the outcome is unknown, and what to look at
     * @param cause what happened
     */
    public OutcomeUnknownException(String message, Throwable cause) {
        super(message, cause);
    }
}
