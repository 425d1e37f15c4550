package io.github.sqlvdi.jdbc;

/** Thrown when backup sets do not restore a database: one is missing, or they do not belong together. */
public final class BrokenChainException extends Exception {

    private static final long serialVersionUID = 1L;

    BrokenChainException(String message) {
        super(message);
    }
}
