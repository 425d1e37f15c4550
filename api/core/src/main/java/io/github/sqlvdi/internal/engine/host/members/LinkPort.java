package io.github.sqlvdi.internal.engine.host.members;

import java.io.IOException;

/**
 * Where the members of a set reach one of them, and where its watch thread sleeps. Only {@link #wakeUp()} may be called
 * by other threads.
 */
public interface LinkPort {

    /**
     * Sleeps until something can be told, {@link #wakeUp()} is called, or the time is over.
     *
     * @param millis the longest sleep; 0 only looks, negative has no limit
     */
    void select(long millis, Told told) throws IOException;

    /** Ends the sleep of the watch thread, or its next one. */
    void wakeUp();

    /**
     * Connects to the member of a slot of the same set; what arrives on the link is told from now on.
     *
     * @throws IOException if there is none, or it is not this user's
     */
    Link connect(int slot) throws IOException;

    /** Gives the port's resources back when all links are closed. */
    void close() throws IOException;

    /** What the watch thread is told, on that thread. Neither throws. */
    interface Told {

        /** Another member has connected; what arrives on the link is told from now on. */
        void incoming(Link link);

        /**
         * Something has arrived on a link, or its other end has gone.
         *
         * @return false if nothing was read, because this member is leaving: not to be told again
         */
        boolean readable(Link link);
    }
}
