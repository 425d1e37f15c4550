package io.github.sqlvdi.internal.mtf;

/** The checksum of a database page: sixteen sectors of 512 bytes, the field itself counted as zero. */
public final class PageChecksum {

    /** Bytes of a page. */
    public static final int PAGE_SIZE = 8192;

    /** Offset of the checksum in a page. */
    public static final int OFFSET = 0x3c;

    private static final int FLAGS_OFFSET = 0x04;
    private static final int CHECKSUM_FLAG = 0x200;
    private static final int SECTOR = 512;
    private static final int SECTORS = PAGE_SIZE / SECTOR;

    private PageChecksum() {
    }

    /** {@return whether the page says that it carries a checksum} */
    public static boolean isPresent(byte[] page, int offset) {
        return (LittleEndian.u16(page, offset + FLAGS_OFFSET) & CHECKSUM_FLAG) != 0;
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
