package io.github.sqlvdi.internal.com;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.github.sqlvdi.internal.memory.Memory;
import java.lang.foreign.MemorySegment;

/** The 16 bytes of a GUID as two numbers, to compare without touching memory twice. */
public record Guid(long first, long second) {

    public static Guid of(MemorySegment guid) {
        return new Guid(guid.get(JAVA_LONG_UNALIGNED, 0), guid.get(JAVA_LONG_UNALIGNED, Long.BYTES));
    }

    public static Guid read(long address) {
        return new Guid(
                Memory.ALL.get(JAVA_LONG_UNALIGNED, address),
                Memory.ALL.get(JAVA_LONG_UNALIGNED, address + Long.BYTES));
    }
}
