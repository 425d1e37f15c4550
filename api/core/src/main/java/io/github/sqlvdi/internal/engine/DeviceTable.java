package io.github.sqlvdi.internal.engine;

import java.lang.foreign.MemorySegment;

/**
 * The devices of a set as one member sees them: the name that the server gave each, whether the server closed it, and which
 * client owns it. Names, closings and owners are returned only if they pass their check.
 */
final class DeviceTable {
    private static final int CLOSING_KIND = 8;
    private static final int OWNER_KIND = 9;

    private final SetMember member;
    private final MemorySegment memory;
    private final long key;

    DeviceTable(SetMember member) {
        this.member = member;
        this.memory = member.memory();
        this.key = member.key();
    }

    /** Server: names the next device and opens it. */
    void name(int index, String name) {
        long device = ControlLayout.device(index);
        SharedBlocks.writeName(memory, device + ControlLayout.DEVICE_NAME_OFFSET, key, name);
        Atomics.setIntVolatile(memory, device + ControlLayout.SERVER_STATE_OFFSET, ControlLayout.DEVICE_OPEN);
        member.publish(ControlLayout.DEVICES_NAMED_OFFSET, index + 1);
    }

    private int named() {
        return Math.min(member.word(ControlLayout.DEVICES_NAMED_OFFSET), member.deviceCount());
    }

    boolean allNamed() {
        return named() == member.deviceCount();
    }

    /** {@return the index of the device with that name, or -1} */
    int find(String name) throws DamagedRegionException {
        int named = named();
        for (int i = 0; i < named; i++) {
            long offset = ControlLayout.device(i) + ControlLayout.DEVICE_NAME_OFFSET;
            if (SharedBlocks.readName(memory, offset, key).equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Server: marks a device as closed in the region. Does nothing if it is marked already.
     *
     * @param turn how many commands the server has sent to it
     */
    void close(int index, long turn) {
        long device = ControlLayout.device(index);
        long state = device + ControlLayout.SERVER_STATE_OFFSET;
        if (Atomics.getIntVolatile(memory, state) != ControlLayout.DEVICE_CLOSED) {
            Atomics.setLong(memory, device + ControlLayout.CLOSING_TURN_OFFSET, turn);
            Atomics.setLong(memory, device + ControlLayout.CLOSING_CHECK_OFFSET, closingCheck(key, index, turn));
            Atomics.setIntVolatile(memory, state, ControlLayout.DEVICE_CLOSED);
        }
    }

    /** {@return how many commands the server had sent when it closed the device, or -1 while the device is not closed} */
    long closingTurn(int index) throws DamagedRegionException {
        long device = ControlLayout.device(index);
        int state = Atomics.getIntVolatile(memory, device + ControlLayout.SERVER_STATE_OFFSET);
        if (state == ControlLayout.DEVICE_OPEN || state == 0) {
            return -1;
        }
        long turn = Atomics.getLong(memory, device + ControlLayout.CLOSING_TURN_OFFSET);
        if (state != ControlLayout.DEVICE_CLOSED || turn < 0
                || Atomics.getLong(memory, device + ControlLayout.CLOSING_CHECK_OFFSET) != closingCheck(key, index,
                        turn)) {
            throw new DamagedRegionException("device " + index + " is in state 0x" + Integer.toHexString(state)
                    + ", without the check word of a closed device");
        }
        return turn;
    }

    static long closingCheck(long key, int index, long turn) {
        return CheckWord.of(key, CheckWord.place(CLOSING_KIND, index), turn, ControlLayout.DEVICE_CLOSED, 0, 0);
    }

    /** Client: takes the device for this process; returns false if a client has it already. */
    boolean claim(int index) {
        return Atomics.compareAndSetLong(memory, ownerWord(index), 0, owner(key, index, member.slot()));
    }

    /** {@return the slot of the client that owns the device, or -1} */
    int owner(int index) throws DamagedRegionException {
        long word = Atomics.getLongVolatile(memory, ownerWord(index));
        if (word == 0) {
            return -1;
        }
        int slot = (int) word - 1;
        if (slot < 0 || slot >= ControlLayout.PROCESS_SLOTS || word != owner(key, index, slot)) {
            throw new DamagedRegionException("the owner of device " + index + " failed its check");
        }
        return slot;
    }

    private static long ownerWord(int index) {
        return ControlLayout.device(index) + ControlLayout.CLIENT_OWNER_OFFSET;
    }

    static long owner(long key, int index, int slot) {
        long check = CheckWord.of(key, CheckWord.place(OWNER_KIND, index), 0, slot, 0, 0);
        return CheckWord.pair((int) check, slot + 1);
    }

    boolean allClaimed() throws DamagedRegionException {
        for (int i = 0; i < member.deviceCount(); i++) {
            if (owner(i) < 0) {
                return false;
            }
        }
        return true;
    }
}
