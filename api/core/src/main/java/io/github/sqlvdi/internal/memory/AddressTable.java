package io.github.sqlvdi.internal.memory;

import java.util.function.Consumer;

/**
 * A hash table from a native address and a size to an object: open addressing with linear probing, at most half full,
 * no boxing, no allocation except when it grows. For one thread at a time.
 *
 * @param <V> the type of the objects
 */
public final class AddressTable<V> {

    private static final int FIRST_CAPACITY = 16;

    private long[] addresses;
    private long[] sizes;
    private Object[] values;
    private int count;

    /** Makes an empty table. */
    public AddressTable() {
        clear();
    }

    /**
     * Looks an object up.
     *
     * @param address the native address
     * @param size the size in bytes, or 0 where the address alone is the key
     * @return the object, or null
     */
    public V get(long address, long size) {
        return at(find(address, size));
    }

    /**
     * Adds an object or replaces the one under the same key.
     *
     * @param address the native address
     * @param size the size in bytes, or 0 where the address alone is the key
     * @param value the object, not null
     */
    public void put(long address, long size, V value) {
        int slot = find(address, size);
        if (values[slot] == null) {
            if (2 * (count + 1) > values.length) {
                grow();
                slot = find(address, size);
            }
            count++;
        }
        addresses[slot] = address;
        sizes[slot] = size;
        values[slot] = value;
    }

    /**
     * Removes an object.
     *
     * @param address the native address
     * @param size the size in bytes, or 0 where the address alone is the key
     * @return the object that was there, or null
     */
    public V remove(long address, long size) {
        int hole = find(address, size);
        V removed = at(hole);
        if (removed != null) {
            values[hole] = null;
            count--;
            closeHole(hole);
        }
        return removed;
    }

    /** {@return the number of objects} */
    public int size() {
        return count;
    }

    /** Removes all objects. */
    public void clear() {
        allocate(FIRST_CAPACITY);
        count = 0;
    }

    /**
     * Calls the action with each object, in no particular order. The action must not change the table.
     *
     * @param action gets each object
     */
    public void forEach(Consumer<? super V> action) {
        for (int slot = 0; slot < values.length; slot++) {
            if (values[slot] != null) {
                action.accept(at(slot));
            }
        }
    }

    @SuppressWarnings("unchecked") // only put() stores values
    private V at(int slot) {
        return (V) values[slot];
    }

    /**
     * Returns the slot of the key, or the empty slot where it would go. The table is at most half full, so there is
     * always one.
     */
    private int find(long address, long size) {
        int mask = values.length - 1;
        int slot = home(address, size) & mask;
        while (values[slot] != null && (addresses[slot] != address || sizes[slot] != size)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    // Buffers lie at multiples of one power of two, so the low bits of their addresses are equal. The upper half of the
    // product depends on all bits.
    private static int home(long address, long size) {
        long mixed = (address + 31 * size) * 0x9E37_79B9_7F4A_7C15L;
        return (int) (mixed >>> 32);
    }

    /** Moves later entries of the probe sequence forward, so that no lookup stops too early at the hole. */
    private void closeHole(int hole) {
        int mask = values.length - 1;
        for (int slot = (hole + 1) & mask; values[slot] != null; slot = (slot + 1) & mask) {
            int home = home(addresses[slot], sizes[slot]) & mask;
            if (((slot - home) & mask) >= ((slot - hole) & mask)) {
                addresses[hole] = addresses[slot];
                sizes[hole] = sizes[slot];
                values[hole] = values[slot];
                values[slot] = null;
                hole = slot;
            }
        }
    }

    private void grow() {
        long[] oldAddresses = addresses;
        long[] oldSizes = sizes;
        Object[] oldValues = values;
        allocate(2 * oldValues.length);
        for (int old = 0; old < oldValues.length; old++) {
            if (oldValues[old] != null) {
                int slot = find(oldAddresses[old], oldSizes[old]);
                addresses[slot] = oldAddresses[old];
                sizes[slot] = oldSizes[old];
                values[slot] = oldValues[old];
            }
        }
    }

    private void allocate(int capacity) {
        addresses = new long[capacity];
        sizes = new long[capacity];
        values = new Object[capacity];
    }
}
