package io.github.sqlvdi.internal.engine.host;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.internal.engine.Hosts;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegionTest {

    private static final long BYTES = 100_001;

    @RegisterExtension
    final NothingRemains clean = new NothingRemains();

    private final Host host = Hosts.current();

    @Test
    void newRegionIsZeroedAndExactlyAsLongAsAsked() throws IOException {
        try (SharedRegion region = host.createRegion(Keys.SET, BYTES)) {
            assertEquals(BYTES, region.memory().byteSize());
            assertEquals(-1, region.memory().mismatch(MemorySegment.ofArray(new byte[(int) BYTES])));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 4096, 65_535, 65_536, 65_537, 10_000_000})
    void everyMappingIsAlignedTo64KiB(long bytes) throws IOException {
        try (SharedRegion first = host.createRegion(Keys.SET, bytes);
                SharedRegion second = host.openRegion(first.key(), bytes)) {
            assertEquals(0, first.memory().address() % 65_536);
            assertEquals(0, second.memory().address() % 65_536);
            assertEquals(second.memory().address(), second.address());
        }
    }

    @Test
    void openingMapsTheSamePagesAtAnotherAddress() throws IOException {
        try (SharedRegion first = host.createRegion(Keys.SET, BYTES);
                SharedRegion second = host.openRegion(first.key(), BYTES)) {
            assertNotEquals(first.memory().address(), second.memory().address());
            first.memory().set(JAVA_INT, 4096, 4711);
            assertEquals(4711, second.memory().get(JAVA_INT, 4096));
        }
    }

    @Test
    void mappingOutlivesTheCreatorsOwn() throws IOException {
        SharedRegion first = host.createRegion(Keys.SET, BYTES);
        try (SharedRegion second = host.openRegion(first.key(), BYTES)) {
            first.memory().set(JAVA_INT, 0, 4711);
            first.close();
            assertEquals(4711, second.memory().get(JAVA_INT, 0));
        }
    }

    @Test
    void accessAfterCloseThrows() throws IOException {
        SharedRegion region = host.createRegion(Keys.SET, BYTES);
        MemorySegment memory = region.memory();
        region.close();
        region.close();
        assertThrows(IllegalStateException.class, () -> memory.get(JAVA_INT, 0));
    }

    @Test
    void memoryThatIsFirstAskedForAfterCloseIsClosed() throws IOException {
        SharedRegion region = host.createRegion(Keys.SET, BYTES);
        region.close();
        assertEquals(BYTES, region.byteSize());
        MemorySegment memory = region.memory();
        assertThrows(IllegalStateException.class, () -> memory.get(JAVA_INT, 0));
    }

    @Test
    void closedRegionCannotBeOpened() throws IOException {
        SharedRegion region = host.createRegion(Keys.SET, BYTES);
        region.close();
        IOException e = assertThrows(IOException.class, () -> host.openRegion(region.key(), BYTES));
        assertTrue(e.getMessage().contains("closed it"), e.getMessage());
    }

    @Test
    void otherSizeIsRefused() throws IOException {
        try (SharedRegion region = host.createRegion(Keys.SET, BYTES)) {
            IOException e = assertThrows(IOException.class, () -> host.openRegion(region.key(), 10 * BYTES));
            assertTrue(e.getMessage().contains("131072") && e.getMessage().contains("1048576"), e.getMessage());
        }
    }

    @Test
    void forgedKeysAreRefused() {
        long self = ProcessHandle.current().pid();
        for (RegionKey key : new RegionKey[]{Keys.of(0, 3), Keys.of(-1, 3), Keys.of(self, -1),
            Keys.of(self, 1L << 40), Keys.of(Long.MAX_VALUE, Long.MIN_VALUE), Keys.of(self, 999_999),
            Keys.of(self, 0), Keys.of(1, 1)}) {
            assertThrows(IOException.class, () -> host.openRegion(key, BYTES), key.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, (1L << 46) + 1, Long.MAX_VALUE, Long.MIN_VALUE})
    void impossibleSizesAreRefused(long bytes) {
        assertThrows(IllegalArgumentException.class, () -> host.createRegion(Keys.SET, bytes));
        assertThrows(IllegalArgumentException.class, () -> host.openRegion(Keys.of(1, 1), bytes));
    }
}
