package io.github.sqlvdi.emulator.internal.statements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.testing.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CancellationTest {

    /** A device thread that wakes first takes its end for a failure and closes its device, which looks orderly. */
    @Test
    void actionRunsBeforePausingThreadsWake() throws Exception {
        Cancellation cancellation = new Cancellation();
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch pausing = new CountDownLatch(1);
        Thread device = Thread.ofPlatform().daemon().start(() -> {
            pausing.countDown();
            assertThrows(Cancellation.CancelledException.class, () -> cancellation.pause(Long.MAX_VALUE));
            order.add("device");
        });
        pausing.await();
        cancellation.during(() -> {
            try {
                assertFalse(device.join(Duration.ofMillis(200)), "the device thread woke first");
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            order.add("action");
        });
        cancellation.cancel();
        assertTrue(device.join(Patience.LONG));
        assertEquals(List.of("action", "device"), order);
    }

    @Test
    void pauseOfACancelledRequestEndsAtOnce() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        assertThrows(Cancellation.CancelledException.class, () -> cancellation.pause(Long.MAX_VALUE));
        assertThrows(Cancellation.CancelledException.class, cancellation::check);
    }

    @Test
    void lateActionRunsAtOnce() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        List<String> order = new ArrayList<>();
        cancellation.during(() -> order.add("action"));
        assertEquals(List.of("action"), order);
    }
}
