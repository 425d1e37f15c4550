package io.github.sqlvdi.internal.platform.linux;

import io.github.sqlvdi.Hresults;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;

/**
 * Calls with a time-out whose unit is not known (VDI reference 13.5).
 *
 * <p>"No limit" (negative) and "poll" (0) mean the same in either unit and are passed as they are. Any other time is kept
 * by our own clock, in calls that are harmless in either unit: the first passes 2, which is 2 ms or 2 s. A call whose
 * time ran out shows more: one that came back after about as many milliseconds as were passed, and long before as many
 * half seconds, did not count seconds, so the next one may pass four times as much. A call that took half as many
 * seconds as were passed starts again with 2. So a library that counts milliseconds is soon called with the whole time,
 * and with one that counts seconds a wait ends at most 2 s late. A command that comes ends every wait at once.
 *
 * <p>Allocates nothing; any thread.
 */
final class TimeoutProbe {

    /** The first value passed while nothing is known. */
    static final int FIRST_VALUE = 2;
    private static final int GROWTH = 4;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long HALF_SECOND = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int MILLIS_PER_SECOND = 1000;

    private final TimeoutUnit unit;
    /** The largest value that is passed; only ever a hint, so a lost update does no harm. */
    private volatile int trusted = FIRST_VALUE;

    TimeoutProbe(TimeoutUnit unit) {
        this.unit = unit;
    }

    /**
     * Calls {@code int function(this, time_t timeout, void *out)}.
     *
     * @param millis 0 polls, negative waits without limit
     * @return the result of the function
     */
    int call(MemorySegment function, long object, int millis, long out) {
        if (millis <= 0) {
            return SqlVdiLibrary.withTwo(function, object, Math.max(millis, -1), out);
        }
        return switch (unit) {
            case MILLISECONDS -> SqlVdiLibrary.withTwo(function, object, millis, out);
            case SECONDS -> SqlVdiLibrary.withTwo(function, object, Math.ceilDiv(millis, MILLIS_PER_SECOND), out);
            case AUTO -> careful(function, object, millis, out);
        };
    }

    private int careful(MemorySegment function, long object, int millis, long out) {
        long before = System.nanoTime();
        long deadline = before + millis * NANOS_PER_MILLI;
        while (true) {
            long left = Math.ceilDiv(deadline - before, NANOS_PER_MILLI);
            int value = (int) Math.min(left, trusted);
            int result = SqlVdiLibrary.withTwo(function, object, value, out);
            long now = System.nanoTime();
            if (result != Hresults.VD_E_TIMEOUT) {
                return result;
            }
            learn(value, now - before);
            if (now - deadline >= 0) {
                return result;
            }
            before = now;
        }
    }

    private void learn(int value, long nanos) {
        if (value < FIRST_VALUE) {
            return;
        }
        if (nanos >= value * HALF_SECOND) {
            trusted = FIRST_VALUE;
        } else if (nanos >= value * (NANOS_PER_MILLI / 2) && value == trusted) {
            trusted = (int) Math.min((long) value * GROWTH, Integer.MAX_VALUE);
        }
    }

    /** The largest value that is passed at present. */
    int trusted() {
        return trusted;
    }
}
