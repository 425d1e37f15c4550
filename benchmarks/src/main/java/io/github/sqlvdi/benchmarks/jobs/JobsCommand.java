package io.github.sqlvdi.benchmarks.jobs;

import com.sun.management.OperatingSystemMXBean;
import io.github.sqlvdi.benchmarks.result.Machine;
import io.github.sqlvdi.benchmarks.result.Measurement;
import io.github.sqlvdi.benchmarks.result.ResultFile;
import io.github.sqlvdi.benchmarks.result.ResultTable;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code benchmarks.jar jobs}: measures how many small log backups a JVM runs in a second. */
@Command(name = "jobs", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Measures small log backups from an emulated server in this process: sets made, configured, used once and "
                + "closed in a second, and the CPU time of a job, both halves together. With --command-line also how long "
                + "the command line takes to start.")
public final class JobsCommand implements Callable<Integer> {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();
    /** The share of the JIT compiler in the CPU time of a round at which the JVM counts as warm. */
    private static final double WARM = 0.03;
    private static final int MOST_WARM_UPS = 5;
    private static final String JOBS = "small log backups";
    private static final double NANOS_A_SECOND = 1e9;
    private static final double NANOS_A_MILLISECOND = 1e6;

    @Spec
    private CommandSpec spec;

    @Option(names = "--together", split = ",", defaultValue = "1,100",
            description = "How many jobs run at a time (${DEFAULT-VALUE}).")
    private List<Integer> together;

    @Option(names = "--jobs", defaultValue = "400",
            description = "How many jobs each measurement has (${DEFAULT-VALUE}).")
    private int jobs;

    @Option(names = "--log", paramLabel = "KIB", defaultValue = "1024",
            description = "The log in each backup (${DEFAULT-VALUE}).")
    private int kibibytes;

    @Option(names = "--folder", paramLabel = "FOLDER",
            description = "Also measures backups into durable files in this folder, with manifests.")
    private Path folder;

    @Option(names = "--command-line", paramLabel = "JAR",
            description = "Also measures the start of sqlvdi.jar, with and without an archive of its classes (CDS), "
                    + "against a JVM alone, cat, and zstd if it is there.")
    private Path commandLine;

    @Option(names = "--rounds", defaultValue = "7",
            description = "How often everything is measured (${DEFAULT-VALUE}), after as many rounds that are not, and up to five "
                    + "times as many until the JIT compiler rests.")
    private int rounds;

    @Option(names = {"-o", "--output"}, defaultValue = "jobs.json",
            description = "The result file (${DEFAULT-VALUE}).")
    private Path output;

    private final Map<String, Measurement> measurements = new LinkedHashMap<>();
    private Path files;

    /** One job. */
    @FunctionalInterface
    private interface Job {
        void run(int number) throws IOException;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (jobs < 1 || rounds < 1 || together.stream().anyMatch(count -> count < 1)) {
            throw new ParameterException(spec.commandLine(),
                    "--jobs, --rounds and --together: expected numbers of at least 1");
        }
        Machine machine = Machine.here();
        Path work = Files.createTempDirectory("sqlvdi-jobs-");
        files = folder == null ? null : Files.createTempDirectory(folder, "sqlvdi-jobs-");
        try {
            ColdStart start = commandLine == null ? null : new ColdStart(commandLine, work);
            SmallJob job = new SmallJob((long) kibibytes << 10);
            warmUp(job);
            measurements.clear();
            for (int round = 0; round < rounds; round++) {
                measure(job);
                if (start != null) {
                    for (String program : start.names()) {
                        add("start of a process", program, Map.of(), "s", false, start.seconds(program));
                    }
                }
            }
        } finally {
            remove(work);
            if (files != null) {
                remove(files);
            }
        }
        ResultFile.of(machine, spec, measurements.values()).write(output);
        ResultTable.printWithTargets(measurements.values(), System.out);
        return 0;
    }

    /** Runs rounds until the JIT compiler rests: the work of its threads would count as that of the jobs. */
    private void warmUp(SmallJob job) throws IOException, InterruptedException {
        boolean warm = false;
        for (int round = 0; round < rounds || !warm && round < MOST_WARM_UPS * rounds; round++) {
            long cpu = SYSTEM.getProcessCpuTime();
            long compilation = COMPILER.getTotalCompilationTime();
            measure(job);
            double millis = (SYSTEM.getProcessCpuTime() - cpu) / NANOS_A_MILLISECOND;
            warm = COMPILER.getTotalCompilationTime() - compilation < WARM * millis;
        }
    }

    private void measure(SmallJob job) throws IOException, InterruptedException {
        for (int count : together) {
            measure("to nowhere", count, number -> job.toNowhere());
            if (files != null) {
                measure("to files", count, number -> job.toFile(files.resolve(number + ".trn")));
                clear(files);
            }
        }
    }

    /** Runs the jobs, so many at a time, each on one of as many threads. */
    private void measure(String name, int count, Job job) throws IOException, InterruptedException {
        double[] millis = new double[jobs];
        long cpu;
        long time;
        try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
            cpu = SYSTEM.getProcessCpuTime();
            time = System.nanoTime();
            List<Future<Void>> running = new ArrayList<>();
            for (int number = 0; number < jobs; number++) {
                int which = number;
                running.add(threads.submit(() -> {
                    long begin = System.nanoTime();
                    job.run(which);
                    millis[which] = (System.nanoTime() - begin) / NANOS_A_MILLISECOND;
                    return null;
                }));
            }
            for (Future<Void> each : running) {
                await(each, threads);
            }
            time = System.nanoTime() - time;
            cpu = SYSTEM.getProcessCpuTime() - cpu;
        }
        Map<String, String> parameters = Map.of("together", String.valueOf(count));
        add(JOBS, name, parameters, "jobs/s", true, jobs / (time / NANOS_A_SECOND));
        add(JOBS, name + ", CPU time of a job", parameters, "ms", false, cpu / NANOS_A_MILLISECOND / jobs);
        Arrays.sort(millis);
        add(JOBS, name + ", median time of a job", parameters, "ms", false, millis[jobs / 2]);
    }

    private static void await(Future<Void> job, ExecutorService threads) throws IOException, InterruptedException {
        try {
            job.get();
        } catch (ExecutionException failure) {
            threads.shutdownNow();
            throw new IOException(failure.getCause().getMessage(), failure.getCause());
        }
    }

    private void add(String suite, String name, Map<String, String> parameters, String unit, boolean higherIsBetter,
            double value) {
        Measurement empty = new Measurement(suite, name, parameters, unit, higherIsBetter, new ArrayList<>());
        measurements.computeIfAbsent(empty.key(), key -> empty).values().add(value);
    }

    private static void clear(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path file : entries.toList()) {
                Files.delete(file);
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> entries = Files.walk(folder)) {
            for (Path file : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
