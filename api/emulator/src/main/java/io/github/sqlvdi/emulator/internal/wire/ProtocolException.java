package io.github.sqlvdi.emulator.internal.wire;

import java.io.IOException;

/** Thrown when a client breaks the rules of TDS. The connection is closed; other connections go on. */
public final class ProtocolException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message which rule was broken, with the value that was received
     */
    public ProtocolException(String message) {
        super(message);
    }
}
