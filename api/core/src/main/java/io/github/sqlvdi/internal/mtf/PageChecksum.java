package io.github.sqlvdi.internal.mtf;

/** The checksum of a database page: sixteen sectors of 512 bytes, the field itself counted as zero. */
public final class PageChecksum {

    /** Bytes of a page. */
    public static final int PAGE_SIZE = 8192;

    /** Offset of the checksum in a page. */
    public static final int OFFSET = 0x3c;

    private static final int FLAGS_OFFSET = 0x04;
    private static final int CHECKSUM_FLAG = 0x200;
    /** The number of the page, and behind it the id of its file. */
    private static final int NUMBER_OFFSET = 0x20;
    private static final int SECTOR = 512;
    private static final int SECTORS = PAGE_SIZE / SECTOR;

    private PageChecksum() {
    }

    /** {@return whether the page says that it carries a checksum; the page is little-endian words} */
    static boolean isPresent(long[] page, int offset) {
        return (page[offset + FLAGS_OFFSET / Long.BYTES] >>> Integer.SIZE & CHECKSUM_FLAG) != 0;
    }

    /** {@return the checksum that the page carries} */
    static int stored(long[] page, int offset) {
        return (int) (page[offset + OFFSET / Long.BYTES] >>> Integer.SIZE);
    }

    /** {@return the number of the page in its file} */
    static long number(long[] page, int offset) {
        return page[offset + NUMBER_OFFSET / Long.BYTES] & 0xffff_ffffL;
    }

    /** {@return the id of the page's file} */
    static int fileId(long[] page, int offset) {
        return (int) (page[offset + NUMBER_OFFSET / Long.BYTES] >>> Integer.SIZE) & 0xffff;
    }

    /** {@return the checksum that the page should carry} */
    public static int of(byte[] page, int offset) {
        int sum = 0;
        for (int sector = 0; sector < SECTORS; sector++) {
            int words = 0;
            for (int at = offset + sector * SECTOR; at < offset + (sector + 1) * SECTOR; at += Integer.BYTES) {
                words ^= LittleEndian.i32(page, at);
            }
            if (sector == 0) {
                words ^= LittleEndian.i32(page, offset + OFFSET);
            }
            sum ^= Integer.rotateLeft(words, SECTORS - 1 - sector);
        }
        return sum;
    }
}
