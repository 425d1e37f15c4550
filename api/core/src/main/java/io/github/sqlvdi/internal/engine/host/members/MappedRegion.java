package io.github.sqlvdi.internal.engine.host.members;

import io.github.sqlvdi.internal.engine.host.RegionKey;
import io.github.sqlvdi.internal.engine.host.SharedRegion;
import io.github.sqlvdi.internal.memory.ArenaCloser;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** One mapping of a shared region. Subclasses make the mapping. This class has the size rules and the order of closing. */
public abstract class MappedRegion implements SharedRegion {
    private static final long GRANULE = 65_536;
    private static final long MAX_BYTES = 1L << 46;
    private static final long CLOSE_BOUND_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final RegionKey key;
    private final long address;
    private final long bytes;
    private final AtomicBoolean closed = new AtomicBoolean();
    /** Null until the first {@link #memory()}: closing a shared arena stops every thread of the process for a moment. */
    private Arena arena;
    private MemorySegment memory;

    /**
     * Makes the region of a mapping that {@link #closeMapping} ends.
     *
     * @param address the first byte
     * @param bytes the size, without the rounding to 64 KiB
     */
    protected MappedRegion(RegionKey key, long address, long bytes) {
        this.key = key;
        this.address = address;
        this.bytes = bytes;
    }

    /**
     * Makes the region of a mapping that ends with its arena.
     *
     * @param memory the mapped bytes, without the rounding to 64 KiB
     * @param arena the shared arena of {@code memory}
     */
    protected MappedRegion(RegionKey key, MemorySegment memory, Arena arena) {
        this(key, memory.address(), memory.byteSize());
        this.arena = arena;
        this.memory = memory;
    }

    /**
     * {@return the size of a mapping for {@code bytes}: rounded up to a multiple of 64 KiB}
     *
     * @throws IllegalArgumentException if {@code bytes} is not between 1 and 2^46
     */
    public static long sizeOf(long bytes) {
        if (bytes < 1 || bytes > MAX_BYTES) {
            throw new IllegalArgumentException("bytes is " + bytes + "; expected 1 to " + MAX_BYTES);
        }
        return (bytes + GRANULE - 1) / GRANULE * GRANULE;
    }

    @Override
    @SuppressWarnings("restricted")
    public final synchronized MemorySegment memory() {
        if (memory == null) {
            arena = Arena.ofShared();
            memory = MemorySegment.ofAddress(address).reinterpret(bytes, arena, null);
            if (closed.get()) {
                arena.close();
            }
        }
        return memory;
    }

    @Override
    public final long address() {
        return address;
    }

    @Override
    public final long byteSize() {
        return bytes;
    }

    @Override
    public final RegionKey key() {
        return key;
    }

    @Override
    public final void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        closeHandles();
        Arena used = arena();
        boolean unused = used == null || ArenaCloser.close(used, System.nanoTime() + CLOSE_BOUND_NANOS);
        if (!unused) {
            MemberPresence.LOG.log(Level.WARNING, () -> "A native call still uses the shared region " + key
                    + "; its mapping of " + bytes + " bytes stays until this process ends.");
        }
        closeMapping(unused);
    }

    private synchronized Arena arena() {
        return arena;
    }

    /** Closes every handle that is not needed to use the memory. */
    protected abstract void closeHandles();

    /**
     * Unmaps the memory.
     *
     * @param unused false if a native call still uses the memory, which must then stay mapped
     */
    protected abstract void closeMapping(boolean unused);

    @Override
    public final String toString() {
        return "SharedRegion[" + key + ", " + bytes + " bytes at 0x" + Long.toHexString(address) + "]";
    }
}
