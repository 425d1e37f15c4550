package io.github.sqlvdi.internal.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class TimeoutsTest {

    @Test
    void zeroPollsAndNegativeIsRefused() {
        assertEquals(0, Timeouts.toDword(Duration.ZERO));
        assertEquals("timeout is PT-0.000000001S: expected zero or a positive time",
                assertThrows(IllegalArgumentException.class, () -> Timeouts.toDword(Duration.ofNanos(-1)))
                        .getMessage());
    }

    @Test
    void partOfAMillisecondIsRoundedUp() {
        assertEquals(1, Timeouts.toDword(Duration.ofNanos(1)));
        assertEquals(1, Timeouts.toDword(Duration.ofMillis(1)));
        assertEquals(2, Timeouts.toDword(Duration.ofNanos(1_000_001)));
        assertEquals(2000, Timeouts.toDword(Duration.ofNanos(1_999_999_999)));
    }

    @Test
    void longWaitsAreCutBelowTheSignBit() {
        assertEquals(Integer.MAX_VALUE, Timeouts.toDword(Duration.ofMillis(Integer.MAX_VALUE)));
        assertEquals(Integer.MAX_VALUE, Timeouts.toDword(Duration.ofMillis(0xFFFF_FFFFL)));
        assertEquals(Integer.MAX_VALUE, Timeouts.toDword(ChronoUnit.FOREVER.getDuration()));
    }

    @Test
    void missingTimeoutIsNamed() {
        assertEquals("timeout",
                assertThrows(NullPointerException.class, () -> Timeouts.toDword(null)).getMessage());
    }
}
