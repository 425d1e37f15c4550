package io.github.sqlvdi.internal.engine.host.members;

/** Callbacks of a {@link LinkPort}, invoked on the watch thread. Implementations must not throw. */
public interface LinkListener {
    /** Another member has connected. From now on {@link #readable} is called when bytes arrive on the link. */
    void incoming(Link link);

    /**
     * Bytes have arrived on a link, or its other end has gone.
     *
     * @return false if nothing was read because this member is leaving; the link is then not reported again
     */
    boolean readable(Link link);
}
