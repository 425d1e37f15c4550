package io.github.sqlvdi.internal.engine.host.members;

/** Callbacks of a {@link LinkPort}, invoked on the watch thread. Implementations must not throw. */
public interface LinkListener {
    /** Another member has connected. {@link #readable} reports what arrives on the link from now on. */
    void incoming(Link link);

    /**
     * Something has arrived on a link, or its other end has gone.
     *
     * @return false if nothing was read because this member is leaving; the link is then not reported again
     */
    boolean readable(Link link);
}
