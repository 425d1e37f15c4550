package io.github.sqlvdi.stream;

import java.time.Duration;

/** Converts durations of any length to nanoseconds for waits. */
final class Nanos {

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private Nanos() {
    }

    /** {@return the nanoseconds of a positive duration, at most {@link Long#MAX_VALUE}, which is 292 years} */
    static long of(Duration duration) {
        return duration.compareTo(LONGEST) >= 0 ? Long.MAX_VALUE : duration.toNanos();
    }
}
