package io.github.sqlvdi.storage.s3;

import java.util.OptionalLong;

/**
 * The size of each part of an upload. An upload has at most 10,000 parts, and how long a backup will be is not known before its
 * end. So the size doubles ten times: with parts of 8 MiB at first, the first 8 GiB come in parts of 8 MiB, and 10,000 parts hold
 * 7 TiB. With an expected size, the first parts are just large enough for it, which needs less memory.
 *
 * @param first the size of the first parts, in MiB steps
 * @param equal how many parts have this size
 * @param step after how many further parts the size doubles again
 */
record PartSizes(long first, int equal, int step) {

    static final int MOST_PARTS = 10_000;
    private static final int EXPECTED_PARTS = 9_000;
    private static final int UNEXPECTED_PARTS = 1_000;
    private static final int DOUBLINGS = 10;
    /** The greatest part that S3 takes. */
    private static final long GREATEST = 5L << 30;

    static PartSizes of(int least, OptionalLong expected) {
        if (expected.isEmpty()) {
            return new PartSizes(least, UNEXPECTED_PARTS, (MOST_PARTS - UNEXPECTED_PARTS) / DOUBLINGS);
        }
        long needed = (expected.getAsLong() / EXPECTED_PARTS / S3Settings.MIB + 1) * S3Settings.MIB;
        return new PartSizes(Math.min(GREATEST, Math.max(least, needed)), EXPECTED_PARTS,
                (MOST_PARTS - EXPECTED_PARTS) / DOUBLINGS);
    }

    /** Returns the size of a part, 1 for the first. */
    long size(int number) {
        return number <= equal ? first : Math.min(GREATEST, first << Math.min(20, 1 + (number - equal - 1) / step));
    }
}
