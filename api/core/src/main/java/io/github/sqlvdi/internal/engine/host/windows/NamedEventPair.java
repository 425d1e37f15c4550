package io.github.sqlvdi.internal.engine.host.windows;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the threads of all processes sleep on for one word of a region: two manual-reset events,
 * {@code Global\sqlvdi-<region>-<offset>-<0|1>}, one for sleepers that expect an even word and one for the odd.
 * (WaitOnAddress works inside one process only.)
 *
 * <pre>
 *   sleeper                                  signaller
 *     reset the event of its expectation       change the word
 *     does the word still say so?              set both events
 *       no:  set the event again, return
 *       yes: wait for the event
 * </pre>
 *
 * A signal before the reset has changed the word, which the look then shows; a signal after it leaves the event set. The look
 * that fails sets the event again because another sleeper may have been between its look and its wait. The two events
 * keep the reset by a sleeper that expects the new word away from one that is about to sleep on the old. What remains is a word
 * that changes twice meanwhile and is then slept on again: the callers bound each sleep.
 */
final class NamedEventPair {

    private static final VarHandle WORD = JAVA_INT.varHandle();
    private static final int CLOSED = Integer.MIN_VALUE;

    private final MemorySegment memory;
    private final long offset;
    private final long even;
    private final long odd;

    /** How many threads use the events now; negative once closed. The last one out closes them. */
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
