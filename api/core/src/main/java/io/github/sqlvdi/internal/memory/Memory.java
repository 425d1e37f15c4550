package io.github.sqlvdi.internal.memory;

import java.lang.foreign.MemorySegment;

/** Access to memory at raw addresses, such as the pointers in foreign structures and arguments. */
public final class Memory {

    /**
     * The whole address space: an offset in this segment is an address. Only the sign is checked, so the caller is
     * responsible for the address. Foreign addresses may be unaligned, so read and write with the unaligned layouts.
     */
    public static final MemorySegment ALL = everything();

    private Memory() {
    }

    @SuppressWarnings("restricted")
    private static MemorySegment everything() {
        return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    }
}
