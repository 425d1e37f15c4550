package io.github.sqlvdi.internal.engine;

import io.github.sqlvdi.internal.engine.host.Host;
import io.github.sqlvdi.internal.engine.host.RegionKey;
import io.github.sqlvdi.internal.engine.host.SharedRegion;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.UUID;

/**
 * One member's mappings of the buffer areas of a set. The server adds areas. The other members map an area when they first
 * resolve a buffer in it. An area entry is
 *
 * <pre>
 *    0 process (8)   8 handle (8)   16 size in bytes (8)   24 check (8)
 * </pre>
 */
final class BufferAreas implements AutoCloseable {
    /** The largest area in bytes. */
    static final long MAX_BYTES = 1L << 40;

    private static final int KIND = 4;

    private final Host host;
    private final MemorySegment memory;
    private final long key;
    private final UUID set;
    private final SharedRegion[] regions = new SharedRegion[ControlLayout.AREA_SLOTS];
    private volatile int count;
    private boolean closed;

    BufferAreas(SetMember member) {
        this.host = member.host();
        this.memory = member.memory();
        this.key = member.key();
        this.set = member.identity();
    }

    /** Server: makes an area, publishes it and returns its number; -1 if the table is full or the set is closed. */
    synchronized int create(long bytes) throws IOException {
        int area = count;
        if (area == ControlLayout.AREA_SLOTS || closed) {
            return -1;
        }
        SharedRegion region = host.createRegion(set, bytes);
        regions[area] = region;
        long entry = ControlLayout.area(area);
        RegionKey where = region.key();
        Atomics.setLong(memory, entry + ControlLayout.AREA_PROCESS_OFFSET, where.process());
        Atomics.setLong(memory, entry + ControlLayout.AREA_HANDLE_OFFSET, where.handle());
        Atomics.setLong(memory, entry + ControlLayout.AREA_SIZE_OFFSET, bytes);
        Atomics.setLong(memory, entry + ControlLayout.AREA_CHECK_OFFSET,
                check(key, area, where.process(), where.handle(), bytes));
        count = area + 1;
        Atomics.setIntVolatile(memory, ControlLayout.AREA_COUNT_OFFSET, area + 1);
        return area;
    }

    /** {@return this member's mapping of an area, which is made now if there is none} */
    SharedRegion region(int area) throws DamagedRegionException {
        if (area < 0 || area >= ControlLayout.AREA_SLOTS) {
            throw new DamagedRegionException("buffer area " + area);
        }
        SharedRegion region = area < count ? regions[area] : null;
        return region == null ? map(area) : region;
    }

    private synchronized SharedRegion map(int area) throws DamagedRegionException {
        if (closed) {
            throw new IllegalStateException("the set was closed");
        }
        if (regions[area] == null) {
            long entry = ControlLayout.area(area);
            RegionKey where = new RegionKey(
                    Atomics.getLong(memory, entry + ControlLayout.AREA_PROCESS_OFFSET),
                    Atomics.getLong(memory, entry + ControlLayout.AREA_HANDLE_OFFSET),
                    set);
            long bytes = Atomics.getLong(memory, entry + ControlLayout.AREA_SIZE_OFFSET);
            if (Atomics.getLong(memory, entry + ControlLayout.AREA_CHECK_OFFSET) != check(key, area, where.process(),
                    where.handle(), bytes)) {
                throw new DamagedRegionException("the entry of buffer area " + area + " failed its check");
            }
            if (bytes < 1 || bytes > MAX_BYTES) {
                throw new DamagedRegionException("buffer area " + area + " has " + bytes + " bytes");
            }
            try {
                regions[area] = host.openRegion(where, bytes);
            } catch (IOException e) {
                throw new DamagedRegionException("buffer area " + area + " can't be mapped: " + e.getMessage(), e);
            }
        }
        count = Math.max(count, area + 1);
        return regions[area];
    }

    static long check(long key, int area, long process, long handle, long bytes) {
        return CheckWord.of(key, CheckWord.place(KIND, area), 0, process, handle, bytes);
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (int i = 0; i < count; i++) {
            if (regions[i] != null) {
                regions[i].close();
            }
        }
    }
}
