package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.stream.VirtualDeviceJob;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What happens on Ctrl-C and SIGTERM: the running job is cancelled, which aborts its device set, and the JVM ends when the
 * command has cleaned up after it. The JVM itself gives the exit code 130 (SIGINT) or 143 (SIGTERM).
 */
final class Interruption {

    /** Longer than a job waits for its devices and its statement after a cancel. */
    private static final long CLEANUP_SECONDS = 60;

    private final CountDownLatch ended = new CountDownLatch(1);
    private VirtualDeviceJob job;
    private boolean requested;

    void listen() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::shutdown, "sqlvdi-interruption"));
    }

    /** The job to cancel from now on. */
    synchronized void watch(VirtualDeviceJob running) {
        job = running;
        if (requested) {
            job.cancel();
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
            request();
            try {
                ended.await(CLEANUP_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException impatient) {
                Thread.currentThread().interrupt(); // nothing interrupts this thread; if something does, end at once
            }
        }
    }

    private synchronized void request() {
        requested = true;
        if (job != null) {
            job.cancel();
        }
    }
}
