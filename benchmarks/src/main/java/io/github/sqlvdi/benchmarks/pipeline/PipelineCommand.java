package io.github.sqlvdi.benchmarks.pipeline;

import com.sun.management.ThreadMXBean;
import io.github.sqlvdi.benchmarks.result.Machine;
import io.github.sqlvdi.benchmarks.result.Measurement;
import io.github.sqlvdi.benchmarks.result.ResultFile;
import io.github.sqlvdi.benchmarks.result.ResultTable;
import io.github.sqlvdi.codec.Codec;
import io.github.sqlvdi.storage.Age;
import io.github.sqlvdi.storage.Gzip;
import io.github.sqlvdi.storage.Zstd;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code benchmarks.jar pipeline}: measures backups through codecs against programs that do the same to a file. */
@Command(name = "pipeline", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Measures backups of one and four devices through zstd, gzip and age to nowhere, against zstd -T2, and "
                + "against zstd and age behind cat, interleaved in rounds. MiB/s count the bytes before the codecs. All begin with "
                + "the same file: a program reads it, and on the other side the emulated server reads it into the VDI buffers, "
                + "on the same processors. A program that is not here is left out, and that is said. Allocation is measured "
                + "again with an eighth of the bytes, which tells the bytes of a job from those of each MiB.")
public final class PipelineCommand implements Callable<Integer> {

    private static final double MIB = 1 << 20;
    private static final double KIB = 1 << 10;
    private static final String ALLOCATED = "allocated by a job";
    private static final String ALLOCATED_BY_PART = "allocated by a job with an eighth of the bytes";
    private static final String ENCODE = "pipeline";
    private static final String DECODE = "pipeline, decoding";
    /** The part of the bytes of the second measurement of allocation. */
    private static final int SHORT = 8;
    /** So many short jobs of each kind precede the rounds: a compiler of Java that still works would be measured, too. */
    private static final int WARM_UP_JOBS = 5;

    @Spec
    private CommandSpec spec;

    @Option(names = "--size", defaultValue = "512", description = "Size of the file in MiB (${DEFAULT-VALUE}).")
    private int mebibytes;

    @Option(names = "--rounds", defaultValue = "5",
            description = "How often everything is measured (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--levels", split = ",", defaultValue = "1,3,6", description = "Levels of zstd (${DEFAULT-VALUE}).")
    private List<Integer> levels;

    @Option(names = "--devices", split = ",", defaultValue = "1,4",
            description = "Numbers of devices (${DEFAULT-VALUE}).")
    private List<Integer> devices;

    @Option(names = "--data", split = ",", defaultValue = "rows,half,random",
            description = "The data: rows (8 to 16 : 1), half (2 : 1), random (${DEFAULT-VALUE}).")
    private List<PageData> data;

    @Option(names = "--transfer", defaultValue = "1024", paramLabel = "KIB",
            description = "MAXTRANSFERSIZE in KiB, a multiple of 64 up to 4096 (${DEFAULT-VALUE}). With 4096 a buffer is a frame of zstd.")
    private int transfer;

    @Option(names = "--folder", description = "Where the files lie (default: the folder for temporary files).")
    private Path folder;

    @Option(names = "--store", paramLabel = "PLACE",
            description = "Also back up to S3, below this name, such as 's3://bucket/prefix/?endpoint=http://127.0.0.1:7070', beside "
                    + "a plain PUT.")
    private String store;

    @Option(names = {"-o", "--output"}, defaultValue = "pipeline.json",
            description = "The result file (${DEFAULT-VALUE}).")
    private Path output;

    private final Map<String, Measurement> measurements = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Machine machine = Machine.here();
        Path work = folder == null ? Files.createTempDirectory("sqlvdi-pipeline-")
                : Files.createTempDirectory(folder, "sqlvdi-pipeline-");
        try {
            Optional<Keys> keys = Keys.make(work);
            if (keys.isEmpty()) {
                System.out.println("No age-keygen here: age is left out.");
            }
            measureMemory(work, keys);
            try (StoreWork stores = store == null ? null : new StoreWork(store)) {
                for (PageData each : data) {
                    measure(each, work, keys, Optional.ofNullable(stores));
                }
            }
        } finally {
            try (Stream<Path> files = Files.list(work)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(work);
        }
        List<Measurement> all = List.copyOf(measurements.values());
        ResultFile.of(machine, spec, all).write(output);
        ResultTable.print(all, System.out);
        printAllocation();
        return 0;
    }

    /**
     * Measures the memory of a job with the most devices and all codecs. It comes first: memory that an earlier job has
     * freed stays with the process, and would be used again unseen. Therefore what the codecs load for their first use
     * counts, too.
     */
    private void measureMemory(Path work, Optional<Keys> keys) throws IOException, InterruptedException {
        if (!PeakMemory.isKnown()) {
            System.out.println("This system does not tell the memory of a process: it is left out.");
            return;
        }
        int most = Collections.max(devices);
        int level = Collections.max(levels);
        List<Codec> codecs = new ArrayList<>(List.of(Zstd.level(level)));
        keys.ifPresent(each -> codecs.add(Age.withoutKeys().withRecipient(each.recipient())));
        String names = "zstd:" + level + (keys.isPresent() ? ", age" : "");
        PageData each = data.getFirst();
        Path file = work.resolve("memory");
        each.write(file, (long) (mebibytes * MIB));
        Work.backup(most, "none", List.of(), transfer()).run().on(file); // loads what every job needs
        long before = PeakMemory.now();
        try (PeakMemory memory = PeakMemory.begin()) {
            Work.backup(most, names, codecs, transfer()).run().on(file);
            add(ENCODE, "sqlvdi", each, Map.of("codecs", names, "devices", Integer.toString(most), "metric",
                    "memory beside VDI buffers"), "MiB", false, (memory.end() - before) / MIB);
        }
        Files.delete(file);
    }

    private void measure(PageData each, Path work, Optional<Keys> keys, Optional<StoreWork> stores)
            throws IOException, InterruptedException {
        Path file = work.resolve("data");
        Path part = work.resolve("part");
        Files.deleteIfExists(file);
        Files.deleteIfExists(part);
        each.write(file, (long) (mebibytes * MIB));
        each.write(part, (long) (mebibytes * MIB / SHORT));
        long bytes = Files.size(file);
        List<Work> works = works(keys);
        if (stores.isPresent()) {
            devices.forEach(count -> works.add(stores.get().backup(count, transfer())));
            works.add(stores.get().plainPut());
        }
        for (Work one : works) {
            for (int job = 0; job < WARM_UP_JOBS && one.devices() > 0; job++) {
                one.run().on(part);
            }
        }
        for (int round = -1; round < rounds; round++) { // the first round brings programs and files into memory
            List<Work> order = new ArrayList<>(works);
            if (round % 2 == 1) {
                Collections.reverse(order);
            }
            for (Work one : order) {
                long allocated = run(ENCODE, one, file, each, bytes, round);
                if (one.devices() > 0) {
                    long ofPart = allocated(one, part);
                    if (round >= 0) {
                        addAllocation(one, each, allocated, ofPart);
                    }
                }
            }
        }
        if (programs("zstd")) {
            long frame = longFrame(file, work.resolve("long.zst"));
            add(ENCODE, "zstd -3, one long frame", each, Map.of("codecs", "zstd:3", "metric", "stored"), "bytes/MiB",
                    false,
                    frame * MIB / bytes);
            decode(each, bytes, work.resolve("long.zst"),
                    List.of(Work.decode("zstd:3, long frame", List.of(Zstd.level(3))),
                            Work.programs("zstd:3, long frame", List.of(List.of("zstd", "-dcq")))));
            Path stored = work.resolve("stored");
            Work.store(file, stored, List.of(Zstd.level(3)));
            decode(each, bytes, stored, List.of(Work.decode("zstd:3", List.of(Zstd.level(3))),
                    Work.programs("zstd:3", List.of(List.of("zstd", "-dcq")))));
            if (keys.isPresent() && programs("age")) {
                Age age = Age.withoutKeys().withRecipient(keys.get().recipient()).withIdentities(keys.get().file());
                Work.store(file, stored, List.of(Zstd.level(3), age));
                decode(each, bytes, stored, List.of(Work.decode("zstd:3, age", List.of(Zstd.level(3), age)),
                        Work.programs("zstd:3, age", List.of(List.of("age", "-d", "-i", keys.get().file().toString()),
                                List.of("zstd", "-dcq")))));
            }
        }
    }

    private void decode(PageData each, long bytes, Path stored, List<Work> decoders)
            throws IOException, InterruptedException {
        for (int round = -1; round < rounds; round++) {
            for (Work one : decoders) {
                run(DECODE, one, stored, each, bytes, round);
            }
        }
    }

    private int transfer() {
        return transfer << 10;
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
    }

    private static long allocated(Work work, Path file) throws IOException, InterruptedException {
        long before = allocatedBytes();
        work.run().on(file);
        return allocatedBytes() - before;
    }

    /** Adds what a job and a job with an eighth of its bytes allocate. */
    private void addAllocation(Work work, PageData each, long allocated, long allocatedOfPart) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("codecs", work.codecs());
        parameters.put("devices", Integer.toString(work.devices()));
        parameters.put("metric", ALLOCATED);
        add(ENCODE, work.label(), each, parameters, "KiB", false, allocated / KIB);
        parameters.put("metric", ALLOCATED_BY_PART);
        add(ENCODE, work.label(), each, parameters, "KiB", false, allocatedOfPart / KIB);
    }

    /** Prints what each MiB more allocates, and what a job without bytes would: the medians of two sizes tell both. */
    private void printAllocation() {
        double more = mebibytes - mebibytes / (double) SHORT;
        for (Measurement all : measurements.values()) {
            if (ALLOCATED.equals(all.parameters().get("metric"))) {
                Map<String, String> ofPart = new LinkedHashMap<>(all.parameters());
                ofPart.put("metric", ALLOCATED_BY_PART);
                double each = (all.median() - measurements.get(all.suite() + all.name() + ofPart).median()) / more;
                System.out.printf(Locale.ROOT,
                        "Allocation, %s, %s, devices %s: %.0f B by each MiB and %.0f KiB by a job.%n",
                        all.parameters().get("data"), all.parameters().get("codecs"),
                        all.parameters().get("devices"), each * KIB, all.median() - each * mebibytes);
            }
        }
    }

    /** Measures a work once and returns how many bytes of heap it has allocated. */
    private long run(String suite, Work work, Path file, PageData each, long bytes, int round)
            throws IOException, InterruptedException {
        long allocated = allocatedBytes();
        long begin = System.nanoTime();
        long stored = work.run().on(file);
        long nanos = System.nanoTime() - begin;
        allocated = allocatedBytes() - allocated;
        if (round < 0) {
            return allocated;
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("codecs", work.codecs());
        if (work.devices() > 0) {
            parameters.put("devices", Integer.toString(work.devices()));
        }
        add(suite, work.label(), each, parameters, "MiB/s", true, bytes / MIB / (nanos / 1e9));
        if (work.devices() > 0) {
            parameters.put("metric", "allocated");
            add(suite, work.label(), each, parameters, "B/MiB", false, allocated / (bytes / MIB));
        }
        if (stored >= 0 && suite.equals(ENCODE)) {
            parameters.put("metric", "stored");
            add(suite, work.label(), each, parameters, "bytes/MiB", false, stored * MIB / bytes);
        }
        return allocated;
    }

    private void add(String suite, String name, PageData each, Map<String, String> parameters, String unit,
            boolean higherIsBetter, double value) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("data", each.label());
        all.putAll(parameters);
        measurements.computeIfAbsent(suite + name + all,
                key -> new Measurement(suite, name, all, unit, higherIsBetter, new ArrayList<>())).values().add(value);
    }

    private List<Work> works(Optional<Keys> keys) {
        List<Work> works = new ArrayList<>();
        Optional<Codec> age = keys.map(each -> Age.withoutKeys().withRecipient(each.recipient()));
        for (int count : devices) {
            works.add(Work.backup(count, "none", List.of(), transfer()));
            for (int level : levels) {
                works.add(Work.backup(count, "zstd:" + level, List.of(Zstd.level(level)), transfer()));
                age.ifPresent(it -> works
                        .add(Work.backup(count, "zstd:" + level + ", age", List.of(Zstd.level(level), it),
                                transfer())));
            }
            works.add(Work.backup(count, "gzip:1", List.of(Gzip.level(1)), transfer()));
            age.ifPresent(it -> works.add(Work.backup(count, "age", List.of(it), transfer())));
        }
        works.add(Work.programs("none", List.of(List.of("cat"))));
        for (int level : levels) {
            if (programs("zstd")) {
                works.add(Work.programs("zstd:" + level, List.of(List.of("zstd", "-qc", "-T2", "-" + level))));
            }
            if (keys.isPresent() && programs("zstd", "age")) {
                works.add(Work.programs("zstd:" + level + ", age", List.of(List.of("cat"),
                        List.of("zstd", "-qc", "-T2", "-" + level), List.of("age", "-r", keys.get().recipient()))));
            }
        }
        if (keys.isPresent() && programs("age")) {
            works.add(Work.programs("age", List.of(List.of("cat"), List.of("age", "-r", keys.get().recipient()))));
        }
        if (programs("gzip")) {
            works.add(Work.programs("gzip:1", List.of(List.of("gzip", "-c1"))));
        }
        return works;
    }

    private static long longFrame(Path file, Path target) throws IOException, InterruptedException {
        Files.deleteIfExists(target);
        Process process = new ProcessBuilder("zstd", "-qc", "-3", file.toString()).redirectOutput(target.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        if (process.waitFor() != 0) {
            throw new IOException("zstd ended with " + process.exitValue());
        }
        return Files.size(target);
    }

    private static boolean programs(String... names) {
        return Stream.of(names).allMatch(Keys::isProgram);
    }
}
