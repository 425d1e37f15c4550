package io.github.sqlvdi.internal.memory;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Counts the calls that are inside one native object, and keeps new ones out once the object is to be freed. Entering
 * and leaving cost one atomic addition each and allocate nothing.
 *
 * <pre>
 *   bit  31   30 ................................ 0
 *       shut  number of calls inside
 * </pre>
 */
public final class CallGate {

    private static final int SHUT = 0x8000_0000;

    private final AtomicInteger state = new AtomicInteger();
    private volatile Thread waiter;

    /** Makes an open gate with no call inside. */
    public CallGate() {
    }

    /**
     * Enters, unless the gate is shut. A caller that got true must call {@link #leave()}.
     *
     * @return false when the gate is shut; then the native object must not be touched
     */
    public boolean tryEnter() {
        if (state.getAndIncrement() >= 0) {
            return true;
        }
        leave();
        return false;
    }

    /** Leaves. The last call to leave a shut gate wakes the thread in {@link #awaitIdle}. */
    public void leave() {
        if (state.getAndDecrement() == (SHUT | 1)) {
            LockSupport.unpark(waiter);
        }
    }

    /** Refuses every later call. Calls that are inside continue. */
    public void shut() {
        state.getAndUpdate(s -> s | SHUT);
    }

    /** {@return true from the first {@link #shut()} on} */
    public boolean isShut() {
        return state.get() < 0;
    }

    /** {@return true when no call is inside} */
    public boolean isIdle() {
        return (state.get() & ~SHUT) == 0;
    }

    /**
     * Waits until no call is inside a shut gate. An interrupt does not end the wait; it is kept for the caller. One
     * thread at a time may wait.
     *
     * @param deadline the {@link System#nanoTime()} at which to give up
     * @return false when a call was still inside at the deadline
     */
    public boolean awaitIdle(long deadline) {
        if (!isShut()) {
            throw new IllegalStateException("the gate must be shut before its last caller can be awaited");
        }
        boolean interrupted = false;
        waiter = Thread.currentThread();
        try {
            while (!isIdle()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                LockSupport.parkNanos(this, left);
                interrupted |= Thread.interrupted();
            }
            return true;
        } finally {
            waiter = null;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
