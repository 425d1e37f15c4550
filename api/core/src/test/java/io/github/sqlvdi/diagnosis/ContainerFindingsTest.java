package io.github.sqlvdi.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.diagnosis.Diagnosis.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shared memory and containers, over a made-up file system. */
class ContainerFindingsTest {

    @TempDir
    private Path root;

    private String container() {
        return ContainerFindings.find(root, true).getLast().text();
    }

    @Test
    void noSharedMemoryIsAProblemForSqlServerOnly() {
        assertEquals(Severity.PROBLEM, ContainerFindings.find(root, true).getFirst().severity());
        assertEquals(Severity.NOTE, ContainerFindings.find(root, false).getFirst().severity());
    }

    @Test
    void sharedMemoryOfAContainersUsualSizeIsTooSmall() {
        Findings findings = new Findings();
        Path memory = Path.of("/dev/shm");
        ContainerFindings.size(findings, memory, true, 64L << 20, 60L << 20);
        ContainerFindings.size(findings, memory, true, 1L << 30, 1L << 30);
        assertEquals(memory + " has 64 MiB, 60 MiB free: SQL Server's buffers may not fit",
                findings.all().getFirst().text());
        assertEquals(Severity.PROBLEM, findings.all().getFirst().severity());
        assertEquals(Severity.GOOD, findings.all().getLast().severity());
    }

    @Test
    void settingOfSqlServerIsReadFromItsSection() throws IOException {
        assertEquals("no sign of one", container());
        Files.createFile(root.resolve(".dockerenv"));
        assertTrue(container().contains("mssql.conf is not here"), container());
        Path configuration = Files.createDirectories(root.resolve("var/opt/mssql")).resolve("mssql.conf");
        Files.writeString(configuration, "[other]\nenablecontainersharedmemory = false\n");
        assertTrue(container().endsWith("memory.enablecontainersharedmemory is not set"), container());
        Files.writeString(configuration, "[memory]\nmemorylimitmb = 1\nenablecontainersharedmemory = true\n");
        assertTrue(container().endsWith("memory.enablecontainersharedmemory is true"), container());
    }
}
