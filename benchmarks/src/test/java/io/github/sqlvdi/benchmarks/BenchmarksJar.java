package io.github.sqlvdi.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.benchmarks.result.Measurement;
import io.github.sqlvdi.benchmarks.result.ResultFile;
import io.github.sqlvdi.testing.ClassArchive;
import io.github.sqlvdi.testing.QuickJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs the jar of the benchmarks in a JVM of its own, as users do. */
final class BenchmarksJar {

    static final String PATH = System.getProperty("benchmarks.jar");

    private final Path folder;

    /** A log of the last run lies in the folder. */
    BenchmarksJar(Path folder) {
        this.folder = folder;
    }

    static Set<String> names(Path file) throws IOException {
        return ResultFile.read(file).measurements().stream().map(Measurement::name).collect(Collectors.toSet());
    }

    static void assertMeasured(Path file, String... suites) throws IOException {
        ResultFile result = ResultFile.read(file);
        Set<String> found = result.measurements().stream().map(Measurement::suite).collect(Collectors.toSet());
        assertTrue(found.containsAll(Set.of(suites)), found::toString);
        for (Measurement measurement : result.measurements()) {
            assertTrue(measurement.median() >= 0, measurement::key);
        }
    }

    /** Runs the jar and returns its output. */
    String run(List<String> options) throws IOException, InterruptedException {
        return runExpecting(0, options);
    }

    String runExpecting(int exitCode, List<String> options) throws IOException, InterruptedException {
        return java(exitCode, List.of("-jar", PATH), options);
    }

    /** Runs the jar with other classes beside it. */
    String runWith(Path classes, List<String> options) throws IOException, InterruptedException {
        return java(0, List.of("--enable-native-access=ALL-UNNAMED", "-cp", PATH + File.pathSeparator + classes,
                Main.class.getName()), options);
    }

    private String java(int exitCode, List<String> first, List<String> options)
            throws IOException, InterruptedException {
        List<String> command = QuickJvm.command(); // the JVMs that JMH starts have the same options
        Path target = Path.of(PATH).getParent();
        command.addAll(ClassArchive.options(Path.of(PATH), "backup", "--size", "3", "--rounds", "1", "--folder",
                target.toString(), "-o", target.resolve("classes.json").toString()));
        // Another test, or another user of the machine, may run JMH. The figures mean nothing here.
        command.add("-Djmh.ignoreLock=true");
        command.addAll(first);
        command.addAll(options);
        return execute(exitCode, command);
    }

    String execute(int exitCode, List<String> command) throws IOException, InterruptedException {
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            assertTrue(process.waitFor(10, TimeUnit.MINUTES), () -> "no end within ten minutes:\n" + read(log));
            assertEquals(exitCode, process.exitValue(), () -> read(log));
            return read(log);
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
