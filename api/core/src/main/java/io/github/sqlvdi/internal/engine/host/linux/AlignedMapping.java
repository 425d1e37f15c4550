package io.github.sqlvdi.internal.engine.host.linux;

import static io.github.sqlvdi.internal.engine.host.linux.LinuxCalls.MAP_ANONYMOUS;
import static io.github.sqlvdi.internal.engine.host.linux.LinuxCalls.MAP_FIXED;
import static io.github.sqlvdi.internal.engine.host.linux.LinuxCalls.MAP_NORESERVE;
import static io.github.sqlvdi.internal.engine.host.linux.LinuxCalls.MAP_PRIVATE;
import static io.github.sqlvdi.internal.engine.host.linux.LinuxCalls.MAP_SHARED;
import static io.github.sqlvdi.internal.engine.host.linux.LinuxCalls.PROT_NONE;
import static io.github.sqlvdi.internal.engine.host.linux.LinuxCalls.PROT_READ_WRITE;

import java.io.IOException;

/**
 * One mapping at an aligned address.
 *
 * <pre>
 *    reserved          aligned address                                   end of the reservation
 *       |  given back       |  the file                     |  given back      |
 *       +-------------------+-------------------------------+------------------+
 * </pre>
 *
 * @param address its first byte, divisible by {@link #ALIGNMENT}
 * @param size its length in bytes, divisible by {@link #ALIGNMENT}
 */
record AlignedMapping(long address, long size) {

    /** The alignment of mappings in bytes: that of views on Windows, and the largest that a VDI buffer can request. */
    static final long ALIGNMENT = 65_536;

    static AlignedMapping map(OpenFile file, long size) throws IOException {
        long reserved = LinuxCalls.mmap(0, size + ALIGNMENT, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
                -1);
        if (reserved < 0) {
            throw Errno.failed("reservation of " + size + " bytes of address space", reserved);
        }
        long address = (reserved + ALIGNMENT - 1) & -ALIGNMENT;
        long mapped = LinuxCalls.mmap(address, size, PROT_READ_WRITE, MAP_SHARED | MAP_FIXED, file.descriptor());
        if (mapped < 0) {
            unmap(reserved, size + ALIGNMENT);
            throw Errno.failed("mapping of a shared region of " + size + " bytes", mapped);
        }
        // A child made by fork does not belong to the set. It gets no mapping, so it can neither change nor keep the
        // memory.
        int returned = LinuxCalls.madvise(address, size, LinuxCalls.MADV_DONTFORK);
        if (returned < 0) {
            LinuxHost.LOG.log(System.Logger.Level.DEBUG, Errno.failed("madvise", returned).getMessage());
        }
        unmap(reserved, address - reserved);
        unmap(address + size, reserved + ALIGNMENT - address);
        return new AlignedMapping(address, size);
    }

    void unmap() {
        unmap(address, size);
    }

    private static void unmap(long address, long size) {
        if (size == 0) {
            return;
        }
        int returned = LinuxCalls.munmap(address, size);
        if (returned < 0) {
            LinuxHost.LOG.log(System.Logger.Level.WARNING, Errno.failed("munmap of " + size + " bytes at 0x"
                    + Long.toHexString(address), returned).getMessage());
        }
    }
}
