package io.github.sqlvdi.internal.engine.host;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.internal.engine.Hosts;
import org.junit.jupiter.api.Test;

class HostTest {

    @Test
    void platformWithoutAHostIsRefusedByName() {
        String system = System.getProperty("os.name");
        System.setProperty("os.name", "Plan 9");
        try {
            UnsupportedOperationException e = assertThrows(UnsupportedOperationException.class, Hosts::current);
            assertTrue(e.getMessage().contains("\"Plan 9\""), e.getMessage());
        } finally {
            System.setProperty("os.name", system);
        }
    }
}
