package io.github.sqlvdi.internal.engine.host.windows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds the region of this process that contains an address. A lookup allocates nothing and takes no lock. */
final class MappedRegions {

    /** Sorted by address. The array is replaced, never modified. */
    private static volatile WindowsRegion[] regions = {};

    private MappedRegions() {}

    /** Returns all regions that are mapped now. */
    static WindowsRegion[] all() {
        return regions.clone();
    }

    static synchronized void add(WindowsRegion region) {
        List<WindowsRegion> all = new ArrayList<>(List.of(regions));
        all.add(region);
        all.sort(Comparator.comparingLong(each -> each.memory().address()));
        regions = all.toArray(WindowsRegion[]::new);
    }

    static synchronized void remove(WindowsRegion region) {
        List<WindowsRegion> all = new ArrayList<>(List.of(regions));
        all.remove(region);
        regions = all.toArray(WindowsRegion[]::new);
    }

    /** Returns the region in which the four bytes at the address lie, or null. */
    static WindowsRegion at(long address) {
        WindowsRegion[] all = regions;
        int low = 0;
        int high = all.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long offset = address - all[middle].memory().address();
            if (offset < 0) {
                high = middle - 1;
            } else if (offset > all[middle].memory().byteSize() - Integer.BYTES) {
                low = middle + 1;
            } else {
                return all[middle];
            }
        }
        return null;
    }
}
