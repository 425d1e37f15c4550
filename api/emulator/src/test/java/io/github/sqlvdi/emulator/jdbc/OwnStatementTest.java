package io.github.sqlvdi.emulator.jdbc;

import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.assertNothingLeft;
import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.assertNothingLives;
import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.client;
import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.files;
import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.numbers;
import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.sha256;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.emulator.sqlserver.EmulatedSqlServer;
import io.github.sqlvdi.emulator.sqlserver.RestoredBackup;
import io.github.sqlvdi.emulator.sqlserver.ServerFault;
import io.github.sqlvdi.jdbc.SqlServer;
import io.github.sqlvdi.statement.ResultTable;
import io.github.sqlvdi.statement.SqlMessage;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.testing.TestData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements of the program's own text, over Microsoft's driver against the emulated SQL Server. */
class OwnStatementTest {

    private static EmulatedSqlServer emulated;
    private static SqlServer server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        emulated = EmulatedFixture.start("sales", "faulty");
        server = client(emulated);
    }

    @AfterAll
    static void stop() {
        emulated.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void backupIsRestoredToItsBytes(int devices) throws Exception {
        Path[] files = files(folder, "sales.", devices);
        JobResult backup = server.statement("BACKUP DATABASE sales TO {devices} WITH COPY_ONLY, STATS = 20")
                .to(files).run().orThrow();
        assertEquals(3014, numbers(backup).getLast());
        assertTrue(numbers(backup).contains(3211), backup::toString);
        SqlMessage last = backup.verdict().orElseThrow().messages().getLast();
        assertEquals(0, last.severity(), "the severity that the server sent, not that of a rule");
        assertEquals(OptionalInt.of(1), last.state());
        String copy = "copy" + devices;
        JobResult restore = server.statement(String.format(Locale.ROOT,
                "RESTORE DATABASE %s FROM {devices} WITH MOVE 'sales' TO '%s.mdf', MOVE 'sales_log' TO '%s.ldf'", copy,
                copy, copy)).from(files).run().orThrow();
        assertEquals(3014, numbers(restore).getLast());
        List<RestoredBackup> restored = emulated.restored(copy);
        assertEquals(devices, restored.size());
        for (int device = 0; device < devices; device++) {
            assertEquals(sha256(files[device]), restored.get(device).sha256());
        }
    }

    @Test
    void headerStatementReturnsItsRows() throws Exception {
        Path[] files = files(folder, "header", 1);
        server.statement("BACKUP DATABASE sales TO {devices} WITH COPY_ONLY, NAME = N'nightly'").to(files).run()
                .orThrow();
        JobResult result = server.statement("RESTORE HEADERONLY FROM {devices}").from(files).run().orThrow();
        ResultTable header = result.verdict().orElseThrow().results().getFirst();
        assertEquals(1, header.size());
        assertEquals("nightly", header.get(0, "backupname").orElseThrow());
        JobResult verify = server.statement("RESTORE VERIFYONLY FROM {devices}").from(files).run().orThrow();
        assertEquals(List.of(3262), numbers(verify));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"BACKUP DATABASE nowhere TO {devices} | 911,3013,0",
        "BACKUP DATABASE sales TO {devices} WITH NONSENSE | 155,0",
        "RAISERROR('before', 16, 1); BACKUP DATABASE nowhere TO {devices} | 50000,911,3013,0",
        "PRINT 'nothing else' --{devices} | 0,0"})
    void statementThatFailsBeforeItsDevicesHasItsMessages(String text, String expected) throws Exception {
        String name = TestData.setName();
        JobResult result = server.statement(text).to(folder.resolve("never")).setName(name).run();
        assertFalse(result.good());
        String numbers = numbers(result).toString().replaceAll("[\\[\\] ]", "");
        assertEquals(expected.replaceAll(",0$", ""), numbers.replaceAll(",0$", ""), result::toString);
        assertNothingLeft(folder);
        assertNothingLives(emulated, name);
    }

    @Test
    void statementThatFailsBetweenItsBytesIsUndone() throws Exception {
        String name = TestData.setName();
        emulated.inject(ServerFault.failAfter(3 << 20));
        JobResult result =
                server.statement("BACKUP DATABASE faulty TO {devices}").to(files(folder, "bad", 4)).setName(name).run();
        assertFalse(result.good());
        assertEquals(List.of(3203, 3013), numbers(result));
        SqlMessage error = result.verdict().orElseThrow().messages().getFirst();
        assertEquals(16, error.severity());
        assertNothingLeft(folder);
        assertNothingLives(emulated, name);
    }

    @Test
    void errorAfterSuccessDoesNotUndoTheBackup() throws Exception {
        Path file = folder.resolve("good");
        JobResult result =
                server.statement("BACKUP DATABASE sales TO {devices} WITH COPY_ONLY; RAISERROR('after', 16, 1)")
                        .to(file).run();
        assertTrue(result.good(), result::toString);
        assertEquals(50000, numbers(result).getLast());
        assertEquals(1, server.statement("RESTORE HEADERONLY FROM {devices}").from(file).run().orThrow().verdict()
                .orElseThrow().results().getFirst().size());
    }

    @Test
    void everyResultIsReadUpToTheLast() throws Exception {
        JobResult result = server.statement("SELECT 1 AS a; PRINT 'one'; SELECT 2 AS b; "
                + "BACKUP DATABASE sales TO {devices} WITH COPY_ONLY, STATS = 10; SELECT 3 AS c")
                .to(folder.resolve("all")).run().orThrow();
        List<ResultTable> results = result.verdict().orElseThrow().results();
        assertEquals(List.of(List.of("a"), List.of("b"), List.of("c")),
                results.stream().map(ResultTable::columns).toList());
        assertEquals("one", result.verdict().orElseThrow().messages().getFirst().text());
    }

    @Test
    void textWithoutItsPlaceholderIsRefused() {
        for (String text : List.of("BACKUP DATABASE sales TO VIRTUAL_DEVICE = 'x'", "{devices} {devices}")) {
            String message =
                    assertThrows(IllegalArgumentException.class, () -> server.statement(text)).getMessage();
            assertTrue(message.contains("{devices}: expected exactly one"), message);
        }
    }
}
