package io.github.sqlvdi.internal.engine.host.members;

import java.io.IOException;

/**
 * The port of one member of a set. The other members connect to it, and its watch thread sleeps in {@link #select}. Other
 * threads may call {@link #wakeUp()} only.
 */
public interface LinkPort {

    /**
     * Sleeps until there is something to report, {@link #wakeUp()} is called, or the time is over.
     *
     * @param millis the longest sleep in milliseconds; 0 does not sleep, a negative number sets no limit
     */
    void select(long millis, LinkListener listener) throws IOException;

    /** Ends the sleep of the watch thread; if it does not sleep, its next sleep ends at once. */
    void wakeUp();

    /**
     * Connects to the member in a slot of the same set. The listener is called for bytes that arrive on the link.
     *
     * @throws IOException if the slot has no member, or the member belongs to another user
     */
    Link connect(int slot) throws IOException;

    /** Frees the port's resources. Close all links first. */
    void close() throws IOException;
}
