package io.github.sqlvdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.bindings.VDConfig;
import io.github.sqlvdi.testing.Checkout;
import io.github.sqlvdi.testing.Floors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The table of floors in {@code docs/architecture.md} is true of bindings and core, and names what there is. */
class ArchitectureTest {

    @Test
    void packagesOfCoreUseLowerFloorsOnly() throws Exception {
        Path bindings = Path.of(VDConfig.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path core = Checkout.module().resolve("target/classes");
        assertEquals(List.of(), Checkout.floors().check(core, bindings));
    }

    @Test
    void everyPackageHasARowAndEveryRowAPackage() throws IOException {
        Set<String> packages = new TreeSet<>();
        for (String artifact : Checkout.ARTIFACTS) {
            packages.addAll(Floors.sources(Checkout.root().resolve(artifact).resolve("src/main/java")));
        }
        assertEquals(packages, new TreeSet<>(Checkout.floors().packages()));
    }

    @Test
    void arrowThatGoesUpAndCycleAreFound() throws IOException {
        Path core = Checkout.module().resolve("target/classes");
        List<String> level = List.of("| 1 | `io.github.sqlvdi`, `statement`, `client` | words |");
        List<String> faults = Floors.of(level).check(core);
        assertTrue(
                faults.stream().anyMatch(fault -> fault.startsWith("io.github.sqlvdi.client.Command (floor 1) uses ")),
                faults::toString);
        assertTrue(faults.contains("io.github.sqlvdi.stream is not in the table"), faults::toString);
    }

    @Test
    void packageWithTwoRowsIsFound() throws IOException {
        List<String> twice = List.of("| 1 | `statement` | words |", "| 2 | `statement` | words |");
        assertTrue(Floors.of(twice).check(Checkout.module().resolve("target/classes"))
                .contains("io.github.sqlvdi.statement has two rows in the table"));
    }
}
