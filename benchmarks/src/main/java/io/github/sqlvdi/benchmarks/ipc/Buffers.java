package io.github.sqlvdi.benchmarks.ipc;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A process's own memory. */
final class Buffers {

    private static final int PAGE = 4096;

    private Buffers() {
    }

    /** {@return touched, page-aligned native memory that lives as long as it is referenced} */
    static MemorySegment own(int size) {
        MemorySegment buffer = Arena.ofAuto().allocate(size, PAGE);
        buffer.fill((byte) 1);
        return buffer;
    }
}
