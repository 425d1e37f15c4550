package io.github.sqlvdi.jdbc;

/** A {@link SnapshotBackup} that is not good. The message has all problems. */
public final class SnapshotFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    SnapshotFailedException(String message) {
        super(message);
    }
}
