package io.github.sqlvdi.internal.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WideStringsTest {
    private final Arena arena = Arena.ofAuto();

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "Sicherung \u00e4\u00f6\u00fc \u65e5\u672c\u8a9e \ud83d\ude00",
        "quote ' and \" and \\"})
    void textComesBackAsItWas(String text) {
        MemorySegment wide = WideStrings.allocate(arena, text);
        assertEquals(text, WideStrings.read(wide.address(), 100));
    }

    @Test
    void bytesAreUtf16LittleEndianWithNul() {
        MemorySegment wide = WideStrings.allocate(arena, "A\u20ac");
        assertArrayEquals(
                "A\u20ac\0".getBytes(StandardCharsets.UTF_16LE), wide.toArray(ValueLayout.JAVA_BYTE));
    }

    @Test
    void nullIsNullBothWays() {
        assertEquals(MemorySegment.NULL, WideStrings.allocate(arena, null));
        assertNull(WideStrings.read(0, 10));
    }

    @Test
    void textWithoutEndWithinTheLimitIsRefused() {
        MemorySegment wide = WideStrings.allocate(arena, "0123456789");
        assertEquals("0123456789", WideStrings.read(wide.address(), 10));
        assertThrows(IllegalArgumentException.class, () -> WideStrings.read(wide.address(), 9));
    }

    @Test
    void textWithNulIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> WideStrings.allocate(arena, "a\0b"));
    }
}
