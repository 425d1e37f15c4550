package io.github.sqlvdi.internal.memory;

import java.lang.foreign.Arena;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Closes a shared arena whose memory native calls or I/O operations of other threads may still use for a moment. */
public final class ArenaCloser {
    /** The JDK gives no signal when a call releases a segment, so a refused close is tried again after this pause. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private ArenaCloser() {}

    /**
     * Closes the arena, unless it is closed already. An interrupt does not end the wait; it is kept for the caller.
     *
     * @param deadline the {@link System#nanoTime()} at which to give up
     * @return false if the memory was still in use at the deadline; the arena is open then
     */
    public static boolean close(Arena arena, long deadline) {
        boolean interrupted = false;
        try {
            while (!tryClose(arena)) {
                if (deadline - System.nanoTime() <= 0) {
                    return false;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
                interrupted |= Thread.interrupted();
            }
            return true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean tryClose(Arena arena) {
        if (!arena.scope().isAlive()) {
            return true;
        }
        try {
            arena.close();
            return true;
        } catch (IllegalStateException inUse) {
            return !arena.scope().isAlive(); // another thread may have closed it meanwhile
        }
    }
}
