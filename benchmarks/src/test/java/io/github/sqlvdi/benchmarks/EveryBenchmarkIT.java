package io.github.sqlvdi.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.benchmarks.baseline.NativeFiles;
import io.github.sqlvdi.benchmarks.result.Measurement;
import io.github.sqlvdi.benchmarks.result.ResultFile;
import io.github.sqlvdi.testing.Checkout;
import io.github.sqlvdi.testing.QuickJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Every benchmark runs for one short iteration from the jar, so that none rots. The figures mean nothing. */
class EveryBenchmarkIT {

    private static final String JAR = System.getProperty("benchmarks.jar");
    private static final boolean ALL = System.getProperty("sqlvdi.benchmarks", "").equals("all");

    @TempDir
    Path folder;

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
        run(options);
        assertMeasured(result, suites);
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
    void backupsThroughCodecsRunFromTheJar() throws Exception {
        Path result = folder.resolve("pipeline.json");
        run(List.of("pipeline", "--size", "3", "--rounds", "1", "--levels", "1", "--data", "rows", "--folder",
                folder.toString(), "-o", result.toString()));
        assertMeasured(result, "pipeline");
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

    @Test
    void theServerIsMeasuredFromTheJarAndDatabasesThatWereNotNamedAreRefused() throws Exception {
        Path result = folder.resolve("server.json");
        String output = run(List.of("server", "--emulated", "9", "--database", "sales", "--sizes", "64,1024",
                "--buffers",
                "4,8", "--devices", "1,8", "--targets", "null," + folder, "--restore-as", "sales_copy", "--rounds", "2",
                "--warm", "1", "--seed", "5", "-o", result.toString()));
        assertTrue(output.contains("12 backups of sales in each of 2 rounds, order --seed 5"), output);
        assertMeasured(result, "server", "where the time goes");
        List<Measurement> rates = ResultFile.read(result).measurements().stream()
                .filter(each -> each.unit().equals("GB/s")).toList();
        assertEquals(18, rates.size(), rates::toString); // 6 settings to two targets, and 6 restores
        rates.forEach(each -> assertEquals(2, each.values().size(), each::key));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.filter(Files::isDirectory).toList());
        }
        Path compressed = folder.resolve("compressed.json");
        run(List.of("server", "--emulated", "9", "--database", "sales", "--sizes", "1024", "--buffers", "4",
                "--devices",
                "2", "--codecs", "none,gzip:1", "--targets", folder.toString(), "--restore-as", "sales_copy",
                "--rounds",
                "1", "-o", compressed.toString()));
        Measurement stored = ResultFile.read(compressed).measurements().stream()
                .filter(each -> each.parameters().getOrDefault("metric", "").equals("stored")
                        && each.name().startsWith("backup"))
                .findFirst().orElseThrow();
        assertTrue(stored.median() < 8, stored::toString); // MB of a database of 9 MiB
        String refused = runExpecting(1, List.of("server", "--emulated", "9", "--database", "sales", "--targets",
                folder.toString(), "--restore-as", "SALES"));
        assertTrue(refused.contains("--restore-as") && refused.contains("[sales]"), refused);
    }

    @Test
    void theSearchRecommendsAStatementFromTheJar() throws Exception {
        Path result = folder.resolve("tune.json");
        String output =
                run(List.of("tune", "--emulated", "9", "--database", "sales", "--sizes", "64,256,1024", "--buffers",
                        "2,4", "--devices", "1,2", "--rounds", "2", "--runs", "8", "-o", result.toString()));
        assertTrue(output.contains("BACKUP DATABASE [sales] TO {devices} WITH MAXTRANSFERSIZE = "), output);
        assertEquals(1, output.split("recommended", -1).length - 1, output);
        assertMeasured(result, "tune");
    }

    @Test
    void smallJobsAndCallsAreMeasuredFromTheJar() throws Exception {
        Path result = folder.resolve("jobs.json");
        run(List.of("jobs", "--jobs", "10", "--together", "1,4", "--rounds", "1", "--folder", folder.toString(), "-o",
                result.toString()));
        assertMeasured(result, "small log backups");
        if (NativeFiles.exist()) {
            Path calls = folder.resolve("calls.json");
            run(List.of("calls", "--rounds", "1", "--windows", "20", "--warm", "300", "-o", calls.toString()));
            assertMeasured(calls, "calls in windows");
        }
    }

    /** The commands of benchmarks/example/README.md. */
    @Test
    void theExampleIsBuiltAndMeasuredWithTheJarAlone() throws Exception {
        Path example = Checkout.module().resolve("example/src/main");
        Path out = Files.createDirectory(folder.resolve("out"));
        List<String> javac =
                new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                        "-cp", JAR, "-processor", "org.openjdk.jmh.generators.BenchmarkProcessor", "-d",
                        out.toString()));
        try (Stream<Path> sources = Files.list(example.resolve("java/com/example"))) {
            sources.map(Path::toString).forEach(javac::add);
        }
        execute(0, javac);
        String services = "META-INF/services/io.github.sqlvdi.stream.JobDevice";
        Files.createDirectories(out.resolve(services).getParent());
        Files.copy(example.resolve("resources").resolve(services), out.resolve(services));
        Path result = folder.resolve("jmh.json");
        runWith(out,
                List.of("CheckingBenchmark|BufferPath.device", "-f", "1", "-wi", "0", "-i", "1", "-r", "50ms", "-foe",
                        "true", "-p", "size=65536", "-p", "device=com.example.CheckingDevice", "-rf", "json", "-rff",
                        result.toString()));
        assertMeasured(result, "CheckingBenchmark", "BufferPath");
        Path backup = folder.resolve("backup.json");
        runWith(out, List.of("backup", "--size", "3", "--rounds", "1", "--folder", folder.toString(), "--device",
                "com.example.CheckingDevice", "-o", backup.toString()));
        assertTrue(names(backup).contains("CheckingDevice"));
        Path server = folder.resolve("server.json");
        runWith(out, List.of("server", "--emulated", "9", "--database", "sales", "--sizes", "64", "--buffers", "8",
                "--devices", "2", "--rounds", "1", "--device", "CheckingDevice", "-o", server.toString()));
        assertTrue(names(server).contains("backup to CheckingDevice"));
        Path ipc = folder.resolve("ipc.json");
        runWith(out, List.of("ipc", "--quick", "--rounds", "1", "--warm", "50", "--measure", "50", "--sizes", "64",
                "--transports", "UNIX_SOCKET", "--device", "CheckingDevice", "-o", ipc.toString()));
        assertTrue(names(ipc).contains("CheckingDevice"));
        String absent = runExpecting(2, List.of("backup", "--device", "com.example.CheckingDevice"));
        assertTrue(absent.contains("java -cp benchmarks.jar"), absent);
    }

    /** Only two steps here: the commands of the others have tests of their own. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void oneCommandMakesResultsAndTheirReport() throws Exception {
        Path results = folder.resolve("results");
        String output = run(List.of("all", "--quick", "--only", "sets,server", "-o", results.toString()));
        assertTrue(output.contains("java -jar benchmarks.jar server --database sales"), output);
        assertTrue(names(results.resolve("sets.json")).contains("both halves, descriptors"));
        assertMeasured(results.resolve("server.json"), "server");
        String tables = Files.readString(results.resolve("tables.md"));
        assertTrue(tables.contains("### one set of many") && tables.contains("### server"), tables);
        try (Stream<Path> charts = Files.list(results.resolve("charts"))) {
            assertTrue(charts.anyMatch(file -> file.toString().endsWith(".svg")));
        }
        String refused = runExpecting(2, List.of("all", "--only", "nothing", "-o", results.toString()));
        assertTrue(refused.contains("calls") && refused.contains("nothing"), refused);
    }

    private static Set<String> names(Path file) throws IOException {
        return ResultFile.read(file).measurements().stream().map(Measurement::name).collect(Collectors.toSet());
    }

    @Test
    void theHelpListsAllCommandsAndTheOptionsOfJmh() throws Exception {
        Set<String> commands = new CommandLine(Main.class).getSubcommands().keySet();
        assertTrue(
                commands.containsAll(
                        Set.of("all", "ipc", "backup", "pipeline", "server", "tune", "jobs", "sets", "calls", "report",
                                "compare")),
                commands::toString);
        for (String option : List.of("-h", "--help")) {
            String help = run(List.of(option));
            for (String command : commands) {
                assertTrue(help.lines().anyMatch(line -> line.startsWith("  " + command + " ")), command + help);
            }
            assertTrue(help.contains("-wi <int>"), help);
        }
    }

    private static void assertMeasured(Path file, String... suites) throws IOException {
        ResultFile result = ResultFile.read(file);
        Set<String> found = result.measurements().stream().map(Measurement::suite).collect(Collectors.toSet());
        assertTrue(found.containsAll(Set.of(suites)), found::toString);
        for (Measurement measurement : result.measurements()) {
            assertTrue(measurement.median() >= 0, measurement::key);
        }
    }

    /** Runs the jar and returns its output. */
    private String run(List<String> options) throws IOException, InterruptedException {
        return runExpecting(0, options);
    }

    private String runExpecting(int exitCode, List<String> options) throws IOException, InterruptedException {
        return java(exitCode, List.of("-jar", JAR), options);
    }

    /** Runs the jar with other classes beside it. */
    private String runWith(Path classes, List<String> options) throws IOException, InterruptedException {
        return java(0, List.of("--enable-native-access=ALL-UNNAMED", "-cp", JAR + File.pathSeparator + classes,
                Main.class.getName()), options);
    }

    private String java(int exitCode, List<String> first, List<String> options)
            throws IOException, InterruptedException {
        List<String> command = QuickJvm.command(); // the JVMs that JMH starts have the same options
        command.addAll(first);
        command.addAll(options);
        return execute(exitCode, command);
    }

    private String execute(int exitCode, List<String> command) throws IOException, InterruptedException {
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
