package io.github.sqlvdi.benchmarks.ipc;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BiConsumer;

/**
 * Measures bytes in a time. Each consuming thread counts in its own slot. A thread of the meter reads the counts at the
 * beginning and the end of the measured time, so that counting costs one store and no reading of a clock.
 */
final class Meter {

    private static final int SLOT_LONGS = 16; // two cache lines: no false sharing
    private static final long FIRST_BYTE_SECONDS = 30;
    private static final long LOOK_MILLIS = 10; // rarely, because it takes time from a CPU that copies

    private final AtomicLongArray counts;
    private final int slots;
    private final CountDownLatch firstByte = new CountDownLatch(1);
    private volatile boolean over;

    Meter(int slots) {
        this.slots = slots;
        this.counts = new AtomicLongArray((slots + 1) * SLOT_LONGS);
    }

    /** Starts a thread that measures from the first byte on and passes bytes and nanoseconds to {@code result}. */
    void start(TransferPlan plan, BiConsumer<Long, Long> result) {
        Thread.ofPlatform().daemon().name("meter").start(() -> {
            try {
                if (!firstByte.await(FIRST_BYTE_SECONDS, TimeUnit.SECONDS)) {
                    over = true;
                    return; // no result: the parent process reports that
                }
                warm(plan);
                long bytes = sum();
                long time = System.nanoTime();
                TimeUnit.MILLISECONDS.sleep(plan.measureMillis());
                bytes = sum() - bytes;
                time = System.nanoTime() - time;
                result.accept(bytes, time);
                over = true; // after the result, because the process ends when the consumer sees this
            } catch (InterruptedException e) {
                over = true;
            }
        });
    }

    private void warm(TransferPlan plan) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(plan.longestWarmMillis());
        TimeUnit.MILLISECONDS.sleep(plan.warmMillis());
        while (sum() < plan.warmBytes() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    /** Counts bytes copied out. Each slot belongs to one thread. */
    void count(int slot, long bytes) {
        int index = (slot + 1) * SLOT_LONGS;
        long before = counts.getPlain(index);
        counts.setOpaque(index, before + bytes);
        if (before == 0) {
            firstByte.countDown();
        }
    }

    /** {@return whether the measurement is over} */
    boolean isOver() {
        return over;
    }

    private long sum() {
        long sum = 0;
        for (int slot = 0; slot < slots; slot++) {
            sum += counts.getOpaque((slot + 1) * SLOT_LONGS);
        }
        return sum;
    }
}
