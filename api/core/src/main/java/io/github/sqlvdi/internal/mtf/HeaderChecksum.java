package io.github.sqlvdi.internal.mtf;

/** The checksum of block and stream headers: the exclusive or of their 16-bit words. */
public final class HeaderChecksum {

    private HeaderChecksum() {
    }

    /** {@return the exclusive or of so many 16-bit words} */
    public static int of(byte[] bytes, int offset, int words) {
        int sum = 0;
        for (int word = 0; word < words; word++) {
            sum ^= LittleEndian.u16(bytes, offset + 2 * word);
        }
        return sum;
    }
}
