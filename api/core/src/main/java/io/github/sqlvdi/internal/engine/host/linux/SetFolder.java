package io.github.sqlvdi.internal.engine.host.linux;

import java.io.IOException;

/**
 * A set's folder as one member holds it.
 *
 * <pre>
 *   &lt;private directory&gt;/
 *     &lt;32 hex digits&gt;/             a published set: the hash of its names
 *       record                     what the set is, see RecordFile
 *       0.lock  1.lock  ...        locked by the member of that slot for its life
 *       0.socket  1.socket ...     where that member listens
 *     &lt;32 hex digits&gt;.&lt;16 more&gt;/   the same, not yet published or no longer: not found by its name
 * </pre>
 *
 * <p>Two locks rule it. The process that has locked the <em>folder</em> owns it and alone may rename it and remove what is in
 * it: the primary for its life, afterwards the process that sweeps it away. {@code 0.lock} says whether the primary lives, and
 * is asked without disturbing anyone. The kernel releases both when the process ends, however it ends. A folder gets
 * its public name, complete, in one rename, which fails while another folder has that name: of two primaries one wins.
 */
interface SetFolder {

    /** The folder itself, which stays open until {@link #leave()}. */
    OpenFile file();

    /** Takes the public name away if this member gave it, so that the set is not found any more. */
    void withdraw() throws IOException;

    /** Gives the folder back; removes it if no primary needs it any more, which may be seen to have died. */
    void leave(boolean primaryDied) throws IOException;
}
