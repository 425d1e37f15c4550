package io.github.sqlvdi.emulator.internal.types;

import io.github.sqlvdi.emulator.internal.wire.Payload;
import io.github.sqlvdi.emulator.internal.wire.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.UUID;

/** Reads the types and values of parameters (MS-TDS 2.2.5.4, 2.2.5.5). */
public final class TypeReader {

    private static final int MAX_LENGTH = 0xFFFF;
    private static final int UNKNOWN = -2;

    private final Payload in;
    private final boolean hasCollation;

    /**
     * Makes a reader.
     *
     * @param in the payload, at a TYPE_INFO
     * @param hasCollation whether text types carry a collation, since TDS 7.1
     */
    public TypeReader(Payload in, boolean hasCollation) {
        this.in = in;
        this.hasCollation = hasCollation;
    }

    /**
     * Reads a TYPE_INFO and the value behind it.
     *
     * @return the value
     * @throws ProtocolException for a type that this server does not know, or a length that does not fit
     */
    public Value next() throws ProtocolException {
        int token = in.u8();
        return switch (token) {
            case 0x1F -> Value.NULL;
            case 0x30 -> new Value(DataType.TINYINT, in.u8());
            case 0x32 -> Value.of(in.u8() != 0);
            case 0x34 -> new Value(DataType.SMALLINT, (int) (short) in.u16());
            case 0x38 -> Value.of(in.i32());
            case 0x7F -> new Value(DataType.BIGINT, in.i64());
            case 0x3B -> new Value(DataType.REAL, (double) Float.intBitsToFloat(in.i32()));
            case 0x3E -> new Value(DataType.FLOAT, Double.longBitsToDouble(in.i64()));
            case 0x3D -> new Value(DataType.DATETIME, Times.datetime(in.i32(), in.u32()));
            case 0x26, 0x68, 0x6D, 0x6E, 0x6F -> fixed(token, in.u8());
            case 0x24 -> guid();
            case 0x6A, 0x6C -> numeric();
            case 0x28 -> in.u8() == 0 ? new Value(type("date"), null)
                    : new Value(type("date"), Times.date(in.number(3)).atStartOfDay());
            case 0x29, 0x2A, 0x2B -> time(token, in.u8());
            case 0xE7, 0xEF, 0xA7, 0xAF, 0xA5, 0xAD -> variable(token, in.u16());
            case 0x63, 0x23, 0x22 -> old(token);
            case 0xF1 -> xml();
            default -> throw new ProtocolException(
                    String.format(Locale.ROOT, "Type 0x%02x of a parameter is not supported", token));
        };
    }

    private static DataType type(String name) {
        return DataType.named(name).orElseThrow();
    }

    private Value fixed(int token, int declared) throws ProtocolException {
        int length = in.u8();
        if (length != 0 && length != declared) {
            throw new ProtocolException(String.format(Locale.ROOT, "A value of type 0x%02x has %d bytes, its type %d",
                    token, length, declared));
        }
        boolean none = length == 0;
        if (token == 0x68) {
            return new Value(DataType.BIT, none ? null : in.u8() != 0);
        }
        long bits = none ? 0 : in.number(length);
        return switch (token << 8 | declared) {
            case 0x2601 -> new Value(DataType.TINYINT, none ? null : (int) bits);
            case 0x2602 -> new Value(DataType.SMALLINT, none ? null : (int) (short) bits);
            case 0x2604 -> new Value(DataType.INT, none ? null : (int) bits);
            case 0x2608 -> new Value(DataType.BIGINT, none ? null : bits);
            case 0x6D04 -> new Value(DataType.REAL, none ? null : (double) Float.intBitsToFloat((int) bits));
            case 0x6D08 -> new Value(DataType.FLOAT, none ? null : Double.longBitsToDouble(bits));
            case 0x6E04 -> new Value(type("money"), none ? null : BigDecimal.valueOf((int) bits, 4));
            case 0x6E08 -> new Value(type("money"),
                    none ? null : BigDecimal.valueOf(bits << 32 | bits >>> 32, 4));
            case 0x6F04 -> new Value(DataType.DATETIME,
                    none ? null : Times.datetime((int) (bits & 0xFFFF), (bits >>> 16) * 60 * 300));
            case 0x6F08 -> new Value(DataType.DATETIME, none ? null : Times.datetime((int) bits, bits >>> 32));
            default -> throw new ProtocolException(
                    String.format(Locale.ROOT, "Type 0x%02x cannot have %d bytes", token, declared));
        };
    }

    private Value guid() throws ProtocolException {
        in.u8();
        int length = in.u8();
        if (length == 0) {
            return new Value(DataType.GUID, null);
        }
        if (length != 16) {
            throw new ProtocolException(String.format(Locale.ROOT, "A uniqueidentifier has %d bytes", length));
        }
        long high = in.u32() << 32 | (long) in.u16() << 16 | in.u16();
        return new Value(DataType.GUID, new UUID(high, Long.reverseBytes(in.i64())));
    }

    private Value numeric() throws ProtocolException {
        in.u8();
        DataType type = DataType.numeric(in.u8(), in.u8());
        int length = in.u8();
        if (length == 0) {
            return new Value(type, null);
        }
        boolean positive = in.u8() != 0;
        byte[] magnitude = in.bytes(length - 1L);
        byte[] bigEndian = new byte[magnitude.length];
        for (int index = 0; index < magnitude.length; index++) {
            bigEndian[index] = magnitude[magnitude.length - 1 - index];
        }
        return new Value(type, new BigDecimal(new BigInteger(positive ? 1 : -1, bigEndian), type.scale()));
    }

    private Value time(int token, int scale) throws ProtocolException {
        if (scale > 7) {
            throw new ProtocolException(String.format(Locale.ROOT, "A time has the scale %d, above 7", scale));
        }
        DataType type = type(token == 0x29 ? "time" : token == 0x2A ? "datetime2" : "datetimeoffset").sized(scale, 0);
        if (in.u8() == 0) {
            return new Value(type, null);
        }
        long units = in.number(Times.timeBytes(scale));
        LocalDateTime time = Times.time(units, scale)
                .atDate(token == 0x29 ? Times.datetime(0, 0).toLocalDate() : Times.date(in.number(3)));
        if (token != 0x2B) {
            return new Value(type, time);
        }
        int minutes = Math.clamp((short) in.u16(), -14 * 60, 14 * 60);
        return new Value(type, time.atOffset(ZoneOffset.UTC)
                .withOffsetSameInstant(ZoneOffset.ofTotalSeconds(minutes * 60)));
    }

    private Value variable(int token, int declared) throws ProtocolException {
        boolean binary = token == 0xA5 || token == 0xAD;
        if (!binary && hasCollation) {
            in.skip(5);
        }
        byte[] bytes;
        if (declared == MAX_LENGTH) {
            bytes = chunks();
        } else {
            int length = in.u16();
            bytes = length == MAX_LENGTH ? null : in.bytes(length);
        }
        boolean unicode = token == 0xE7 || token == 0xEF;
        int length = declared == MAX_LENGTH ? DataType.MAX : unicode ? declared / 2 : declared;
        return decoded(bytes, binary, unicode, length);
    }

    private static Value decoded(byte[] bytes, boolean binary, boolean unicode, int length) {
        if (binary) {
            return new Value(DataType.varbinary(length), bytes);
        }
        String text = bytes == null ? null
                : new String(bytes, unicode ? StandardCharsets.UTF_16LE : TypeWriter.CODE_PAGE);
        return new Value(unicode ? DataType.nvarchar(length) : DataType.varchar(length), text);
    }

    private byte[] chunks() throws ProtocolException {
        long total = in.i64();
        if (total == -1) {
            return null;
        }
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (long length; (length = in.u32()) != 0;) {
            data.writeBytes(in.bytes(length));
        }
        if (total != UNKNOWN && total != data.size()) {
            throw new ProtocolException(
                    String.format(Locale.ROOT, "A value promised %d bytes and brought %d", total, data.size()));
        }
        return data.toByteArray();
    }

    private Value old(int token) throws ProtocolException {
        in.u32();
        if (token != 0x22 && hasCollation) {
            in.skip(5);
        }
        long length = in.u32();
        byte[] bytes = length == 0xFFFFFFFFL ? null : in.bytes(length);
        return decoded(bytes, token == 0x22, token == 0x63, DataType.MAX);
    }

    private Value xml() throws ProtocolException {
        if (in.u8() != 0) {
            in.shortText();
            in.shortText();
            in.text(in.u16());
        }
        return decoded(chunks(), false, true, DataType.MAX);
    }
}
