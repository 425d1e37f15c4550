package io.github.sqlvdi.testing;

import java.util.concurrent.locks.LockSupport;

/** Waits for what sends no signal: a file that grows, another process, a counter that has no listener. */
public final class Looking {

    private static final long PAUSE_NANOS = 2_000_000;

    private Looking() {
    }

    /**
     * Waits a moment between two looks. A loop without it takes a processor away from what it waits for, on a machine
     * that has two.
     */
    public static void pause() {
        LockSupport.parkNanos(PAUSE_NANOS);
    }
}
