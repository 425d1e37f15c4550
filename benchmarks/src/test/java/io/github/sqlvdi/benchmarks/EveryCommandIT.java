package io.github.sqlvdi.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.benchmarks.baseline.NativeFiles;
import io.github.sqlvdi.benchmarks.result.Measurement;
import io.github.sqlvdi.benchmarks.result.ResultFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The commands that measure a server run from the jar, so that none rots. The figures mean nothing. */
class EveryCommandIT {

    @TempDir
    Path folder;
    private BenchmarksJar jar;

    @BeforeEach
    void jar() {
        jar = new BenchmarksJar(folder);
    }

    @Test
    void theServerIsMeasuredFromTheJarAndDatabasesThatWereNotNamedAreRefused() throws Exception {
        Path result = folder.resolve("server.json");
        String output = jar.run(List.of("server", "--emulated", "9", "--database", "sales", "--sizes", "64,1024",
                "--buffers",
                "4,8", "--devices", "1,8", "--targets", "null," + folder, "--restore-as", "sales_copy", "--rounds", "2",
                "--warm", "1", "--seed", "5", "-o", result.toString()));
        assertTrue(output.contains("12 backups of sales in each of 2 rounds, order --seed 5"), output);
        BenchmarksJar.assertMeasured(result, "server", "where the time goes");
        List<Measurement> rates = ResultFile.read(result).measurements().stream()
                .filter(each -> each.unit().equals("GB/s")).toList();
        assertEquals(18, rates.size(), rates::toString); // 6 settings to two targets, and 6 restores
        rates.forEach(each -> assertEquals(2, each.values().size(), each::key));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.filter(Files::isDirectory).toList());
        }
        Path compressed = folder.resolve("compressed.json");
        jar.run(List.of("server", "--emulated", "9", "--database", "sales", "--sizes", "1024", "--buffers", "4",
                "--devices",
                "2", "--codecs", "none,gzip:1", "--targets", folder.toString(), "--restore-as", "sales_copy",
                "--rounds",
                "1", "-o", compressed.toString()));
        Measurement stored = ResultFile.read(compressed).measurements().stream()
                .filter(each -> each.parameters().getOrDefault("metric", "").equals("stored")
                        && each.name().startsWith("backup"))
                .findFirst().orElseThrow();
        assertTrue(stored.median() < 8, stored::toString); // MB of a database of 9 MiB
        String refused = jar.runExpecting(1, List.of("server", "--emulated", "9", "--database", "sales", "--targets",
                folder.toString(), "--restore-as", "SALES"));
        assertTrue(refused.contains("--restore-as") && refused.contains("[sales]"), refused);
    }

    @Test
    void theSearchRecommendsAStatementFromTheJar() throws Exception {
        Path result = folder.resolve("tune.json");
        String output =
                jar.run(List.of("tune", "--emulated", "9", "--database", "sales", "--sizes", "64,256,1024", "--buffers",
                        "2,4", "--devices", "1,2", "--rounds", "2", "--runs", "8", "-o", result.toString()));
        assertTrue(output.contains("BACKUP DATABASE [sales] TO {devices} WITH MAXTRANSFERSIZE = "), output);
        assertEquals(1, output.split("recommended", -1).length - 1, output);
        BenchmarksJar.assertMeasured(result, "tune");
    }

    @Test
    void smallJobsAndCallsAreMeasuredFromTheJar() throws Exception {
        Path result = folder.resolve("jobs.json");
        jar.run(List.of("jobs", "--jobs", "10", "--together", "1,4", "--rounds", "1", "--folder", folder.toString(),
                "-o",
                result.toString()));
        BenchmarksJar.assertMeasured(result, "small log backups");
        if (NativeFiles.exist()) {
            Path calls = folder.resolve("calls.json");
            jar.run(List.of("calls", "--rounds", "1", "--windows", "20", "--warm", "300", "-o", calls.toString()));
            BenchmarksJar.assertMeasured(calls, "calls in windows");
        }
    }

    /** Only two steps here: the commands of the others have tests of their own. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void oneCommandMakesResultsAndTheirReport() throws Exception {
        Path results = folder.resolve("results");
        String output = jar.run(List.of("all", "--quick", "--only", "sets,server", "-o", results.toString()));
        assertTrue(output.contains("java -jar benchmarks.jar server --database sales"), output);
        assertTrue(BenchmarksJar.names(results.resolve("sets.json")).contains("both halves, descriptors"));
        BenchmarksJar.assertMeasured(results.resolve("server.json"), "server");
        String tables = Files.readString(results.resolve("tables.md"));
        assertTrue(tables.contains("### one set of many") && tables.contains("### server"), tables);
        try (Stream<Path> charts = Files.list(results.resolve("charts"))) {
            assertTrue(charts.anyMatch(file -> file.toString().endsWith(".svg")));
        }
        String refused = jar.runExpecting(2, List.of("all", "--only", "nothing", "-o", results.toString()));
        assertTrue(refused.contains("calls") && refused.contains("nothing"), refused);
    }
}
