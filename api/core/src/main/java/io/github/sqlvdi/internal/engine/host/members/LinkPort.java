package io.github.sqlvdi.internal.engine.host.members;

import java.io.IOException;

/**
 * Where the members of a set reach one of them, and where its watch thread sleeps. Only {@link #wakeUp()} may be called
 * by other threads.
 */
public interface LinkPort {

    /**
     * Sleeps until there is something to report, {@link #wakeUp()} is called, or the time is over.
     *
     * @param millis the longest sleep; 0 only looks, negative has no limit
     */
    void select(long millis, LinkListener listener) throws IOException;

    /** Ends the sleep of the watch thread, or its next one. */
    void wakeUp();

    /**
     * Connects to the member of a slot of the same set; the listener hears of what arrives on the link from now on.
     *
     * @throws IOException if there is none, or it is not this user's
     */
    Link connect(int slot) throws IOException;

    /** Gives the port's resources back when all links are closed. */
    void close() throws IOException;
}
