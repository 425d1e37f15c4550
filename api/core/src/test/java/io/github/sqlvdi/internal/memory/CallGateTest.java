package io.github.sqlvdi.internal.memory;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.testing.Patience;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CallGateTest {

    private final CallGate gate = new CallGate();

    @Test
    void shutGateLetsNobodyInAndCountsNobody() {
        gate.shut();
        assertFalse(gate.tryEnter());
        assertTrue(gate.isIdle());
    }

    @Test
    void awaitIdleEndsWhenTheLastCallerLeaves() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch out = new CountDownLatch(1);
        Thread caller = Thread.ofPlatform().start(() -> {
            gate.tryEnter();
            inside.countDown();
            try {
                out.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            } finally {
                gate.leave();
            }
        });
        inside.await();
        gate.shut();
        assertFalse(gate.awaitIdle(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20)), "caller is inside");
        out.countDown();
        assertTrue(gate.awaitIdle(System.nanoTime() + Patience.LONG.toNanos()));
        caller.join();
    }

    @Test
    void interruptDoesNotEndTheWaitAndIsKept() {
        gate.tryEnter();
        gate.shut();
        Thread.currentThread().interrupt();
        long begin = System.nanoTime();
        assertFalse(gate.awaitIdle(begin + TimeUnit.MILLISECONDS.toNanos(50)));
        assertTrue(System.nanoTime() - begin >= TimeUnit.MILLISECONDS.toNanos(50));
        assertTrue(Thread.interrupted());
    }

    @Test
    void openGateCannotBeAwaited() {
        assertThrows(IllegalStateException.class, () -> gate.awaitIdle(System.nanoTime()));
    }
}
