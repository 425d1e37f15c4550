package io.github.sqlvdi.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToLongFunction;

/**
 * The calls of {@link VtableCall} by turns in windows of a fraction of a millisecond of one thread. A busy neighbour on
 * the other thread of a core makes every call slower by half or more, for seconds. So a window counts only if a loop of
 * arithmetic ran at full speed before and after it.
 */
public final class CallWindows implements AutoCloseable {

    /** The call into a COM object made by the library. */
    public static final String UPCALL = "upcall";

    private static final long WINDOW_NANOS = 200_000;
    private static final int ARITHMETIC = 20_000;
    private static final double SLOWER = 1.05;

    private final VtableCall call = new VtableCall();
    private final List<Kind> kinds = new ArrayList<>();
    private final Random order = new Random(1);

    /** Results of the loops, in fields so that the JIT compiler keeps the loops. */
    private long arithmetic = 1;
    private long sink;

    /** A kind of call, and what its windows of one round gave. */
    private static final class Kind {
        final String name;
        final IntToLongFunction calls;
        final List<double[]> windows = new ArrayList<>(); // nanoseconds of a call, and of the slower probe
        int count = 1;

        Kind(String name, IntToLongFunction calls) {
            this.name = name;
            this.calls = calls;
        }
    }

    /**
     * What the windows of one kind of call gave in a round.
     *
     * @param nanos the median of the windows that count, in nanoseconds of a call; NaN if none counts
     * @param all the median of all windows
     * @param thrownAway the part of the windows that does not count, in percent
     */
    public record Round(double nanos, double all, double thrownAway) {
    }

    /**
     * Makes the devices.
     *
     * @param names the kinds of calls to measure, named as the methods of {@link VtableCall}; none for all
     * @throws IOException if the devices cannot be made
     */
    public CallWindows(String... names) throws IOException {
        try {
            call.open();
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IOException("the devices cannot be made: " + failure.getMessage(), failure);
        }
        List<String> wanted = List.of(names);
        for (Kind kind : all(call)) {
            if (wanted.isEmpty() || wanted.contains(kind.name)) {
                kinds.add(kind);
            }
        }
    }

    /** Each loop is a method of its own, so that the JIT compiler knows the call in it. */
    private static List<Kind> all(VtableCall call) {
        return List.of(new Kind("sqlvdi", count -> {
            long sum = 0;
            for (int i = 0; i < count; i++) {
                sum += call.sqlvdi();
            }
            return sum;
        }), new Kind("jni", count -> {
            long sum = 0;
            for (int i = 0; i < count; i++) {
                sum += call.jni();
            }
            return sum;
        }), new Kind("jextract", count -> {
            long sum = 0;
            for (int i = 0; i < count; i++) {
                sum += call.jextract();
            }
            return sum;
        }), new Kind("jnaDirect", count -> {
            long sum = 0;
            for (int i = 0; i < count; i++) {
                sum += call.jnaDirect();
            }
            return sum;
        }), new Kind(UPCALL, count -> {
            long sum = 0;
            for (int i = 0; i < count; i++) {
                sum += call.upcall();
            }
            return sum;
        }));
    }

    /**
     * Lets everything be compiled, and finds how many calls fill a window.
     *
     * @param millis how long
     */
    public void warm(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        do {
            for (Kind kind : kinds) {
                long begin = System.nanoTime();
                sink += kind.calls.applyAsLong(kind.count);
                long nanos = Math.max(1, System.nanoTime() - begin);
                kind.count = (int) Math.clamp(kind.count * WINDOW_NANOS / nanos, 1, 2L * kind.count);
                probe();
            }
        } while (System.nanoTime() < end);
    }

    /**
     * Measures a round on the calling thread.
     *
     * @param windows of each kind of call
     * @return by kind of call, what the round gave
     */
    public Map<String, Round> round(int windows) {
        for (int window = 0; window < windows; window++) {
            Collections.shuffle(kinds, order);
            for (Kind kind : kinds) {
                measure(kind);
            }
        }
        double fastest = kinds.stream().flatMap(kind -> kind.windows.stream()).mapToDouble(window -> window[1]).min()
                .orElseThrow();
        Map<String, Round> results = new LinkedHashMap<>();
        for (Kind kind : kinds) {
            double[] kept = kind.windows.stream().filter(window -> window[1] <= SLOWER * fastest)
                    .mapToDouble(window -> window[0]).toArray();
            double[] all = kind.windows.stream().mapToDouble(window -> window[0]).toArray();
            results.put(kind.name,
                    new Round(median(kept), median(all), 100.0 * (all.length - kept.length) / all.length));
            kind.windows.clear();
        }
        return results;
    }

    private void measure(Kind kind) {
        long before = probe();
        long begin = System.nanoTime();
        sink += kind.calls.applyAsLong(kind.count);
        long nanos = System.nanoTime() - begin;
        long after = probe();
        kind.windows.add(new double[]{(double) nanos / kind.count, Math.max(before, after)});
    }

    /** Multiplications that wait for each other: a neighbour on the core or a lower clock rate makes them slower. */
    private long probe() {
        long begin = System.nanoTime();
        long value = arithmetic;
        for (int i = 0; i < ARITHMETIC; i++) {
            value = value * 6_364_136_223_846_793_005L + (value >>> 33) + 1;
        }
        arithmetic = value;
        return System.nanoTime() - begin;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values.length == 0 ? Double.NaN : values[values.length / 2];
    }

    /** Releases the devices. */
    @Override
    public void close() {
        call.close();
    }
}
