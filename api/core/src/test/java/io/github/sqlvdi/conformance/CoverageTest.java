package io.github.sqlvdi.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The count of the suite notices rows that are lost, misspelt or explained for nothing. */
class CoverageTest {

    private static final String ROW = Method.GET_COMMAND.pair(Code.VD_E_CLOSE);

    private final Coverage coverage = new Coverage("nothing");

    @Test
    void rowThatNothingProducesIsLost() {
        assertTrue(coverage.lost().contains(ROW));
        coverage.produced(ROW, "a case");
        assertFalse(coverage.lost().contains(ROW));
    }

    @Test
    void explainedRowIsNotLost() {
        assertFalse(coverage.lost().contains(Method.CREATE_EX.pair(Code.E_ACCESSDENIED)));
    }

    @Test
    void explanationOfAProducedRowIsOutdated() {
        assertEquals(List.of(), coverage.outdated());
        coverage.produced("8.18 rule 3", "a case");
        assertEquals(List.of("8.18 rule 3"), coverage.outdated());
    }

    @Test
    void misspeltKeyIsUnknown() {
        coverage.produced("8.18 rule 9", "a case");
        assertEquals(List.of("8.18 rule 9"), coverage.unknown());
    }

    @Test
    void reportCountsEveryTable() {
        coverage.produced(ROW, "a case");
        assertTrue(coverage.report().contains("1 of   5  3.6.1 IClientVirtualDevice.GetCommand"), coverage.report());
    }

    @Test
    void stateTableLineNeedsACellForEachState() {
        StateTable table = new StateTable("client", Setup.devices(1), State.Client.DNE, State.Client.ACTIVE);
        assertThrows(IllegalArgumentException.class, () -> table.line(Method.CLIENT_CLOSE, "P", stage -> 0));
    }
}
