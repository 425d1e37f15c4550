package io.github.sqlvdi.internal.engine;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.internal.com.FailureCause;
import io.github.sqlvdi.internal.engine.host.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The server's buffers. It makes areas for the requests and cuts buffers out of them (VDI reference 7.1). Allocating and
 * freeing take a lock. {@link #find} takes none and allocates nothing, because every SendCommand calls it.
 */
final class BufferPool {
    /** One allocated buffer. */
    record Buffer(int index, int handle, int area, FreeSpace.Span span, long address, int size) {}

    private record Request(int size, int alignment, int count) {}

    private static final Logger LOG = System.getLogger("io.github.sqlvdi.engine");

    private final Host host;
    private final BufferAreas areas;
    private final BufferTable table;
    private final int prefixZone;
    private final int basicAlignment;
    private final List<Request> requests = new ArrayList<>();
    private final List<FreeSpace> spaces = new ArrayList<>();
    private final TreeMap<Long, Buffer> byAddress = new TreeMap<>();
    private final BitSet usedIndexes = new BitSet();
    private int[] generations = new int[64]; // by index; longer when an index needs it
    private final BufferIndex starts = new BufferIndex();

    BufferPool(SetMember member, int prefixZone, int basicAlignment) {
        this.host = member.host();
        this.areas = member.areas();
        this.table = new BufferTable(member);
        this.prefixZone = prefixZone;
        this.basicAlignment = basicAlignment;
    }

    private int effective(int alignment) {
        return Math.max(alignment, basicAlignment);
    }

    /** Notes a request to be satisfied by {@link #makeArea}. */
    synchronized void request(int size, int alignment, int count) {
        requests.add(new Request(size, effective(alignment), count));
    }

    /**
     * Makes one area for all noted requests, then forgets the requests, even if it fails.
     *
     * @return its size in bytes, 0 if nothing was requested, -1 if there is not enough memory or no free area slot
     */
    synchronized long makeArea() {
        long bytes = 0;
        int lastAlignment = 0;
        for (Request request : requests) {
            if (lastAlignment != 0 && request.alignment != lastAlignment) {
                bytes += Math.max(request.alignment, lastAlignment); // the worst gap between two alignments
            }
            lastAlignment = request.alignment;
            long span = FreeSpace.spanLength(prefixZone, request.size, request.alignment);
            bytes += span * request.count; // below 2^63: a span is below 2^32, a count below 2^31
            if (bytes < 0 || bytes > BufferAreas.MAX_BYTES) {
                bytes = Long.MAX_VALUE;
                break;
            }
        }
        requests.clear();
        return bytes == 0 ? 0 : add(bytes);
    }

    private long add(long bytes) {
        try {
            if (bytes > BufferAreas.MAX_BYTES || bytes > host.availableMemory()) {
                return -1;
            }
            if (areas.create(bytes) < 0) {
                return -1;
            }
            spaces.add(new FreeSpace(bytes, prefixZone));
            return bytes;
        } catch (IOException | UncheckedIOException e) {
            LOG.log(Level.WARNING, () -> "a buffer area of " + bytes + " bytes can't be made", e);
            FailureCause.of(Hresults.VD_E_MEMORY, e); // the result of the caller
            return -1;
        }
    }

    /** {@return a new buffer, or null if no area has room for it} */
    synchronized Buffer allocate(int size, int alignment) throws DamagedRegionException {
        int index = usedIndexes.nextClearBit(0);
        if (index == ControlLayout.BUFFER_SLOTS) {
            return null;
        }
        for (int area = 0; area < spaces.size(); area++) {
            FreeSpace.Span span = spaces.get(area).take(size, effective(alignment));
            if (span != null) {
                return register(index, area, span, size);
            }
        }
        return null;
    }

    private Buffer register(int index, int area, FreeSpace.Span span, int size) throws DamagedRegionException {
        if (index >= generations.length) {
            generations = Arrays.copyOf(generations, 2 * generations.length); // indexes are used from the lowest on
        }
        int handle = table.publish(index, area, span.data(), size, generations[index]);
        generations[index]++;
        long address = areas.region(area).address() + span.data();
        Buffer buffer = new Buffer(index, handle, area, span, address, size);
        usedIndexes.set(index);
        byAddress.put(address, buffer);
        starts.put(buffer);
        return buffer;
    }

    /** Frees a buffer; returns false if no buffer of that size starts at the address. */
    synchronized boolean free(long address, int size) {
        Buffer buffer = byAddress.get(address);
        if (buffer == null || buffer.size != size) {
            return false;
        }
        table.withdraw(buffer.index);
        byAddress.remove(address);
        starts.remove(buffer);
        usedIndexes.clear(buffer.index);
        spaces.get(buffer.area).give(buffer.span);
        return true;
    }

    /** {@return the buffer whose data zone starts at the address, or null; never reads the address} */
    Buffer find(long address) {
        return starts.get(address);
    }

    /** {@return whether the address lies in the data zone of an allocated buffer} */
    synchronized boolean isShared(long address) {
        Map.Entry<Long, Buffer> floor = byAddress.floorEntry(address);
        return floor != null && address - floor.getKey() < floor.getValue().size;
    }

    synchronized long available(int size, int alignment) {
        long count = 0;
        for (FreeSpace space : spaces) {
            count += space.available(size, effective(alignment));
        }
        return Math.min(count, ControlLayout.BUFFER_SLOTS - usedIndexes.cardinality());
    }
}
