package io.github.sqlvdi.internal.platform.linux;

import io.github.sqlvdi.Hresults;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;

/**
 * Makes calls with a time-out whose unit is not known (VDI reference 13.5).
 *
 * <p>"No limit" (negative) and "poll" (0) mean the same in either unit and are passed as they are. For any other time,
 * this class keeps its own clock and makes several calls, each with a value that is harmless in either unit. The first
 * call passes 2, which is 2 ms or 2 s. The length of a call that timed out shows the unit. If it returned after about
 * as many milliseconds as were passed, and long before as many half seconds, the library does not count seconds: the
 * next call may pass four times as much. If it took as many half seconds as were passed, the next call passes 2 again.
 * So a library that counts milliseconds is soon called with the whole time. With a library that counts seconds, a wait
 * ends at most 2 s late. A command that arrives ends every wait at once.
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
    /** The largest value that is passed. It is only a hint, so a lost update does no harm. */
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

    /** {@return the largest value that is passed at present} */
    int trusted() {
        return trusted;
    }
}
