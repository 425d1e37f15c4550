package io.github.sqlvdi.internal.engine.host.windows;

import io.github.sqlvdi.internal.engine.host.members.Membership;
import java.io.IOException;

/**
 * The files of one member. Windows removes them when the process ends.
 *
 * @param record the file by which the set is found; null if this is not the primary
 * @param member this member's own file
 */
record SetFiles(LockedFile record, LockedFile member) implements Membership {

    @Override
    public void withdraw() throws IOException {
        if (record != null) {
            record.close();
        }
    }

    @Override
    public void giveBack() throws IOException {
        member.close();
    }

    /** Does nothing: Windows removes the files of dead members. */
    @Override
    public void leave(boolean primaryDied) {}
}
