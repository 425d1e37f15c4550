package io.github.sqlvdi.internal.engine.host.members;

import java.io.IOException;

/** The part of the set's entry in the directory of names that belongs to one member. */
public interface Membership {

    /** Removes the public name if this member published it, so that no process finds the set any more. */
    void withdraw() throws IOException;

    /** Frees the slot of this member. Called when no other member is connected to it any more. */
    void giveBack() throws IOException;

    /**
     * Releases the entry, and removes it if no primary needs it any more.
     *
     * @param primaryDied whether this member saw the primary's process die; its locks may be released a moment later
     */
    void leave(boolean primaryDied) throws IOException;
}
