package io.github.sqlvdi.conformance;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.github.sqlvdi.internal.memory.Memory;
import java.lang.foreign.MemorySegment;

/** Bytes at addresses that the interface handed out. */
final class RawMemory {

    static final MemorySegment ALL = Memory.ALL;

    private RawMemory() {
    }

    static byte[] read(long address, int length) {
        return ALL.asSlice(address, length).toArray(JAVA_BYTE);
    }

    static void write(long address, byte[] bytes) {
        MemorySegment.copy(bytes, 0, ALL, JAVA_BYTE, address, bytes.length);
    }
}
