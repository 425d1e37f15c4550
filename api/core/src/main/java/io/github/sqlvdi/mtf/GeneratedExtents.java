package io.github.sqlvdi.mtf;

import java.util.BitSet;
import java.util.Map;

/**
 * The extents of a file in a backup, and how often each was changed.
 *
 * @param file the file
 * @param only the extents; null for all of them
 * @param generations how often an extent was changed, by extent; only extents that were
 */
record GeneratedExtents(GeneratedFile file, BitSet only, Map<Integer, Integer> generations) {

    /** Copies the maps. {@code changed} is null for the whole file; else the header and boot pages are added to it. */
    static GeneratedExtents of(GeneratedFile file, BitSet changed, Map<Integer, Integer> generations) {
        BitSet only = null;
        if (changed != null) {
            only = (BitSet) changed.clone();
            only.set(0, 1 + GeneratedPage.BOOT_PAGE / GeneratedFile.PAGES_PER_EXTENT);
            only.clear(file.extents(), Math.max(file.extents(), only.length()));
        }
        return new GeneratedExtents(file, only, Map.copyOf(generations));
    }

    int count() {
        return only == null ? file.extents() : only.cardinality();
    }

    /** The next extent from here on, -1 when there is none. */
    int next(int extent) {
        int next = only == null ? extent : only.nextSetBit(extent);
        return next < file.extents() ? next : -1;
    }

    int generation(int extent) {
        return generations.getOrDefault(extent, 0);
    }
}
