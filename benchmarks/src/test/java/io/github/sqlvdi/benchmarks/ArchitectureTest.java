package io.github.sqlvdi.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sqlvdi.testing.Checkout;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of floors in {@code docs/architecture.md} is true of this artifact. */
class ArchitectureTest {

    @Test
    void packagesUseLowerFloorsOnly() throws IOException {
        // JMH generates this package, above the package that it measures.
        String generated = "io.github.sqlvdi.benchmarks.jmh_generated is not in the table";
        assertEquals(List.of(generated), Checkout.floors().check(Checkout.module().resolve("target/classes")));
    }
}
