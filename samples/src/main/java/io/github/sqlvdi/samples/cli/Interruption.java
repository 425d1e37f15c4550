package io.github.sqlvdi.samples.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What happens on Ctrl-C and SIGTERM: the running job is cancelled, which aborts its device set, and the JVM ends when the
 * command has cleaned up after it. The JVM itself gives the exit code 130 (SIGINT) or 143 (SIGTERM).
 */
final class Interruption {

    /** Longer than a job waits for its devices and its statement after a cancel. */
    private static final long CLEANUP_SECONDS = 60;
    /** Before there is a job, a command may wait for the other end of a named pipe, which nothing ends. */
    private static final long NO_JOB_SECONDS = 2;

    private final CountDownLatch ended = new CountDownLatch(1);
    private Runnable cancel;
    private boolean requested;

    void listen() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::shutdown, "sqlvdi-interruption"));
    }

    /** What cancels the work from now on; may be called more than once. */
    synchronized void watch(Runnable canceller) {
        cancel = canceller;
        if (requested) {
            cancel.run();
        }
    }

    synchronized boolean requested() {
        return requested;
    }

    /** The command is over, nothing is left to clean up. */
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

    /** Cancels the work; false when there is none yet. */
    private synchronized boolean request() {
        requested = true;
        if (cancel != null) {
            cancel.run();
        }
        return cancel != null;
    }
}
