package io.github.sqlvdi.internal.engine.host.linux;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.internal.engine.Hosts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class LinuxHostTest {

    @Test
    void currentHostIsTheOneOfThisPlatform() {
        assertSame(LinuxHost.instance(), Hosts.current());
    }

    @Test
    void unknownProcessorIsRefusedByName() {
        UnsupportedOperationException e = assertThrows(UnsupportedOperationException.class,
                () -> LinuxHost.requireProcessor("s390x"));
        assertTrue(e.getMessage().contains("\"s390x\"") && e.getMessage().contains("aarch64"), e.getMessage());
    }

    @Test
    void availableMemoryIsNeverMoreThanTheMachineHas() throws IOException {
        long total = Files.readAllLines(Path.of("/proc/meminfo")).stream().filter(l -> l.startsWith("MemTotal:"))
                .mapToLong(l -> Long.parseLong(l.replaceAll("[^0-9]", ""))).findFirst().orElseThrow() * 1024;
        long available = Hosts.current().availableMemory();
        assertTrue(available > 0 && available <= total, available + " of " + total);
    }
}
