package io.github.sqlvdi.internal.com;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.bindings.VDConfig;
import io.github.sqlvdi.internal.memory.Memory;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/**
 * Reads and writes the 44 bytes of a {@code VDConfig} (VDI reference 4.1); no other class does. Each field is read
 * exactly once: if another process changes the block at the same time, each value is still one that it contained. The
 * fields need no alignment, because a foreign caller chooses the address.
 *
 * <pre>
 *  0 deviceCount            16 softFileMarkBlockSize  32 maxIODepth
 *  4 features               20 EOMWarningSize         36 maxTransferSize
 *  8 prefixZoneSize         24 serverTimeOut          40 bufferAreaSize
 * 12 alignment              28 blockSize              44 (end)
 * </pre>
 */
public final class ConfigBlock {

    /** The size of the block in bytes. */
    public static final long BYTES = VDConfig.layout().byteSize();

    private ConfigBlock() {
    }

    /**
     * Reads the block at the start of a segment.
     *
     * @param block at least 44 bytes
     * @return the values as they are, unchecked
     * @throws IndexOutOfBoundsException if the segment is shorter
     */
    public static VdiConfig read(MemorySegment block) {
        return read(block, 0);
    }

    /**
     * Reads the block at an address.
     *
     * @param address of 44 readable bytes, not 0
     * @return the values as they are, unchecked
     */
    public static VdiConfig read(long address) {
        return read(Memory.ALL, address);
    }

    /**
     * Writes a configuration to the start of a segment.
     *
     * @param config the values
     * @param block at least 44 bytes
     * @throws IndexOutOfBoundsException if the segment is shorter; nothing is written then
     */
    public static void write(VdiConfig config, MemorySegment block) {
        write(config, block.asSlice(0, BYTES), 0);
    }

    /**
     * Writes a configuration to an address.
     *
     * @param config the values
     * @param address of 44 writable bytes, not 0
     */
    public static void write(VdiConfig config, long address) {
        write(config, Memory.ALL, address);
    }

    private static VdiConfig read(MemorySegment memory, long at) {
        return VdiConfig.builder()
                .deviceCount(memory.get(JAVA_INT_UNALIGNED, at + VDConfig.deviceCount$offset()))
                .features(memory.get(JAVA_INT_UNALIGNED, at + VDConfig.features$offset()))
                .prefixZoneSize(memory.get(JAVA_INT_UNALIGNED, at + VDConfig.prefixZoneSize$offset()))
                .alignment(memory.get(JAVA_INT_UNALIGNED, at + VDConfig.alignment$offset()))
                .softFileMarkBlockSize(memory.get(JAVA_INT_UNALIGNED, at + VDConfig.softFileMarkBlockSize$offset()))
                .eomWarningSize(memory.get(JAVA_INT_UNALIGNED, at + VDConfig.EOMWarningSize$offset()))
                .serverTimeOut(Duration.ofMillis(Integer.toUnsignedLong(
                        memory.get(JAVA_INT_UNALIGNED, at + VDConfig.serverTimeOut$offset()))))
                .blockSize(memory.get(JAVA_INT_UNALIGNED, at + VDConfig.blockSize$offset()))
                .maxIoDepth(memory.get(JAVA_INT_UNALIGNED, at + VDConfig.maxIODepth$offset()))
                .maxTransferSize(memory.get(JAVA_INT_UNALIGNED, at + VDConfig.maxTransferSize$offset()))
                .bufferAreaSize(memory.get(JAVA_INT_UNALIGNED, at + VDConfig.bufferAreaSize$offset()))
                .buildAnswer();
    }

    private static void write(VdiConfig config, MemorySegment memory, long at) {
        memory.set(JAVA_INT_UNALIGNED, at + VDConfig.deviceCount$offset(), config.deviceCount());
        memory.set(JAVA_INT_UNALIGNED, at + VDConfig.features$offset(), config.features());
        memory.set(JAVA_INT_UNALIGNED, at + VDConfig.prefixZoneSize$offset(), config.prefixZoneSize());
        memory.set(JAVA_INT_UNALIGNED, at + VDConfig.alignment$offset(), config.alignment());
        memory.set(JAVA_INT_UNALIGNED, at + VDConfig.softFileMarkBlockSize$offset(), config.softFileMarkBlockSize());
        memory.set(JAVA_INT_UNALIGNED, at + VDConfig.EOMWarningSize$offset(), config.eomWarningSize());
        memory.set(JAVA_INT_UNALIGNED, at + VDConfig.serverTimeOut$offset(), (int) config.serverTimeOut().toMillis());
        memory.set(JAVA_INT_UNALIGNED, at + VDConfig.blockSize$offset(), config.blockSize());
        memory.set(JAVA_INT_UNALIGNED, at + VDConfig.maxIODepth$offset(), config.maxIoDepth());
        memory.set(JAVA_INT_UNALIGNED, at + VDConfig.maxTransferSize$offset(), config.maxTransferSize());
        memory.set(JAVA_INT_UNALIGNED, at + VDConfig.bufferAreaSize$offset(), config.bufferAreaSize());
    }
}
