package io.github.sqlvdi.internal.provider;

import java.time.Duration;
import java.util.Objects;

/** Converts time-outs to the interface's unsigned 32-bit milliseconds, without allocating. */
public final class Timeouts {

    /** {@code INFINITE}, 0xFFFFFFFF: wait without limit. */
    public static final int INFINITE = -1;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long LONGEST_SECONDS = Integer.MAX_VALUE / 1000;

    private Timeouts() {
    }

    /**
     * Converts a duration. Parts of a millisecond are rounded up, so that no short wait becomes a poll.
     *
     * @param timeout zero or more
     * @return 0 to 2,147,483,647; longer waits are cut to that (24 days), because the platforms do not agree on the
     *     sign of a larger number
     * @throws IllegalArgumentException if the duration is negative
     */
    public static int toDword(Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("timeout is " + timeout + ": expected zero or a positive time");
        }
        long seconds = Math.min(timeout.getSeconds(), LONGEST_SECONDS + 1);
        long millis = seconds * 1000 + (timeout.getNano() + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }
}
