package io.github.sqlvdi.internal.engine;

import java.util.Map;
import java.util.TreeMap;

/**
 * The free extents of one buffer area. Allocation is first fit. A buffer takes
 *
 * <pre>
 *   start (aligned)        data zone (aligned)                end
 *     | prefix zone, rounded up | size, rounded up to alignment |
 * </pre>
 */
final class FreeSpace {
    /** An allocated span: the offsets of its start, of its data zone and of its end. */
    record Span(long start, long data, long end) {}

    private final int prefixZone;
    private final TreeMap<Long, Long> extents = new TreeMap<>(); // start to end

    FreeSpace(long bytes, int prefixZone) {
        this.prefixZone = prefixZone;
        extents.put(0L, bytes);
    }

    /** {@return the bytes that one buffer takes, with its prefix zone and alignment} */
    static long spanLength(int prefixZone, int size, int alignment) {
        return roundUp(prefixZone, alignment) + roundUp(size, alignment);
    }

    /** {@return a span for a buffer, or null if no extent is large enough} */
    Span take(int size, int alignment) {
        long length = spanLength(prefixZone, size, alignment);
        for (Map.Entry<Long, Long> extent : extents.entrySet()) {
            long start = roundUp(extent.getKey(), alignment);
            long end = start + length;
            if (end <= extent.getValue()) {
                cut(extent.getKey(), extent.getValue(), start, end);
                return new Span(start, start + roundUp(prefixZone, alignment), end);
            }
        }
        return null;
    }

    private void cut(long from, long to, long start, long end) {
        extents.remove(from);
        if (from < start) {
            extents.put(from, start);
        }
        if (end < to) {
            extents.put(end, to);
        }
    }

    void give(Span span) {
        long start = span.start();
        long end = span.end();
        Map.Entry<Long, Long> before = extents.lowerEntry(start);
        if (before != null && before.getValue() == start) {
            start = before.getKey();
        }
        Long after = extents.remove(end);
        extents.put(start, after == null ? end : after);
    }

    long available(int size, int alignment) {
        long length = spanLength(prefixZone, size, alignment);
        long count = 0;
        for (Map.Entry<Long, Long> extent : extents.entrySet()) {
            count += Math.max(0, extent.getValue() - roundUp(extent.getKey(), alignment)) / length;
        }
        return count;
    }

    static long roundUp(long value, int alignment) {
        return value + alignment - 1 & -alignment;
    }
}
