package io.github.sqlvdi.internal.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Native memory that belongs to a device set and is lent to users as segments. Closing ends every segment at once: a
 * late use throws {@link IllegalStateException} instead of touching pages that are about to be unmapped. All methods
 * may be called from any thread.
 */
public final class LentMemory {

    /** The JDK does not tell when an I/O lets go of a segment: a closer that was refused looks again this often. */
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Arena arena = Arena.ofShared();

    /** Starts with nothing lent. */
    public LentMemory() {
    }

    /**
     * Lends a piece of native memory.
     *
     * @param address where it begins
     * @param size its exact size in bytes, as the library told it: nothing checks that it is mapped
     * @return a segment that lives until this memory is closed
     * @throws IllegalStateException after the closing
     */
    @SuppressWarnings("restricted")
    public MemorySegment view(long address, long size) {
        return MemorySegment.ofAddress(address).reinterpret(size, arena, null);
    }

    /**
     * Ends every segment, waiting for I/O operations of other threads that hold one. Closing again does nothing.
     *
     * @param deadline the {@link System#nanoTime()} at which to give up
     * @return false when an I/O operation still held a segment at the deadline; everything is still lent then
     */
    public boolean close(long deadline) {
        boolean interrupted = false;
        try {
            while (!tryClose()) {
                if (deadline - System.nanoTime() <= 0) {
                    return false;
                }
                LockSupport.parkNanos(this, RETRY_NANOS);
                interrupted |= Thread.interrupted();
            }
            return true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean tryClose() {
        if (!arena.scope().isAlive()) {
            return true;
        }
        try {
            arena.close();
            return true;
        } catch (IllegalStateException held) {
            return !arena.scope().isAlive(); // held by an I/O, or closed by another thread just now
        }
    }
}
