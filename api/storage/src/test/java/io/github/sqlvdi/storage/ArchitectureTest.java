package io.github.sqlvdi.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sqlvdi.testing.Checkout;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of floors in {@code docs/architecture.md} is true of this artifact. */
class ArchitectureTest {

    @Test
    void packagesUseLowerFloorsOnly() throws IOException {
        assertEquals(List.of(), Checkout.floors().check(Checkout.module().resolve("target/classes")));
    }
}
