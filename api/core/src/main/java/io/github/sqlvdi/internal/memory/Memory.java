package io.github.sqlvdi.internal.memory;

import java.lang.foreign.MemorySegment;

/** Memory at raw addresses, as pointers in foreign structures and arguments have it. */
public final class Memory {

    /**
     * The whole address space; an offset in it is an address. It checks nothing but the sign: the caller answers
     * for the address. Alignment of foreign addresses is not given, so read and write with the unaligned layouts.
     */
    public static final MemorySegment ALL = everything();

    private Memory() {
    }

    @SuppressWarnings("restricted")
    private static MemorySegment everything() {
        return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    }
}
