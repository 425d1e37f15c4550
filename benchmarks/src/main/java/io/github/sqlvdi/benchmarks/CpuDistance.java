package io.github.sqlvdi.benchmarks;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The distance of two CPUs: the round trip of a word between two threads that spin, one on each CPU. On a virtual
 * machine the distance can change at any time, from within one cache to between two, and it changes every other figure
 * more than anything else does. So each measurement is taken between two probes and records what they found.
 */
public final class CpuDistance {

    private static final int ROUNDS = 20_000;
    private static final int LONGS_APART = 32;
    private static final int SPINS_BEFORE_YIELD = 10_000;

    private CpuDistance() {
    }

    /**
     * {@return the nanoseconds of a round trip, the smallest mean of five short runs, so that other work on the CPUs
     * does not count}
     *
     * @throws InterruptedException if the thread is interrupted
     */
    public static double probe() throws InterruptedException {
        double smallest = Double.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            smallest = Math.min(smallest, run());
        }
        return smallest;
    }

    private static double run() throws InterruptedException {
        AtomicLongArray words = new AtomicLongArray(3 * LONGS_APART);
        CompletableFuture<Double> asker = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            Placement.APART.take(1);
            for (long i = 1; i <= ROUNDS; i++) {
                await(words, LONGS_APART, i);
                words.setRelease(2 * LONGS_APART, i);
            }
        });
        Thread.ofPlatform().daemon().start(() -> {
            Placement.APART.take(0);
            long begin = 0;
            for (long i = 1; i <= ROUNDS; i++) {
                if (i == ROUNDS / 2) {
                    begin = System.nanoTime();
                }
                words.setRelease(LONGS_APART, i);
                await(words, 2 * LONGS_APART, i);
            }
            asker.complete((System.nanoTime() - begin) / (ROUNDS / 2.0));
        });
        try {
            return asker.get(1, TimeUnit.MINUTES);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the probe of the CPUs' distance did not end", e);
        }
    }

    private static void await(AtomicLongArray words, int index, long value) {
        for (int spins = 0; words.getAcquire(index) != value; spins++) {
            if (spins % SPINS_BEFORE_YIELD == SPINS_BEFORE_YIELD - 1) {
                Thread.yield();
            } else {
                Thread.onSpinWait();
            }
        }
    }
}
