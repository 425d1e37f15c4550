package io.github.sqlvdi.emulator.internal.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From the text of a batch to statements, or to SQL Server's error. */
class ParserTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = {"'set ansi_nulls on\nset datefirst 7\nset language us_english\nset xact_abort off' | 4",
                "'SELECT @@MAX_PRECISION\r\nSET TRANSACTION ISOLATION LEVEL READ COMMITTED SET TEXTSIZE 5' | 3",
                "SELECT 1;;;SELECT 2 | 2",
                "IF @@TRANCOUNT > 0 COMMIT TRAN | 1",
                "set implicit_transactions off IF @@TRANCOUNT > 0 COMMIT TRAN | 2",
                "use [a]]b] BACKUP LOG [a]]b] TO virtual_device=N'x'WITH norecovery | 2", "-- only a comment | 0",
                "DECLARE @a int, @b sysname = N'x' EXEC sp_unprepare 1 | 3", "sp_who2 'x' SELECT 1 | 2"})
    void statementsNeedNoSemicolon(String text, int count) throws SyntaxException {
        assertEquals(count, Parser.parse(text).size());
    }

    @Test
    void backupKeepsDevicesOptionsAndLine() throws SyntaxException {
        BackupStatement backup = assertInstanceOf(BackupStatement.class, Parser.parse("""
                /* a /* nested */ comment */
                backup database "my db" TO VIRTUAL_DEVICE='a',VIRTUAL_DEVICE=@d
                WITH STATS=5,COMPRESSION (ALGORITHM = MS_XPRESS),NAME=N'n''n'""").getFirst());
        assertEquals(2, backup.line());
        assertEquals(new Expression.Literal("my db"), backup.database());
        assertEquals(List.of("VIRTUAL_DEVICE", "VIRTUAL_DEVICE"), backup.devices().stream().map(Device::type).toList());
        assertEquals(List.of("STATS", "COMPRESSION", "NAME"),
                backup.options().stream().map(BackupOption::name).toList());
        assertEquals(new Expression.Literal("n'n"), backup.options().getLast().value());
    }

    @Test
    void restoreKeepsMovesAndMarks() throws SyntaxException {
        RestoreStatement restore = assertInstanceOf(RestoreStatement.class, Parser.parse(
                "RESTORE LOG x FROM VIRTUAL_DEVICE = 'v' WITH FILE = 1, MOVE 'a' TO 'b', STOPATMARK = 'lsn:5' AFTER '20240101'")
                .getFirst());
        assertEquals(RestoreStatement.Kind.LOG, restore.kind());
        assertEquals(new Expression.Literal("b"), restore.options().get(1).second());
        assertEquals(new Expression.Literal("20240101"), restore.options().get(2).second());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = {"SELECT 1 FROM | 102 | 1", "'SELECT 1\nFROM WHERE' | 156 | 2", "BACKUP DATABASE x TO | 102 | 1",
                "BACKUP DATABASE x TO VIRTUAL_DEVICE = 'v' WITH FOO | 155 | 1", "SELECT [a | 105 | 1",
                "SELECT (1 | 102 | 1",
                "BEGIN END | 156 | 1", "INSERT INTO t VALUES (1) | 156 | 1", "GO | 2812 | 0"})
    void wrongTextHasItsErrorAndLine(String text, int number, int line) throws SyntaxException {
        if (line == 0) { // compiles as a call of a procedure
            assertInstanceOf(Statement.Execute.class, Parser.parse(text).getFirst());
            return;
        }
        SyntaxException error = assertThrows(SyntaxException.class, () -> Parser.parse(text));
        assertEquals(number, error.number(), error.getMessage());
        assertEquals(line, error.line());
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "NOT ", "-", "CASE WHEN ", "BEGIN "})
    void deepNestingIsRefusedAndNoStackOverflows(String part) {
        String text = (part.equals("BEGIN ") ? "" : "SELECT ") + part.repeat(50_000);
        assertThrows(SyntaxException.class, () -> Parser.parse(text));
    }

    @Test
    void longSumIsRefused() {
        SyntaxException error =
                assertThrows(SyntaxException.class, () -> Parser.parse("SELECT 1" + "+1".repeat(100_000)));
        assertEquals(191, error.number());
    }
}
