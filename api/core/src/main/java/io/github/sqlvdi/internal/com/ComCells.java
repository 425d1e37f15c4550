package io.github.sqlvdi.internal.com;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The native halves of exported objects. An interface pointer is the address of a cell or, for the second interface of
 * an object, of the cell's second half:
 *
 * <pre>
 *  pointer ---&gt;  0 +-----------------------------------+      +----------------------+
 *                  | vtable of the first interface     | ---&gt; | QueryInterface       |  upcall stubs, made
 *  second  ---&gt;  8 +-----------------------------------+      | AddRef, Release      |  once, never freed
 *                  | vtable of the second interface,   |      | methods by slot      |
 *                  | or of the first if there is none  |      +----------------------+
 *               16 +-----------------------------------+
 *
 *  cell = slab + 16 * n   &lt;---&gt;   objects[n]: the Java half; null when the cell has no object
 * </pre>
 *
 * The object of a {@code this} is found from the address alone: its slab, and its cell in the slab. The memory at the
 * address is not read, so a wild pointer is recognised and not followed. Nothing is boxed or locked.
 *
 * <p>Cells are never unmapped and keep their vtables for ever. The stubs of a cell without an object answer
 * CO_E_OBJNOTCONNECTED. A freed cell is reused late (first in, first out, after many others) and only by an object with
 * the same vtables, so a stale pointer never reaches a slot that its vtable does not have.
 */
final class ComCells {
    /** The distance in bytes from the first to the second interface pointer of an object. */
    static final long SECOND_HALF = Long.BYTES;

    /** The number of freed cells with the same vtables that rest before the oldest of them is reused. */
    static final int RESTING = 1_024;

    private static final int CELL_LENGTH = 16;
    private static final int SLAB_CELLS = 4_096;
    private static final long SLAB_LENGTH = (long) CELL_LENGTH * SLAB_CELLS;

    private record Slab(MemorySegment memory, long address, AtomicReferenceArray<ComObject> objects) {

        static Slab allocate() {
            MemorySegment memory = Arena.global().allocate(SLAB_LENGTH, CELL_LENGTH);
            return new Slab(memory, memory.address(), new AtomicReferenceArray<>(SLAB_CELLS));
        }

        boolean holds(long pointer) {
            return Long.compareUnsigned(pointer - address, SLAB_LENGTH) < 0;
        }

        int cell(long pointer) {
            return (int) (pointer - address) / CELL_LENGTH;
        }
    }

    private volatile Slab[] slabs = {};
    /** The freed cells by their first vtable, which determines the second. */
    private final Map<Long, ArrayDeque<Long>> resting = new HashMap<>();
    private int used = SLAB_CELLS;
    private int live;

    /**
     * {@return the object that has this interface pointer, or null}
     *
     * @param pointer any value
     */
    ComObject find(long pointer) {
        Slab slab = slabOf(pointer);
        if (slab == null) {
            return null;
        }
        ComObject object = slab.objects.getAcquire(slab.cell(pointer));
        return object != null
                && (pointer == object.cell || object.second != null && pointer == object.cell + SECOND_HALF)
                        ? object
                        : null;
    }

    private Slab slabOf(long pointer) {
        for (Slab slab : slabs) {
            if (slab.holds(pointer)) {
                return slab;
            }
        }
        return null;
    }

    /** @param second null when the object has one interface */
    synchronized ComObject add(ComObject.Face first, ComObject.Face second, Runnable onFinalRelease) {
        ArrayDeque<Long> rested = resting.computeIfAbsent(first.vtable(), vtable -> new ArrayDeque<>());
        long cell = rested.size() > RESTING ? rested.removeFirst() : newCell(first, second);
        ComObject object = new ComObject(cell, first, second, onFinalRelease);
        Slab slab = slabOf(cell);
        slab.objects.setRelease(slab.cell(cell), object);
        live++;
        return object;
    }

    private long newCell(ComObject.Face first, ComObject.Face second) {
        if (used == SLAB_CELLS) {
            Slab[] more = Arrays.copyOf(slabs, slabs.length + 1);
            more[slabs.length] = Slab.allocate();
            slabs = more;
            used = 0;
        }
        Slab slab = slabs[slabs.length - 1];
        long offset = (long) CELL_LENGTH * used++;
        slab.memory.set(JAVA_LONG, offset, first.vtable());
        slab.memory.set(JAVA_LONG, offset + SECOND_HALF, second == null ? first.vtable() : second.vtable());
        return slab.address + offset;
    }

    /** Removes an object that has no references from its cell. */
    synchronized void remove(ComObject object) {
        Slab slab = slabOf(object.cell);
        slab.objects.setRelease(slab.cell(object.cell), null);
        resting.get(object.first.vtable()).addLast(object.cell);
        live--;
    }

    synchronized int live() {
        return live;
    }
}
