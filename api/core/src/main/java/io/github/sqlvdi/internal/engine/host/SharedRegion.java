package io.github.sqlvdi.internal.engine.host;

import java.lang.foreign.MemorySegment;

/**
 * One mapping of shared memory. It exists as long as any process has it mapped, and is gone with the last of them,
 * however that one ended.
 */
public interface SharedRegion extends AutoCloseable {

    /**
     * Returns the memory: exactly the bytes asked for, readable and writable, its address divisible by 65,536. Any
     * thread may use it until {@link #close()}; afterwards every access throws {@link IllegalStateException}.
     */
    MemorySegment memory();

    /** Returns the key with which other processes open the region while its creator holds it open. */
    RegionKey key();

    /**
     * Unmaps the memory and gives the handle back. Threads that sleep in {@link Host#waitOn} on a word of it should
     * be woken first. If some thread still holds the memory inside a native call after a short wait, the mapping is
     * left in place and that is logged: memory in use is never pulled away. Idempotent.
     */
    @Override
    void close();
}
