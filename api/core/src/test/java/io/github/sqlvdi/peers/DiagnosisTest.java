package io.github.sqlvdi.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.diagnosis.Diagnosis;
import io.github.sqlvdi.diagnosis.Diagnosis.Finding;
import io.github.sqlvdi.diagnosis.Diagnosis.Severity;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The diagnosis of this machine with each kind of library named as SQL Server's. */
class DiagnosisTest {

    @TempDir
    private Path folder;

    private static Finding finding(Diagnosis diagnosis, String subject) {
        List<Finding> found = diagnosis.findings().stream().filter(it -> it.subject().equals(subject)).toList();
        assertEquals(1, found.size(), () -> subject + " in " + diagnosis.format());
        return found.getFirst();
    }

    @Test
    void completeLibraryOfLinuxIsGood() {
        Diagnosis diagnosis = NativeProperty.with(Peer.LINUX, Diagnosis::run);
        assertEquals(Severity.GOOD, finding(diagnosis, "library").severity(), diagnosis::format);
        assertTrue(finding(diagnosis, "library").text().endsWith("complete; time-outs: unit found out while waiting"),
                diagnosis::format);
        assertTrue(finding(diagnosis, "provider").text().contains(Peer.LINUX.library().toString()), diagnosis::format);
    }

    @Test
    void comClassesAreTriedByMakingAnObject() {
        int before = Peer.CPP.liveObjects();
        Diagnosis diagnosis = NativeProperty.with(Peer.CPP, Diagnosis::run);
        assertTrue(finding(diagnosis, "library").text().endsWith("a client object can be made"), diagnosis::format);
        assertEquals(before, Peer.CPP.liveObjects());
    }

    @Test
    void libraryThatCannotBeUsedIsAProblemSaidOnce() {
        Diagnosis diagnosis = NativeProperty.with(folder.resolve("none.so").toString(), Diagnosis::run);
        assertTrue(diagnosis.hasProblems());
        assertEquals(Severity.PROBLEM, finding(diagnosis, "provider").severity());
        assertFalse(diagnosis.findings().stream().anyMatch(it -> it.subject().equals("library")), diagnosis::format);
    }
}
