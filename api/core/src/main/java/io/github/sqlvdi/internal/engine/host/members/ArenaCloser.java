package io.github.sqlvdi.internal.engine.host.members;

import java.lang.foreign.Arena;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Closes a shared arena that native calls on other threads may be using for some moments more. */
public final class ArenaCloser {

    private static final long BOUND_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private ArenaCloser() {}

    /**
     * Closes the arena.
     *
     * @return false if a native call still held its memory after two seconds; the memory must stay mapped then
     */
    public static boolean close(Arena arena) {
        long start = System.nanoTime();
        while (true) {
            try {
                arena.close();
                return true;
            } catch (IllegalStateException e) {
                // The arena is held by a call (nobody else closes it). Nothing tells when the call returns.
                if (System.nanoTime() - start > BOUND_NANOS) {
                    return false;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
