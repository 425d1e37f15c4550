package io.github.sqlvdi.benchmarks;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.benchmarks.result.Machine;
import io.github.sqlvdi.benchmarks.result.Measurement;
import io.github.sqlvdi.benchmarks.result.ResultFile;
import io.github.sqlvdi.benchmarks.result.ResultTable;
import io.github.sqlvdi.client.VirtualDeviceSet;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code benchmarks.jar sets}: measures what a set costs while many are open in one process. */
@Command(name = "sets", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Measures CPU, descriptors, threads and memory of one set while many are open in this process: of the "
                + "client half alone, and of both halves with one device and one command. Linux only.")
final class SetsCommand implements Callable<Integer> {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int SIZE = 65_536;
    private static final double NANOS_A_MICROSECOND = 1_000;
    private static final int KIB = 1_024;

    @Spec
    private CommandSpec spec;

    @Option(names = "--sets", defaultValue = "500",
            description = "How many sets are open at a time (${DEFAULT-VALUE}).")
    private int sets;

    @Option(names = "--rounds", defaultValue = "7",
            description = "How often everything is measured, after as many rounds that are not (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = {"-o", "--output"}, defaultValue = "sets.json",
            description = "The result file (${DEFAULT-VALUE}).")
    private Path output;

    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    /** The resources of this process. */
    private record Held(long descriptors, long threads, long residentKib, long heapBytes) {

        static Held now() throws IOException {
            System.gc(); // command blocks go with the collector
            Runtime runtime = Runtime.getRuntime();
            return new Held(count("fd"), count("task"), resident(), runtime.totalMemory() - runtime.freeMemory());
        }

        private static long count(String folder) throws IOException {
            try (Stream<Path> entries = Files.list(Path.of("/proc/self", folder))) {
                return entries.count();
            }
        }

        private static long resident() throws IOException {
            try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
                return lines.filter(line -> line.startsWith("VmRSS:")).findFirst()
                        .map(line -> Long.parseLong(line.replaceAll("\\D", ""))).orElseThrow();
            }
        }
    }

    @Override
    public Integer call() throws IOException {
        if (!Files.exists(Path.of("/proc/self/fd"))) {
            throw new UnsupportedOperationException("needs /proc/self, which only Linux has");
        }
        for (int round = 0; round < 2 * rounds; round++) {
            if (round == rounds) {
                values.clear(); // the first half was the warm-up
            }
            measureClients();
            measureWholeSets();
        }
        List<Measurement> measurements = new ArrayList<>();
        values.forEach((name, all) -> measurements.add(new Measurement("one set of many", name.split(" \\| ")[0],
                Map.of("open", Integer.toString(sets)), name.split(" \\| ")[1], false, all)));
        ResultFile.of(Machine.here(), spec, measurements).write(output);
        ResultTable.printWithTargets(measurements, System.out);
        return 0;
    }

    private void measureClients() throws IOException {
        List<VirtualDeviceSet> open = new ArrayList<>();
        List<String> names = Stream.generate(() -> "sets-" + UUID.randomUUID()).limit(sets).toList();
        Held before = Held.now();
        long time = System.nanoTime();
        long cpu = THREADS.getCurrentThreadCpuTime();
        for (String name : names) {
            open.add(VirtualDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).create());
        }
        add("CreateEx, CPU of the thread | us", (THREADS.getCurrentThreadCpuTime() - cpu) / NANOS_A_MICROSECOND);
        add("CreateEx, time | us", (System.nanoTime() - time) / NANOS_A_MICROSECOND);
        hold("client half", before);
        time = System.nanoTime();
        open.forEach(VirtualDeviceSet::close);
        add("Close of a set without server, time | us", (System.nanoTime() - time) / NANOS_A_MICROSECOND);
    }

    private void measureWholeSets() throws IOException {
        List<EndlessSet> open = new ArrayList<>();
        Held before = Held.now();
        long time = System.nanoTime();
        for (int i = 0; i < sets; i++) {
            open.add(
                    new EndlessSet(VdiProvider.EMBEDDED, 1, 1, CommandCode.WRITE, SIZE, Placement.FREE, sent -> false));
        }
        add("both halves, opening, time | us", (System.nanoTime() - time) / NANOS_A_MICROSECOND);
        hold("both halves", before);
        time = System.nanoTime();
        open.forEach(EndlessSet::close);
        add("both halves, closing, time | us", (System.nanoTime() - time) / NANOS_A_MICROSECOND);
    }

    private void hold(String what, Held before) throws IOException {
        Held now = Held.now();
        add(what + ", descriptors | 1", now.descriptors - before.descriptors);
        add(what + ", threads | 1", now.threads - before.threads);
        add(what + ", heap | KiB", (double) (now.heapBytes - before.heapBytes) / KIB);
        add(what + ", resident memory | KiB", now.residentKib - before.residentKib);
    }

    /** Adds the value of one set, given that of all. */
    private void add(String name, double all) {
        values.computeIfAbsent(name, key -> new ArrayList<>()).add(all / sets);
    }
}
