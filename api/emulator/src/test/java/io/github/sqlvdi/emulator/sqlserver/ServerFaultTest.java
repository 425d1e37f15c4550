package io.github.sqlvdi.emulator.sqlserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.statement.Verdict;
import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.stream.PipeDevice;
import io.github.sqlvdi.testing.Looking;
import io.github.sqlvdi.testing.Patience;
import io.github.sqlvdi.testing.TestData;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault that a test can order, by the Java API and by T-SQL. Those of the chain are in {@link BackupOverTdsTest}. */
class ServerFaultTest {

    private static final long SIZE = 8 << 20;

    @TempDir
    private Path folder;
    private EmulatedSqlServer server;

    @BeforeEach
    void start() throws IOException {
        server = EmulatedSqlServer.builder().database("sales", SIZE).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JdbcStatement statement(String text, Path... files) {
        return JdbcStatement.run(server.jdbcUrl(), text, null, files);
    }

    private Path full() {
        Path file = folder.resolve("full");
        assertEquals(List.of(), statement("BACKUP DATABASE sales TO @", file).errors());
        return file;
    }

    @Test
    void fullLogFailsBackupAndRestore() {
        Path file = full();
        server.inject(ServerFault.logFull());
        assertEquals(List.of(9002, 3013), statement("BACKUP DATABASE sales TO @", folder.resolve("a")).errors());
        server.inject(ServerFault.logFull());
        assertEquals(List.of(9002, 3013), statement("RESTORE DATABASE copy FROM @", file).errors());
        assertTrue(server.state("copy").isEmpty());
        assertEquals(List.of(), statement("BACKUP DATABASE sales TO @", folder.resolve("b")).errors());
    }

    @Test
    void databaseInUseIsNeitherBackedUpNorRestored() {
        Path file = full();
        server.inject(ServerFault.databaseInUse());
        assertEquals(List.of(3023, 3013), statement("BACKUP DATABASE sales TO @", folder.resolve("a")).errors());
        server.inject(ServerFault.databaseInUse());
        assertEquals(List.of(3101, 3013), statement("RESTORE DATABASE sales FROM @ WITH REPLACE", file).errors());
    }

    @Test
    void slowServerTakesItsTime() throws Exception {
        long bytesPerSecond = 16 << 20;
        server.inject(ServerFault.slow(bytesPerSecond));
        long begun = System.nanoTime();
        Path file = full();
        long least = TimeUnit.SECONDS.toNanos(1) * Files.size(file) / bytesPerSecond / 2;
        assertTrue(System.nanoTime() - begun > least, "it was not slow");
    }

    @Test
    void lengthenedStreamHasBytesBehindItsEnd() throws IOException {
        long whole = Files.size(full());
        server.inject(ServerFault.lengthenBy(100_000));
        Path file = folder.resolve("long");
        assertEquals(List.of(), statement("BACKUP DATABASE sales TO @ WITH COPY_ONLY", file).errors());
        assertEquals(whole + 100_000, Files.size(file));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void completeIsSentUnlessItIsTakenAway(boolean complete) {
        if (!complete) {
            server.inject(ServerFault.noComplete());
        }
        String set = TestData.setName();
        List<CommandCode> seen = Collections.synchronizedList(new ArrayList<>());
        JobResult result = DeviceJob.backup(set).manifest(false).readAlong(false).device(agreed -> {
            PipeDevice device = PipeDevice.writing(Channels.newChannel(OutputStream.nullOutputStream()));
            return command -> {
                seen.add(command.code());
                device.handle(command);
            };
        }).statement(() -> {
            try (Connection connection = DriverManager.getConnection(server.jdbcUrl())) {
                connection.createStatement().execute("BACKUP DATABASE sales TO VIRTUAL_DEVICE = '" + set + "'");
            }
            return new Verdict(true, List.of(), OptionalLong.empty());
        }).build().run();
        assertTrue(result.good(), () -> result.failures().toString());
        assertEquals(complete, seen.contains(CommandCode.COMPLETE), seen::toString);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 13, 15, 16, 17})
    void oldVersionSaysSoAndHasItsColumns(int major) throws Exception {
        try (EmulatedSqlServer old = EmulatedSqlServer.builder().majorVersion(major).database("sales", SIZE).start();
                Connection connection = DriverManager.getConnection(old.jdbcUrl())) {
            assertEquals(major, connection.getMetaData().getDatabaseMajorVersion());
            Path file = folder.resolve("full");
            assertEquals(List.of(),
                    JdbcStatement.run(old.jdbcUrl(), "BACKUP DATABASE sales TO @", null, file).errors());
            List<Integer> columns = new ArrayList<>();
            JdbcStatement.run(old.jdbcUrl(), "RESTORE HEADERONLY FROM @",
                    result -> columns.add(result.getMetaData().getColumnCount()), file);
            assertEquals(List.of(major < 16 ? 56 : 59), columns);
        }
    }

    @Test
    void killedServerEndsItsConnectionsAndDevices() throws Exception {
        int port = server.port();
        try (Connection other = DriverManager.getConnection(server.jdbcUrl())) {
            server.inject(ServerFault.killServerAfter(100_000));
            assertEquals(1, statement("BACKUP DATABASE sales TO @", folder.resolve("never")).errors().size());
            assertFalse(Files.exists(folder.resolve("never")));
            assertThrows(SQLException.class, () -> other.createStatement().execute("SELECT 1"));
            long end = System.nanoTime() + Patience.LONG.toNanos();
            while (server.connections() > 0) {
                assertTrue(System.nanoTime() < end, "a connection is left");
                Looking.pause();
            }
            assertThrows(IOException.class, () -> new Socket("localhost", port).close());
        }
    }

    @Test
    void droppedConnectionsLeaveTheServer() throws Exception {
        try (Connection dropped = DriverManager.getConnection(server.jdbcUrl())) {
            server.dropConnections();
            assertThrows(SQLException.class, () -> dropped.createStatement().execute("SELECT 1"));
        }
        full();
    }

    @Test
    void faultsAreOrderedInTsqlToo() throws Exception {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl())) {
            for (String kind : List.of("refuse", "log_full", "in_use")) {
                connection.createStatement().execute("EXEC sqlvdi.fault '" + kind + "'");
            }
            SQLException unknown = assertThrows(SQLException.class,
                    () -> connection.createStatement().execute("EXEC sqlvdi.fault 'nonsense', 1"));
            assertTrue(unknown.getMessage().contains("LOG_FULL"), unknown.getMessage());
        }
        Path file = folder.resolve("a");
        assertEquals(List.of(18210, 3201, 3013), statement("BACKUP DATABASE sales TO @", file).errors());
        assertEquals(List.of(9002, 3013), statement("BACKUP DATABASE sales TO @", file).errors());
        assertEquals(List.of(3023, 3013), statement("BACKUP DATABASE sales TO @", file).errors());
        assertEquals(List.of(), statement("BACKUP DATABASE sales TO @", file).errors());
    }

    @Test
    void restoreReportsItsProgress() throws SQLException {
        Path file = full();
        List<String> messages = statement(
                "RESTORE DATABASE copy FROM @ WITH STATS = 10, MOVE 'sales' TO 'a', MOVE 'sales_log' TO 'b'", file)
                .messages();
        assertEquals(
                IntStream.rangeClosed(1, 10).mapToObj(tenth -> "3211 " + 10 * tenth + " percent processed.").toList(),
                messages.stream().filter(each -> each.startsWith("3211 ")).toList());
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                ResultSet result = connection.createStatement()
                        .executeQuery("SELECT COUNT(*) FROM msdb.dbo.restorehistory")) {
            assertTrue(result.next());
            assertEquals(1, result.getInt(1));
        }
    }
}
