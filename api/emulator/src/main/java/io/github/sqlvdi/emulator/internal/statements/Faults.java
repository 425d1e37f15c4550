package io.github.sqlvdi.emulator.internal.statements;

import java.util.ArrayDeque;

/** The faults that wait for a statement: each BACKUP or RESTORE takes one. Safe for several threads. */
public final class Faults {

    private final ArrayDeque<Fault> waiting = new ArrayDeque<>();
    private final Runnable kill;

    /**
     * Makes an empty list.
     *
     * @param kill ends the server; must not block
     */
    public Faults(Runnable kill) {
        this.kill = kill;
    }

    /**
     * Adds a fault behind those that wait.
     *
     * @param fault the fault
     */
    public synchronized void add(Fault fault) {
        waiting.add(fault);
    }

    /** Removes all faults. */
    public synchronized void clear() {
        waiting.clear();
    }

    synchronized Fault take() {
        return waiting.poll();
    }

    void killServer() {
        kill.run();
    }
}
