package io.github.sqlvdi.emulator;

import io.github.sqlvdi.statement.SqlMessage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Keeps the first failure of a statement, which stops the work on every device. */
final class StatementControl {

    private final TransferPool pool;
    /**
     * The threads that are reading a source or writing to a target. Such a call may block forever, so a failure
     * interrupts them.
     */
    private final Set<Thread> outside = new HashSet<>();
    private volatile List<SqlMessage> failure;
    private List<SqlMessage> abort;

    StatementControl(TransferPool pool) {
        this.pool = pool;
    }

    boolean failed() {
        return failure != null;
    }

    /** {@return the messages of the first failure, or null if there is none} */
    List<SqlMessage> failure() {
        return failure;
    }

    void fail(List<SqlMessage> messages) {
        synchronized (this) {
            if (failure == null) {
                failure = messages;
            }
            outside.forEach(Thread::interrupt);
        }
        pool.wakeAll();
    }

    /**
     * The client, or its death, aborted the set. A thread that uses a source or target fails the statement now or before its
     * next use. Commands that are under way get an answer of their own, so without such a thread nothing happens here.
     */
    void abort(List<SqlMessage> messages) {
        boolean waits;
        synchronized (this) {
            abort = messages;
            waits = !outside.isEmpty();
        }
        if (waits) {
            fail(messages);
        }
    }

    /**
     * Must be called before the calling thread uses a source or target. From then on a failure interrupts the thread.
     */
    synchronized void enterOutside() throws StatementFailure {
        if (!failed() && abort != null) {
            fail(abort);
        }
        if (failed()) {
            throw new StatementFailure(failure);
        }
        outside.add(Thread.currentThread());
    }

    /** Must be called in a finally block after {@link #enterOutside()}. */
    synchronized void leaveOutside() {
        outside.remove(Thread.currentThread());
        Thread.interrupted(); // it was meant for the channel, not for the calls that end the device
    }
}
