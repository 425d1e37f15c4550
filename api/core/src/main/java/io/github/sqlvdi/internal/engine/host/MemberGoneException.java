package io.github.sqlvdi.internal.engine.host;

import java.io.IOException;

/** Thrown when a member cannot be watched because it has ended or left the set. */
public final class MemberGoneException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public MemberGoneException(String message) {
        super(message);
    }
}
