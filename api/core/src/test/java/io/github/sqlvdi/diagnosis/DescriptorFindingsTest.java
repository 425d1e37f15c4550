package io.github.sqlvdi.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sqlvdi.diagnosis.Diagnosis.Finding;
import io.github.sqlvdi.diagnosis.Diagnosis.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limit of file descriptors, from files as Linux has them. */
class DescriptorFindingsTest {

    @TempDir
    private Path root;

    private Finding find(String limit) throws IOException {
        Path self = Files.createDirectories(root.resolve("proc/self/fd")).getParent();
        for (int descriptor = 0; descriptor < 5; descriptor++) {
            Files.createFile(self.resolve("fd/" + descriptor));
        }
        Files.writeString(self.resolve("limits"),
                "Limit                     Soft Limit           Hard Limit           Units\n"
                        + "Max processes             31337                31337                processes\n"
                        + "Max open files            " + limit + "                 1048576              files\n");
        return DescriptorFindings.find(root).getFirst();
    }

    @ParameterizedTest
    @CsvSource({"1024, GOOD", "unlimited, GOOD", "150, GOOD", "149, NOTE", "24, NOTE", "23, PROBLEM", "5, PROBLEM"})
    void limitIsJudgedByWhatSetsTake(String limit, Severity severity) throws IOException {
        assertEquals(severity, find(limit).severity());
    }

    @Test
    void numbersAreTold() throws IOException {
        assertEquals("5 of 20 are open; a device set takes up to 17, a backup of 64 devices into files 145",
                find("20").text());
    }
}
