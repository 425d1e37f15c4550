package io.github.sqlvdi.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.benchmarks.baseline.NativeFiles;
import io.github.sqlvdi.benchmarks.result.Measurement;
import io.github.sqlvdi.benchmarks.result.ResultFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Every benchmark runs for one short iteration from the jar, so that none rots. The figures mean nothing. */
class EveryBenchmarkIT {

    private static final boolean ALL = System.getProperty("sqlvdi.benchmarks", "").equals("all");

    @TempDir
    Path folder;
    private BenchmarksJar jar;

    @BeforeEach
    void jar() {
        jar = new BenchmarksJar(folder);
    }

    /** A JVM for each benchmark, as for figures, takes most of the time: one class has it, the others share one JVM. */
    @Test
    void everyJmhBenchmarkRunsFromTheJar() throws Exception {
        if (ALL) {
            jmh(List.of("-f", "1"), "CommandRoundTrip", "BufferPath", "BufferHandle", "StreamReading", "AgeEncryption");
        } else {
            List<String> one = List.of("-p", "size=1048576", "-p", "devices=64", "-p", "inFlight=8");
            jmh(Stream.concat(one.stream(), Stream.of("-f", "1", "CommandRoundTrip")).toList(), "CommandRoundTrip");
            jmh(Stream.concat(one.stream(), Stream.of("-f", "0", "-e", "CommandRoundTrip")).toList(), "BufferPath",
                    "BufferHandle", "StreamReading", "AgeEncryption");
        }
    }

    private void jmh(List<String> which, String... suites) throws Exception {
        Path result = folder.resolve("jmh.json");
        List<String> options = new ArrayList<>(List.of("-wi", "0", "-i", "1", "-r", "50ms", "-foe", "true", "-prof",
                "gc", "-rf", "json", "-rff", result.toString()));
        options.addAll(which);
        if (!NativeFiles.exist()) {
            options.addAll(List.of("-e", "VtableCall"));
        }
        jar.run(options);
        BenchmarksJar.assertMeasured(result, suites);
    }

    @Test
    void everyCrossProcessMeasurementRunsFromTheJar() throws Exception {
        Path result = folder.resolve("ipc.json");
        jar.run(List.of("ipc", "--quick", "--rounds", "1", "--warm", "50", "--measure", "50", "--sizes", "64",
                "--devices", "2", "-o", result.toString()));
        BenchmarksJar.assertMeasured(result, "copy in + copy out", "devices together", "hand-off round trip",
                "idle device");
    }

    @Test
    void theBackupRunsFromTheJarAndCopiesRight() throws Exception {
        Path result = folder.resolve("backup.json");
        jar.run(List.of("backup", "--size", "3", "--rounds", "1", "--folder", folder.toString(), "-o",
                result.toString()));
        BenchmarksJar.assertMeasured(result, "backup file to file");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void backupsThroughCodecsRunFromTheJar() throws Exception {
        Path result = folder.resolve("pipeline.json");
        jar.run(List.of("pipeline", "--size", "3", "--rounds", "1", "--levels", "1", "--data", "rows", "--folder",
                folder.toString(), "-o", result.toString()));
        BenchmarksJar.assertMeasured(result, "pipeline");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theCostOfASetIsMeasuredFromTheJar() throws Exception {
        Path result = folder.resolve("sets.json");
        jar.run(List.of("sets", "--sets", "20", "--rounds", "1", "-o", result.toString()));
        List<Measurement> descriptors = ResultFile.read(result).measurements().stream()
                .filter(each -> each.name().endsWith(", descriptors")).toList();
        assertEquals(2, descriptors.size());
        descriptors.forEach(each -> assertTrue(each.median() >= 1, each::key));
    }
}
