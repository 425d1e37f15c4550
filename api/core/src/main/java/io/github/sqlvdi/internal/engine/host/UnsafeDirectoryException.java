package io.github.sqlvdi.internal.engine.host;

import java.io.IOException;

/** Thrown when the directory for the names of device sets is not private to this user. Nothing was created in it. */
public final class UnsafeDirectoryException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public UnsafeDirectoryException(String message) {
        super(message);
    }
}
