package io.github.sqlvdi.emulator.sqlserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.testing.Patience;
import io.r2dbc.mssql.MssqlConnection;
import io.r2dbc.mssql.MssqlConnectionConfiguration;
import io.r2dbc.mssql.MssqlConnectionFactory;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Row;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The reactive driver, which reads every SELECT by a cursor. */
class R2dbcTest {

    private static final Duration PATIENCE = Patience.LONG;
    private static final List<Integer> INFORMATION = List.of(3211, 4035, 3014);
    private static EmulatedSqlServer server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        EmulatedSqlServer.Builder builder = EmulatedSqlServer.builder().database("sales", 8 << 20)
                .database("cancelled", 8 << 20);
        for (int index = 0; index < 20; index++) {
            builder.database("db" + index, 1);
        }
        server = builder.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static MssqlConnectionConfiguration.Builder configuration(EmulatedSqlServer of) {
        return MssqlConnectionConfiguration.builder().host("localhost").port(of.port())
                .username(EmulatedSqlServer.DEFAULT_USER).password(EmulatedSqlServer.DEFAULT_PASSWORD);
    }

    private static MssqlConnection connect(MssqlConnectionConfiguration.Builder configuration) {
        return new MssqlConnectionFactory(configuration.build()).create().block(PATIENCE);
    }

    private static MssqlConnection connect() {
        return connect(configuration(server));
    }

    private static void close(MssqlConnection connection) {
        connection.close().block(PATIENCE);
    }

    private static List<String> texts(Flux<? extends Result> results) {
        return results.flatMap(each -> each.map((row, metadata) -> String.valueOf(row.get(0)))).collectList()
                .block(PATIENCE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void logsInWithAndWithoutTls(boolean tls) {
        MssqlConnectionConfiguration.Builder parts = configuration(server);
        MssqlConnection connection = connect(tls ? parts.enableSsl().trustServerCertificate() : parts);
        assertEquals("Microsoft SQL Server", connection.getMetadata().getDatabaseProductName().substring(0, 20));
        assertEquals(List.of("42"), texts(connection.createStatement("SELECT 42").execute()));
        close(connection);
    }

    @Test
    void wrongPasswordIsRefused() {
        MssqlConnectionConfiguration.Builder parts = configuration(server).password("wrong");
        R2dbcException refused = assertThrows(R2dbcException.class, () -> connect(parts));
        assertEquals(18456, refused.getErrorCode());
    }

    @Test
    void cursorGivesEachRowOnce() {
        MssqlConnection connection = connect();
        List<String> rows = texts(connection.createStatement(
                "SELECT a.name + '/' + b.name FROM sys.databases a CROSS JOIN sys.databases b").fetchSize(50)
                .execute());
        int databases =
                Integer.parseInt(
                        texts(connection.createStatement("SELECT COUNT(*) FROM sys.databases").execute()).getFirst());
        assertTrue(databases > 20);
        assertEquals(databases * databases, rows.size());
        assertEquals(rows.size(), rows.stream().distinct().count());
        close(connection);
    }

    @Test
    void parametersAreBoundByName() {
        MssqlConnection connection = connect();
        UUID id = UUID.randomUUID();
        Map<String, Object> row = connection.createStatement("SELECT @a AS a, @b AS b, @c AS c, @d AS d, @e AS e")
                .bind("a", "Zoë").bind("b", 1L << 40).bind("c", id).bind("d", new BigDecimal("12.50"))
                .bindNull("e", String.class).execute()
                .flatMap(result -> result.map((each, metadata) -> columns(each))).blockFirst(PATIENCE);
        assertEquals("Zoë", row.get("a"));
        assertEquals(1L << 40, row.get("b"));
        assertEquals(id, row.get("c"));
        assertEquals(0, new BigDecimal("12.5").compareTo((BigDecimal) row.get("d")));
        assertNull(row.get("e"));
        assertEquals(List.of("sales"),
                texts(connection.createStatement("SELECT name FROM sys.databases WHERE name = @name AND state = @state")
                        .bind("name", "sales").bind("state", 0).execute()));
        close(connection);
    }

    @Test
    void outputParameterComesBack() {
        MssqlConnection connection = connect();
        Integer count = connection
                .createStatement("SET @n = (SELECT COUNT(*) FROM sys.databases WHERE name = @name)")
                .bind("n", Parameters.out(R2dbcType.INTEGER)).bind("name", "sales").execute()
                .flatMap(result -> result.map(readable -> readable.get("n", Integer.class))).blockLast(PATIENCE);
        assertEquals(1, count);
        close(connection);
    }

    @Test
    void unknownTableIsAnError() {
        MssqlConnection connection = connect();
        R2dbcException unknown = assertThrows(R2dbcException.class,
                () -> texts(connection.createStatement("SELECT * FROM nowhere").execute()));
        assertEquals(208, unknown.getErrorCode());
        assertEquals(List.of("1"), texts(connection.createStatement("SELECT 1").execute()));
        close(connection);
    }

    /** Executes a text; keeps rows as maps and messages as numbers. Returns the errors. */
    private static List<Integer> execute(String text, List<Map<String, Object>> rows, List<Integer> messages) {
        MssqlConnection connection = connect();
        List<Integer> errors = new ArrayList<>();
        Flux<Object> segments = connection.createStatement(text).execute().flatMap(result -> result.flatMap(segment -> {
            if (segment instanceof Result.RowSegment row) {
                rows.add(columns(row.row()));
            } else if (segment instanceof Result.Message message) {
                (INFORMATION.contains(message.errorCode()) ? messages : errors).add(message.errorCode());
            }
            return Mono.empty();
        }));
        segments.blockLast(PATIENCE);
        close(connection);
        return errors;
    }

    private static Map<String, Object> columns(Row row) {
        Map<String, Object> columns = new LinkedHashMap<>();
        row.getMetadata().getColumnMetadatas().forEach(each -> columns.put(each.getName(), row.get(each.getName())));
        return columns;
    }

    private List<Integer> run(String text, Path file) {
        List<Integer> messages = new ArrayList<>();
        DrivenStatement.Outcome outcome =
                DrivenStatement.run(sql -> execute(sql, new ArrayList<>(), messages), text, file);
        assertEquals(List.of(), outcome.errors(), text);
        assertTrue(outcome.job().good(), text);
        return messages;
    }

    @Test
    void fullDifferentialAndLogAreBackedUpAndRestored() throws Exception {
        Path full = folder.resolve("full");
        Path differential = folder.resolve("diff");
        Path log = folder.resolve("log");
        List<Integer> messages = run("BACKUP DATABASE sales TO @ WITH STATS = 25", full);
        assertTrue(messages.contains(3211), messages::toString);
        assertEquals(List.of(4035, 4035, 3014), messages.subList(messages.size() - 3, messages.size()));
        run("BACKUP DATABASE sales TO @ WITH DIFFERENTIAL", differential);
        run("BACKUP LOG sales TO @", log);
        run("RESTORE DATABASE copy FROM @ WITH NORECOVERY, MOVE 'sales' TO 'c.mdf', MOVE 'sales_log' TO 'c.ldf'", full);
        run("RESTORE DATABASE copy FROM @ WITH NORECOVERY", differential);
        run("RESTORE LOG copy FROM @", log);
        assertEquals("ONLINE", server.state("copy").orElseThrow());
        assertEquals(
                List.of(RecordedBackupsTest.sha256(full), RecordedBackupsTest.sha256(differential),
                        RecordedBackupsTest.sha256(log)),
                server.restored("copy").stream().map(RestoredBackup::sha256).toList());
    }

    @Test
    void headerStatementsGiveTheirTypes() {
        Path file = folder.resolve("full");
        run("BACKUP DATABASE sales TO @ WITH COPY_ONLY, NAME = 'nightly'", file);
        Map<String, Object> header = row("RESTORE HEADERONLY FROM @", file);
        assertEquals(59, header.size());
        assertEquals("nightly", header.get("BackupName"));
        assertEquals((short) 1, ((Number) header.get("BackupType")).shortValue());
        assertEquals(BigDecimal.class, header.get("FirstLSN").getClass());
        assertEquals(UUID.class, header.get("BackupSetGUID").getClass());
        assertEquals(true, header.get("IsCopyOnly"));
        Map<String, Object> data = row("RESTORE FILELISTONLY FROM @", file);
        assertEquals("sales", data.get("LogicalName"));
        assertEquals(8L << 20, ((Number) data.get("Size")).longValue());
        assertEquals(1, row("RESTORE LABELONLY FROM @", file).get("FamilyCount"));
    }

    private static Map<String, Object> row(String text, Path file) {
        List<Map<String, Object>> rows = new ArrayList<>();
        DrivenStatement.Outcome outcome =
                DrivenStatement.run(sql -> execute(sql, rows, new ArrayList<>()), text, file);
        assertEquals(List.of(), outcome.errors(), text);
        return rows.getFirst();
    }

    @Test
    void backupOfUnknownDatabaseHasBothErrors() {
        assertEquals(List.of(911, 3013),
                execute("BACKUP DATABASE nowhere TO VIRTUAL_DEVICE = 'x'", new ArrayList<>(), new ArrayList<>()));
    }

    /** The driver sends an attention when the time is over; a subscription that is disposed runs on (its choice). */
    @Test
    void statementTimeoutCancelsTheBackup() {
        server.inject(ServerFault.hangAfter(100_000));
        MssqlConnection connection = connect();
        connection.setStatementTimeout(Duration.ofSeconds(1)).block(PATIENCE);
        DrivenStatement.Outcome outcome = DrivenStatement.run(text -> {
            assertThrows(R2dbcTimeoutException.class, () -> texts(connection.createStatement(text).execute()));
            awaitNoBackup(); // the connection is open, so an attention has ended it
            return List.of(3204);
        }, "BACKUP DATABASE cancelled TO @", folder.resolve("never"));
        assertFalse(outcome.job().good());
        assertEquals(List.of(3204), outcome.errors());
        connection.setStatementTimeout(Duration.ZERO).block(PATIENCE);
        assertEquals(List.of("1"), afterCancel(connection));
        close(connection);
    }

    /**
     * The driver does not wait until the server confirms the attention. If the confirmation comes late, the driver takes it
     * for the end of its next statement.
     */
    private static List<String> afterCancel(MssqlConnection connection) {
        try {
            return texts(connection.createStatement("SELECT 1").execute());
        } catch (R2dbcException late) {
            assertTrue(late.getMessage().contains("cancelled"), late::toString);
            return texts(connection.createStatement("SELECT 1").execute());
        }
    }

    private static void awaitNoBackup() {
        MssqlConnection connection = connect();
        long end = System.nanoTime() + PATIENCE.toNanos();
        String text = "SELECT session_id FROM sys.dm_exec_requests WHERE command = 'BACKUP DATABASE'";
        while (!texts(connection.createStatement(text).execute()).isEmpty()) {
            assertTrue(System.nanoTime() < end, "the backup still runs");
        }
        close(connection);
    }
}
