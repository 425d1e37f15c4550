package io.github.sqlvdi.jdbc;

import java.io.IOException;

/** A file is no whole backup, or a file of a backup with several devices is missing. The message says which. */
public final class IncompleteBackupException extends IOException {

    private static final long serialVersionUID = 1L;

    IncompleteBackupException(String message) {
        super(message);
    }

    IncompleteBackupException(String message, IOException cause) {
        super(message, cause);
    }
}
