package io.github.sqlvdi.samples.cli;

/** A command failed; the message is for the user, one or more lines. */
final class FailedException extends Exception {

    private static final long serialVersionUID = 1L;

    FailedException(String message) {
        super(message);
    }
}
