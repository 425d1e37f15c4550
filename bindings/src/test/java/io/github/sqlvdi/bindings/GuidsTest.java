package io.github.sqlvdi.bindings;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The identifiers of VDI reference 3.1: text, and bytes worked out apart from the code under test. */
class GuidsTest {
    private static final int IDENTIFIERS = 13;

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
        IID_IClientVirtualDevice, 40700424-0080-11d2-851f-00c04fc21759, 240470408000D211851F00C04FC21759
        IID_IClientVirtualDeviceSet, 40700425-0080-11d2-851f-00c04fc21759, 250470408000D211851F00C04FC21759
        IID_IClientVirtualDeviceSet2, d0e6eb07-7a62-11d2-8573-00c04fc21759, 07EBE6D0627AD211857300C04FC21759
        IID_IServerVirtualDevice, b5e7a131-a7bd-11d1-84c2-00c04fc21759, 31A1E7B5BDA7D11184C200C04FC21759
        IID_IServerVirtualDeviceSet, b5e7a132-a7bd-11d1-84c2-00c04fc21759, 32A1E7B5BDA7D11184C200C04FC21759
        IID_IServerVirtualDeviceSet2, aecbd0d6-24c6-11d3-85b7-00c04fc21759, D6D0CBAEC624D31185B700C04FC21759
        CLSID_MSSQL_ClientVirtualDeviceSet, 40700425-0080-11d2-851f-00c04fc21759, 250470408000D211851F00C04FC21759
        CLSID_MSSQL_ServerVirtualDeviceSet, b5e7a132-a7bd-11d1-84c2-00c04fc21759, 32A1E7B5BDA7D11184C200C04FC21759
        CLSID_WINFS_ClientVirtualDeviceSet, 50b99b13-7b84-44d3-9c98-2652bf144d96, 139BB950847BD3449C982652BF144D96
        CLSID_WINFS_ServerVirtualDeviceSet, 92e6b26b-57da-47ed-8153-dff187a76dde, 6BB2E692DA57ED478153DFF187A76DDE
        CLSID_WIDVDI_ClientVirtualDeviceSet, a9a3fe12-61c7-496e-aabf-b83e3287ab82, 12FEA3A9C7616E49AABFB83E3287AB82
        CLSID_WIDVDI_ServerVirtualDeviceSet, a6f16b19-0040-4947-8d3f-52de129bb615, 196BF1A6400047498D3F52DE129BB615
        IID_IUnknown, 00000000-0000-0000-c000-000000000046, 0000000000000000C000000000000046
        """)
    void identifierHasTheBytesComReads(String name, String text, String bytes) throws ReflectiveOperationException {
        MemorySegment guid = (MemorySegment) Guids.class.getField(name).get(null);
        assertEquals(bytes, HexFormat.of().withUpperCase().formatHex(guid.toArray(JAVA_BYTE)));
        assertEquals(text, Guids.text(guid));
        assertTrue(guid.isNative() && guid.isReadOnly() && guid.scope().isAlive());
    }

    @Test
    void everyIdentifierIsInTheTableAbove() {
        long declared = Arrays.stream(Guids.class.getFields()).filter(f -> f.getType() == MemorySegment.class).count();
        assertEquals(IDENTIFIERS, declared);
    }

    @Test
    void textIsReadAtAnyAddress() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment odd = arena.allocate(17).asSlice(1);
            odd.copyFrom(Guids.IID_IServerVirtualDeviceSet2);
            assertEquals("aecbd0d6-24c6-11d3-85b7-00c04fc21759", Guids.text(odd));
        }
    }

    @Test
    void textOfAnotherFormIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Guids.of("{00000000-0000-0000-c000-000000000046}"));
        assertThrows(IllegalArgumentException.class, () -> Guids.of("0-0-0-c000-46"));
        assertThrows(IllegalArgumentException.class, () -> Guids.of(""));
    }

    @Test
    void memoryShorterThanAnIdentifierIsRefused() {
        assertThrows(IndexOutOfBoundsException.class, () -> Guids.text(MemorySegment.ofArray(new byte[15])));
    }
}
