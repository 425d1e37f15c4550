package io.github.sqlvdi.peers;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The plan of a peer's statement: {@code PeerPlan} of statement.h, 48 bytes.
 *
 * @param restore whether data flows from the client
 * @param devices 1 to 64
 * @param transferSize bytes of a command
 * @param buffers commands outstanding on a device
 * @param bytes of each device
 * @param seed of the data
 * @param fault what goes wrong
 * @param faultAt bytes sent on a device when it does
 */
record PeerPlan(boolean restore, int devices, int transferSize, int buffers, long bytes, long seed, Fault fault,
        long faultAt) {

    private static final int BYTES = 48;

    /** PEER_FAULT_ of statement.h, by position. */
    enum Fault {
        NONE, ABORT, STALL
    }

    static PeerPlan backup(int devices, long bytes) {
        return new PeerPlan(false, devices, 1 << 18, 4, bytes, 42, Fault.NONE, 0);
    }

    static PeerPlan restore(int devices, long bytes) {
        return new PeerPlan(true, devices, 1 << 18, 4, bytes, 43, Fault.NONE, 0);
    }

    PeerPlan transfers(int size, int count) {
        return new PeerPlan(restore, devices, size, count, bytes, seed, fault, faultAt);
    }

    PeerPlan failing(Fault value, long at) {
        return new PeerPlan(restore, devices, transferSize, buffers, bytes, seed, value, at);
    }

    MemorySegment write(Arena arena) {
        MemorySegment plan = arena.allocate(BYTES, Long.BYTES);
        plan.set(JAVA_INT, 0, restore ? 1 : 0);
        plan.set(JAVA_INT, 4, devices);
        plan.set(JAVA_INT, 8, transferSize);
        plan.set(JAVA_INT, 12, buffers);
        plan.set(JAVA_LONG, 16, bytes);
        plan.set(JAVA_LONG, 24, seed);
        plan.set(JAVA_INT, 32, fault.ordinal());
        plan.set(JAVA_LONG, 40, faultAt);
        return plan;
    }
}
