package io.github.sqlvdi.internal.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Native memory of a device set that users see as segments. {@link #revoke} ends all of these segments at once: a later
 * use throws {@link IllegalStateException} and does not touch pages that are about to be unmapped. All methods may be
 * called from any thread.
 */
public final class RevocableMemory {
    private final Arena arena = Arena.ofShared();

    /** Starts without segments. */
    public RevocableMemory() {}

    /**
     * Makes a segment over a range of native memory.
     *
     * @param address the first byte
     * @param size its exact size in bytes, as the VDI library reported it; no check shows whether it is mapped
     * @return a segment that can be used until {@link #revoke}
     * @throws IllegalStateException after {@link #revoke}
     */
    @SuppressWarnings("restricted")
    public MemorySegment view(long address, long size) {
        return MemorySegment.ofAddress(address).reinterpret(size, arena, null);
    }

    /**
     * Ends every segment. Waits for I/O operations of other threads that hold one. A second call does nothing.
     *
     * @param deadline the {@link System#nanoTime()} at which to give up
     * @return false when an I/O operation still held a segment at the deadline; all segments can be used then
     */
    public boolean revoke(long deadline) {
        return ArenaCloser.close(arena, deadline);
    }
}
