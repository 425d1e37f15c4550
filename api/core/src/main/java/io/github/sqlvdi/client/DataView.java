package io.github.sqlvdi.client;

import io.github.sqlvdi.internal.memory.RevocableMemory;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The Java views of one buffer at one size. The same few buffers recur for the whole statement (VDI reference 7.2), so
 * the views are made when a buffer is first seen and are reused after that.
 *
 * <pre>
 *   address - prefixSize        address                    address + size
 *        |  prefix zone (client) |  data zone (the command) |
 * </pre>
 */
final class DataView {

    private final RevocableMemory memory;
    private final MemorySegment writable;
    private final MemorySegment readOnly;
    private final ByteBuffer writableBuffer;
    private final ByteBuffer readOnlyBuffer;
    private final MemorySegment prefixZone;

    /**
     * @param memory the memory that the views belong to; they end with it
     * @param address where the data zone begins
     * @param size bytes of data, exactly the command's size
     * @param prefixSize bytes of the prefix zone, 0 for none
     */
    DataView(RevocableMemory memory, long address, int size, int prefixSize) {
        this.memory = memory;
        writable = memory.view(address, size);
        readOnly = writable.asReadOnly();
        writableBuffer = writable.asByteBuffer();
        readOnlyBuffer = readOnly.asByteBuffer();
        prefixZone = memory.view(address - prefixSize, prefixSize);
    }

    /** The memory that the views belong to. */
    RevocableMemory memory() {
        return memory;
    }

    MemorySegment segment(boolean writing) {
        return writing ? writable : readOnly;
    }

    ByteBuffer buffer(boolean writing) {
        return (writing ? writableBuffer : readOnlyBuffer).clear().order(ByteOrder.BIG_ENDIAN);
    }

    MemorySegment prefixZone() {
        return prefixZone;
    }
}
