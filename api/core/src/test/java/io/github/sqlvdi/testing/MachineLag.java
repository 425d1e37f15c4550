package io.github.sqlvdi.testing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how late this machine serves a plain thread while a test runs, and judges times by it. A machine with more
 * work than processors delays every step of every process, and a library cannot answer for that. A thread sleeps and
 * then works a little, over and over: how much longer the sleep took is the lateness, and the time that the work took,
 * divided by the processor time that it used, is the slowdown. An idle machine gives about 0.1 ms and 1.
 *
 * <p>A bound is given for an idle machine. Its limit here is the bound times the slowdown, and the worst lateness once
 * for each of {@value #TURNS} turns.
 */
public final class MachineLag implements AutoCloseable {

    private static final long NAP_NANOS = 5_000_000;

    /** Processor time of one piece of work: a tenth of the nap, so that the measurement hardly disturbs the test. */
    private static final long WORK_NANOS = 500_000;

    /**
     * Turns to run that a notice between processes takes: the kernel, the watching thread, the waiting thread, closing,
     * writing a line, its reader, and as many again.
     */
    private static final int TURNS = 12;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Thread thread;
    private long begin;
    private long latestNanos;
    private long wallNanos;
    private long workNanos;
    private boolean closed;

    private MachineLag() {
        begin = System.nanoTime();
        thread = Thread.ofPlatform().daemon().name("machine-lag").unstarted(this::run);
    }

    /** Starts to measure. */
    public static MachineLag start() {
        MachineLag lag = new MachineLag();
        lag.thread.start();
        return lag;
    }

    private void run() {
        while (true) {
            long before = System.nanoTime();
            LockSupport.parkNanos(NAP_NANOS);
            long woken = System.nanoTime();
            long used = work();
            synchronized (this) {
                if (closed) {
                    return;
                }
                add(Math.max(0, woken - before - NAP_NANOS), System.nanoTime() - woken, used);
            }
        }
    }

    /** Uses the processor for {@link #WORK_NANOS} of its own time and returns how much it used. */
    private long work() {
        long before = threads.getCurrentThreadCpuTime();
        long used = 0;
        while (used < WORK_NANOS) {
            used = threads.getCurrentThreadCpuTime() - before;
        }
        return used;
    }

    private void add(long late, long wall, long used) {
        latestNanos = Math.max(latestNanos, late);
        wallNanos += wall;
        workNanos += used;
    }

    /** Forgets what was measured and begins anew; the time of {@link #assertWithin} counts from here. */
    public synchronized void reset() {
        begin = System.nanoTime();
        latestNanos = 0;
        wallNanos = 0;
        workNanos = 0;
    }

    /** {@return how often longer than its own processor time a piece of work took on average, at least 1} */
    public synchronized double slowdown() {
        return workNanos == 0 ? 1 : Math.max(1, (double) wallNanos / workNanos);
    }

    /** {@return how much later than asked for the thread ran, at worst} */
    public synchronized Duration lateness() {
        return Duration.ofNanos(latestNanos);
    }

    /**
     * {@return what the bound of an idle machine becomes on this one}
     *
     * @param idle the bound that holds on an idle machine
     */
    public synchronized Duration limit(Duration idle) {
        return Duration.ofNanos((long) (idle.toNanos() * slowdown()) + TURNS * latestNanos);
    }

    /**
     * Fails if more time than the bound allows has passed since {@link #reset} or the start; prints what was measured.
     *
     * @param what what took the time, for the message
     * @param idle the bound that holds on an idle machine
     * @return the time that passed
     */
    public Duration assertWithin(String what, Duration idle) {
        Duration took = checkWithin(what, idle);
        System.out.println(message(what, took, idle));
        return took;
    }

    /**
     * As {@link #assertWithin} but silent, for rounds by the dozen.
     *
     * @param what what took the time, for the message
     * @param idle the bound that holds on an idle machine
     * @return the time that passed
     */
    public Duration checkWithin(String what, Duration idle) {
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        if (took.compareTo(limit(idle)) > 0) {
            throw new AssertionError(message(what, took, idle));
        }
        return took;
    }

    private String message(String what, Duration took, Duration idle) {
        return String.format(Locale.ROOT, "%s took %,d ms; %s", what, took.toMillis(), describe(idle));
    }

    /**
     * {@return the limit and what it was made of, in words}
     *
     * @param idle the bound that holds on an idle machine
     */
    public synchronized String describe(Duration idle) {
        return String.format(Locale.ROOT,
                "limit %,d ms: %,d ms on an idle machine; here threads ran up to %.1f ms late and %.1f times slower",
                limit(idle).toMillis(), idle.toMillis(),
                (double) latestNanos / TimeUnit.MILLISECONDS.toNanos(1), slowdown());
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
