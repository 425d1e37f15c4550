package io.github.sqlvdi.storage.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartSizesTest {

    private static final int PART = 8 << 20;
    private static final long TIB = 1L << 40;

    private static long capacity(PartSizes sizes) {
        long bytes = 0;
        for (int number = 1; number <= PartSizes.MOST_PARTS; number++) {
            assertTrue(sizes.size(number) % S3Settings.MIB == 0 && sizes.size(number) <= 5L << 30);
            bytes += sizes.size(number);
        }
        return bytes;
    }

    @Test
    void partsOfUnknownSizeHoldTheGreatestObject() {
        PartSizes sizes = PartSizes.of(PART, OptionalLong.empty());
        assertEquals(PART, sizes.size(1));
        assertTrue(capacity(sizes) >= 5 * TIB);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 8L << 30, 100L << 30, TIB, 5 * TIB})
    void partsHoldMoreThanTheExpectedSize(long expected) {
        PartSizes sizes = PartSizes.of(PART, OptionalLong.of(expected));
        assertTrue(sizes.first() * 9_000 >= expected);
        assertTrue(capacity(sizes) >= expected / 2 * 3);
    }
}
