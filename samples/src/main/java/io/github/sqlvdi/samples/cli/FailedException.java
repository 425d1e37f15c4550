package io.github.sqlvdi.samples.cli;

/** Thrown when a command failed. The message is for the user, in one or more lines. */
final class FailedException extends Exception {

    private static final long serialVersionUID = 1L;

    FailedException(String message) {
        super(message);
    }
}
