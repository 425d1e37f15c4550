package io.github.sqlvdi.internal.mtf;

/** Compressed bytes that cannot be expanded; the message says why. */
public final class DamagedDataException extends Exception {

    private static final long serialVersionUID = 1L;

    /** With the reason, the beginning of a sentence in lower case. */
    public DamagedDataException(String reason) {
        super(reason);
    }
}
