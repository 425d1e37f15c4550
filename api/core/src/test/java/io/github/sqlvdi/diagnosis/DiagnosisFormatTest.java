package io.github.sqlvdi.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The findings as text for people. */
class DiagnosisFormatTest {

    @Test
    void everyProblemHasItsCureOnALineOfItsOwn() {
        Findings findings = new Findings();
        findings.good("one", "fine");
        findings.problem("two", "broken", "mend it");
        assertEquals(String.format(Locale.ROOT,
                "good    one            fine%nproblem two            broken%n                       -> mend it%n"),
                new Diagnosis(findings.all()).format());
    }
}
