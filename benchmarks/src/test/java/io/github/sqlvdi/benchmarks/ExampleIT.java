package io.github.sqlvdi.benchmarks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.testing.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What benchmarks/example/README.md and the help promise. */
class ExampleIT {

    @TempDir
    Path folder;
    private BenchmarksJar jar;

    @BeforeEach
    void jar() {
        jar = new BenchmarksJar(folder);
    }

    /** The commands of benchmarks/example/README.md. */
    @Test
    void theExampleIsBuiltAndMeasuredWithTheJarAlone() throws Exception {
        Path example = Checkout.module().resolve("example/src/main");
        Path out = Files.createDirectory(folder.resolve("out"));
        List<String> javac =
                new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                        "-cp", BenchmarksJar.PATH, "-processor", "org.openjdk.jmh.generators.BenchmarkProcessor", "-d",
                        out.toString()));
        try (Stream<Path> sources = Files.list(example.resolve("java/com/example"))) {
            sources.map(Path::toString).forEach(javac::add);
        }
        jar.execute(0, javac);
        String services = "META-INF/services/io.github.sqlvdi.stream.JobDevice";
        Files.createDirectories(out.resolve(services).getParent());
        Files.copy(example.resolve("resources").resolve(services), out.resolve(services));
        Path result = folder.resolve("jmh.json");
        jar.runWith(out,
                List.of("CheckingBenchmark|BufferPath.device", "-f", "1", "-wi", "0", "-i", "1", "-r", "50ms", "-foe",
                        "true", "-p", "size=65536", "-p", "device=com.example.CheckingDevice", "-rf", "json", "-rff",
                        result.toString()));
        BenchmarksJar.assertMeasured(result, "CheckingBenchmark", "BufferPath");
        Path backup = folder.resolve("backup.json");
        jar.runWith(out, List.of("backup", "--size", "3", "--rounds", "1", "--folder", folder.toString(), "--device",
                "com.example.CheckingDevice", "-o", backup.toString()));
        assertTrue(BenchmarksJar.names(backup).contains("CheckingDevice"));
        Path server = folder.resolve("server.json");
        jar.runWith(out, List.of("server", "--emulated", "9", "--database", "sales", "--sizes", "64", "--buffers", "8",
                "--devices", "2", "--rounds", "1", "--device", "CheckingDevice", "-o", server.toString()));
        assertTrue(BenchmarksJar.names(server).contains("backup to CheckingDevice"));
        Path ipc = folder.resolve("ipc.json");
        jar.runWith(out, List.of("ipc", "--quick", "--rounds", "1", "--warm", "50", "--measure", "50", "--sizes", "64",
                "--transports", "UNIX_SOCKET", "--device", "CheckingDevice", "-o", ipc.toString()));
        assertTrue(BenchmarksJar.names(ipc).contains("CheckingDevice"));
        String absent = jar.runExpecting(2, List.of("backup", "--device", "com.example.CheckingDevice"));
        assertTrue(absent.contains("java -cp benchmarks.jar"), absent);
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
            String help = jar.run(List.of(option));
            for (String command : commands) {
                assertTrue(help.lines().anyMatch(line -> line.startsWith("  " + command + " ")), command + help);
            }
            assertTrue(help.contains("-wi <int>"), help);
        }
    }
}
