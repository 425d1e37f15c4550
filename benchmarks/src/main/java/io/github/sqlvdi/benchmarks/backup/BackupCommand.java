package io.github.sqlvdi.benchmarks.backup;

import io.github.sqlvdi.benchmarks.DeviceClass;
import io.github.sqlvdi.benchmarks.result.Machine;
import io.github.sqlvdi.benchmarks.result.Measurement;
import io.github.sqlvdi.benchmarks.result.ResultFile;
import io.github.sqlvdi.benchmarks.result.ResultTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code benchmarks.jar backup}: measures a backup from file to file through emulator and client, against {@code cat}.
 */
@Command(name = "backup", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Measures a backup from file to file in the page cache, without fsync on any side, read along and not, "
                + "against cat and against a pipe between two cats, interleaved in rounds.")
public final class BackupCommand implements Callable<Integer> {

    private static final long MIB = 1 << 20;

    @Spec
    private CommandSpec spec;

    @Option(names = "--size", defaultValue = "1024", description = "Size of the file in MiB (${DEFAULT-VALUE}).")
    private int mebibytes;

    @Option(names = "--rounds", defaultValue = "9",
            description = "How often everything is measured (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--folder", description = "Where the files lie (default: the folder for temporary files).")
    private Path folder;

    @Option(names = "--device", paramLabel = "CLASS", converter = DeviceClass.Converter.class,
            description = "Also measures a backup to a device of this class.")
    private DeviceClass device;

    @Option(names = {"-o", "--output"}, defaultValue = "backup.json",
            description = "The result file (${DEFAULT-VALUE}).")
    private Path output;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Machine machine = Machine.here();
        Path work = folder == null
                ? Files.createTempDirectory("sqlvdi-backup-")
                : Files.createTempDirectory(folder, "sqlvdi-backup-");
        Path source = work.resolve("source");
        Path target = work.resolve("target");
        List<Copy> copies = new ArrayList<>(List.of(FileCopy.values()));
        if (device != null) {
            copies.add(new DeviceCopy(device));
        }
        Map<Copy, List<Double>> rates = new LinkedHashMap<>();
        try {
            FileCopy.generate(source, mebibytes * MIB);
            long bytes = Files.size(source);
            for (Copy copy : copies) {
                run(copy, source, target);
                if (copy.writesTarget()) {
                    check(copy, source, target);
                }
            }
            for (int round = 0; round < rounds; round++) {
                // The copy behind cat is slower than the copy behind another of its own kind: each gets both places.
                List<Copy> order = new ArrayList<>(copies);
                if (round % 2 == 1) {
                    Collections.reverse(order);
                }
                for (Copy copy : order) {
                    // An unmeasured run of the same kind comes first. On a virtual machine, memory that was free for a
                    // while is fetched from the host page by page, a different amount for each kind of copy. Without
                    // this run, the measured one would pay for that.
                    run(copy, source, target);
                    long nanos = run(copy, source, target);
                    rates.computeIfAbsent(copy, key -> new ArrayList<>()).add((double) bytes / nanos);
                }
            }
        } finally {
            Files.deleteIfExists(source);
            Files.deleteIfExists(target);
            Files.deleteIfExists(work);
        }
        List<Measurement> measurements = new ArrayList<>();
        rates.forEach((copy, values) -> measurements.add(new Measurement("backup file to file", copy.label(),
                Map.of("size", mebibytes + " MiB"), "GB/s", true, values)));
        ResultFile.of(machine, spec, measurements).write(output);
        ResultTable.printWithTargets(measurements, System.out);
        return 0;
    }

    /** Copies into a new file and returns the nanoseconds. */
    private static long run(Copy copy, Path source, Path target) throws IOException, InterruptedException {
        Files.deleteIfExists(target);
        long begin = System.nanoTime();
        copy.run(source, target);
        return System.nanoTime() - begin;
    }

    private static void check(Copy copy, Path source, Path target) throws IOException {
        long difference = Files.mismatch(source, target);
        if (difference >= 0) {
            throw new IOException(
                    String.format(Locale.ROOT, "%s: the copy differs at byte %,d", copy.label(), difference));
        }
    }
}
