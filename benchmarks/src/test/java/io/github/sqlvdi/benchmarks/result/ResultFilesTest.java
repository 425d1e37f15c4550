package io.github.sqlvdi.benchmarks.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import picocli.CommandLine;

class ResultFilesTest {

    @TempDir
    Path folder;

    private Path jmh;

    @BeforeEach
    void unpack() throws IOException {
        jmh = folder.resolve("jmh.json");
        try (InputStream content = getClass().getResourceAsStream("jmh.json")) {
            Files.copy(content, jmh);
        }
    }

    @Test
    void jmhGivesEveryIterationOfEveryFork() throws IOException {
        Measurement call = find("VtableCall", "sqlvdi", Map.of());
        assertEquals(List.of(8.0, 8.1, 8.2, 8.3), call.values());
        assertEquals(8.15, call.median(), 1e-9);
        assertEquals(8.0, call.smallest());
        assertEquals(8.3, call.largest());
        assertEquals("ns/op", call.unit());
        assertFalse(call.higherIsBetter());
    }

    @Test
    void jmhGivesAllocationPercentilesAndRates() throws IOException {
        assertEquals("B/op", find("VtableCall", "sqlvdi", Map.of("metric", "allocated")).unit());
        assertEquals(290, find("CommandRoundTrip", "command", Map.of("metric", "p50")).median());
        assertEquals(900, find("CommandRoundTrip", "command", Map.of("metric", "p99.9")).median());
        Measurement rate = find("BufferPath", "crc32c", Map.of("size", "64 KiB"));
        assertEquals("GB/s", rate.unit());
        assertEquals(6.5, rate.median());
        assertTrue(rate.higherIsBetter());
    }

    @Test
    void ownFilesComeBackAsTheyWereWritten() throws IOException {
        ResultFile written = new ResultFile(Machine.here(), "ipc", List.of(copy("sqlvdi", "near", 40, 50)));
        Path file = folder.resolve("deep/ipc.json");
        written.write(file);
        assertEquals(written, ResultFile.read(file));
    }

    @Test
    void filesOfOneHarnessAreRoundsOfTheSameMeasurements() throws IOException {
        List<Path> files = List.of(folder.resolve("1.json"), folder.resolve("2.json"));
        new ResultFile(Machine.here(), "ipc", List.of(copy("sqlvdi", "near", 40, 50))).write(files.get(0));
        new ResultFile(Machine.here(), "ipc", List.of(copy("sqlvdi", "near", 60), copy("sqlvdi", "far", 5)))
                .write(files.get(1));
        assertEquals(List.of(copy("sqlvdi", "near", 40, 50, 60), copy("sqlvdi", "far", 5)),
                Results.read(files).measurements());
    }

    @Test
    void iterationsOfJmhAreToldApartByTheDistanceOfTheCpus() throws IOException {
        Path probed = Files.writeString(folder.resolve("probed.json"), Files.readString(jmh).replaceFirst(
                "\"secondaryMetrics\"\\s*:\\s*\\{", """
                        "secondaryMetrics": {
                          "cpus.before": {"rawData": [[100, 100], [100, 400]]},
                          "cpus.after": {"rawData": [[110, 400], [110, 450]]},"""));
        Results results = Results.read(List.of(probed));
        assertEquals(List.of(8.0, 8.2), results.find("VtableCall", "sqlvdi", Map.of("cpus", "near")).orElseThrow()
                .values());
        assertEquals(List.of(8.1),
                results.find("VtableCall", "sqlvdi", Map.of("cpus", "mixed")).orElseThrow().values());
        assertEquals(List.of(8.3), results.find("VtableCall", "sqlvdi", Map.of("cpus", "far")).orElseThrow().values());
    }

    @Test
    void percentilesOfJmhAreThoseOfTheIterationsAtOneDistance() throws IOException {
        Path probed = Files.writeString(folder.resolve("probed.json"), """
                [{"jmhVersion": "1.37", "benchmark": "io.github.sqlvdi.benchmarks.CommandRoundTrip.command",
                  "mode": "sample", "forks": 2,
                  "params": {"devices": "1", "inFlight": "1", "placement": "APART", "provider": "EMBEDDED"},
                  "primaryMetric": {"score": 500, "scoreUnit": "ns/op", "rawData": [[500.0, 900.0], [300.0]],
                    "scorePercentiles": {"50.0": 700.0, "99.0": 950.0, "99.9": 990.0},
                    "rawDataHistogram": [[[[310.0, 60], [390.0, 40]], [[900.0, 1000]]], [[[320.0, 100]]]]},
                  "secondaryMetrics": {"cpus.before": {"rawData": [[100, 400], [100]]},
                    "cpus.after": {"rawData": [[110, 400], [110]]}}}]""");
        Results results = Results.read(List.of(probed));
        Map<String, String> median = Map.of("metric", "p50");
        Measurement near = results.nearest("CommandRoundTrip", "command", median).orElseThrow();
        assertEquals("near", near.parameters().get("cpus"));
        assertEquals(320, near.median()); // of 60 x 310, 100 x 320 and 40 x 390
        assertEquals(900, results.find("CommandRoundTrip", "command", Map.of("metric", "p50", "cpus", "far"))
                .orElseThrow().median());
        Target roundTrip = Target.of(results).getFirst();
        assertEquals("command round trip in one process, p50, ns", roundTrip.what());
        assertEquals("near", roundTrip.distance());
        assertEquals(320, roundTrip.measured());
    }

    @Test
    void handOffIsJudgedByTheCallsOfTheSameRun() {
        Results results = results(handOff("sqlvdi", 330), handOff("C ring", 160),
                new Measurement("hand-off round trip", "four upcalls", Map.of("waiting", "spinning"), "ns/op", false,
                        List.of(140.0)),
                new Measurement("calls in windows", "upcall", Map.of(), "ns/op", false, List.of(99.0)));
        Target target = Target.of(results).stream().filter(each -> each.what().endsWith("four upcalls")).findFirst()
                .orElseThrow();
        assertEquals(1.1, target.measured(), 1e-9);
        assertTrue(target.met());
    }

    private static Measurement handOff(String name, double nanos) {
        return new Measurement("hand-off round trip", name,
                Map.of("waiting", "spinning", "cpus", "near", "metric", "p50"), "ns/op", false, List.of(nanos));
    }

    @Test
    void stagesAreDrawnAsStackedBarsThatAddUp() {
        Measurement waiting = stage("waited for server", 1, 3);
        Measurement writing = stage("waited for target", 4, 6);
        String svg = new StackedChart(List.of(waiting, writing)).chart("where the time goes").svg();
        assertTrue(svg.contains("<title>waited for server: 2.00 s</title>"), svg);
        assertTrue(svg.contains("<title>waited for target: 5.00 s</title>"), svg);
        assertTrue(svg.contains(">7.00 s</text>"), svg);
        String page = new HtmlReport(results(waiting, writing)).page();
        assertTrue(page.contains(svg) && page.indexOf("<figure") == page.lastIndexOf("<figure"), page);
    }

    @Test
    void chartsAreWrittenAsFilesThatAreWellFormed() throws Exception {
        Path charts = folder.resolve("charts");
        assertEquals(0, new CommandLine(new ReportCommand()).execute(jmh.toString(), "-o",
                folder.resolve("page.html").toString(), "--svg", charts.toString()));
        List<Path> files;
        try (Stream<Path> found = Files.list(charts)) {
            files = found.sorted().toList();
        }
        assertTrue(files.stream().anyMatch(file -> file.endsWith("bufferpath-64-kib-gb-s.svg")), files::toString);
        for (Path file : files) {
            Document chart = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
            assertEquals("svg", chart.getDocumentElement().getTagName());
            assertEquals("http://www.w3.org/2000/svg", chart.getDocumentElement().getAttribute("xmlns"));
        }
    }

    private static Measurement stage(String stage, double... values) {
        return new Measurement(JobRecording.STAGES, "backup", Map.of("stage", stage), "s", false,
                java.util.Arrays.stream(values).boxed().toList());
    }

    @Test
    void anythingElseIsRefusedWithItsName() throws IOException {
        for (String content : List.of("{}", "[{}]", "no json", "[1]", "")) {
            Path file = Files.writeString(folder.resolve("other.json"), content);
            IOException refused = assertThrows(IOException.class, () -> ResultFile.read(file), content);
            assertTrue(refused.getMessage().contains("other.json"), refused.getMessage());
        }
    }

    @Test
    void targetsCompareAtTheSameDistance() {
        Results results = results(copy("sqlvdi", "near", 45), copy("C ring", "near", 50), copy("sqlvdi", "far", 10),
                copy("C ring", "far", 100));
        Target target =
                Target.of(results).stream().filter(found -> found.what().endsWith("1 MiB, / C ring")).findFirst()
                        .orElseThrow();
        assertEquals(0.9, target.measured(), 1e-9);
        assertEquals("near", target.distance());
        assertTrue(target.met());
    }

    @Test
    void missedTargetsAreToldAsMissed() {
        Results results = results(copy("sqlvdi", "near", 44), copy("C ring", "near", 50));
        assertTrue(Target.of(results).stream().anyMatch(target -> !target.met()));
        assertTrue(new HtmlReport(results).page().contains("missed"));
    }

    @Test
    void thePageNeedsNothingFromElsewhere() throws IOException {
        String page = new HtmlReport(Results.read(List.of(jmh))).page();
        assertTrue(page.contains("<svg") && page.contains("VtableCall") && page.contains("crc32c"), page);
        assertFalse(page.contains("http") || page.contains("src=") || page.contains("@import"), page);
        assertTrue(page.endsWith("</body></html>\n"));
    }

    @Test
    void whatIsWrittenIntoThePageIsEscaped() {
        String page = new HtmlReport(new Results(List.of(new ResultFile(null, "a <b> & \"c\"", List.of())))).page();
        assertTrue(page.contains("a &lt;b&gt; &amp; &quot;c&quot;"), page);
    }

    @Test
    void slowerIsWhatNoValueOfTheOldRunReaches() {
        CompareCommand.Pair apart =
                new CompareCommand.Pair(copy("sqlvdi", "near", 50, 51, 52), copy("sqlvdi", "near", 40, 41, 42));
        assertTrue(apart.isSlower(5));
        assertFalse(apart.isSlower(30));
        assertEquals(41.0 / 51, apart.speed(), 1e-9);
        CompareCommand.Pair overlapping =
                new CompareCommand.Pair(copy("sqlvdi", "near", 40, 51, 52), copy("sqlvdi", "near", 40, 41, 42));
        assertFalse(overlapping.isSlower(5));
    }

    @Test
    void compareEndsWithOneWhenSomethingGotSlower() throws IOException {
        Path old = folder.resolve("old.json");
        Path now = folder.resolve("now.json");
        new ResultFile(null, "old", List.of(copy("sqlvdi", "near", 50))).write(old);
        new ResultFile(null, "now", List.of(copy("sqlvdi", "near", 40))).write(now);
        assertEquals(1, new CommandLine(new CompareCommand()).execute(old.toString(), now.toString()));
        assertEquals(0, new CommandLine(new CompareCommand()).execute(now.toString(), old.toString()));
        assertEquals(0, new CommandLine(new CompareCommand()).execute(old.toString(), old.toString()));
    }

    private Measurement find(String suite, String name, Map<String, String> parameters) throws IOException {
        return Results.read(List.of(jmh)).find(suite, name, parameters).orElseThrow();
    }

    private static Results results(Measurement... measurements) {
        return new Results(List.of(new ResultFile(Machine.here(), "ipc", List.of(measurements))));
    }

    private static Measurement copy(String name, String distance, double... values) {
        return new Measurement("copy in + copy out", name, Map.of("size", "1 MiB", "cpus", distance), "GB/s", true,
                java.util.Arrays.stream(values).boxed().toList());
    }
}
