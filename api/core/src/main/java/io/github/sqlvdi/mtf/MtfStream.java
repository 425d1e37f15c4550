package io.github.sqlvdi.mtf;

import io.github.sqlvdi.internal.mtf.HeaderChecksum;
import io.github.sqlvdi.internal.mtf.LittleEndian;
import java.util.Locale;

/**
 * The header of a data stream in a block (MTF reference 3).
 *
 * @param id four characters, for example {@code MQDA}
 * @param position where its header begins, in bytes from the beginning of the expanded stream
 * @param attributes its media format attributes
 * @param length bytes of its data
 */
public record MtfStream(String id, long position, int attributes, long length) {

    /** Bytes of the header. */
    static final int HEADER = 22;

    private static final int CHECKSUM = 0x14;

    /** Reads and checks a header that begins at a position. */
    static MtfStream read(byte[] bytes, long position, MtfBlock block) throws OffenceException {
        String id = Tag.read(bytes, 0);
        if (!Tag.isPlausible(id)) {
            throw OffenceException.damaged(String.format(Locale.ROOT, "\"%s\" is no data stream, in block %s",
                    Tag.printable(id), block.type()));
        }
        int expected = HeaderChecksum.of(bytes, 0, CHECKSUM / 2);
        if (LittleEndian.u16(bytes, CHECKSUM) != expected) {
            throw OffenceException.damaged(String.format(Locale.ROOT,
                    "the header checksum of stream %s in block %s is 0x%04x: computed 0x%04x", id, block.type(),
                    LittleEndian.u16(bytes, CHECKSUM), expected));
        }
        long length = LittleEndian.i64(bytes, 0x08);
        if (length < 0 || length > Long.MAX_VALUE - 8 - position - HEADER) {
            throw OffenceException
                    .damaged(String.format(Locale.ROOT, "stream %s in block %s has %s bytes: no stream is so long", id,
                            block.type(), Long.toUnsignedString(length)));
        }
        return new MtfStream(id, position, LittleEndian.u16(bytes, 0x06), length);
    }
}
