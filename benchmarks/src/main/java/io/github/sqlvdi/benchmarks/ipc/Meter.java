package io.github.sqlvdi.benchmarks.ipc;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BiConsumer;

/**
 * Bytes in a time: consuming threads count, each in a slot of its own, and a thread of the meter looks at the counts at the
 * beginning and the end of the measured time, so that counting costs a store and no look at a clock.
 */
final class Meter {

    private static final int SLOT_LONGS = 16; // two cache lines: no false sharing
    private static final long FIRST_BYTE_SECONDS = 30;
    private static final long LOOK_MILLIS = 10; // rarely: it takes time of a CPU that copies

    private final AtomicLongArray counts;
    private final int slots;
    private final CountDownLatch firstByte = new CountDownLatch(1);
    private volatile boolean over;

    Meter(int slots) {
        this.slots = slots;
        this.counts = new AtomicLongArray((slots + 1) * SLOT_LONGS);
    }

    /** Measures on a thread of its own from the first byte on and tells bytes and nanoseconds. */
    void start(TransferPlan plan, BiConsumer<Long, Long> result) {
        Thread.ofPlatform().daemon().name("meter").start(() -> {
            try {
                if (!firstByte.await(FIRST_BYTE_SECONDS, TimeUnit.SECONDS)) {
                    over = true;
                    return; // no result: the one who waits for it says so
                }
                warm(plan);
                long bytes = sum();
                long time = System.nanoTime();
                TimeUnit.MILLISECONDS.sleep(plan.measureMillis());
                bytes = sum() - bytes;
                time = System.nanoTime() - time;
                result.accept(bytes, time);
                over = true; // after the result: the process ends when its consumer does
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

    /** Counts bytes copied out; one thread a slot. */
    void count(int slot, long bytes) {
        int index = (slot + 1) * SLOT_LONGS;
        long before = counts.getPlain(index);
        counts.setOpaque(index, before + bytes);
        if (before == 0) {
            firstByte.countDown();
        }
    }

    /** Whether enough was measured. */
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
