package io.github.sqlvdi.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.benchmarks.baseline.NativeFiles;
import io.github.sqlvdi.benchmarks.result.Measurement;
import io.github.sqlvdi.benchmarks.result.ResultFile;
import io.github.sqlvdi.testing.QuickJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Every benchmark runs for one short iteration from the jar, so that none rots. The figures mean nothing. */
class EveryBenchmarkIT {

    private static final String JAR = System.getProperty("benchmarks.jar");
    private static final boolean ALL = System.getProperty("sqlvdi.benchmarks", "").equals("all");

    @TempDir
    Path folder;

    @Test
    void everyJmhBenchmarkRunsFromTheJar() throws Exception {
        Path result = folder.resolve("jmh.json");
        List<String> options = new ArrayList<>(List.of("-f", "1", "-wi", "0", "-i", "1", "-r", "50ms", "-foe", "true",
                "-prof", "gc", "-rf", "json", "-rff", result.toString()));
        if (!ALL) {
            options.addAll(List.of("-p", "size=1048576", "-p", "devices=64", "-p", "inFlight=8"));
        }
        if (!NativeFiles.exist()) {
            options.addAll(List.of("-e", "VtableCall"));
        }
        run(options);
        assertMeasured(result, "CommandRoundTrip", "BufferPath", "BufferHandle", "StreamReading", "AgeEncryption");
    }

    @Test
    void everyCrossProcessMeasurementRunsFromTheJar() throws Exception {
        Path result = folder.resolve("ipc.json");
        run(List.of("ipc", "--quick", "--rounds", "1", "--warm", "50", "--measure", "50", "--sizes", "64", "--devices",
                "2",
                "-o", result.toString()));
        assertMeasured(result, "copy in + copy out", "devices together", "hand-off round trip", "idle device");
    }

    @Test
    void theBackupRunsFromTheJarAndCopiesRight() throws Exception {
        Path result = folder.resolve("backup.json");
        run(List.of("backup", "--size", "3", "--rounds", "1", "--folder", folder.toString(), "-o", result.toString()));
        assertMeasured(result, "backup file to file");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theCostOfASetIsMeasuredFromTheJar() throws Exception {
        Path result = folder.resolve("sets.json");
        run(List.of("sets", "--sets", "20", "--rounds", "1", "-o", result.toString()));
        List<Measurement> descriptors = ResultFile.read(result).measurements().stream()
                .filter(each -> each.name().endsWith(", descriptors")).toList();
        assertEquals(2, descriptors.size());
        descriptors.forEach(each -> assertTrue(each.median() >= 1, each::key));
    }

    private static void assertMeasured(Path file, String... suites) throws IOException {
        ResultFile result = ResultFile.read(file);
        Set<String> found = result.measurements().stream().map(Measurement::suite).collect(Collectors.toSet());
        assertTrue(found.containsAll(Set.of(suites)), found::toString);
        for (Measurement measurement : result.measurements()) {
            assertTrue(measurement.median() >= 0, measurement::key);
        }
    }

    private void run(List<String> options) throws IOException, InterruptedException {
        List<String> command = QuickJvm.command(); // the JVMs that JMH starts have the same options
        command.addAll(List.of("-jar", JAR));
        command.addAll(options);
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            assertTrue(process.waitFor(10, TimeUnit.MINUTES), () -> "no end within ten minutes:\n" + read(log));
            assertEquals(0, process.exitValue(), () -> read(log));
        } finally {
            process.destroyForcibly();
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
