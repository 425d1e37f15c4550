package io.github.sqlvdi.internal.com;

import java.lang.foreign.MemorySegment;

/**
 * Function addresses as the objects that a method handle takes them in. A call that made its own would rely on the JIT
 * compiler to remove it, which it does not always: where it inlines one method less, each call allocates 40 bytes. Any
 * thread: an entry is replaced as a whole, and what a lost race costs is one object.
 */
final class FunctionCache {
    private final MemorySegment[] entries;

    FunctionCache(int size) {
        entries = new MemorySegment[size];
    }

    /** The function at this address, most quickly if the same was asked for at this index before. */
    MemorySegment at(int index, long address) {
        MemorySegment function = entries[index];
        if (function == null || function.address() != address) {
            function = MemorySegment.ofAddress(address);
            entries[index] = function;
        }
        return function;
    }
}
