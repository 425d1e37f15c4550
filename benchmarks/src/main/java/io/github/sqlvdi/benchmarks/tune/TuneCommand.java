package io.github.sqlvdi.benchmarks.tune;

import io.github.sqlvdi.benchmarks.DeviceClass;
import io.github.sqlvdi.benchmarks.result.Machine;
import io.github.sqlvdi.benchmarks.result.Measurement;
import io.github.sqlvdi.benchmarks.result.ResultFile;
import io.github.sqlvdi.benchmarks.result.ResultTable;
import io.github.sqlvdi.benchmarks.server.BackupTo;
import io.github.sqlvdi.benchmarks.server.Codecs;
import io.github.sqlvdi.benchmarks.server.MeasuredJob;
import io.github.sqlvdi.benchmarks.server.MeasuredServer;
import io.github.sqlvdi.benchmarks.server.ServerOptions;
import io.github.sqlvdi.benchmarks.server.Setting;
import io.github.sqlvdi.stream.Pipeline;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code benchmarks.jar tune}: searches the settings for the backups of a database. */
@Command(name = "tune", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Searches MAXTRANSFERSIZE, BUFFERCOUNT, the number of devices and the codec with which a database is "
                + "backed up fastest, by whole backups and successive halving, and prints what it recommends and why.")
public final class TuneCommand implements Callable<Integer> {

    private static final int PART = 10;
    private static final int SMALLEST = 12;
    private static final double PERCENT = 100;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions options;

    @Option(names = "--target", paramLabel = "TARGET", defaultValue = "null",
            description = "Where the backups go: null for nowhere, or a folder for files, which are deleted (${DEFAULT-VALUE}).")
    private String target;

    @Option(names = "--device", paramLabel = "CLASS", converter = DeviceClass.Converter.class,
            description = "The backups go to devices of this class.")
    private DeviceClass device;

    @Option(names = "--sizes", split = ",", defaultValue = "64,128,256,512,1024,2048,4096",
            description = "Values of MAXTRANSFERSIZE in KiB, ascending (${DEFAULT-VALUE}).")
    private List<Integer> sizes;

    @Option(names = "--buffers", split = ",", defaultValue = "1,2,4,8,16,32",
            description = "Buffers for each device, ascending; BUFFERCOUNT is that times the devices (${DEFAULT-VALUE}).")
    private List<Integer> buffers;

    @Option(names = "--devices", split = ",", defaultValue = "1,2,4,8,16,32",
            description = "Numbers of devices, ascending (${DEFAULT-VALUE}).")
    private List<Integer> devices;

    @Option(names = "--codecs", split = ",", defaultValue = Codecs.NONE,
            description = "Compressions, by their effort: " + Codecs.NAMES
                    + " (${DEFAULT-VALUE}). Every rate is that of the "
                    + "uncompressed backup.")
    private List<String> codecs;

    @Option(names = "--memory", paramLabel = "MIB", defaultValue = "256",
            description = "What all buffers together may have (${DEFAULT-VALUE}).")
    private int memory;

    @Option(names = "--cpus", paramLabel = "COUNT",
            description = "How many CPUs this process may use on average (default: all). The server's own are not counted.")
    private Double cpus;

    @Option(names = "--rounds", defaultValue = "3",
            description = "How often each of the last three settings is measured (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--runs", paramLabel = "COUNT",
            description = "Backups in all (default: a tenth of those of a search of everything, at least 12).")
    private Integer runs;

    @Option(names = "--tolerance", paramLabel = "PERCENT", defaultValue = "1",
            description = "How much slower a setting with less memory may be (${DEFAULT-VALUE}).")
    private double tolerance;

    @Option(names = {"-o", "--output"}, defaultValue = "tune.json", description = "The result file (${DEFAULT-VALUE}).")
    private Path output;

    @Override
    public Integer call() throws IOException {
        if (!target.equals("null") && device != null) {
            throw new ParameterException(spec.commandLine(), "--target and --device: expected one of them");
        }
        Space space = space();
        if (device != null && codecs.stream().anyMatch(Codecs::isHere)) {
            throw new ParameterException(spec.commandLine(),
                    "--device gets the server's bytes as they are: expected none and server in --codecs");
        }
        int exhaustive = space.points().size() * rounds;
        int budget = runs == null ? Math.max(Math.max(SMALLEST, 3 * rounds), exhaustive / PART) : runs;
        if (budget < 3 * rounds) {
            throw wrong("--runs is %d: expected at least three times --rounds", budget);
        }
        Machine machine = Machine.here();
        try (MeasuredServer server = options.open(spec); OpenTarget to = OpenTarget.of(target, device)) {
            System.out.printf(Locale.ROOT, "%d settings are possible; up to %d backups of %s to %s%n",
                    space.points().size(), budget, server.database(), to.target().label());
            Setting first = space.at(space.spread(1).getFirst()).orElseThrow();
            long bytes = backup(server, to.target(), // not measured
                    new Setting(first.transferSize(), first.buffers(), first.devices(), Codecs.NONE)).bytes();
            Tuner tuner = new Tuner(space, setting -> {
                MeasuredJob run = backup(server, to.target(), setting);
                return new MeasuredJob(bytes, run.seconds(), run.cpuSeconds());
            }, limit(), rounds, budget);
            List<Candidate> ranking = tuner.search();
            write(machine, ranking);
            Candidate choice = tuner.choose(ranking, tolerance / PERCENT);
            table(System.out, tuner, ranking, choice);
            recommend(System.out, server, choice);
            System.out.printf(Locale.ROOT, "%n%d backups; a search of everything, %d times, has %d.%n", tuner.used(),
                    rounds, exhaustive);
        }
        return 0;
    }

    private Space space() {
        for (List<Integer> axis : List.of(sizes, buffers, devices)) {
            for (int i = 0; i < axis.size(); i++) {
                if (axis.get(i) < 1 || i > 0 && axis.get(i) <= axis.get(i - 1)) {
                    throw wrong("a list of values has %d out of order: expected positive numbers, ascending",
                            axis.get(i));
                }
            }
        }
        sizes.stream().filter(size -> size % 64 != 0 || size > 4096).findFirst().ifPresent(size -> {
            throw wrong("--sizes has %d: expected multiples of 64 up to 4096", size);
        });
        if (devices.getLast() > 64) {
            throw wrong("--devices has %d: expected 1 to 64", devices.getLast());
        }
        if (rounds < 1) {
            throw wrong("--rounds is %d: expected at least 1", rounds);
        }
        try {
            Space space = new Space(sizes.stream().map(size -> size << 10).toList(), buffers, devices,
                    Codecs.known(codecs), (long) memory << 20);
            if (space.points().isEmpty()) {
                throw wrong("--memory is %d: expected enough MiB for one of the settings", memory);
            }
            return space;
        } catch (IllegalArgumentException unknown) {
            throw new ParameterException(spec.commandLine(), unknown.getMessage());
        }
    }

    private ParameterException wrong(String format, int value) {
        return new ParameterException(spec.commandLine(), String.format(Locale.ROOT, format, value));
    }

    private double limit() {
        return cpus == null ? Double.MAX_VALUE : cpus;
    }

    private static MeasuredJob backup(MeasuredServer server, BackupTo to, Setting setting) throws IOException {
        Optional<Pipeline> pipeline = Codecs.pipeline(setting.codec());
        try {
            return MeasuredJob.run(
                    String.format(Locale.ROOT, "the backup of %s with %s", server.database(), setting.parameters()),
                    setting.on(server.server().backup(server.database()).copyOnly())
                            .to(to.devices(setting.devices(), pipeline)).with(job -> job.manifest(false)),
                    result -> {
                    });
        } finally {
            pipeline.ifPresent(Pipeline::close);
            to.clear();
        }
    }

    private static void table(PrintStream out, Tuner tuner, List<Candidate> ranking, Candidate choice)
            throws IOException {
        out.printf(Locale.ROOT,
                "%n| MAXTRANSFERSIZE | BUFFERCOUNT | devices | codec | memory | GB/s | of the fastest | CPUs | "
                        + "runs | |%n|---:|---:|---:|---|---:|---:|---:|---:|---:|---|%n");
        double fastest = tuner.fastest(ranking).rate();
        for (Candidate each : ranking) {
            Setting setting = each.setting();
            out.printf(Locale.ROOT, "| %s | %d | %d | %s | %s | %.3f | %.0f %% | %.2f | %d | %s |%n",
                    ResultTable.size(setting.transferSize()), setting.buffers(), setting.devices(), setting.codec(),
                    ResultTable.size(setting.memory()), each.rate(), PERCENT * each.rate() / fastest, each.cpus(),
                    each.runs().size(),
                    each == choice ? "**recommended**" : tuner.fits(each) ? "" : "too many CPUs");
        }
    }

    private static void recommend(PrintStream out, MeasuredServer server, Candidate choice) {
        Setting setting = choice.setting();
        out.printf(Locale.ROOT, "%nRecommended, %.3f GB/s, buffers of %s together:%n%n    %s%n%n    %s: "
                + "server.backup(\"%s\").transferSize(%d).bufferCount(%d)%s.to(...), with a file or device for each%s%n",
                choice.rate(), ResultTable.size(setting.memory()),
                setting.on(server.server().backup(server.database())).text(),
                setting.devices() == 1 ? "1 device" : setting.devices() + " devices", server.database(),
                setting.transferSize(), setting.buffers(),
                setting.codec().equals(Codecs.SERVER) ? ".compression()" : "",
                setting.isCompressedHere() ? ", through a Pipeline with " + setting.codec() : "");
    }

    private void write(Machine machine, List<Candidate> ranking) throws IOException {
        List<Measurement> measurements = new ArrayList<>();
        for (Candidate each : ranking) {
            measurements.add(new Measurement("tune", "backup", each.setting().parameters(), "GB/s", true,
                    each.runs().stream().map(MeasuredJob::rate).toList()));
        }
        ResultFile.of(machine, spec, measurements).write(output);
    }
}
