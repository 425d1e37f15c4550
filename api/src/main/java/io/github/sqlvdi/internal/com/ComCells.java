package io.github.sqlvdi.internal.com;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;

/**
 * The native halves of exported objects. An interface pointer is the address of a cell, or of its second half:
 *
 * <pre>
 *   0 vtable of the first interface          16 vtable of the second interface, or 0
 *   8 (the cell's number)                    24 (the cell's number)
 * </pre>
 *
 * The object of a {@code this} is found by its address alone: which slab, which cell in it. Nothing is read there, so a
 * wild pointer is recognised instead of followed. Cells are never freed; one that lost its object keeps its vtables, whose
 * stubs then answer CO_E_OBJNOTCONNECTED, and is used again only after many others.
 */
final class ComCells {
    static final long SECOND_HALF = 16;

    private static final int CELL_LENGTH = 32;
    private static final int SLAB_CELLS = 4_096;
    private static final long SLAB_LENGTH = (long) CELL_LENGTH * SLAB_CELLS;
    private static final int KEPT_BACK = 1_024;

    private record Slab(MemorySegment memory, long address, ComObject[] objects) {}

    private volatile Slab[] slabs = new Slab[0];
    private final ArrayDeque<Long> returned = new ArrayDeque<>();
    private int used = SLAB_CELLS;
    private int live;

    /** @return the object whose cell (either half) is at the address, or null; reads no foreign memory */
    ComObject find(long pointer) {
        for (Slab slab : slabs) {
            long offset = pointer - slab.address;
            if (offset >= 0 && offset < SLAB_LENGTH && offset % SECOND_HALF == 0) {
                ComObject object = slab.objects[(int) (offset / CELL_LENGTH)];
                return object != null && (offset % CELL_LENGTH == 0 || object.second != null) ? object : null;
            }
        }
        return null;
    }

    synchronized ComObject add(ComObject.Face first, ComObject.Face second, Runnable onFinalRelease) {
        long cell = freeCell();
        ComObject object = new ComObject(cell, first, second, onFinalRelease);
        for (Slab slab : slabs) {
            long offset = cell - slab.address;
            if (offset >= 0 && offset < SLAB_LENGTH) {
                slab.memory.set(JAVA_LONG, offset, first.vtable());
                slab.memory.set(JAVA_LONG, offset + Long.BYTES, offset / CELL_LENGTH);
                slab.memory.set(JAVA_LONG, offset + SECOND_HALF, second == null ? first.vtable() : second.vtable());
                slab.memory.set(JAVA_LONG, offset + SECOND_HALF + Long.BYTES, offset / CELL_LENGTH);
                slab.objects[(int) (offset / CELL_LENGTH)] = object;
            }
        }
        live++;
        return object;
    }

    private long freeCell() {
        if (returned.size() > KEPT_BACK) {
            return returned.removeFirst();
        }
        if (used == SLAB_CELLS) {
            MemorySegment memory = Arena.global().allocate(SLAB_LENGTH, CELL_LENGTH);
            Slab[] more = java.util.Arrays.copyOf(slabs, slabs.length + 1);
            more[slabs.length] = new Slab(memory, memory.address(), new ComObject[SLAB_CELLS]);
            slabs = more;
            used = 0;
        }
        return slabs[slabs.length - 1].address + (long) CELL_LENGTH * used++;
    }

    synchronized void remove(ComObject object) {
        for (Slab slab : slabs) {
            long offset = object.cell - slab.address;
            if (offset >= 0 && offset < SLAB_LENGTH) {
                slab.objects[(int) (offset / CELL_LENGTH)] = null;
            }
        }
        returned.addLast(object.cell);
        live--;
    }

    synchronized int live() {
        return live;
    }
}
