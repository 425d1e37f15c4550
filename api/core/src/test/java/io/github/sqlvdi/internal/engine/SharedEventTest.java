package io.github.sqlvdi.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.internal.engine.host.Host;
import io.github.sqlvdi.internal.engine.host.HostProbe;
import io.github.sqlvdi.internal.engine.host.SharedRegion;
import io.github.sqlvdi.testing.Patience;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedEventTest {
    private static final long LONG_TIME = 10 * Patience.LONG.toNanos();

    private final Host host = Hosts.current();
    private SharedRegion region;
    private SharedEvent event;

    @BeforeEach
    void create() throws IOException {
        region = host.createRegion(UUID.randomUUID(), 4_096);
        event = new SharedEvent(host, region.memory(), 0);
    }

    @AfterEach
    void close() {
        region.close();
    }

    @Test
    void sleepThatBeginsAfterTheSignalEndsAtOnceThoughAnotherThreadHasArmedTheEventAgain() {
        int first = event.arm();
        event.signal();
        int second = event.arm();
        assertNotEquals(first, second);
        assertTimeoutPreemptively(Patience.LONG, () -> event.sleep(first, LONG_TIME));
    }

    @Test
    void sleepThatBeginsAfterTheEndOfTheSetEndsAtOnce() {
        int armed = event.arm();
        event.signalAlways();
        event.arm();
        assertTimeoutPreemptively(Patience.LONG, () -> event.sleep(armed, LONG_TIME));
    }

    @Test
    void signalWakesEachSleeper() throws Exception {
        int armed = event.arm();
        assertEquals(armed, event.arm());
        CountDownLatch woken = sleepers(armed, 3);
        event.signal();
        assertTrue(woken.await(Patience.SECONDS, TimeUnit.SECONDS));
    }

    @Test
    void endOfTheSetWakesSleepersWhoseWordWasOverwritten() throws Exception {
        CountDownLatch woken = sleepers(event.arm(), 2);
        Atomics.setIntVolatile(region.memory(), 0, 0);
        event.signalAlways();
        assertTrue(woken.await(Patience.SECONDS, TimeUnit.SECONDS));
    }

    @Test
    void turnsStartAnewAfterTheLast() {
        Atomics.setIntVolatile(region.memory(), 0, Integer.MAX_VALUE);
        int armed = event.arm();
        event.signal();
        assertEquals(0, Atomics.getIntVolatile(region.memory(), 0));
        assertTimeoutPreemptively(Patience.LONG, () -> event.sleep(armed, LONG_TIME));
    }

    private CountDownLatch sleepers(int armed, int count) throws IOException {
        CountDownLatch woken = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            Thread.ofPlatform().daemon().start(() -> {
                event.sleep(armed, LONG_TIME);
                woken.countDown();
            });
        }
        HostProbe.current().awaitSleepers(region.memory().address(), count);
        return woken;
    }
}
