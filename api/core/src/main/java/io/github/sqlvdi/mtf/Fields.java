package io.github.sqlvdi.mtf;

import io.github.sqlvdi.internal.mtf.LittleEndian;
import io.github.sqlvdi.internal.mtf.MtfDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;

/**
 * The fields of a block or record in its own copy of the bytes. Texts are named by a reference of a size and an offset
 * from the beginning, 16 bits each; they stand behind the fixed part.
 */
final class Fields {

    private static final int LSN_SIZE = 10;

    private final String name;
    private final byte[] bytes;

    Fields(String name, byte[] source, int length) {
        this.name = name;
        bytes = Arrays.copyOf(source, length);
    }

    /** Whether so many bytes at an offset lie before an end. */
    static boolean has(int offset, int size, int end) {
        return offset + size <= end;
    }

    int length() {
        return bytes.length;
    }

    /** Refuses a block or record that is too short for its fixed part. */
    Fields require(int size) throws OffenceException {
        if (bytes.length < size) {
            throw OffenceException.damaged(
                    String.format(Locale.ROOT, "%s has %d bytes: expected %d or more", name, bytes.length, size));
        }
        return this;
    }

    int u8(int offset) {
        return LittleEndian.u8(bytes, offset);
    }

    int u16(int offset) {
        return LittleEndian.u16(bytes, offset);
    }

    long u32(int offset) {
        return LittleEndian.u32(bytes, offset);
    }

    int i32(int offset) {
        return LittleEndian.i32(bytes, offset);
    }

    long i64(int offset) {
        return LittleEndian.i64(bytes, offset);
    }

    UUID guid(int offset) {
        return LittleEndian.guid(bytes, offset);
    }

    Lsn lsn(int offset) {
        return new Lsn(u32(offset), u32(offset + 4), u16(offset + LSN_SIZE - 2));
    }

    long rawDate(int offset) {
        return MtfDate.raw(bytes, offset);
    }

    /** Null where there is none. */
    LocalDateTime date(int offset) {
        return MtfDate.read(bytes, offset);
    }

    /** The offset in a reference to a text. */
    int textOffset(int reference) {
        return u16(reference + 2);
    }

    /** The text of a reference, null where its size is 0. NULs at the end are no part of it. */
    String text(int reference, int longest) throws OffenceException {
        int size = u16(reference);
        int offset = textOffset(reference);
        if (size == 0) {
            return null;
        }
        if (offset + size > bytes.length) {
            throw OffenceException.damaged(
                    String.format(Locale.ROOT, "%s names a text of %d bytes at its byte %d, but has only %d bytes",
                            name, size, offset, bytes.length));
        }
        if (size > 2 * longest) {
            throw OffenceException.damaged(String.format(Locale.ROOT,
                    "%s names a text of %d bytes: expected at most %d characters", name, size, longest));
        }
        int end = size;
        while (end >= 2 && bytes[offset + end - 1] == 0 && bytes[offset + end - 2] == 0) {
            end -= 2;
        }
        return LittleEndian.text(bytes, offset, end);
    }
}
