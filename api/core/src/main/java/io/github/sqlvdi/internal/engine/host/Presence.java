package io.github.sqlvdi.internal.engine.host;

import java.io.IOException;

/**
 * This process's membership of one device set. Other members learn from the operating system, not from a heartbeat,
 * when it dies: a process that is merely stopped is not dead. Several presences of one set may live in one process.
 */
public interface Presence extends AutoCloseable {

    /** The highest slot a process of a set may have. */
    int MAX_SLOT = 65_535;

    /** Returns this process's slot: 0 the primary, 1 the server, from 2 the secondaries. */
    int slot();

    /** Returns the key of the set's control region, from the record of the very set that this process is a member of. */
    RegionKey control();

    /**
     * Watches another process of the set; that one watches this one in return. Watching a slot again while it is
     * being watched does nothing.
     *
     * <p>Not to be called from the listener. Once the primary has left or died, members find each other no more;
     * those that watch each other already go on doing so.
     *
     * @param slot the slot of the process to watch
     * @throws IllegalArgumentException if the slot is this one's own, or none from 0 to {@link #MAX_SLOT}
     * @throws IllegalStateException if called from the listener
     * @throws MemberGoneException if that process has gone, whether in order or not; the listener is not called then
     * @throws IOException if that process is not this user's, does not answer as a member of this set within a bound, or
     *         this process lacks what the connection needs; the listener is not called then
     */
    void watch(int slot) throws IOException;

    /**
     * Leaves in order: processes that watch this one are told {@link Listener#left(int)}, never
     * {@link Listener#died(int)}. Nothing remains of the name once all have left. After return this presence's
     * listener is not called any more, unless it is the caller. Idempotent.
     */
    @Override
    void close();

    /**
     * Told once for each watched process, either way, on the presence's watch thread (a daemon named
     * {@code sqlvdi-watch-<slot>}). Must not block; what it throws is logged.
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
