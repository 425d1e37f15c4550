package io.github.sqlvdi.internal.com;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.sqlvdi.VdiConfig;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfigBlockTest {

    /** Every value another one, the last with the top bit, so that no two fields can be mistaken for each other. */
    private static final VdiConfig CONFIG = VdiConfig.builder().deviceCount(1).features(2).prefixZoneSize(3)
            .alignment(4).softFileMarkBlockSize(5).eomWarningSize(6).serverTimeOut(Duration.ofMillis(7)).blockSize(8)
            .maxIoDepth(9).maxTransferSize(10).bufferAreaSize(0x8000_000B).buildAnswer();

    @Test
    void blockHasElevenFieldsOfFourBytesInTheOrderOfTheReference() {
        assertEquals(44, ConfigBlock.BYTES);
        MemorySegment block = MemorySegment.ofArray(new int[11]);
        ConfigBlock.write(CONFIG, block);
        int[] expected = IntStream.rangeClosed(1, 11).toArray();
        expected[10] = 0x8000_000B;
        assertArrayEquals(expected, block.toArray(ValueLayout.JAVA_INT));
        assertEquals(CONFIG, ConfigBlock.read(block));
    }

    @Test
    void addressNeedsNoAlignmentAndNothingBesideTheBlockIsTouched() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(48).fill((byte) 0x55);
            ConfigBlock.write(CONFIG, memory.address() + 1);
            assertEquals(CONFIG, ConfigBlock.read(memory.address() + 1));
            assertEquals(0x55, memory.get(ValueLayout.JAVA_BYTE, 0));
            assertEquals(0x55, memory.get(ValueLayout.JAVA_BYTE, 45));
        }
    }

    @Test
    void segmentThatIsTooShortIsRefusedUntouched() {
        MemorySegment block = MemorySegment.ofArray(new byte[43]);
        assertThrows(IndexOutOfBoundsException.class, () -> ConfigBlock.write(CONFIG, block));
        assertThrows(IndexOutOfBoundsException.class, () -> ConfigBlock.read(block));
        assertArrayEquals(new byte[43], block.toArray(ValueLayout.JAVA_BYTE));
    }
}
