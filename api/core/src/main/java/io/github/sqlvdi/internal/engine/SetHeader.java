package io.github.sqlvdi.internal.engine;

import io.github.sqlvdi.VdiConfig;
import java.lang.foreign.MemorySegment;
import java.util.UUID;

/**
 * The header of a control region. A reader checks it before it uses any other part of the region. The primary writes it
 * once, the version last.
 *
 * @param identity the random identity of the set; the set's record on disk holds the same
 * @param key the random key that is part of every check word of the set
 * @param deviceCount the number of devices, 1 to 64
 */
record SetHeader(UUID identity, long key, int deviceCount) {
    private static final int KIND = 3;

    void write(MemorySegment memory, String instance, String setName, VdiConfig requested) {
        Atomics.setLong(memory, ControlLayout.MAGIC_OFFSET, ControlLayout.MAGIC);
        Atomics.setInt(memory, ControlLayout.DEVICE_COUNT_OFFSET, deviceCount);
        Atomics.setLong(memory, ControlLayout.LENGTH_OFFSET, ControlLayout.LENGTH);
        Atomics.setLong(memory, ControlLayout.KEY_OFFSET, key);
        Atomics.setLong(memory, ControlLayout.IDENTITY_OFFSET, identity.getMostSignificantBits());
        Atomics.setLong(memory, ControlLayout.IDENTITY_OFFSET + Long.BYTES, identity.getLeastSignificantBits());
        Atomics.setLong(memory, ControlLayout.HEADER_CHECK_OFFSET, check());
        SharedBlocks.writeConfig(memory, ControlLayout.REQUESTED_CONFIG_OFFSET, key, requested);
        SharedBlocks.writeName(memory, ControlLayout.INSTANCE_NAME_OFFSET, key, instance);
        SharedBlocks.writeName(memory, ControlLayout.SET_NAME_OFFSET, key, setName);
        Atomics.setIntVolatile(memory, ControlLayout.VERSION_OFFSET, ControlLayout.VERSION);
    }

    /**
     * Reads the header.
     *
     * @param identity the expected identity, from the set's record
     */
    static SetHeader read(MemorySegment memory, UUID identity) throws DamagedRegionException {
        int version = Atomics.getIntVolatile(memory, ControlLayout.VERSION_OFFSET);
        if (version != ControlLayout.VERSION) {
            throw new DamagedRegionException(
                    "control region of layout " + version + ", this library has " + ControlLayout.VERSION);
        }
        SetHeader header = new SetHeader(
                new UUID(Atomics.getLong(memory, ControlLayout.IDENTITY_OFFSET),
                        Atomics.getLong(memory, ControlLayout.IDENTITY_OFFSET + Long.BYTES)),
                Atomics.getLong(memory, ControlLayout.KEY_OFFSET),
                Atomics.getInt(memory, ControlLayout.DEVICE_COUNT_OFFSET));
        if (Atomics.getLong(memory, ControlLayout.MAGIC_OFFSET) != ControlLayout.MAGIC || header.deviceCount < 1
                || header.deviceCount > ControlLayout.MAX_DEVICES
                || Atomics.getLong(memory, ControlLayout.HEADER_CHECK_OFFSET) != header.check()) {
            throw new DamagedRegionException("the header of the control region failed its check");
        }
        if (!header.identity.equals(identity)) {
            throw new DamagedRegionException("the control region is of the set " + header.identity + "; expected "
                    + identity);
        }
        return header;
    }

    private long check() {
        return CheckWord.of(key, KIND, CheckWord.pair(ControlLayout.VERSION, deviceCount),
                identity.getMostSignificantBits(), identity.getLeastSignificantBits(), ControlLayout.LENGTH);
    }
}
