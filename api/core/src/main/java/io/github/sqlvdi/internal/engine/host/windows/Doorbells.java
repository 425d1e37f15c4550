package io.github.sqlvdi.internal.engine.host.windows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** The doorbells of one mapping, made when a word is first slept on or rung. Finding one allocates nothing. */
final class Doorbells {

    private final MemorySegment memory;
    private final String region;

    /** In the order of their offsets; never changed, only replaced. */
    private volatile Doorbell[] doorbells = {};
    private boolean closed;

    Doorbells(MemorySegment memory, String region) {
        this.memory = memory;
        this.region = region;
    }

    void waitOn(long offset, int expected, int millis) {
        Doorbell doorbell = at(offset);
        if (doorbell != null) {
            doorbell.waitOn(expected, millis);
        }
    }

    void wakeAll(long offset) {
        Doorbell doorbell = at(offset);
        if (doorbell != null) {
            doorbell.wakeAll();
        }
    }

    /** Returns the doorbell of a word; null once closed. */
    private Doorbell at(long offset) {
        Doorbell[] all = doorbells;
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

    private synchronized Doorbell make(long offset) {
        if (closed) {
            return null;
        }
        int place = 0;
        while (place < doorbells.length && doorbells[place].offset() < offset) {
            place++;
        }
        if (place < doorbells.length && doorbells[place].offset() == offset) {
            return doorbells[place]; // another thread was first
        }
        Doorbell[] more = Arrays.copyOf(doorbells, doorbells.length + 1);
        System.arraycopy(doorbells, place, more, place + 1, doorbells.length - place);
        try {
            more[place] = Doorbell.open(memory, offset, region);
        } catch (IOException e) {
            throw new UncheckedIOException("the event of word " + offset + " of the shared region " + region
                    + " cannot be had", e);
        }
        doorbells = more;
        return more[place];
    }

    /** Wakes who sleeps in this process, and gives the events back. */
    synchronized void close() {
        closed = true;
        for (Doorbell doorbell : doorbells) {
            doorbell.close();
        }
        doorbells = new Doorbell[0];
    }
}
