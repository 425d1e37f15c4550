package io.github.sqlvdi.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The buffers that a plan asks for, and the smaller ones that follow. */
class BuffersTest {

    private static final int MIB = 1 << 20;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16, 17, 64})
    void eachDeviceHasTwoMebibytesOrMoreAndAllTogetherAFewAtMost(int devices) {
        Buffers buffers = Buffers.of(devices, OptionalInt.empty(), OptionalInt.empty());
        long bytes = (long) buffers.transferSize() * buffers.count();
        assertTrue(bytes >= 2L * MIB * devices && bytes <= 128L * MIB, buffers::toString);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 16, 64})
    void everyWishIsLegalAndSmallerThanTheOneBeforeAndTheLastIsTheServers(int devices) {
        for (int size = 65_536; size <= 4 * MIB; size += 65_536) {
            Buffers buffers = Buffers.of(devices, OptionalInt.of(size), OptionalInt.of(devices * 5));
            int wishes = 0;
            for (Optional<Buffers> next; (next = buffers.smaller(devices)).isPresent(); buffers = next.get()) {
                wishes++;
                Buffers smaller = next.get();
                assertTrue((long) smaller.transferSize() * smaller.count() < (long) buffers.transferSize()
                        * buffers.count(), () -> smaller.toString());
                assertTrue(smaller.options().isEmpty()
                        || smaller.transferSize() % 65_536 == 0 && smaller.transferSize() > 0
                                && smaller.count() >= devices,
                        smaller::toString);
            }
            assertEquals(List.of(), buffers.options());
            assertTrue(wishes <= 10, "a server that has no memory is not asked for ever: " + wishes);
        }
    }

    @Test
    void givenValuesAreKept() {
        assertEquals(List.of("MAXTRANSFERSIZE = 4194304", "BUFFERCOUNT = 7"),
                Buffers.of(3, OptionalInt.of(4 * MIB), OptionalInt.of(7)).options());
    }
}
