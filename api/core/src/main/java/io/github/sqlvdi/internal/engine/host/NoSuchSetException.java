package io.github.sqlvdi.internal.engine.host;

import java.io.IOException;

/** There is no live device set of this name, or it went while it was being joined. */
public final class NoSuchSetException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public NoSuchSetException(String message) {
        super(message);
    }
}
