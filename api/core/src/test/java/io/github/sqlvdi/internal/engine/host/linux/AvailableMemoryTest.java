package io.github.sqlvdi.internal.engine.host.linux;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The available memory is some of the memory of the machine. */
@EnabledOnOs(OS.LINUX)
class AvailableMemoryTest {

    @Test
    void availableMemoryIsPartOfTheMachines() throws IOException {
        String total = Files.readAllLines(Path.of("/proc/meminfo")).stream()
                .filter(line -> line.startsWith("MemTotal:")).findFirst().orElseThrow();
        long machine = Long.parseLong(total.replaceAll("\\D", "")) * 1024;
        long available = AvailableMemory.bytes();
        assertTrue(available > 0 && available <= machine, available + " of " + machine);
    }
}
