package io.github.sqlvdi.internal.engine.host;

import java.io.IOException;

/** Thrown when there is no live device set of this name, or when it ends while a process joins it. */
public final class NoSuchSetException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public NoSuchSetException(String message) {
        super(message);
    }
}
