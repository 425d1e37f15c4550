package io.github.sqlvdi.benchmarks.ipc;

import io.github.sqlvdi.benchmarks.Memcpy;
import java.lang.foreign.MemorySegment;

/** How a program copies between its own memory and a buffer. */
enum Copying {
    /** {@code MemorySegment.copy} in pieces of at most 1 MiB, above which it loses half its speed. */
    SEGMENT {
        @Override
        void copy(MemorySegment from, MemorySegment to, long size) {
            for (long offset = 0; offset < size; offset += PIECE) {
                MemorySegment.copy(from, offset, to, offset, Math.min(PIECE, size - offset));
            }
        }
    },
    /** The C library's {@code memcpy}. */
    MEMCPY {
        @Override
        void copy(MemorySegment from, MemorySegment to, long size) {
            Memcpy.copy(from, to, size);
        }
    },
    /** No copy. */
    NONE {
        @Override
        void copy(MemorySegment from, MemorySegment to, long size) {
            // the buffer is handed over as it is
        }
    };

    private static final long PIECE = 1 << 20;

    abstract void copy(MemorySegment from, MemorySegment to, long size);
}
