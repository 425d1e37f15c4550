package io.github.sqlvdi.mtf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Log sequence numbers are printed and read as SQL Server prints them, and ordered by their place in the log. */
class LsnTest {

    @ParameterizedTest
    @CsvSource({"0, 0, 0, 0", "39, 488, 71, 39000000048800071", "0, 0, 7, 7", "0, 12, 0, 1200000",
        "4294967295, 4294967295, 65535, 4294967295429496729565535", "1, 0, 0, 1000000000000000"})
    void textIsWhatSqlServerPrints(long sequence, long block, int slot, String text) {
        Lsn lsn = new Lsn(sequence, block, slot);
        assertEquals(text, lsn.toString());
        assertEquals(lsn, Lsn.parse(text));
        assertEquals(new BigDecimal(text), lsn.toBigDecimal());
    }

    @Test
    void orderIsThatOfTheLog() {
        List<Lsn> inOrder = List.of(Lsn.ZERO, new Lsn(1, 9, 9), new Lsn(2, 1, 9), new Lsn(2, 3, 1), new Lsn(2, 3, 2));
        assertEquals(inOrder, Stream.of(4, 2, 0, 3, 1).map(inOrder::get).sorted().toList());
        assertTrue(Lsn.ZERO.isZero());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.0", "0x10", "12345678901234567890123456", "99999999990000000000000000"})
    void textThatIsNoLsnIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Lsn.parse(text));
    }

    @Test
    void partOutOfRangeIsNamed() {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> new Lsn(1, 1L << 32, 0));
        assertEquals("the block of an LSN is 4,294,967,296: expected 0 to 4,294,967,295", refusal.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Lsn.parse("42949672960000000000000000".substring(0, 25)));
    }
}
