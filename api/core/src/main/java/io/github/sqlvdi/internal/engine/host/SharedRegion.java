package io.github.sqlvdi.internal.engine.host;

import java.lang.foreign.MemorySegment;

/**
 * One mapping of shared memory. The memory exists as long as any process has it mapped. It is freed when the last of them
 * unmaps it or ends, even if that process is killed.
 */
public interface SharedRegion extends AutoCloseable {

    /**
     * Returns the memory: exactly the requested size, readable and writable, at an address divisible by 65,536. Any
     * thread may use it until {@link #close()}; afterwards every access throws {@link IllegalStateException}.
     */
    MemorySegment memory();

    /**
     * Returns the address of the memory, divisible by 65,536. A region of which only the address is used closes sooner:
     * nothing has to be done to each thread of the process.
     */
    long address();

    /** {@return the requested size in bytes} */
    long byteSize();

    /** {@return the key with which other processes can open the region while its creator holds it open} */
    RegionKey key();

    /**
     * Unmaps the memory and closes the handle. Wake the threads that sleep in {@link Host#waitOn} on a word of it first.
     * If a thread still uses the memory inside a native call after a short wait, the memory stays mapped and a warning is
     * logged. Idempotent.
     */
    @Override
    void close();
}
