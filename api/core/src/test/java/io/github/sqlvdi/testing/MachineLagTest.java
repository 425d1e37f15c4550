package io.github.sqlvdi.testing;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MachineLagTest {

    private static final Duration BOUND = Duration.ofSeconds(1);

    @Test
    void limitIsNeverBelowTheBoundOfAnIdleMachine() throws InterruptedException {
        try (MachineLag lag = MachineLag.start()) {
            assertTrue(lag.limit(BOUND).compareTo(BOUND) >= 0);
            TimeUnit.MILLISECONDS.sleep(50); // some measurements
            assertTrue(lag.limit(BOUND).compareTo(BOUND) >= 0);
            assertTrue(lag.slowdown() >= 1);
        }
    }

    @Test
    void timeBeyondTheLimitFailsAndSaysWhatWasMeasured() throws InterruptedException {
        MachineLag lag = MachineLag.start();
        lag.close(); // a machine that falls behind between the wait and the check would raise the limit
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < 2 * lag.limit(Duration.ofMillis(1)).toNanos()) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        String message = assertThrows(AssertionError.class, () -> lag.checkWithin("waiting", Duration.ofMillis(1)))
                .getMessage();
        assertTrue(
                message.matches("waiting took [\\d,]+ ms; limit [\\d,]+ ms: 1 ms on an idle machine; here threads "
                        + "ran up to [\\d.]+ ms late and [\\d.]+ times slower"),
                message);
    }

    @Test
    void resetForgetsTheTimeBefore() throws InterruptedException {
        try (MachineLag lag = MachineLag.start()) {
            TimeUnit.MILLISECONDS.sleep(50);
            lag.reset();
            assertTrue(lag.checkWithin("nothing", Patience.LONG).compareTo(Patience.LONG) < 0);
        }
    }
}
