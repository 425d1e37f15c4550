package io.github.sqlvdi.internal.engine;

import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.internal.engine.host.SharedRegion;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The allocated buffers of a set. A buffer's 32-bit handle consists of its index in this table and a generation, so that a
 * new buffer at the same index has another handle than the freed one. Command records carry this handle, and GetBufferHandle
 * returns it. The server writes the table. Every member resolves handles to addresses in its own mapping.
 *
 * <pre>
 *   handle:  generation (18 bits) | index (14 bits), never 0
 *   entry:    0 handle (4), 0 = free   4 area (4)   8 offset of the data zone (8)   16 size (4)   24 check (8)
 * </pre>
 */
final class BufferTable {
    private static final VarHandle HANDLE = MethodHandles.arrayElementVarHandle(int[].class).withInvokeExactBehavior();
    private static final int KIND = 5;
    private static final int INDEX_MASK = ControlLayout.BUFFER_SLOTS - 1;
    private static final int GENERATION_SHIFT = 14;

    private final MemorySegment memory;
    private final long key;
    private long prefixZone;
    private int alignment = 1;
    private int maxTransferSize;
    private final Areas areas;

    private volatile Known known = new Known(0);

    /**
     * The handles that this member has resolved, by index: a handle is resolved once and then only compared. The arrays
     * are replaced by longer ones as needed, because most sets have few buffers, and the server resolves none.
     */
    private static final class Known {
        private static final int FIRST_LENGTH = 64;

        private final int[] handles;
        private final int[] sizes;
        private final long[] addresses;

        Known(int length) {
            this(new int[length], new int[length], new long[length]);
        }

        private Known(int[] handles, int[] sizes, long[] addresses) {
            this.handles = handles;
            this.sizes = sizes;
            this.addresses = addresses;
        }

        boolean has(int index, int handle) {
            return index < handles.length && (int) HANDLE.getAcquire(handles, index) == handle; // pairs with put
        }

        void put(int index, int handle, int size, long address) {
            sizes[index] = size;
            addresses[index] = address;
            HANDLE.setRelease(handles, index, handle);
        }

        Known reaching(int index) {
            if (index < handles.length) {
                return this;
            }
            int length = Math.max(FIRST_LENGTH, Integer.highestOneBit(index) << 1);
            return new Known(Arrays.copyOf(handles, length), Arrays.copyOf(sizes, length),
                    Arrays.copyOf(addresses, length));
        }
    }

    /** Finds the areas in one member's mappings. */
    interface Areas {
        /** {@return the mapping of an area} */
        SharedRegion region(int area) throws DamagedRegionException;
    }

    BufferTable(MemorySegment memory, long key, Areas areas) {
        this.memory = memory;
        this.key = key;
        this.areas = areas;
    }

    /** Makes the table of the server, which publishes buffers. */
    BufferTable(SetMember member) {
        this(member.memory(), member.key(), member.areas()::region);
    }

    /** Makes the table of a client. It resolves handles and rejects every entry that the configuration does not allow. */
    BufferTable(SetMember member, VdiConfig config) {
        this(member);
        allow(config);
    }

    /** From now on rejects every entry that this configuration does not allow. */
    void allow(VdiConfig config) {
        prefixZone = config.prefixZoneSize();
        alignment = config.alignment();
        maxTransferSize = config.maxTransferSize();
    }

    static int index(int handle) {
        return handle & INDEX_MASK;
    }

    /** Server: publishes a buffer. The first generation depends on the key, so it differs from set to set. */
    int publish(int index, int area, long offset, int size, int generation) {
        int handle = handle(index, generation + (int) (key >>> 40));
        long entry = ControlLayout.buffer(index);
        VarHandle.storeStoreFence(); // a reader that sees the new content also sees that the old handle is withdrawn
        Atomics.setInt(memory, entry + ControlLayout.BUFFER_AREA_OFFSET, area);
        Atomics.setLong(memory, entry + ControlLayout.BUFFER_OFFSET_OFFSET, offset);
        Atomics.setInt(memory, entry + ControlLayout.BUFFER_SIZE_OFFSET, size);
        Atomics.setLong(memory, entry + ControlLayout.BUFFER_CHECK_OFFSET, check(key, handle, area, offset, size));
        Atomics.setIntVolatile(memory, entry + ControlLayout.BUFFER_HANDLE_OFFSET, handle);
        return handle;
    }

    /** Server: makes the handle of the buffer invalid. */
    void withdraw(int index) {
        Atomics.setIntVolatile(memory, ControlLayout.buffer(index) + ControlLayout.BUFFER_HANDLE_OFFSET, 0);
    }

    private static int handle(int index, int generation) {
        int handle = generation << GENERATION_SHIFT | index;
        return handle == 0 ? 1 << GENERATION_SHIFT : handle;
    }

    /**
     * {@return the address of a buffer's data zone in this member's mapping; 0 if no buffer has that handle (any more)}
     *
     * @throws DamagedRegionException if the entry fails its check or the configuration does not allow it
     */
    long resolve(int handle) throws DamagedRegionException {
        int index = index(handle);
        long entry = ControlLayout.buffer(index);
        if (handle == 0 || Atomics.getIntVolatile(memory, entry + ControlLayout.BUFFER_HANDLE_OFFSET) != handle) {
            return 0;
        }
        Known resolved = known;
        if (resolved.has(index, handle)) {
            return resolved.addresses[index];
        }
        return resolveNew(index, handle, entry);
    }

    private synchronized long resolveNew(int index, int handle, long entry) throws DamagedRegionException {
        int area = Atomics.getInt(memory, entry + ControlLayout.BUFFER_AREA_OFFSET);
        long offset = Atomics.getLong(memory, entry + ControlLayout.BUFFER_OFFSET_OFFSET);
        int size = Atomics.getInt(memory, entry + ControlLayout.BUFFER_SIZE_OFFSET);
        if (Atomics.getLong(memory, entry + ControlLayout.BUFFER_CHECK_OFFSET) != check(key, handle, area, offset,
                size)) {
            VarHandle.acquireFence();
            if (Atomics.getIntVolatile(memory, entry + ControlLayout.BUFFER_HANDLE_OFFSET) != handle) {
                return 0; // freed while it was read: the entry belongs to the next buffer
            }
            throw new DamagedRegionException("the entry of buffer " + index + " failed its check");
        }
        SharedRegion mapped = areas.region(area);
        if (size <= 0 || size > maxTransferSize || offset < prefixZone || offset > mapped.byteSize() - size
                || (offset & alignment - 1) != 0) {
            throw new DamagedRegionException("buffer " + index + " of " + size + " bytes at " + offset
                    + " cannot be in an area of " + mapped.byteSize());
        }
        long address = mapped.address() + offset;
        Known resolved = known.reaching(index);
        resolved.put(index, handle, size, address);
        known = resolved;
        return address;
    }

    /** {@return the size of a buffer that {@link #resolve} has just resolved} */
    int size(int handle) {
        return known.sizes[index(handle)];
    }

    static long check(long key, int handle, int area, long offset, int size) {
        return CheckWord.of(key, CheckWord.place(KIND, index(handle)), handle, area, offset, size);
    }
}
