package io.github.sqlvdi.conformance;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.Serializable;
import java.lang.foreign.MemorySegment;

/**
 * The 11 fields of VDConfig in their order in memory (VDI reference 4.1), with no check at all: the suite must be able
 * to ask for nonsense.
 *
 * <pre>
 *  0 deviceCount   4 features        8 prefixZoneSize  12 alignment  16 softFileMarkBlockSize  20 EOMWarningSize
 * 24 serverTimeOut 28 blockSize     32 maxIODepth      36 maxTransferSize  40 bufferAreaSize
 * </pre>
 */
record RawConfig(int deviceCount, int features, int prefixZoneSize, int alignment, int softFileMarkBlockSize,
        int eomWarningSize, int serverTimeOut, int blockSize, int maxIoDepth, int maxTransferSize,
        int bufferAreaSize) implements Serializable {

    static final int BYTES = 44;
    private static final int FIELDS = BYTES / Integer.BYTES;

    static RawConfig of(int... fields) {
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("VDConfig has " + FIELDS + " fields, not " + fields.length);
        }
        return new RawConfig(fields[0], fields[1], fields[2], fields[3], fields[4], fields[5], fields[6], fields[7],
                fields[8], fields[9], fields[10]);
    }

    /** The request of a client: the values that the server sets are 0. */
    static RawConfig request(int deviceCount, int features) {
        return of(deviceCount, features, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    static RawConfig read(MemorySegment memory) {
        int[] fields = new int[FIELDS];
        for (int i = 0; i < FIELDS; i++) {
            fields[i] = memory.getAtIndex(JAVA_INT, i);
        }
        return of(fields);
    }

    void write(MemorySegment memory) {
        int[] fields = fields();
        for (int i = 0; i < FIELDS; i++) {
            memory.setAtIndex(JAVA_INT, i, fields[i]);
        }
    }

    private int[] fields() {
        return new int[]{deviceCount, features, prefixZoneSize, alignment, softFileMarkBlockSize, eomWarningSize,
            serverTimeOut, blockSize, maxIoDepth, maxTransferSize, bufferAreaSize};
    }

    private RawConfig with(int index, int value) {
        int[] fields = fields();
        fields[index] = value;
        return of(fields);
    }

    RawConfig withFeatures(int value) {
        return with(1, value);
    }

    RawConfig withPrefixZone(int value) {
        return with(2, value);
    }

    RawConfig withAlignment(int value) {
        return with(3, value);
    }

    RawConfig withSoftFileMark(int value) {
        return with(4, value);
    }

    RawConfig withEomWarning(int value) {
        return with(5, value);
    }

    RawConfig withServerTimeOut(int value) {
        return with(6, value);
    }

    /** The four fields that only the server sets. */
    RawConfig withServerFields(int block, int depth, int maxTransfer, int area) {
        return with(7, block).with(8, depth).with(9, maxTransfer).with(10, area);
    }
}
