package io.github.sqlvdi.internal.engine.host.members;

import java.io.IOException;

/** What a member holds of its set's entry among the names. */
public interface Membership {

    /** Takes the public name away if this member gave it, so that the set is not found any more. */
    void withdraw() throws IOException;

    /** Gives the place of this member back, once no member is connected to it any more. */
    void giveBack() throws IOException;

    /**
     * Lets go of the entry; removes it if no primary needs it any more.
     *
     * @param primaryDied whether the primary's process was seen to end: what it holds is free in a moment, if not yet
     */
    void leave(boolean primaryDied) throws IOException;
}
