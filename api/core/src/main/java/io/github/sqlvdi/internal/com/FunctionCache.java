package io.github.sqlvdi.internal.com;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Function addresses as the objects that a method handle takes them in. A call that made its own would rely on the JIT
 * compiler to remove it, which it does not always: where it inlines one method less, each call allocates 40 bytes. Any
 * thread: an entry is replaced as a whole, and what a lost race costs is one object. A plain array, because each object
 * on the way to an entry would be one load more in every call.
 */
final class FunctionCache {
    private FunctionCache() {
    }

    /** A cache that holds nothing yet. */
    static MemorySegment[] create(int size) {
        MemorySegment[] functions = new MemorySegment[size];
        Arrays.fill(functions, MemorySegment.NULL);
        return functions;
    }

    /** The function at this address, most quickly if the same was asked for at this index before. */
    static MemorySegment at(MemorySegment[] functions, int index, long address) {
        MemorySegment function = functions[index];
        if (function.address() != address) {
            function = MemorySegment.ofAddress(address);
            functions[index] = function;
        }
        return function;
    }
}
