package io.github.sqlvdi.emulator.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Reads the payload of a message, little-endian. Every read checks the bounds: a length that a client made up ends in a
 * {@link ProtocolException}, never in a read outside the payload or in an allocation larger than it.
 */
public final class Payload {

    private final byte[] data;
    private final int limit;
    private int position;

    /**
     * Starts at the first byte.
     *
     * @param data the payload
     */
    public Payload(byte[] data) {
        this.data = data;
        this.limit = data.length;
    }

    /** {@return the offset of the next byte} */
    public int position() {
        return position;
    }

    /** {@return how many bytes are left} */
    public int remaining() {
        return limit - position;
    }

    /**
     * Goes to an offset.
     *
     * @param offset from the start of the payload
     * @return this
     * @throws ProtocolException if it lies outside
     */
    public Payload seek(long offset) throws ProtocolException {
        if (offset < 0 || offset > limit) {
            throw new ProtocolException(
                    String.format(Locale.ROOT, "Offset %d lies outside a payload of %d bytes", offset, limit));
        }
        position = (int) offset;
        return this;
    }

    /**
     * Skips bytes.
     *
     * @param count how many
     * @throws ProtocolException if fewer are left
     */
    public void skip(long count) throws ProtocolException {
        require(count);
        position += (int) count;
    }

    private int require(long count) throws ProtocolException {
        if (count < 0 || count > limit - position) {
            throw new ProtocolException(String.format(Locale.ROOT,
                    "A field of %d bytes at offset %d does not fit into a payload of %d bytes", count, position,
                    limit));
        }
        return position;
    }

    /**
     * {@return an unsigned byte}
     *
     * @throws ProtocolException at the end of the payload
     */
    public int u8() throws ProtocolException {
        require(1);
        return data[position++] & 0xFF;
    }

    /**
     * {@return an unsigned 16-bit number}
     *
     * @throws ProtocolException at the end of the payload
     */
    public int u16() throws ProtocolException {
        return (int) number(2);
    }

    /**
     * {@return an unsigned 16-bit number, big-endian}
     *
     * @throws ProtocolException at the end of the payload
     */
    public int u16BigEndian() throws ProtocolException {
        return u8() << 8 | u8();
    }

    /**
     * {@return a signed 32-bit number}
     *
     * @throws ProtocolException at the end of the payload
     */
    public int i32() throws ProtocolException {
        return (int) number(4);
    }

    /**
     * {@return an unsigned 32-bit number}
     *
     * @throws ProtocolException at the end of the payload
     */
    public long u32() throws ProtocolException {
        return number(4);
    }

    /**
     * {@return a 64-bit number}
     *
     * @throws ProtocolException at the end of the payload
     */
    public long i64() throws ProtocolException {
        return number(8);
    }

    /**
     * Reads an unsigned number.
     *
     * @param bytes how long it is, 1 to 8
     * @return the number
     * @throws ProtocolException if fewer bytes are left
     */
    public long number(int bytes) throws ProtocolException {
        int at = require(bytes);
        long value = 0;
        for (int index = bytes - 1; index >= 0; index--) {
            value = value << 8 | data[at + index] & 0xFF;
        }
        position += bytes;
        return value;
    }

    /**
     * Reads bytes.
     *
     * @param count how many
     * @return a copy of them
     * @throws ProtocolException if fewer are left
     */
    public byte[] bytes(long count) throws ProtocolException {
        int at = require(count);
        position += (int) count;
        return Arrays.copyOfRange(data, at, position);
    }

    /**
     * Reads UTF-16LE text.
     *
     * @param characters how many
     * @return the text
     * @throws ProtocolException if fewer are left
     */
    public String text(long characters) throws ProtocolException {
        int at = require(characters * 2);
        position += (int) characters * 2;
        return new String(data, at, position - at, StandardCharsets.UTF_16LE);
    }

    /**
     * {@return text behind an 8-bit count of characters}
     *
     * @throws ProtocolException if it does not fit
     */
    public String shortText() throws ProtocolException {
        return text(u8());
    }
}
