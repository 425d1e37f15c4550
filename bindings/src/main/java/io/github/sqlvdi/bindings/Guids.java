package io.github.sqlvdi.bindings;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.UUID;

/**
 * Interface and class identifiers of VDI (VDI reference 3.1), each as 16 bytes of native memory in the layout that COM
 * reads. The segments are read-only, live as long as the JVM and may be used from any thread.
 *
 * <pre>
 *  byte  0           4       6       8                          16
 *        +-----------+-------+-------+--------------------------+
 *        | data1 LE  | d2 LE | d3 LE | data4, in written order  |
 *        +-----------+-------+-------+--------------------------+
 *  text  xxxxxxxx  - xxxx  - xxxx  - xxxx-xxxxxxxxxxxx
 * </pre>
 */
public final class Guids {
    /** Bytes of a GUID. */
    public static final long SIZE = 16;

    // The two halves of a GUID have different byte orders, and COM callers do not promise an aligned address.
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfLong BYTES = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(BIG_ENDIAN);

    /** {@code IUnknown}. */
    public static final MemorySegment IID_IUnknown = of("00000000-0000-0000-c000-000000000046");
    /** {@code IClientVirtualDevice}. */
    public static final MemorySegment IID_IClientVirtualDevice = of("40700424-0080-11d2-851f-00c04fc21759");
    /** {@code IClientVirtualDeviceSet}. */
    public static final MemorySegment IID_IClientVirtualDeviceSet = of("40700425-0080-11d2-851f-00c04fc21759");
    /** {@code IClientVirtualDeviceSet2}. */
    public static final MemorySegment IID_IClientVirtualDeviceSet2 = of("d0e6eb07-7a62-11d2-8573-00c04fc21759");
    /** {@code IServerVirtualDevice}. */
    public static final MemorySegment IID_IServerVirtualDevice = of("b5e7a131-a7bd-11d1-84c2-00c04fc21759");
    /** {@code IServerVirtualDeviceSet}, the set interface of SQL Server 7.0. */
    public static final MemorySegment IID_IServerVirtualDeviceSet = of("b5e7a132-a7bd-11d1-84c2-00c04fc21759");
    /** {@code IServerVirtualDeviceSet2}. */
    public static final MemorySegment IID_IServerVirtualDeviceSet2 = of("aecbd0d6-24c6-11d3-85b7-00c04fc21759");

    /** Client device sets of SQL Server; the bits are those of {@link #IID_IClientVirtualDeviceSet}. */
    public static final MemorySegment CLSID_MSSQL_ClientVirtualDeviceSet = IID_IClientVirtualDeviceSet;
    /** Server device sets of SQL Server; the bits are those of {@link #IID_IServerVirtualDeviceSet}. */
    public static final MemorySegment CLSID_MSSQL_ServerVirtualDeviceSet = IID_IServerVirtualDeviceSet;
    /** Client device sets of WinFS; not for SQL Server. */
    public static final MemorySegment CLSID_WINFS_ClientVirtualDeviceSet = of("50b99b13-7b84-44d3-9c98-2652bf144d96");
    /** Server device sets of WinFS; not for SQL Server. */
    public static final MemorySegment CLSID_WINFS_ServerVirtualDeviceSet = of("92e6b26b-57da-47ed-8153-dff187a76dde");
    /** Client device sets of the Windows Internal Database. */
    public static final MemorySegment CLSID_WIDVDI_ClientVirtualDeviceSet = of("a9a3fe12-61c7-496e-aabf-b83e3287ab82");
    /** Server device sets of the Windows Internal Database. */
    public static final MemorySegment CLSID_WIDVDI_ServerVirtualDeviceSet = of("a6f16b19-0040-4947-8d3f-52de129bb615");

    private Guids() {
    }

    /**
     * Parses an identifier into global memory that is never freed. Use it for constants only.
     *
     * @param text 36 characters, {@code xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}, upper or lower case, no braces
     * @return 16 read-only bytes
     * @throws IllegalArgumentException when {@code text} is not of that form
     */
    public static MemorySegment of(String text) {
        UUID uuid = UUID.fromString(text);
        if (text.length() != 36) {
            throw new IllegalArgumentException("not a GUID of the form xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx: " + text);
        }
        long high = uuid.getMostSignificantBits();
        MemorySegment guid = Arena.global().allocate(SIZE, Integer.BYTES);
        guid.set(INT, 0, (int) (high >>> 32));
        guid.set(SHORT, 4, (short) (high >>> 16));
        guid.set(SHORT, 6, (short) high);
        guid.set(BYTES, 8, uuid.getLeastSignificantBits());
        return guid.asReadOnly();
    }

    /**
     * {@return the text form of a GUID in memory: 36 characters, lower case, no braces}
     *
     * @param guid at least 16 readable bytes
     * @throws IndexOutOfBoundsException when {@code guid} is shorter than 16 bytes
     */
    public static String text(MemorySegment guid) {
        long high = Integer.toUnsignedLong(guid.get(INT, 0)) << 32
                | Short.toUnsignedLong(guid.get(SHORT, 4)) << 16
                | Short.toUnsignedLong(guid.get(SHORT, 6));
        return new UUID(high, guid.get(BYTES, 8)).toString();
    }
}
