package io.github.sqlvdi.internal.engine;

/**
 * A value read from shared memory failed its check, or memory that it names cannot be reached. Abort the set and use none of the values read.
 */
final class DamagedRegionException extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedRegionException(String message) {
        super(message);
    }

    DamagedRegionException(String message, Throwable cause) {
        super(message, cause);
    }
}
