package io.github.sqlvdi.peers;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/**
 * How a peer's statement ended: {@code PeerVerdict} of statement.h, 32 bytes.
 *
 * @param result of the first call that failed, else 0
 * @param completionCode the first that was not 0
 * @param bytes completed with success, of all devices
 * @param wrongWords of a restore
 * @param references references left on the server's objects after the last release
 */
record PeerVerdict(int result, int completionCode, long bytes, long wrongWords, long references) {

    static final int BYTES = 32;

    static PeerVerdict read(MemorySegment memory) {
        return new PeerVerdict(memory.get(JAVA_INT, 0), memory.get(JAVA_INT, 4), memory.get(JAVA_LONG, 8),
                memory.get(JAVA_LONG, 16), memory.get(JAVA_LONG, 24));
    }

    static PeerVerdict good(PeerPlan plan) {
        return new PeerVerdict(0, 0, plan.bytes() * plan.devices(), 0, 0);
    }
}
