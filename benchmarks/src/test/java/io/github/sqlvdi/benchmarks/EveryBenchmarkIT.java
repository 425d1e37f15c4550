package io.github.sqlvdi.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.benchmarks.baseline.NativeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every benchmark runs for one short iteration from the jar, so that none rots. The figures mean nothing. */
class EveryBenchmarkIT {

    private static final String JAR = System.getProperty("benchmarks.jar");

    @TempDir
    Path folder;

    @Test
    void everyBenchmarkRunsFromTheJar() throws Exception {
        Path result = folder.resolve("result.json");
        List<String> options = new ArrayList<>(List.of("-f", "1", "-wi", "0", "-i", "1", "-r", "50ms", "-foe", "true",
                "-prof", "gc", "-rf", "json", "-rff", result.toString()));
        if (!NativeFiles.exist()) {
            options.addAll(List.of("-e", "VtableCall"));
        }
        assertEquals(0, run(options));
        String json = Files.readString(result);
        assertTrue(json.contains("CommandRoundTrip.command"), json);
    }

    private int run(List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR));
        command.addAll(options);
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            assertTrue(process.waitFor(10, TimeUnit.MINUTES), () -> "no end within ten minutes:\n" + read(log));
            assertEquals(0, process.exitValue(), () -> read(log));
            return process.exitValue();
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
