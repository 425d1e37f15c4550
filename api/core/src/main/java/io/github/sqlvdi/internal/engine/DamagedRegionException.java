package io.github.sqlvdi.internal.engine;

/** Something read from shared memory failed its check: the set must be aborted, nothing of it be used. */
final class DamagedRegionException extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedRegionException(String message) {
        super(message);
    }
}
