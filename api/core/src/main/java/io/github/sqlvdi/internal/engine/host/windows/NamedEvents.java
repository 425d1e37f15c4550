package io.github.sqlvdi.internal.engine.host.windows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The events of one mapping. A pair is created when a thread first sleeps on its word or signals it. A lookup allocates
 * nothing.
 */
final class NamedEvents {

    private final MemorySegment memory;
    private final String region;

    /** Sorted by offset. The array is replaced, never modified. */
    private volatile NamedEventPair[] events = {};
    private boolean closed;

    NamedEvents(MemorySegment memory, String region) {
        this.memory = memory;
        this.region = region;
    }

    void waitOn(long offset, int expected, int millis) {
        NamedEventPair event = at(offset);
        if (event != null) {
            event.waitOn(expected, millis);
        }
    }

    void wakeAll(long offset) {
        NamedEventPair event = at(offset);
        if (event != null) {
            event.wakeAll();
        }
    }

    /** Returns the events of a word, created if necessary; null after {@link #close()}. */
    private NamedEventPair at(long offset) {
        NamedEventPair[] all = events;
        int low = 0;
        int high = all.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long found = all[middle].offset();
            if (found == offset) {
                return all[middle];
            }
            if (found > offset) {
                high = middle - 1;
            } else {
                low = middle + 1;
            }
        }
        return make(offset);
    }

    private synchronized NamedEventPair make(long offset) {
        if (closed) {
            return null;
        }
        int place = 0;
        while (place < events.length && events[place].offset() < offset) {
            place++;
        }
        if (place < events.length && events[place].offset() == offset) {
            return events[place]; // another thread was first
        }
        NamedEventPair[] more = Arrays.copyOf(events, events.length + 1);
        System.arraycopy(events, place, more, place + 1, events.length - place);
        try {
            more[place] = NamedEventPair.open(memory, offset, region);
        } catch (IOException e) {
            throw new UncheckedIOException("the event of word " + offset + " of the shared region " + region
                    + " cannot be had", e);
        }
        events = more;
        return more[place];
    }

    /** Wakes the sleeping threads of this process, and closes the events. */
    synchronized void close() {
        closed = true;
        for (NamedEventPair event : events) {
            event.close();
        }
        events = new NamedEventPair[0];
    }
}
