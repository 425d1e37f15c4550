package io.github.sqlvdi.internal.engine.host.linux;

import io.github.sqlvdi.internal.engine.host.members.Membership;
import java.io.IOException;

/**
 * The resources of one member: the set's folder, and the member's slot in it.
 *
 * @param folder the folder, owned or joined
 * @param slot the member's slot
 */
record FolderMembership(SetFolder folder, Slot slot) implements Membership {

    @Override
    public void withdraw() throws IOException {
        folder.withdraw();
    }

    @Override
    public void giveBack() throws IOException {
        slot.close();
    }

    @Override
    public void leave(boolean primaryDied) throws IOException {
        folder.leave(primaryDied);
    }
}
