package io.github.sqlvdi.internal.engine.host;

import java.io.IOException;

/**
 * This process's membership of one device set. When the process dies, the operating system informs the other members;
 * there is no heartbeat, so a process that is only stopped does not count as dead. One process may have several presences
 * of one set.
 */
public interface Presence extends AutoCloseable {

    /** The highest slot a process of a set may have. */
    int MAX_SLOT = 65_535;

    /** {@return this process's slot: 0 for the primary, 1 for the server, 2 and higher for secondaries} */
    int slot();

    /** {@return the key of the control region, from the record of the set that this process has joined} */
    RegionKey control();

    /**
     * Watches another process of the set, which then watches this process in return. Does nothing if the slot is watched
     * already.
     *
     * <p>Must not be called from the listener. After the primary has left or died, members can no longer begin to watch
     * each other; a watch that exists continues.
     *
     * @param slot the slot of the process to watch
     * @throws IllegalArgumentException if the slot is this process's own, or not between 0 and {@link #MAX_SLOT}
     * @throws IllegalStateException if called from the listener
     * @throws MemberGoneException if that process has left or died; the listener is not called then
     * @throws IOException if that process belongs to another user or does not answer in time as a member of this set, or
     *         if this process lacks the resources for the connection; the listener is not called then
     */
    void watch(int slot) throws IOException;

    /**
     * Leaves in order: the listeners of the processes that watch this one get {@link Listener#left(int)}, never
     * {@link Listener#died(int)}. When all members have left, nothing of the name remains. After the return this
     * presence's listener is not called any more, unless the listener itself called this method. Idempotent.
     */
    @Override
    void close();

    /**
     * Receives one call for each watched process that leaves or dies, on the presence's watch thread (a daemon named
     * {@code sqlvdi-watch-<slot>}). Implementations must not block. Exceptions are logged.
     */
    interface Listener {

        /**
         * A watched process ended, or closed its connection, without leaving in order.
         *
         * @param slot the slot of that process
         */
        void died(int slot);

        /**
         * A watched process left in order.
         *
         * @param slot the slot of that process
         */
        void left(int slot);
    }
}
