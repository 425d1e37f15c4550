package io.github.sqlvdi.statement;

import java.util.List;
import java.util.Optional;

/**
 * A {@code BACKUP} or {@code RESTORE} statement with {@code VIRTUAL_DEVICE} clauses. A job executes it on a thread of
 * its own, because the statement does not return before the last device is closed (VDI reference 1.3).
 */
@FunctionalInterface
public interface SqlStatement {

    /**
     * Executes the statement and waits for its end. Called once for a job, after the device set was created.
     *
     * @return the server's verdict
     * @throws Exception if the statement could not be executed at all; a statement that ran and failed returns a
     *     {@link Verdict}
     */
    Verdict execute() throws Exception;

    /**
     * Asks the server to stop the statement; {@link #execute()} then ends soon. Called from another thread, possibly
     * before or after the execution, possibly several times. Must not wait for the end of the statement. Does nothing
     * by default, because the abort of the device set ends most statements.
     */
    default void cancel() {
    }

    /**
     * Reports how the job's devices ended, before the job waits for the end of {@link #execute()}. Called once for a
     * job that had a device set, on the thread of the job; must not block. Does nothing by default. An implementation
     * whose statement is executed outside this program gets here the information that only the client has.
     *
     * @param devices how each device ended; empty when the server never configured the set
     */
    default void devicesEnded(List<DeviceOutcome> devices) {
    }

    /**
     * Returns how far the server is. Called from any thread at any time; must not block.
     *
     * @return the progress; empty when it is not known, which is the default
     */
    default Optional<StatementProgress> progress() {
        return Optional.empty();
    }
}
