package io.github.sqlvdi.benchmarks.server;

import io.github.sqlvdi.benchmarks.DeviceClass;
import io.github.sqlvdi.benchmarks.result.JobRecording;
import io.github.sqlvdi.benchmarks.result.Machine;
import io.github.sqlvdi.benchmarks.result.Measurement;
import io.github.sqlvdi.benchmarks.result.RecordedJob;
import io.github.sqlvdi.benchmarks.result.ResultFile;
import io.github.sqlvdi.benchmarks.result.ResultTable;
import io.github.sqlvdi.jdbc.MoveFiles;
import io.github.sqlvdi.jdbc.RestorePlan;
import io.github.sqlvdi.jdbc.ServerJob;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.stream.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import jdk.jfr.Recording;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code benchmarks.jar server}: measures whole backups and restores of an SQL Server. */
@Command(name = "server", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Measures whole backups of a database, and restores under another name: each transfer size with each "
                + "number of buffers, devices, codec and target, in an order that is shuffled anew each round.")
public final class ServerCommand implements Callable<Integer> {

    private static final String NOWHERE = "null";
    private static final int SMALLEST_KIB = 64;
    private static final int LARGEST_KIB = 4096;
    private static final double BYTES_A_GIGABYTE = 1e9;
    private static final double BYTES_A_MEGABYTE = 1e6;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions options;

    @Option(names = "--sizes", split = ",", defaultValue = "64,256,1024,4096",
            description = "Values of MAXTRANSFERSIZE in KiB, multiples of 64 up to 4096 (${DEFAULT-VALUE}).")
    private List<Integer> sizes;

    @Option(names = "--buffers", split = ",", defaultValue = "8,32",
            description = "Values of BUFFERCOUNT, the buffers of all devices together (${DEFAULT-VALUE}). Fewer than there "
                    + "are devices are left out.")
    private List<Integer> buffers;

    @Option(names = "--devices", split = ",", defaultValue = "1,4",
            description = "Numbers of devices, 1 to 64 (${DEFAULT-VALUE}).")
    private List<Integer> devices;

    @Option(names = "--codecs", split = ",", defaultValue = Codecs.NONE,
            description = "Compressions: " + Codecs.NAMES
                    + " (${DEFAULT-VALUE}). The rate is that of the bytes between server "
                    + "and devices, which WITH COMPRESSION makes fewer; the time of a backup is in the result file.")
    private List<String> codecs;

    @Option(names = "--targets", split = ",", paramLabel = "TARGET", defaultValue = NOWHERE,
            description = "Where the backups go: null for nowhere, or a folder for files (${DEFAULT-VALUE}).")
    private List<String> targets;

    @Option(names = "--device", paramLabel = "CLASS", converter = DeviceClass.Converter.class,
            description = "Also measures backups to devices of this class.")
    private DeviceClass device;

    @Option(names = "--restore-as", paramLabel = "NAME",
            description = "Restores each backup in files into a database of this name and drops it. No database may have "
                    + "the name.")
    private String restoreAs;

    @Option(names = "--rounds", defaultValue = "5",
            description = "How often everything is measured (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--warm", paramLabel = "COUNT", defaultValue = "2",
            description = "Backups that are not measured, at the beginning (${DEFAULT-VALUE}).")
    private int warm;

    @Option(names = "--seed", description = "Repeats the order of another run (default: a new order).")
    private Long seed;

    @Option(names = {"-o", "--output"}, defaultValue = "server.json",
            description = "The result file (${DEFAULT-VALUE}).")
    private Path output;

    private final Map<String, Measurement> measurements = new LinkedHashMap<>();
    private final Map<String, Run> runs = new HashMap<>();

    /** One of the backups of a round. */
    private record Run(BackupTo target, Setting setting) {

        String words(String database) {
            return String.format(Locale.ROOT, "the backup of %s to %s with %s", database, target.label(),
                    setting.parameters());
        }
    }

    @Override
    public Integer call() throws IOException {
        List<Setting> settings = settings();
        Machine machine = Machine.here();
        List<BackupTo> all = new ArrayList<>();
        try (MeasuredServer server = options.open(spec); Recording recording = new Recording()) {
            if (restoreAs != null) {
                server.requireAbsent(restoreAs);
            }
            openTargets(all);
            List<Run> plan = new ArrayList<>();
            for (BackupTo target : all) {
                settings.stream().filter(each -> target.takesPipelines() || !each.isCompressedHere())
                        .forEach(setting -> plan.add(new Run(target, setting)));
            }
            long chosen = seed == null ? new Random().nextInt(Integer.MAX_VALUE) : seed;
            System.out.printf(Locale.ROOT, "%d backups of %s in each of %d rounds, order --seed %d%n", plan.size(),
                    server.database(), rounds, chosen);
            Random order = new Random(chosen);
            for (int i = 0; i < warm; i++) {
                backup(server, plan.get(i % plan.size()), false);
            }
            List.of("Job", "Device").forEach(event -> recording.enable("io.github.sqlvdi." + event).withoutThreshold());
            recording.start();
            for (int round = 0; round < rounds; round++) {
                Collections.shuffle(plan, order);
                for (Run run : plan) {
                    backup(server, run, true);
                }
                write(machine, chosen); // after each round: an interrupted run keeps its results
            }
            recording.stop();
            addStages(recording);
            write(machine, chosen);
        } finally {
            for (BackupTo target : all) {
                if (target instanceof BackupTo.Folder folder) {
                    folder.remove();
                }
            }
        }
        ResultTable.print(measurements.values().stream().filter(each -> each.unit().equals("GB/s")).toList(),
                System.out); // the rest is for the report
        return 0;
    }

    private List<Setting> settings() {
        for (int size : sizes) {
            if (size < SMALLEST_KIB || size > LARGEST_KIB || size % SMALLEST_KIB != 0) {
                throw wrong("--sizes has %d: expected multiples of 64 up to 4096", size);
            }
        }
        devices.stream().filter(count -> count < 1 || count > 64).findFirst().ifPresent(count -> {
            throw wrong("--devices has %d: expected 1 to 64", count);
        });
        if (rounds < 1) {
            throw wrong("--rounds is %d: expected at least 1", rounds);
        }
        try {
            Codecs.known(codecs);
        } catch (IllegalArgumentException unknown) {
            throw new ParameterException(spec.commandLine(), unknown.getMessage());
        }
        if (restoreAs != null && targets.stream().allMatch(NOWHERE::equals)) {
            throw new ParameterException(spec.commandLine(),
                    "--restore-as restores from files: expected a folder in --targets");
        }
        List<Setting> all = new ArrayList<>();
        for (int size : sizes) {
            for (int count : buffers) {
                for (int each : devices) {
                    codecs.forEach(codec -> all.add(new Setting(size << 10, count, each, codec)));
                }
            }
        }
        List<Setting> possible = all.stream().filter(Setting::isPossible).toList();
        if (possible.isEmpty()) {
            throw new ParameterException(spec.commandLine(),
                    "every value of --buffers is below every value of --devices: expected a buffer for each device");
        }
        return possible;
    }

    private ParameterException wrong(String format, int value) {
        return new ParameterException(spec.commandLine(), String.format(Locale.ROOT, format, value));
    }

    /** Fills a list, so that the caller removes also what was made before a failure. */
    private void openTargets(List<BackupTo> all) throws IOException {
        for (String target : targets) {
            all.add(target.equals(NOWHERE) ? new BackupTo.Nowhere() : BackupTo.Folder.in(Path.of(target)));
        }
        if (device != null) {
            all.add(new BackupTo.Own(device));
        }
    }

    private void backup(MeasuredServer server, Run run, boolean counted) throws IOException {
        Setting setting = run.setting();
        Optional<Pipeline> pipeline = Codecs.pipeline(setting.codec());
        try {
            ServerJob job = setting.on(server.server().backup(server.database()).copyOnly())
                    .to(run.target().devices(setting.devices(), pipeline)).with(each -> each.manifest(false));
            AtomicReference<JobResult> result = new AtomicReference<>();
            measure(run.words(server.database()), "backup to " + run.target().label(), run, named(job, run), counted,
                    result::set);
            if (restoreAs != null && run.target() instanceof BackupTo.Folder folder) {
                restore(server, run, folder, pipeline, result.get(), counted);
            }
        } finally {
            pipeline.ifPresent(Pipeline::close);
            run.target().clear();
        }
    }

    /** Restores, and drops the database only if the restore has made it. */
    private void restore(MeasuredServer server, Run run, BackupTo.Folder folder, Optional<Pipeline> pipeline,
            JobResult backup, boolean counted) throws IOException {
        server.requireAbsent(restoreAs);
        Setting setting = run.setting();
        String words = String.format(Locale.ROOT, "the restore of %s as %s", server.database(), restoreAs);
        RestorePlan plan = server.server().restore(restoreAs).transferSize(setting.transferSize())
                .bufferCount(setting.buffers());
        try {
            MoveFiles.on(server.server()).of(restoreAs, backup.streams().getFirst().orElseThrow(
                    () -> new IOException(words + " is not possible: the stream of the backup was not read along")))
                    .forEach(plan::move);
        } catch (SQLException failure) {
            throw new IOException(words + " could not be planned: " + failure.getMessage(), failure);
        }
        ServerJob job = plan.from(folder.files(setting.devices()).stream()
                .map(file -> pipeline.map(codecs -> JobDevice.fromFile(file, codecs))
                        .orElseGet(() -> JobDevice.fromFile(file)))
                .toList());
        measure(words + " (the server may have a part of it now)", "restore from " + folder.label(), run,
                named(job, run).with(each -> each.manifest(false)), counted, result -> {
                });
        server.drop(restoreAs);
    }

    private ServerJob named(ServerJob job, Run run) {
        String name = "sqlvdi-" + UUID.randomUUID();
        runs.put(name, run);
        return job.setName(name);
    }

    private void measure(String words, String name, Run run, ServerJob job, boolean counted, Consumer<JobResult> good)
            throws IOException {
        AtomicReference<JobResult> result = new AtomicReference<>();
        MeasuredJob measured = MeasuredJob.run(words, job, good.andThen(result::set));
        if (counted) {
            Map<String, String> parameters = run.setting().parameters();
            add(name, parameters, "GB/s", true, measured.rate());
            add(name, metric(parameters, "time"), "s", false, measured.seconds());
            add(name, metric(parameters, "CPU time of this process"), "s/GB", false,
                    measured.cpuSeconds() / measured.bytes() * BYTES_A_GIGABYTE);
            if (!run.setting().codec().equals(Codecs.NONE)) {
                add(name, metric(parameters, "stored"), "MB", false, result.get().storedBytes() / BYTES_A_MEGABYTE);
            }
        }
    }

    private static Map<String, String> metric(Map<String, String> parameters, String metric) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put("metric", metric);
        return more;
    }

    private void add(String name, Map<String, String> parameters, String unit, boolean higherIsBetter, double value) {
        Measurement empty = new Measurement("server", name, parameters, unit, higherIsBetter, new ArrayList<>());
        measurements.computeIfAbsent(empty.key(), key -> empty).values().add(value);
    }

    /** Adds where the time of each kind of job went. */
    private void addStages(Recording recording) throws IOException {
        Path file = Files.createTempFile("sqlvdi-server-", ".jfr");
        try {
            recording.dump(file);
            for (RecordedJob job : JobRecording.jobs(file)) {
                Run run = runs.get(job.set());
                if (run != null) {
                    String name = (job.backup() ? "backup to " : "restore from ") + run.target().label();
                    JobRecording.stages(measurements, name, run.setting().parameters(), job);
                }
            }
        } finally {
            Files.delete(file);
        }
    }

    private void write(Machine machine, long chosen) throws IOException {
        String command = "java -jar benchmarks.jar "
                + String.join(" ", spec.commandLine().getParseResult().originalArgs())
                + (seed == null ? " --seed " + chosen : "");
        new ResultFile(machine, command, List.copyOf(measurements.values())).write(output);
    }
}
