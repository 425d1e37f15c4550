package io.github.sqlvdi.mtf;

import io.github.sqlvdi.internal.mtf.LittleEndian;
import io.github.sqlvdi.internal.mtf.MtfDate;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.UUID;

/** Fills the fixed part of a block or record and puts the texts behind it. */
final class RecordWriter {

    private byte[] bytes;
    private int length;

    /** With a tag of four characters and a fixed part of so many bytes. */
    RecordWriter(String tag, int fixed) {
        bytes = new byte[fixed];
        length = fixed;
        tag(0, tag);
    }

    /** A record without a tag. */
    RecordWriter(int fixed) {
        bytes = new byte[fixed];
        length = fixed;
    }

    RecordWriter tag(int offset, String tag) {
        System.arraycopy(tag.getBytes(StandardCharsets.US_ASCII), 0, bytes, offset, Tag.SIZE);
        return this;
    }

    RecordWriter u8(int offset, int value) {
        bytes[offset] = (byte) value;
        return this;
    }

    RecordWriter u16(int offset, int value) {
        LittleEndian.putU16(bytes, offset, value);
        return this;
    }

    RecordWriter u32(int offset, long value) {
        LittleEndian.putU32(bytes, offset, value);
        return this;
    }

    RecordWriter i64(int offset, long value) {
        LittleEndian.putI64(bytes, offset, value);
        return this;
    }

    RecordWriter guid(int offset, UUID value) {
        LittleEndian.putGuid(bytes, offset, value);
        return this;
    }

    RecordWriter date(int offset, LocalDateTime value) {
        MtfDate.write(bytes, offset, value);
        return this;
    }

    RecordWriter lsn(int offset, Lsn value) {
        return u32(offset, value.sequence()).u32(offset + 4, value.block()).u16(offset + 8, value.slot());
    }

    /** A text and its reference; nothing for null. Offsets count from {@code origin}. */
    RecordWriter text(int reference, String text, int origin) {
        if (text != null) {
            byte[] encoded = text.getBytes(StandardCharsets.UTF_16LE);
            u16(reference, encoded.length).u16(reference + 2, length - origin);
            append(encoded);
        }
        return this;
    }

    RecordWriter text(int reference, String text) {
        return text(reference, text, 0);
    }

    RecordWriter append(byte[] more) {
        bytes = Arrays.copyOf(bytes, length + more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    int length() {
        return length;
    }

    byte[] toBytes() {
        return bytes;
    }
}
