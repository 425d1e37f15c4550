package io.github.sqlvdi.benchmarks;

import io.github.sqlvdi.benchmarks.baseline.NativeFiles;
import io.github.sqlvdi.benchmarks.result.Machine;
import io.github.sqlvdi.benchmarks.result.Measurement;
import io.github.sqlvdi.benchmarks.result.ResultFile;
import io.github.sqlvdi.benchmarks.result.ResultTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToLongFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code benchmarks.jar calls}: measures calls of a few nanoseconds. A busy neighbour on the other thread of a core makes
 * every call slower by half or more, for seconds. So the kinds of calls take turns in windows of a fraction of a
 * millisecond, and a window counts only if a loop of arithmetic ran at full speed before and after it.
 */
@Command(name = "calls", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Measures single calls through a vtable by turns in short windows of one thread, and counts the windows in "
                + "which the core was free of neighbours.")
final class CallsCommand implements Callable<Integer> {

    private static final long WINDOW_NANOS = 200_000;
    private static final int ARITHMETIC = 20_000;
    private static final double SLOWER = 1.05;
    private static final String SUITE = "calls in windows";

    @Spec
    private CommandSpec spec;

    @Option(names = "--rounds", defaultValue = "7",
            description = "How often everything is measured (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--windows", defaultValue = "1000",
            description = "Windows of each kind of call in a round (${DEFAULT-VALUE}).")
    private int windows;

    @Option(names = "--warm", defaultValue = "3000",
            description = "Milliseconds before the first round (${DEFAULT-VALUE}).")
    private long warmMillis;

    @Option(names = {"-o", "--output"}, defaultValue = "calls.json",
            description = "The result file (${DEFAULT-VALUE}).")
    private Path output;

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

    @Override
    public Integer call() throws Exception {
        if (!NativeFiles.exist()) {
            throw new UnsupportedOperationException(
                    "this jar was built without a C compiler: it has no calls to measure");
        }
        Placement.APART.take(0);
        Map<String, Measurement> measurements = new LinkedHashMap<>();
        VtableCall call = new VtableCall();
        try {
            call.open();
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IOException("the devices cannot be made: " + failure.getMessage(), failure);
        }
        try {
            List<Kind> kinds = kinds(call);
            warm(kinds);
            Random order = new Random(1);
            for (int round = 0; round < rounds; round++) {
                for (int window = 0; window < windows; window++) {
                    Collections.shuffle(kinds, order);
                    for (Kind kind : kinds) {
                        measure(kind);
                    }
                }
                evaluate(kinds, measurements);
            }
        } finally {
            call.close();
        }
        List<Measurement> sorted = measurements.values().stream()
                .sorted(Comparator.comparing(Measurement::unit).reversed().thenComparing(Measurement::name))
                .toList();
        String command = "java -jar benchmarks.jar "
                + String.join(" ", spec.commandLine().getParseResult().originalArgs());
        new ResultFile(Machine.here(), command, sorted).write(output);
        ResultTable.print(sorted, System.out);
        return 0;
    }

    /** Each loop is a method of its own, so that the JIT compiler knows the call in it. */
    private static List<Kind> kinds(VtableCall call) {
        return new ArrayList<>(List.of(
                new Kind("sqlvdi", count -> {
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
                }), new Kind("upcall", count -> {
                    long sum = 0;
                    for (int i = 0; i < count; i++) {
                        sum += call.upcall();
                    }
                    return sum;
                })));
    }

    /** Lets everything be compiled, and finds how many calls fill a window. */
    private void warm(List<Kind> kinds) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(warmMillis);
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

    private static void evaluate(List<Kind> kinds, Map<String, Measurement> measurements) {
        double fastest = kinds.stream().flatMap(kind -> kind.windows.stream()).mapToDouble(window -> window[1]).min()
                .orElseThrow();
        for (Kind kind : kinds) {
            double[] kept = kind.windows.stream().filter(window -> window[1] <= SLOWER * fastest)
                    .mapToDouble(window -> window[0]).sorted().toArray();
            if (kept.length > 0) {
                add(measurements, kind.name, Map.of(), "ns/op", kept[kept.length / 2]);
            }
            add(measurements, kind.name, Map.of("metric", "windows thrown away"), "%",
                    100.0 * (kind.windows.size() - kept.length) / kind.windows.size());
            double[] all = kind.windows.stream().mapToDouble(window -> window[0]).toArray();
            Arrays.sort(all);
            add(measurements, kind.name, Map.of("metric", "with all windows"), "ns/op", all[all.length / 2]);
            kind.windows.clear();
        }
    }

    private static void add(Map<String, Measurement> measurements, String name, Map<String, String> parameters,
            String unit, double value) {
        Measurement empty = new Measurement(SUITE, name, parameters, unit, false, new ArrayList<>());
        measurements.computeIfAbsent(empty.key(), key -> empty).values().add(value);
    }
}
