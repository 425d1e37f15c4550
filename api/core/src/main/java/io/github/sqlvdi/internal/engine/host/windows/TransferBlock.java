package io.github.sqlvdi.internal.engine.host.windows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;

/**
 * The memory of one pipe's transfers. Windows writes to it until a transfer has completed, even after the pipe was
 * closed, so a block is reused only when no transfer is under way, and is never freed.
 *
 * <pre>
 *     0   32   OVERLAPPED of the connection, then of each read
 *    32   64   the bytes read
 *    96   32   OVERLAPPED of the first write         a member sends its hello and its goodbye,
 *   128   64   the bytes of the first write         never anything else
 *   192   32   OVERLAPPED of the second write
 *   224   32   the bytes of the second write
 * </pre>
 *
 * @param memory 256 bytes at a multiple of 256
 */
record TransferBlock(MemorySegment memory) {

    static final int BYTES = 256;
    static final int READ_OFFSET = 0;
    static final int READ_BUFFER_OFFSET = 32;
    static final int READ_BUFFER_BYTES = 64;

    private static final int[] WRITE_OFFSETS = {96, 192};
    private static final int[] WRITE_BYTES = {64, 32};
    private static final int OVERLAPPED_BYTES = 32;
    private static final ArrayDeque<TransferBlock> FREE = new ArrayDeque<>();

    static TransferBlock take() {
        synchronized (FREE) {
            TransferBlock block = FREE.poll();
            if (block != null) {
                block.memory.fill((byte) 0);
                return block;
            }
        }
        return new TransferBlock(Arena.global().allocate(BYTES, BYTES));
    }

    /** Returns the address of the block in which an OVERLAPPED lies. */
    static long of(long overlapped) {
        return overlapped & -BYTES;
    }

    static boolean isRead(long overlapped) {
        return (overlapped & (BYTES - 1)) == READ_OFFSET;
    }

    long address() {
        return memory.address();
    }

    /** {@return the number of writes that a block has room for} */
    static int writes() {
        return WRITE_OFFSETS.length;
    }

    long writeOverlapped(int write) {
        return memory.address() + WRITE_OFFSETS[write];
    }

    MemorySegment writeBuffer(int write) {
        return memory.asSlice(WRITE_OFFSETS[write] + OVERLAPPED_BYTES, WRITE_BYTES[write]);
    }

    /** Returns the block for reuse. Call this only when no transfer of the block is under way. */
    void giveBack() {
        synchronized (FREE) {
            FREE.add(this);
        }
    }
}
