package io.github.sqlvdi.internal.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class RevocableMemoryTest {

    private static final MemorySegment NATIVE = Arena.global().allocate(64);

    private final RevocableMemory memory = new RevocableMemory();

    @Test
    void viewShowsExactlyTheBytesAtTheAddress() {
        NATIVE.set(ValueLayout.JAVA_BYTE, 5, (byte) 42);
        MemorySegment view = memory.view(NATIVE.address() + 4, 8);
        assertEquals(8, view.byteSize());
        assertEquals(42, view.get(ValueLayout.JAVA_BYTE, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> view.get(ValueLayout.JAVA_BYTE, 8));
    }

    @Test
    void everyViewDiesWithTheMemory() {
        MemorySegment view = memory.view(NATIVE.address(), 64);
        assertTrue(memory.revoke(System.nanoTime()));
        assertThrows(IllegalStateException.class, () -> view.get(ValueLayout.JAVA_BYTE, 0));
        assertThrows(IllegalStateException.class, () -> memory.view(NATIVE.address(), 64));
        assertTrue(memory.revoke(System.nanoTime()), "again");
    }

    @Test
    void memoryUnderIoStaysUntilTheIoHasEnded() throws Exception {
        MemorySegment big = Arena.global().allocate(HeldData.BYTES);
        try (HeldData held = HeldData.hold(memory.view(big.address(), big.byteSize()).asByteBuffer())) {
            assertFalse(memory.revoke(System.nanoTime()));
            held.letGo();
            assertTrue(memory.revoke(SetLifetime.deadline()));
        }
    }
}
