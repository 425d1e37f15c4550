package io.github.sqlvdi.samples.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Handles Ctrl-C and SIGTERM. Cancels the running job, which aborts its device set, and lets the JVM end when the
 * command has cleaned up. The JVM itself gives the exit code 130 (SIGINT) or 143 (SIGTERM).
 */
final class Interruption {

    /**
     * Limit of the wait for the clean-up. After a cancel a job waits less than this for its devices and its statement.
     */
    private static final long CLEANUP_SECONDS = 60;
    /**
     * Limit of the wait if there is no job yet. The command may then wait for the other end of a named pipe, and
     * nothing can end that wait.
     */
    private static final long NO_JOB_SECONDS = 2;

    private final CountDownLatch ended = new CountDownLatch(1);
    private Runnable cancel;
    private boolean requested;

    void listen() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::shutdown, "sqlvdi-interruption"));
    }

    /**
     * Sets the action that cancels the work, and runs it at once if an interruption was requested already. May be
     * called more than once.
     */
    synchronized void watch(Runnable canceller) {
        cancel = canceller;
        if (requested) {
            cancel.run();
        }
    }

    synchronized boolean requested() {
        return requested;
    }

    /** Must be called when the command has ended and has cleaned up. */
    void commandEnded() {
        ended.countDown();
    }

    private void shutdown() {
        if (ended.getCount() > 0) {
            boolean job = request();
            try {
                ended.await(job ? CLEANUP_SECONDS : NO_JOB_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException impatient) {
                Thread.currentThread().interrupt(); // nothing interrupts this thread; if something does, end at once
            }
        }
    }

    /** Cancels the work. Returns false if there is no work yet. */
    private synchronized boolean request() {
        requested = true;
        if (cancel != null) {
            cancel.run();
        }
        return cancel != null;
    }
}
