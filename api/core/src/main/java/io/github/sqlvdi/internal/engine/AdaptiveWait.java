package io.github.sqlvdi.internal.engine;

/**
 * Lets one thread wait for one event. It spins with pauses, then yields, then sleeps until signalled. So a running peer is
 * noticed within a fraction of a microsecond, and waiting for an idle peer costs no CPU. Usage:
 *
 * <pre>
 *   wait.start(timeout);
 *   while (nothing to do) {
 *       if (!wait.pause()) return VD_E_TIMEOUT;
 *   }
 * </pre>
 *
 * Spinning alone would be wrong: on a machine with one CPU each hand-off would take a scheduler tick.
 */
final class AdaptiveWait {
    static final int INFINITE = -1;

    private static final int SPINS_BEFORE_YIELD = 50;
    private static final int YIELDS_BEFORE_SLEEP = 40;

    /**
     * The same while other threads want the CPU. A yield that brings no work then costs two task switches, and on recent
     * kernels the thread's turn as well: a busy process gets the CPU for milliseconds. A thread that sleeps is woken when
     * there is work and keeps its turn. With 64 devices on one CPU, 40 yields left the completion agent waiting.
     */
    private static final int YIELDS_BEFORE_SLEEP_WHEN_CROWDED = 1;

    /** If a yield takes longer than this, another thread ran meanwhile. A yield to no thread takes a fraction of it. */
    private static final long CROWDED_NANOS = 1_000;

    /**
     * Limit of the first sleep. Each further sleep may take twice as long, up to the limit set by {@link #lengthen}. The
     * limits bound the delay when a wake-up is lost because the event word was overwritten.
     */
    private static final long SLICE_NANOS = 500_000_000L;

    /** Limit of one sleep if the waiter has nothing to check between sleeps. */
    private static final long LONG_SLICE_NANOS = 8 * SLICE_NANOS;

    private final SharedEvent event;
    private long longestSlice = LONG_SLICE_NANOS;
    private long slice;
    private int timeout;
    private long deadline;
    private boolean begun;
    private boolean infinite;
    private boolean poll;
    private int spins;
    private int yields;
    private boolean crowded; // other threads want this CPU, perhaps the peer itself: do not spin
    private boolean armed;
    private int armedWord;

    AdaptiveWait(SharedEvent event) {
        this.event = event;
    }

    /** @param timeoutMillis unsigned milliseconds as in the interfaces: 0 polls, 0xFFFFFFFF waits without limit */
    void start(int timeoutMillis) {
        infinite = timeoutMillis == INFINITE;
        poll = timeoutMillis == 0;
        timeout = timeoutMillis;
        begun = false;
        progressed();
    }

    /** Notes that the caller found work: the next wait starts with spinning again. */
    void progressed() {
        spins = 0;
        yields = 0;
        armed = false;
        slice = SLICE_NANOS;
    }

    /** {@return false if the time is over; true after a pause, and the caller must look for work again} */
    boolean pause() {
        if (poll) {
            return false;
        }
        if (!armed) {
            return spin();
        }
        long nanos = remaining(System.nanoTime());
        if (nanos <= 0) {
            return false;
        }
        slice = Math.min(slice, longestSlice);
        event.sleep(armedWord, Math.min(nanos, slice));
        slice *= 2;
        armedWord = event.arm();
        return true;
    }

    /** Sets whether sleeps may become longer, because the caller has nothing to check between them. */
    void lengthen(boolean may) {
        longestSlice = may ? LONG_SLICE_NANOS : SLICE_NANOS;
    }

    /** {@return whether the last pause was a sleep; callers then do the checks that only an idle waiter does} */
    boolean slept() {
        return armed;
    }

    private boolean spin() {
        spins++;
        if (!crowded && spins < SPINS_BEFORE_YIELD) {
            Thread.onSpinWait();
            return true;
        }
        long now = System.nanoTime();
        if (remaining(now) <= 0) {
            return false;
        }
        spins = 0;
        if (yields < (crowded ? YIELDS_BEFORE_SLEEP_WHEN_CROWDED : YIELDS_BEFORE_SLEEP)) {
            yields++;
            Thread.yield();
            crowded = System.nanoTime() - now > CROWDED_NANOS;
        } else {
            armedWord = event.arm();
            armed = true;
        }
        return true;
    }

    /**
     * Returns the remaining time in nanoseconds. The time starts with the first call, a microsecond or two late, so a wait
     * that finds work at once reads no clock.
     */
    private long remaining(long now) {
        if (infinite) {
            return Long.MAX_VALUE;
        }
        if (!begun) {
            begun = true;
            deadline = now + Integer.toUnsignedLong(timeout) * 1_000_000L;
        }
        return deadline - now;
    }
}
