package io.github.sqlvdi.stream;

/**
 * A job could not go on, or was not good: the message says why and what to do. Found among the problems of a
 * {@link JobResult}, and thrown by {@link JobResult#orThrow()}.
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
