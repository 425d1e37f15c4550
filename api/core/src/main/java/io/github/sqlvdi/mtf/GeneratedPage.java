package io.github.sqlvdi.mtf;

import io.github.sqlvdi.internal.mtf.LittleEndian;
import io.github.sqlvdi.internal.mtf.PageChecksum;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The pages of a generated database (MTF reference 7): a header that names the page, a body, a checksum. */
final class GeneratedPage {

    static final int SIZE = PageChecksum.PAGE_SIZE;
    static final int BOOT_PAGE = 9;

    private static final int HEADER = 96;
    private static final int HAS_CHECKSUM = 0x200;
    private static final int TYPE_DATA = 1;
    private static final int TYPE_BOOT = 13;
    private static final int TYPE_FILE_HEADER = 15;
    private static final int VERSION = 0x64;
    private static final int NAME = 0x94;
    private static final int NAME_LENGTH = 128;
    private static final int ROW = 64;
    private static final byte[] TEXT = "Invoice for 12 boxes of pencils, paid in cash; "
            .getBytes(StandardCharsets.US_ASCII);
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    private GeneratedPage() {
    }

    static void write(byte[] bytes, int offset, int fileId, int number, int generation, GeneratedBackup backup) {
        backup.pages().fill(bytes, offset, fileId, number, generation);
        Arrays.fill(bytes, offset, offset + HEADER, (byte) 0);
        boolean boot = fileId == 1 && number == BOOT_PAGE;
        bytes[offset] = 1;
        bytes[offset + 1] = (byte) (boot ? TYPE_BOOT : number == 0 ? TYPE_FILE_HEADER : TYPE_DATA);
        LittleEndian.putU16(bytes, offset + 0x04, HAS_CHECKSUM);
        LittleEndian.putU32(bytes, offset + 0x20, number);
        LittleEndian.putU16(bytes, offset + 0x24, fileId);
        if (boot) {
            LittleEndian.putU16(bytes, offset + VERSION, backup.version().databaseVersion());
            String name = backup.databaseName() + " ".repeat(NAME_LENGTH - backup.databaseName().length());
            byte[] text = name.getBytes(StandardCharsets.UTF_16LE);
            System.arraycopy(text, 0, bytes, offset + NAME, text.length);
        }
        LittleEndian.putU32(bytes, offset + PageChecksum.OFFSET, PageChecksum.of(bytes, offset));
    }

    /** Rows of 64 bytes: a text, and random bytes behind it. */
    static void fillRows(byte[] page, int offset, long seed) {
        long state = seed * GOLDEN;
        for (int row = offset; row < offset + SIZE; row += ROW) {
            System.arraycopy(TEXT, 0, page, row, ROW / 2);
            for (int at = row + ROW / 2; at < row + ROW; at += Long.BYTES) {
                state += GOLDEN;
                LittleEndian.putI64(page, at, mix(state));
            }
        }
    }

    /** The finalizer of SplitMix64. */
    static long mix(long state) {
        long mixed = (state ^ state >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d0_49bb_1331_11ebL;
        return mixed ^ mixed >>> 31;
    }
}
