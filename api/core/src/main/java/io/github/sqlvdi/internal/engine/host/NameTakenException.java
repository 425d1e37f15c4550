package io.github.sqlvdi.internal.engine.host;

import java.io.IOException;

/** Thrown when a live device set already has this name. */
public final class NameTakenException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public NameTakenException(String message) {
        super(message);
    }
}
