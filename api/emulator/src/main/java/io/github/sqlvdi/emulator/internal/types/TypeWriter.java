package io.github.sqlvdi.emulator.internal.types;

import io.github.sqlvdi.emulator.internal.wire.MessageWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;

/** Writes types (TYPE_INFO) and values. Types that a client's version does not know are sent as ones that it knows. */
public final class TypeWriter {

    /** The collation SQL_Latin1_General_CP1_CI_AS. */
    public static final byte[] COLLATION = {0x09, 0x04, (byte) 0xD0, 0x00, 0x34};
    static final Charset CODE_PAGE = Charset.forName("windows-1252");
    private static final int NULL_LENGTH = 0xFFFF;
    private static final int VARIANT_MAX = 8009;
    private static final int NUMERIC_BYTES = 17;

    private final MessageWriter out;
    private final boolean hasMax;
    private final boolean hasTimes;
    private final boolean hasCollation;

    /**
     * Makes a writer for a client.
     *
     * @param out where the bytes go
     * @param hasMax whether it knows max types, since TDS 7.2
     * @param hasTimes whether it knows date, time, datetime2 and datetimeoffset, since TDS 7.3
     * @param hasCollation whether text types carry a collation, since TDS 7.1
     */
    public TypeWriter(MessageWriter out, boolean hasMax, boolean hasTimes, boolean hasCollation) {
        this.out = out;
        this.hasMax = hasMax;
        this.hasTimes = hasTimes;
        this.hasCollation = hasCollation;
    }

    private DataType known(DataType type) {
        if (!hasTimes && type.kind().isTime()) {
            return type.kind() == Kind.DATETIME ? type : DataType.nvarchar(34);
        }
        return !hasMax && type.isMax() ? type.sized(type.kind().isUnicode() ? 4000 : 8000, 0) : type;
    }

    /**
     * Writes a TYPE_INFO.
     *
     * @param wanted the type
     * @throws IOException if the connection fails
     */
    public void type(DataType wanted) throws IOException {
        DataType type = known(wanted);
        out.u8(type.kind().token);
        switch (type.kind()) {
            case BIT, TINYINT -> out.u8(1);
            case SMALLINT -> out.u8(2);
            case INT, REAL -> out.u8(4);
            case BIGINT, FLOAT, DATETIME, MONEY -> out.u8(8);
            case GUID -> out.u8(16);
            case NUMERIC -> {
                out.u8(NUMERIC_BYTES);
                out.u8(type.precision());
                out.u8(type.scale());
            }
            case DATE -> { // has no length
            }
            case TIME, DATETIME2, DATETIMEOFFSET -> out.u8(type.scale());
            case VARIANT -> out.i32(VARIANT_MAX);
            case VARBINARY -> out.u16(type.isMax() ? NULL_LENGTH : type.length());
            case NVARCHAR, NCHAR, VARCHAR, CHAR -> {
                out.u16(type.isMax() ? NULL_LENGTH : type.length() * (type.kind().isUnicode() ? 2 : 1));
                if (hasCollation) {
                    out.bytes(COLLATION);
                }
            }
        }
    }

    /**
     * Writes a value.
     *
     * @param wanted its type
     * @param value the value, null for NULL
     * @throws IOException if the connection fails
     */
    public void value(DataType wanted, Object value) throws IOException {
        DataType type = known(wanted);
        Object sent = type == wanted ? value : Values.convert(value, type);
        if (type.kind() == Kind.VARIANT) {
            variant(sent);
        } else if (type.isMax()) {
            chunks(sent == null ? null : encoded(type, sent));
        } else if (type.kind().isText() || type.kind() == Kind.VARBINARY) {
            if (sent == null) {
                out.u16(NULL_LENGTH);
            } else {
                byte[] bytes = encoded(type, sent);
                out.u16(bytes.length);
                out.bytes(bytes);
            }
        } else if (sent == null) {
            out.u8(0);
        } else {
            byte[] bytes = encoded(type, sent);
            out.u8(bytes.length);
            out.bytes(bytes);
        }
    }

    private void chunks(byte[] bytes) throws IOException {
        if (bytes == null) {
            out.i64(-1);
            return;
        }
        out.i64(bytes.length);
        if (bytes.length > 0) {
            out.i32(bytes.length);
            out.bytes(bytes);
        }
        out.i32(0);
    }

    private void variant(Object value) throws IOException {
        if (value == null) {
            out.i32(0);
        } else if (value instanceof Integer number) {
            out.i32(6);
            out.u8(0x38);
            out.u8(0);
            out.i32(number);
        } else {
            byte[] text = String.valueOf(value).getBytes(StandardCharsets.UTF_16LE);
            out.i32(2 + 7 + text.length);
            out.u8(0xE7);
            out.u8(7);
            out.bytes(COLLATION);
            out.u16(8000);
            out.bytes(text);
        }
    }

    private static byte[] encoded(DataType type, Object value) {
        return switch (type.kind()) {
            case BIT -> new byte[]{(byte) (((Boolean) value) ? 1 : 0)};
            case TINYINT -> new byte[]{((Number) value).byteValue()};
            case SMALLINT -> buffer(2).putShort(((Number) value).shortValue()).array();
            case INT -> buffer(4).putInt(((Number) value).intValue()).array();
            case BIGINT -> buffer(8).putLong(((Number) value).longValue()).array();
            case REAL -> buffer(4).putFloat(((Number) value).floatValue()).array();
            case FLOAT -> buffer(8).putDouble(((Number) value).doubleValue()).array();
            case MONEY -> {
                long units = ((BigDecimal) value).movePointRight(4).setScale(0, RoundingMode.HALF_UP).longValue();
                yield buffer(8).putInt((int) (units >> 32)).putInt((int) units).array();
            }
            case NUMERIC -> numeric(type, (BigDecimal) value);
            case GUID -> guid((UUID) value);
            case DATETIME -> {
                LocalDateTime time = (LocalDateTime) value;
                yield buffer(8).putInt(Times.datetimeDays(time)).putInt(Times.datetimeTicks(time)).array();
            }
            case DATE -> Arrays.copyOf(buffer(4).putInt(Times.days(((LocalDateTime) value).toLocalDate())).array(), 3);
            case TIME -> time(type.scale(), (LocalDateTime) value);
            case DATETIME2 -> datetime2(type.scale(), (LocalDateTime) value, 0);
            case DATETIMEOFFSET -> {
                OffsetDateTime time = (OffsetDateTime) value;
                byte[] bytes = datetime2(type.scale(), time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime(), 2);
                int minutes = time.getOffset().getTotalSeconds() / 60;
                bytes[bytes.length - 2] = (byte) minutes;
                bytes[bytes.length - 1] = (byte) (minutes >> 8);
                yield bytes;
            }
            case NVARCHAR, NCHAR -> ((String) value).getBytes(StandardCharsets.UTF_16LE);
            case VARCHAR, CHAR -> ((String) value).getBytes(CODE_PAGE);
            case VARBINARY -> (byte[]) value;
            case VARIANT -> throw new IllegalArgumentException("A variant has no encoding of its own");
        };
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] numeric(DataType type, BigDecimal value) {
        byte[] magnitude = value.setScale(type.scale(), RoundingMode.HALF_UP).unscaledValue().abs().toByteArray();
        int precision = type.precision();
        byte[] bytes = new byte[precision <= 9 ? 5 : precision <= 19 ? 9 : precision <= 28 ? 13 : NUMERIC_BYTES];
        bytes[0] = (byte) (value.signum() < 0 ? 0 : 1);
        for (int index = 0; index < Math.min(magnitude.length, bytes.length - 1); index++) {
            bytes[index + 1] = magnitude[magnitude.length - 1 - index];
        }
        return bytes;
    }

    static byte[] guid(UUID value) {
        ByteBuffer bytes = buffer(16);
        long high = value.getMostSignificantBits();
        bytes.putInt((int) (high >>> 32)).putShort((short) (high >>> 16)).putShort((short) high);
        return bytes.order(ByteOrder.BIG_ENDIAN).putLong(value.getLeastSignificantBits()).array();
    }

    private static byte[] time(int scale, LocalDateTime value) {
        return Arrays.copyOf(buffer(8).putLong(Times.units(value.toLocalTime(), scale)).array(),
                Times.timeBytes(scale));
    }

    private static byte[] datetime2(int scale, LocalDateTime value, int more) {
        byte[] time = time(scale, value);
        byte[] bytes = Arrays.copyOf(time, time.length + 3 + more);
        int days = Times.days(value.toLocalDate());
        for (int index = 0; index < 3; index++) {
            bytes[time.length + index] = (byte) (days >>> 8 * index);
        }
        return bytes;
    }
}
