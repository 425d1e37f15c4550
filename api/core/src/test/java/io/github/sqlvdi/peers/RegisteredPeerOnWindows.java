package io.github.sqlvdi.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.diagnosis.Diagnosis;
import io.github.sqlvdi.internal.platform.Providers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * A peer that is registered with Windows is the VDI of the machine. Run by .ci/wine once it has registered one, together
 * with the tests of the peer, which reach it by CoCreateInstance then; not part of the other tests, which find none.
 */
@EnabledOnOs(OS.WINDOWS)
class RegisteredPeerOnWindows {

    @Test
    void automaticTakesTheRegisteredClasses() {
        Providers.Choice choice = Providers.decide(VdiProvider.AUTOMATIC);
        assertEquals("native: sqlvdi.dll as registered", choice.provider().name());
        assertTrue(choice.reason().endsWith("the VDI classes of SQL Server are registered"), choice.reason());
    }

    @Test
    void diagnosisMakesAnObjectOfThem() {
        Diagnosis diagnosis = Diagnosis.run();
        Diagnosis.Finding library = diagnosis.findings().stream().filter(it -> it.subject().equals("library"))
                .findFirst().orElseThrow();
        assertTrue(library.text().endsWith("a client object can be made"), diagnosis::format);
        assertFalse(diagnosis.hasProblems(), diagnosis::format);
    }
}
