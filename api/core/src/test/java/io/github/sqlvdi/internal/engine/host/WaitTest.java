package io.github.sqlvdi.internal.engine.host;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.github.sqlvdi.internal.engine.Hosts;
import io.github.sqlvdi.testing.MachineLag;
import io.github.sqlvdi.testing.Patience;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WaitTest {

    private static final VarHandle WORD = JAVA_INT.varHandle();
    private static final long LONG_TIME = 10 * Patience.LONG.toNanos();

    private final Host host = Hosts.current();
    private SharedRegion region;
    private SharedRegion again;

    @BeforeEach
    void create() throws IOException {
        region = host.createRegion(Keys.SET, 4096);
        again = host.openRegion(region.key(), 4096);
    }

    @AfterEach
    void close() {
        region.close();
        again.close();
    }

    @Test
    void waitReturnsAtOnceIfTheWordDiffers() {
        assertTimeoutPreemptively(Patience.LONG, () -> host.waitOn(region.memory().address(), 1, LONG_TIME));
    }

    @Test
    void waitWithoutTimeReturnsAtOnce() {
        assertTimeoutPreemptively(Patience.LONG, () -> {
            host.waitOn(region.memory().address(), 0, 0);
            host.waitOn(region.memory().address(), 0, Long.MIN_VALUE);
        });
    }

    @Test
    void waitEndsWhenTheTimeIsOver() {
        long nanos = TimeUnit.MILLISECONDS.toNanos(30);
        try (MachineLag lag = MachineLag.start()) {
            long start = System.nanoTime();
            while (System.nanoTime() - start < nanos) { // it may wake early
                host.waitOn(region.memory().address(), 0, nanos);
            }
            lag.assertWithin("a wait of 30 ms", Duration.ofMillis(500));
        }
    }

    @Test
    void wakeReachesAllWaitersThroughAnotherMapping() throws Exception {
        MemorySegment word = region.memory();
        CountDownLatch woken = new CountDownLatch(4);
        for (int i = 0; i < 4; i++) {
            Thread.ofPlatform().daemon().start(() -> {
                while ((int) WORD.getVolatile(word, 0L) == 0) {
                    host.waitOn(word.address(), 0, LONG_TIME);
                }
                woken.countDown();
            });
        }
        HostProbe.current().awaitSleepers(word.address(), 4);
        WORD.setVolatile(again.memory(), 0L, 1);
        host.wakeAll(again.memory().address());
        assertTrue(woken.await(Patience.SECONDS, TimeUnit.SECONDS));
    }

    @Test
    void waitOnUnmappedMemoryReturns() {
        long address = region.memory().address();
        region.close();
        assertTimeoutPreemptively(Patience.LONG, () -> {
            host.waitOn(address, 0, LONG_TIME);
            host.waitOn(0, 0, LONG_TIME);
            host.waitOn(again.memory().address() + 1, 0, LONG_TIME);
            host.wakeAll(address);
            host.wakeAll(0);
        });
    }

    @Test
    void waitingAndWakingAllocateNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long address = region.memory().address();
        long start = System.nanoTime();
        long allocated = Long.MAX_VALUE;
        while (allocated >= 2_000 && System.nanoTime() - start < Patience.LONG.toNanos()) { // until compiled
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 2_000; i++) {
                waitAndWake(address);
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertTrue(allocated < 2_000, allocated + " bytes in 2,000 rounds");
    }

    private void waitAndWake(long address) {
        host.waitOn(address, 0, 1);
        host.waitOn(address, 1, LONG_TIME);
        host.wakeAll(address);
    }
}
