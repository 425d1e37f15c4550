package io.github.sqlvdi.stream;

import java.util.concurrent.TimeUnit;

/** Admits transfers so that all devices of a job together move no more than a number of bytes a second. */
final class Throttle {

    /** How long a stream may be ahead after a pause, in nanoseconds. */
    private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** In bytes a second; 0 for no limit. */
    private final long rate;
    private long next = System.nanoTime();

    Throttle(long rate) {
        this.rate = rate;
    }

    /** Admits a transfer, or returns false: then ask again later. */
    synchronized boolean admit(long bytes) {
        if (rate == 0) {
            return true;
        }
        long now = System.nanoTime();
        if (next - now > 0) {
            return false;
        }
        next = Math.max(next, now - BURST_NANOS) + (long) (bytes * 1e9 / rate);
        return true;
    }
}
