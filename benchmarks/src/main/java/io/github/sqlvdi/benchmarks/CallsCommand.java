package io.github.sqlvdi.benchmarks;

import io.github.sqlvdi.benchmarks.baseline.NativeFiles;
import io.github.sqlvdi.benchmarks.result.Machine;
import io.github.sqlvdi.benchmarks.result.Measurement;
import io.github.sqlvdi.benchmarks.result.ResultFile;
import io.github.sqlvdi.benchmarks.result.ResultTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code benchmarks.jar calls}: measures calls of a few nanoseconds in {@link CallWindows}. */
@Command(name = "calls", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Measures single calls through a vtable by turns in short windows of one thread, and counts the windows in "
                + "which the core was free of neighbours.")
final class CallsCommand implements Callable<Integer> {

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

    @Override
    public Integer call() throws Exception {
        if (!NativeFiles.exist()) {
            throw new UnsupportedOperationException(
                    "this jar was built without a C compiler: it has no calls to measure");
        }
        Placement.APART.take(0);
        Map<String, Measurement> measurements = new LinkedHashMap<>();
        try (CallWindows calls = new CallWindows()) {
            calls.warm(warmMillis);
            for (int round = 0; round < rounds; round++) {
                calls.round(windows).forEach((name, result) -> {
                    if (!Double.isNaN(result.nanos())) {
                        add(measurements, name, Map.of(), "ns/op", result.nanos());
                    }
                    add(measurements, name, Map.of("metric", "windows thrown away"), "%", result.thrownAway());
                    add(measurements, name, Map.of("metric", "with all windows"), "ns/op", result.all());
                });
            }
        }
        List<Measurement> sorted = measurements.values().stream()
                .sorted(Comparator.comparing(Measurement::unit).reversed().thenComparing(Measurement::name))
                .toList();
        ResultFile.of(Machine.here(), spec, sorted).write(output);
        ResultTable.printWithTargets(sorted, System.out);
        return 0;
    }

    private static void add(Map<String, Measurement> measurements, String name, Map<String, String> parameters,
            String unit, double value) {
        Measurement empty = new Measurement(SUITE, name, parameters, unit, false, new ArrayList<>());
        measurements.computeIfAbsent(empty.key(), key -> empty).values().add(value);
    }
}
