package io.github.sqlvdi.internal.engine;

/**
 * The waiting of one thread for one event: spins with pauses, then yields, then sleeps until signalled, so that a running peer
 * is met within a fraction of a microsecond and an idle one costs no CPU. Used as
 *
 * <pre>
 *   wait.start(timeout);
 *   while (nothing to do) {
 *       if (!wait.pause()) return VD_E_TIMEOUT;
 *   }
 * </pre>
 *
 * Never only spins: on one CPU that would cost a scheduler tick a hand-off.
 */
final class AdaptiveWait {
    static final int INFINITE = -1;

    private static final int SPINS_BEFORE_YIELD = 50;
    private static final int YIELDS_BEFORE_SLEEP = 40;

    /** A yield that takes longer has let another thread run; one without another thread takes a fraction of it. */
    private static final long CROWDED_NANOS = 1_000;

    /** Limit of the first sleep. It bounds the delay when a wake-up is lost because the event word was overwritten. */
    private static final long SLICE_NANOS = 500_000_000L;

    /** The longest sleep in one piece of a waiter that has nothing to look after. */
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
    private boolean crowded; // other threads want this CPU; spinning could keep the very peer off it
    private boolean armed;

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

    /** There was work: the next wait begins with spinning again. */
    void progressed() {
        spins = 0;
        yields = 0;
        armed = false;
        slice = SLICE_NANOS;
    }

    /** @return false when the time is over; true after a pause, and the caller looks for work again */
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
        event.sleep(Math.min(nanos, slice));
        slice *= 2;
        event.arm();
        return true;
    }

    /** Whether sleeps may become longer, because there is nothing to look after. */
    void lengthen(boolean may) {
        longestSlice = may ? LONG_SLICE_NANOS : SLICE_NANOS;
    }

    /** Whether the last pause was a sleep: the moment for work that only an idle waiter does. */
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
        if (yields < YIELDS_BEFORE_SLEEP) {
            yields++;
            Thread.yield();
            crowded = System.nanoTime() - now > CROWDED_NANOS;
        } else {
            event.arm();
            armed = true;
        }
        return true;
    }

    /** The time begins when it is first asked for, a microsecond or two late: a wait that finds work at once reads no clock. */
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
