package io.github.sqlvdi.emulator;

import io.github.sqlvdi.statement.SqlMessage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The fate of a statement: goes well until the first failure, which stops the work on every device. */
final class StatementControl {

    private final TransferPool pool;
    /** The threads in a read of a source or a write to a target, which may take for ever. */
    private final Set<Thread> outside = new HashSet<>();
    private volatile List<SqlMessage> failure;

    StatementControl(TransferPool pool) {
        this.pool = pool;
    }

    boolean failed() {
        return failure != null;
    }

    /** The messages of the first failure, null for none. */
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

    /** Before the calling thread uses a source or target: a failure interrupts it from now on. */
    synchronized void enterOutside() throws StatementFailure {
        if (failed()) {
            throw new StatementFailure(failure);
        }
        outside.add(Thread.currentThread());
    }

    /** After that, in any case. */
    synchronized void leaveOutside() {
        outside.remove(Thread.currentThread());
        Thread.interrupted(); // was meant for the channel: what ends the device goes on undisturbed
    }
}
