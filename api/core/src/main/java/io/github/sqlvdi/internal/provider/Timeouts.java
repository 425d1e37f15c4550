package io.github.sqlvdi.internal.provider;

import java.time.Duration;
import java.util.Objects;

/** Translates time-outs into the interface's unsigned 32-bit milliseconds, without allocating. */
public final class Timeouts {

    /** {@code INFINITE}, 0xFFFFFFFF: wait without limit. */
    public static final int INFINITE = -1;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long LONGEST_SECONDS = Integer.MAX_VALUE / 1000;

    private Timeouts() {
    }

    /**
     * Translates a number of milliseconds.
     *
     * @param millis negative for no limit
     * @return {@link #INFINITE} or 0 to 2,147,483,647; longer waits are cut to that (24 days), because the platforms do
     *     not agree on the sign of a larger number
     */
    public static int toDword(long millis) {
        return millis < 0 ? INFINITE : (int) Math.min(millis, Integer.MAX_VALUE);
    }

    /**
     * Translates a duration. Parts of a millisecond are rounded up: a short wait must not become a poll.
     *
     * @param timeout negative for no limit
     * @return as {@link #toDword(long)}
     */
    public static int toDword(Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        if (timeout.isNegative()) {
            return INFINITE;
        }
        long seconds = Math.min(timeout.getSeconds(), LONGEST_SECONDS);
        return toDword(seconds * 1000 + (timeout.getNano() + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
    }
}
