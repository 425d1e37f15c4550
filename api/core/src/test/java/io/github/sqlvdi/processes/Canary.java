package io.github.sqlvdi.processes;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Notices how late threads of this machine run: a machine that has far more to do than processors delays every step of
 * every process, which is nothing a library can answer for.
 */
final class Canary implements AutoCloseable {
    private static final long NAP_NANOS = 1_000_000;

    /** Turns to run that a notice takes: the kernel, the watching thread, the waiting one, closing, the line, its reader. */
    private static final int TURNS = 20;

    private final AtomicLong latest = new AtomicLong();
    private final Thread thread = Thread.ofPlatform().daemon().name("canary").start(this::run);
    private volatile boolean closed;

    private void run() {
        while (!closed) {
            long before = System.nanoTime();
            LockSupport.parkNanos(NAP_NANOS);
            latest.accumulateAndGet(System.nanoTime() - before - NAP_NANOS, Math::max);
        }
    }

    /** Begins anew. */
    void reset() {
        latest.set(0);
    }

    /** What a bound may be exceeded by for the lateness seen since {@link #reset}; a few milliseconds on a free machine. */
    long allowanceMillis() {
        return TURNS * latest.get() / 1_000_000;
    }

    @Override
    public void close() {
        closed = true;
    }
}
