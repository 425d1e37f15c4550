package io.github.sqlvdi.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.diagnosis.Diagnosis;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The diagnosis on the command line, with an exit code that a script can use. */
class DoctorTest {

    private static final String LIBRARY = "io.github.sqlvdi.library";
    private static final String PROVIDER = "io.github.sqlvdi.provider";

    private final StringWriter out = new StringWriter();

    private int doctor() {
        CommandLine line = SqlVdi.commandLine(new Interruption());
        line.setOut(new PrintWriter(out, true));
        return line.execute("doctor");
    }

    @AfterEach
    void forgetTheLibrary() {
        System.clearProperty(LIBRARY);
        System.clearProperty(PROVIDER);
    }

    @Test
    void everyFindingIsPrintedAndProblemsGiveOne() {
        int exitCode = doctor();
        Diagnosis diagnosis = Diagnosis.run();
        diagnosis.findings().forEach(finding -> assertTrue(out.toString().contains(finding.subject()), out.toString()));
        assertEquals(diagnosis.hasProblems() ? 1 : 0, exitCode, out.toString());
    }

    @Test
    void libraryThatIsMissingGivesOne() {
        Path library = Path.of("/nowhere/libsqlvdi.so").toAbsolutePath();
        System.setProperty(LIBRARY, library.toString());
        System.setProperty(PROVIDER, "automatic");
        assertEquals(1, doctor());
        assertTrue(out.toString().contains("problem provider       none can be used: the library " + library),
                out.toString());
    }
}
