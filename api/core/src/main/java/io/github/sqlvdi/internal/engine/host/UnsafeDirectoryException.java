package io.github.sqlvdi.internal.engine.host;

import java.io.IOException;

/** The directory that holds the names of device sets is not this user's alone; nothing was created in it. */
public final class UnsafeDirectoryException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public UnsafeDirectoryException(String message) {
        super(message);
    }
}
