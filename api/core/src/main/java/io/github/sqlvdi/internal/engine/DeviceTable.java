package io.github.sqlvdi.internal.engine;

import java.lang.foreign.MemorySegment;

/** The names the server gave its devices, and which client party owns each, as seen by one member of the set. */
final class DeviceTable {
    private final SetMember member;
    private final MemorySegment memory;

    DeviceTable(SetMember member) {
        this.member = member;
        this.memory = member.memory();
    }

    /** Server: names the next device and opens it. */
    void name(int index, String name) {
        SharedBlocks.writeName(memory, ControlLayout.device(index) + ControlLayout.DEVICE_NAME_OFFSET, member.key(),
                name);
        Atomics.setIntVolatile(
                memory, ControlLayout.device(index) + ControlLayout.SERVER_STATE_OFFSET, ControlLayout.DEVICE_OPEN);
        member.publish(ControlLayout.DEVICES_NAMED_OFFSET, index + 1);
    }

    private int named() {
        return Math.min(member.word(ControlLayout.DEVICES_NAMED_OFFSET), member.deviceCount());
    }

    boolean allNamed() {
        return named() == member.deviceCount();
    }

    /** @return the device of that name, or -1 */
    int find(String name) throws DamagedRegionException {
        int named = named();
        for (int i = 0; i < named; i++) {
            long offset = ControlLayout.device(i) + ControlLayout.DEVICE_NAME_OFFSET;
            if (SharedBlocks.readName(memory, offset, member.key()).equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Client: takes the device for this process. @return false when a client has it already */
    boolean claim(int index) {
        return Atomics.compareAndSetInt(
                memory, ControlLayout.device(index) + ControlLayout.CLIENT_OWNER_OFFSET, 0, member.slot() + 1);
    }

    boolean allClaimed() {
        for (int i = 0; i < member.deviceCount(); i++) {
            if (member.word(ControlLayout.device(i) + ControlLayout.CLIENT_OWNER_OFFSET) == 0) {
                return false;
            }
        }
        return true;
    }
}
