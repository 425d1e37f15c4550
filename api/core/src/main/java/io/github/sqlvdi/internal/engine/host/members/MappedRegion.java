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
    private final MemorySegment memory;
    private final Arena arena;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Makes the region.
     *
     * @param memory the mapped bytes, without the rounding to 64 KiB
     * @param arena the shared arena of {@code memory}
     */
    protected MappedRegion(RegionKey key, MemorySegment memory, Arena arena) {
        this.key = key;
        this.memory = memory;
        this.arena = arena;
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
    public final MemorySegment memory() {
        return memory;
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
        boolean unused = ArenaCloser.close(arena, System.nanoTime() + CLOSE_BOUND_NANOS);
        if (!unused) {
            MemberPresence.LOG.log(Level.WARNING, () -> "A native call still uses the shared region " + key
                    + "; its mapping of " + memory.byteSize() + " bytes stays until this process ends.");
        }
        closeMapping(unused);
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
        return "SharedRegion[" + key + ", " + memory.byteSize() + " bytes at 0x" + Long.toHexString(memory.address())
                + "]";
    }
}
