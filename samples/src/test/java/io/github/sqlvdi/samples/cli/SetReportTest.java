package io.github.sqlvdi.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sqlvdi.Features;
import io.github.sqlvdi.embedded.EmbeddedSet;
import io.github.sqlvdi.embedded.EmbeddedSet.Device;
import io.github.sqlvdi.embedded.EmbeddedSet.Member;
import io.github.sqlvdi.embedded.EmbeddedSet.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code sqlvdi sets} prints. */
class SetReportTest {

    @Test
    void workingSetIsATableOfItsDevices() {
        EmbeddedSet set = new EmbeddedSet("MSSQLSERVER", "nightly", Phase.CONFIGURED, "", Features.WRITE_MEDIA, 1,
                List.of(new Member("primary", 17), new Member("server", 4_711)),
                List.of(new Device("nightly", "open", 17, 12_345, 12_340, 12_338),
                        new Device("", "not open", 0, 0, 0, 0)));
        assertEquals("""
                nightly on MSSQLSERVER: configured, 2 devices, 1 buffer area
                  features   VDF_LikePipe | VDF_WriteMedia (0x00010000)
                  processes  primary 17, server 4711
                  device   state     process    sent  fetched  completed  queued  active
                  nightly  open      17       12,345   12,340     12,338       5       2
                  -        not open  -             0        0          0       0       0
                """, String.join("\n", SetReport.of(List.of(set))) + "\n");
    }

    @Test
    void setsAreSetApartAndAnAbortIsTold() {
        EmbeddedSet one = new EmbeddedSet("A", "x", Phase.CREATED, "a process of the set died", 0, 0, List.of(),
                List.of());
        List<String> lines = SetReport.of(List.of(one, one));
        assertEquals("x on A: created, aborted (a process of the set died), 0 devices, 0 buffer areas",
                lines.getFirst());
        assertEquals(lines.subList(0, 4), lines.subList(5, 9));
        assertEquals("", lines.get(4));
    }

    @Test
    void controlCharactersInNamesDoNotReachTheTerminal() {
        EmbeddedSet set = new EmbeddedSet("A", "\u001b[2Jü\u009b\n", Phase.CREATED, "", 0, 0, List.of(), List.of());
        assertEquals("\\u001b[2Jü\\u009b\\u000a on A: created, 0 devices, 0 buffer areas",
                SetReport.of(List.of(set)).getFirst());
    }

    @Test
    void noSetIsSaidClearly() {
        assertEquals(List.of("No live device sets of this user."), SetReport.of(List.of()));
    }
}
