package io.github.sqlvdi.internal.engine.host.windows;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The two manual-reset events on which threads of all processes sleep for one word of a region,
 * {@code Global\sqlvdi-<region>-<offset>-<0|1>}: one for sleepers that expect an even value, one for sleepers that
 * expect an odd value. WaitOnAddress is not usable, because it works inside one process only.
 *
 * <pre>
 *   sleeper                                  signaller
 *     reset the event of its expectation       change the word
 *     does the word have that value?           set both events
 *       no:  set the event again, return
 *       yes: wait for the event
 * </pre>
 *
 * <p>A signal is not lost. If it comes before the reset, the word has changed and the check shows that. If it comes
 * after the reset, the event stays set. A sleeper whose check fails sets the event again, because another sleeper may
 * be between its own check and its wait. There are two events so that a sleeper that expects the new value does not
 * reset the event of a sleeper that is about to wait for the old value. One case remains: the word changes twice
 * meanwhile, and a thread then sleeps on it again. For this case the callers bound each sleep.
 */
final class NamedEventPair {

    private static final VarHandle WORD = JAVA_INT.varHandle();
    private static final int CLOSED = Integer.MIN_VALUE;

    private final MemorySegment memory;
    private final long offset;
    private final long even;
    private final long odd;

    /**
     * The number of threads that use the events now; negative after {@link #close()}. The last thread to leave closes
     * the events.
     */
    private final AtomicInteger users = new AtomicInteger();

    private NamedEventPair(MemorySegment memory, long offset, long even, long odd) {
        this.memory = memory;
        this.offset = offset;
        this.even = even;
        this.odd = odd;
    }

    static NamedEventPair open(MemorySegment memory, long offset, String region) throws IOException {
        String name = "Global\\sqlvdi-" + region + "-" + offset;
        long even = Kernel32.createEvent(name + "-0");
        try {
            return new NamedEventPair(memory, offset, even, Kernel32.createEvent(name + "-1"));
        } catch (IOException | RuntimeException | Error e) {
            Kernel32.closeHandle(even);
            throw e;
        }
    }

    long offset() {
        return offset;
    }

    void waitOn(int expected, int millis) {
        if (!enter()) {
            return;
        }
        try {
            long event = (expected & 1) == 0 ? even : odd;
            Kernel32.resetEvent(event);
            if (word() != expected || users.get() < 0) {
                Kernel32.setEvent(event);
            } else {
                Kernel32.waitForSingleObject(event, millis);
            }
        } catch (IllegalStateException e) {
            WindowsHost.LOG.log(System.Logger.Level.TRACE, "the region was unmapped while a thread waited", e);
        } finally {
            leave();
        }
    }

    private int word() {
        return (int) WORD.getVolatile(memory, offset);
    }

    void wakeAll() {
        if (enter()) {
            Kernel32.setEvent(even);
            Kernel32.setEvent(odd);
            leave();
        }
    }

    private boolean enter() {
        for (int now = users.get(); now >= 0; now = users.get()) {
            if (users.compareAndSet(now, now + 1)) {
                return true;
            }
        }
        return false;
    }

    private void leave() {
        if (users.decrementAndGet() == CLOSED) {
            closeEvents();
        }
    }

    void close() {
        if (users.getAndAdd(CLOSED) == 0) {
            closeEvents();
        } else {
            Kernel32.setEvent(even);
            Kernel32.setEvent(odd);
        }
    }

    private void closeEvents() {
        Kernel32.closeHandle(even);
        Kernel32.closeHandle(odd);
    }
}
