package io.github.sqlvdi.internal.engine.host.linux;

import java.io.IOException;

/**
 * A set's folder as one member holds it.
 *
 * <pre>
 *   &lt;private directory&gt;/
 *     &lt;32 hex digits&gt;/             a published set: the hash of its names
 *       record                     the set's record, see RecordFile
 *       0.lock  1.lock  ...        locked by the member of that slot for its life
 *       0.socket  1.socket ...     where that member listens
 *     &lt;32 hex digits&gt;.&lt;16 more&gt;/   the same, not yet published or no longer: not found by its name
 * </pre>
 *
 * <p>Two locks protect it. The process that has locked the <em>folder</em> owns it, and only the owner may rename it
 * and remove its content. The owner is the primary while it lives, afterwards the process that sweeps the folder away.
 * The lock of {@code 0.lock} shows whether the primary lives, and can be checked without disturbing any process. The
 * kernel releases both locks when the process ends, in whatever way. A folder gets its public name in one rename, after
 * it is complete. The rename fails while another folder has that name, so of two primaries one wins.
 */
interface SetFolder {

    /** The folder itself, which stays open until {@link #leave(boolean)}. */
    OpenFile file();

    /** Removes the public name if this member published the set, so that no process finds the set any more. */
    void withdraw() throws IOException;

    /**
     * Closes the folder, and removes it if no live primary needs it.
     *
     * @param primaryDied whether this member has seen the primary die
     */
    void leave(boolean primaryDied) throws IOException;
}
