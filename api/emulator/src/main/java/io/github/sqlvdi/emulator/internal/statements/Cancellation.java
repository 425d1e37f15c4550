package io.github.sqlvdi.emulator.internal.statements;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Whether a request was cancelled: by an attention, the end of the connection, KILL, or the end of the server. */
public final class Cancellation {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean cancelled;
    private boolean actionRan;
    private Runnable action;

    /** Thrown when a cancelled request stops. */
    public static final class CancelledException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    /**
     * Cancels: runs the action of {@link #during} if there is one, and then wakes the threads that pause. In this order the
     * device set is aborted before a device thread can take the end of its pause for a failure and close its device.
     */
    public void cancel() {
        Runnable now;
        lock.lock();
        try {
            cancelled = true;
            now = action;
        } finally {
            lock.unlock();
        }
        try {
            if (now != null) {
                now.run();
            }
        } finally {
            lock.lock();
            try {
                actionRan = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** {@return whether it was cancelled} */
    public boolean isCancelled() {
        lock.lock();
        try {
            return cancelled;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Stops a cancelled request.
     *
     * @throws CancelledException if it was cancelled
     */
    public void check() {
        if (isCancelled()) {
            throw new CancelledException();
        }
    }

    /**
     * Waits.
     *
     * @param nanos how long
     * @throws CancelledException if it was cancelled
     */
    public void pause(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (!actionRan && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } finally {
            lock.unlock();
        }
        check();
    }

    /**
     * Sets what a cancellation does from now on. Runs it at once if the request was cancelled before.
     *
     * @param onCancel the action, null for none; must not block
     */
    public void during(Runnable onCancel) {
        boolean late;
        lock.lock();
        try {
            action = onCancel;
            late = cancelled;
        } finally {
            lock.unlock();
        }
        if (late && onCancel != null) {
            onCancel.run();
        }
    }

    /**
     * Waits in seconds.
     *
     * @param seconds how long
     * @throws CancelledException if it was cancelled
     */
    public void pauseSeconds(double seconds) {
        pause((long) (seconds * TimeUnit.SECONDS.toNanos(1)));
    }
}
