package io.github.sqlvdi.emulator.internal.statements;

import java.util.ArrayDeque;

/**
 * The faults that wait for a statement: each BACKUP or RESTORE takes one. A want of memory stays. Safe for several threads.
 */
public final class Faults {

    private final ArrayDeque<Fault> waiting = new ArrayDeque<>();
    private final Runnable kill;
    private long room = Long.MAX_VALUE;

    /**
     * Makes an empty list.
     *
     * @param kill ends the server; must not block
     */
    public Faults(Runnable kill) {
        this.kill = kill;
    }

    /**
     * Adds a fault behind those that wait; a want of memory begins at once.
     *
     * @param fault the fault
     */
    public synchronized void add(Fault fault) {
        if (fault.kind() == Fault.Kind.NO_ROOM) {
            room = fault.after();
        } else {
            waiting.add(fault);
        }
    }

    /** Removes all faults. */
    public synchronized void clear() {
        waiting.clear();
        room = Long.MAX_VALUE;
    }

    /** How many bytes of buffers a statement can have. */
    synchronized long room() {
        return room;
    }

    synchronized Fault take() {
        return waiting.poll();
    }

    void killServer() {
        kill.run();
    }
}
