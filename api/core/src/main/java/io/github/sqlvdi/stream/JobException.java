package io.github.sqlvdi.stream;

/**
 * A job could not continue, or was not good. The message says why and what to do. It is among the problems of a
 * {@link JobResult}, or is thrown by {@link JobResult#orThrow()}.
 */
public final class JobException extends Exception {

    private static final long serialVersionUID = 1L;

    JobException(String message) {
        super(message);
    }

    JobException(String message, Throwable cause) {
        super(message, cause);
    }
}
