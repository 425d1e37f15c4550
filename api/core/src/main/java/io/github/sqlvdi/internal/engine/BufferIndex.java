package io.github.sqlvdi.internal.engine;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Finds a buffer by the address of its data zone: a hash table with linear probing, at most half full. One thread at a time
 * may change it while any number of threads search it. A search takes no lock and allocates nothing.
 */
final class BufferIndex {
    private static final int FIRST_CAPACITY = 64;
    /** Takes the place of a removed buffer, so that a search does not stop there too early. */
    private static final BufferPool.Buffer REMOVED = new BufferPool.Buffer(-1, 0, -1, null, 0, 0);

    private volatile AtomicReferenceArray<BufferPool.Buffer> table = new AtomicReferenceArray<>(FIRST_CAPACITY);
    private int occupied; // by buffers and by REMOVED

    /** {@return the buffer whose data zone starts at the address, or null} */
    BufferPool.Buffer get(long address) {
        AtomicReferenceArray<BufferPool.Buffer> entries = table;
        int mask = entries.length() - 1;
        int slot = home(address) & mask;
        BufferPool.Buffer at = entries.getAcquire(slot);
        while (at != null && (at.address() != address || at == REMOVED)) {
            slot = (slot + 1) & mask;
            at = entries.getAcquire(slot);
        }
        return at;
    }

    void put(BufferPool.Buffer buffer) {
        if (2 * (occupied + 1) > table.length()) {
            rebuild();
        }
        table.setRelease(slot(table, buffer.address()), buffer);
        occupied++;
    }

    void remove(BufferPool.Buffer buffer) {
        table.setRelease(slot(table, buffer.address()), REMOVED);
    }

    private void rebuild() {
        AtomicReferenceArray<BufferPool.Buffer> old = table;
        int live = 0;
        for (int i = 0; i < old.length(); i++) {
            live += isLive(old.get(i)) ? 1 : 0;
        }
        int capacity = old.length();
        while (capacity < 4 * (live + 1)) {
            capacity *= 2;
        }
        AtomicReferenceArray<BufferPool.Buffer> fresh = new AtomicReferenceArray<>(capacity);
        for (int i = 0; i < old.length(); i++) {
            if (isLive(old.get(i))) {
                fresh.set(slot(fresh, old.get(i).address()), old.get(i));
            }
        }
        occupied = live;
        table = fresh;
    }

    private static boolean isLive(BufferPool.Buffer buffer) {
        return buffer != null && buffer != REMOVED;
    }

    /** {@return the slot of the buffer with that address, or the empty slot where it would be stored} */
    private static int slot(AtomicReferenceArray<BufferPool.Buffer> entries, long address) {
        int mask = entries.length() - 1;
        int slot = home(address) & mask;
        BufferPool.Buffer at = entries.get(slot);
        while (at != null && (at.address() != address || at == REMOVED)) {
            slot = (slot + 1) & mask;
            at = entries.get(slot);
        }
        return slot;
    }

    // Addresses are multiples of one power of two: the product moves their high bits into the result.
    private static int home(long address) {
        return (int) (address * 0x9E37_79B9_7F4A_7C15L >>> 32);
    }
}
