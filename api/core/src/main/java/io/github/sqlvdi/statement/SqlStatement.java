package io.github.sqlvdi.statement;

import java.util.List;

/**
 * A {@code BACKUP} or {@code RESTORE} statement with {@code VIRTUAL_DEVICE} clauses. A job executes it on a thread of its
 * own, because the statement does not return before the last device was closed (VDI reference 1.3).
 */
@FunctionalInterface
public interface SqlStatement {

    /**
     * Executes the statement and waits for its end. Called once for a job, after the device set was created.
     *
     * @return what the server says
     * @throws Exception if the server could not be asked at all; a statement that ran and failed is a {@link Verdict}
     */
    Verdict execute() throws Exception;

    /**
     * Asks the server to stop the statement; {@link #execute()} then ends soon. Called from another thread, perhaps
     * before or after the execution, perhaps several times; must not wait for the end. Does nothing by default: the abort
     * of the device set ends most statements by itself.
     */
    default void cancel() {
    }

    /**
     * Tells that the job's devices are at their end, well or not, before the job waits for the end of
     * {@link #execute()}. Called once for a job that had a device set, on the thread of the job; must not block. Does
     * nothing by default. A statement that somebody else executes, out of this program's sight, learns here what the
     * client alone can know.
     *
     * @param devices how each device ended; empty when the server never configured the set
     */
    default void devicesEnded(List<DeviceOutcome> devices) {
    }
}
