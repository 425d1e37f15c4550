package io.github.sqlvdi.internal.mtf;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Numbers, GUIDs and texts in bytes, as backup streams store them: little endian, no alignment. */
public final class LittleEndian {

    /** Bytes of a GUID. */
    public static final int GUID_SIZE = 16;

    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private LittleEndian() {
    }

    /** {@return an unsigned byte} */
    public static int u8(byte[] bytes, int offset) {
        return bytes[offset] & 0xff;
    }

    /** {@return an unsigned number of 16 bits} */
    public static int u16(byte[] bytes, int offset) {
        return (short) SHORT.get(bytes, offset) & 0xffff;
    }

    /** {@return an unsigned number of 32 bits} */
    public static long u32(byte[] bytes, int offset) {
        return (int) INT.get(bytes, offset) & 0xffff_ffffL;
    }

    /** {@return a number of 32 bits, bit for bit} */
    public static int i32(byte[] bytes, int offset) {
        return (int) INT.get(bytes, offset);
    }

    /** {@return a number of 64 bits, bit for bit} */
    public static long i64(byte[] bytes, int offset) {
        return (long) LONG.get(bytes, offset);
    }

    /** {@return a GUID in Microsoft's mixed order: u32, u16, u16 little endian, then eight bytes as they are} */
    public static UUID guid(byte[] bytes, int offset) {
        long high = u32(bytes, offset) << 32 | (long) u16(bytes, offset + 4) << 16 | u16(bytes, offset + 6);
        return new UUID(high, (long) BIG.get(bytes, offset + 8));
    }

    /** {@return a text in UTF-16LE} */
    public static String text(byte[] bytes, int offset, int size) {
        return new String(bytes, offset, size, StandardCharsets.UTF_16LE);
    }

    /** Stores the lower 16 bits of a number. */
    public static void putU16(byte[] bytes, int offset, int value) {
        SHORT.set(bytes, offset, (short) value);
    }

    /** Stores the lower 32 bits of a number. */
    public static void putU32(byte[] bytes, int offset, long value) {
        INT.set(bytes, offset, (int) value);
    }

    /** Stores a number of 64 bits. */
    public static void putI64(byte[] bytes, int offset, long value) {
        LONG.set(bytes, offset, value);
    }

    /** Stores a GUID in Microsoft's mixed order. */
    public static void putGuid(byte[] bytes, int offset, UUID value) {
        long high = value.getMostSignificantBits();
        putU32(bytes, offset, high >>> 32);
        putU16(bytes, offset + 4, (int) (high >>> 16));
        putU16(bytes, offset + 6, (int) high);
        BIG.set(bytes, offset + 8, value.getLeastSignificantBits());
    }
}
