package io.github.sqlvdi.internal.engine.host.windows;

import io.github.sqlvdi.internal.engine.host.members.Membership;
import java.io.IOException;

/**
 * A member's hold on its set: files that Windows removes with the process.
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

    /** Nothing is left that could need removing. */
    @Override
    public void leave(boolean primaryDied) {}
}
