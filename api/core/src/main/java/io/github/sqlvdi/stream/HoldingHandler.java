package io.github.sqlvdi.stream;

import java.io.IOException;

/**
 * A handler that may return from {@link #handle} without completing the command, and completes it later on the same
 * thread. Every command gets its completion, also after a failure.
 */
interface HoldingHandler extends CommandHandler {

    /** {@return whether a command waits for its completion} */
    boolean holding();

    /**
     * Waits until something can go on, at most for the given time, and completes what is finished. An interrupt of the
     * thread is a failure.
     *
     * @throws IOException if the work of held commands failed; all of them are completed with a failure then
     */
    void proceed(long nanos) throws IOException;

    /** {@return whether VDC_Complete was answered with success} */
    boolean completed();
}
