package io.github.sqlvdi.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every case of every table against one implementation, and at the end the count of what they produced. A subclass
 * names the implementation. With the system property {@code sqlvdi.conformance.only} only the cases run whose titles
 * contain that text, and nothing is counted.
 */
abstract class ConformanceSuite {

    private static final String ONLY = System.getProperty("sqlvdi.conformance.only", "");

    /** A new factory; closed after the last case. */
    abstract VdiUnderTest implementation() throws Exception;

    @TestFactory
    Stream<DynamicNode> conformance() throws Exception {
        VdiUnderTest vdi = implementation();
        Coverage coverage = new Coverage(vdi.description());
        Stream<DynamicNode> tables = tables().entrySet().stream().map(table -> DynamicContainer.dynamicContainer(
                table.getKey(), table.getValue().stream().filter(test -> test.title().contains(ONLY))
                        .map(test -> test(vdi, coverage, test))));
        Stream<DynamicNode> end = Stream.of(
                DynamicTest.dynamicTest("titles of cases are unique", ConformanceSuite::titlesAreUnique),
                DynamicTest.dynamicTest("every row of the reference's tables is produced or explained",
                        () -> countIsComplete(vdi, coverage)));
        return (ONLY.isEmpty() ? Stream.concat(tables, end) : tables).onClose(vdi::close);
    }

    /** The tables of the suite, in the order of the reference. */
    private static Map<String, List<Case>> tables() {
        Map<String, List<Case>> tables = new LinkedHashMap<>();
        tables.put("3.3 COM", ComRules.cases());
        tables.put("3.4 client states", ClientStateRows.cases());
        tables.put("3.4 server states", ServerStateRows.cases());
        tables.put("3.5.1 Create", CreateRows.cases());
        tables.put("3.5.1, 3.5.2 surroundings", SurroundingsRows.cases());
        tables.put("5.1 and 9 features", FeatureRows.cases());
        tables.put("3.5.3, 3.7.3 configuration", ConfigurationRows.cases());
        tables.put("3.5.4, 3.7.8 OpenDevice", DeviceRows.cases());
        tables.put("3.5.7 secondaries", SecondaryRows.cases());
        tables.put("3.5.8, 3.5.9 buffer handles", BufferHandleRows.cases());
        tables.put("3.6 commands at the client", CommandRows.cases());
        tables.put("3.7.1 server Open and Close", ServerOpenRows.cases());
        tables.put("3.7.4 RequestBuffers", RequestBuffersRows.cases());
        tables.put("3.7.9 AllocateBuffer", AllocateBufferRows.cases());
        tables.put("3.8 legacy server set", LegacyRows.cases());
        tables.put("3.9 SendCommand", SendCommandRows.cases());
        tables.put("6 configuration", ConfigurationRules.cases());
        tables.put("8 commands", CommandRules.cases());
        tables.put("8.18 ordering", OrderingRules.cases());
        tables.put("11 termination", AbortRules.cases());
        return tables;
    }

    private static DynamicTest test(VdiUnderTest vdi, Coverage coverage, Case test) {
        return DynamicTest.dynamicTest(test.title(), () -> {
            for (Capability needed : test.needs()) {
                if (!vdi.capabilities().contains(needed)) {
                    coverage.notRun(test, needed.missing());
                    Assumptions.abort(needed.missing());
                }
            }
            Optional<String> leftOut = vdi.leftOut(test);
            if (leftOut.isPresent()) {
                coverage.notRun(test, leftOut.get());
                Assumptions.abort(leftOut.get());
            }
            test.run(vdi, coverage);
            coverage.passed();
        });
    }

    private static void titlesAreUnique() {
        List<String> titles = tables().values().stream().flatMap(List::stream).map(Case::title).toList();
        Set<String> seen = titles.stream().collect(Collectors.toSet());
        List<String> twice = new ArrayList<>(titles);
        seen.forEach(twice::remove);
        assertEquals(List.of(), twice, "titles used more than once");
    }

    /** A client-only or remote implementation cannot produce every row; the others must. */
    private static void countIsComplete(VdiUnderTest vdi, Coverage coverage) throws Exception {
        Path report = Path.of("target", "conformance-" + vdi.description().replaceAll("\\W+", "-") + ".txt");
        Files.createDirectories(report.toAbsolutePath().getParent());
        Files.writeString(report, coverage.report());
        System.out.println(coverage.summary() + "\nIn full: " + report.toAbsolutePath());
        assertEquals(List.of(), coverage.unknown(), "keys of cases that are no row of a table");
        if (vdi.capabilities().containsAll(Set.of(Capability.values()))) {
            assertEquals(List.of(), coverage.lost(), "rows that nothing produced and OpenPoints does not explain");
            assertEquals(List.of(), coverage.outdated(), "OpenPoints that are produced after all, or are no row");
        }
    }
}
