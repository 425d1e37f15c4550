package io.github.sqlvdi.emulator.sqlserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.mtf.BackupStreamReader;
import io.github.sqlvdi.statement.Verdict;
import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.testing.Looking;
import io.github.sqlvdi.testing.MachineLag;
import io.github.sqlvdi.testing.Patience;
import io.github.sqlvdi.testing.TestData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** BACKUP and RESTORE over Microsoft's JDBC driver, with the devices served by the client half in this process. */
class BackupOverTdsTest {

    private static final long SIZE = 8 << 20;
    private static EmulatedSqlServer server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        EmulatedSqlServer.Builder builder = EmulatedSqlServer.builder();
        for (String name : List.of("sales", "striped", "chain", "cancelled", "faulty", "history", "simple",
                "blocks")) {
            builder.database(name, SIZE);
        }
        server = builder.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl());
    }

    private static List<String> run(String text, Path... files) {
        JdbcStatement statement = JdbcStatement.run(server.jdbcUrl(), text, null, files);
        assertEquals(List.of(), statement.errors(), text);
        return statement.messages();
    }

    private static List<Integer> codes(String text, Path... files) {
        return JdbcStatement.run(server.jdbcUrl(), text, null, files).errors();
    }

    private static String query(String text) throws SQLException {
        try (Connection connection = connect(); ResultSet result = connection.createStatement().executeQuery(text)) {
            assertTrue(result.next(), text);
            return result.getString(1);
        }
    }

    @Test
    void fullBackupReportsProgressPagesAndSuccess() throws Exception {
        List<String> messages = run("BACKUP DATABASE sales TO @ WITH STATS = 25", folder.resolve("full.bak"));
        assertTrue(messages.stream().filter(each -> each.startsWith("3211 ")).count() >= 2, messages::toString);
        assertTrue(messages.contains("3211 100 percent processed."), messages::toString);
        assertTrue(messages.get(messages.size() - 3).matches(
                "4035 Processed \\d+ pages for database 'sales', file 'sales' on file 1."), messages::toString);
        assertTrue(messages.get(messages.size() - 2).contains("'sales_log' on file 1."), messages::toString);
        assertTrue(messages.getLast().startsWith("3014 BACKUP DATABASE successfully processed "), messages::toString);
        assertTrue(Files.size(folder.resolve("full.bak")) > SIZE);
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 4096, 65_536})
    void backupHasWholeBlocksAndIsWhole(int blockSize) throws Exception {
        Path[] files = {folder.resolve("a" + blockSize), folder.resolve("b" + blockSize)};
        run("BACKUP DATABASE blocks TO @ WITH BLOCKSIZE = " + blockSize, files);
        for (Path file : files) {
            assertEquals(0, Files.size(file) % blockSize);
            BackupStreamReader reader = BackupStreamReader.create();
            reader.feed(ByteBuffer.wrap(Files.readAllBytes(file)));
            assertTrue(reader.finish().isWhole(), reader.finish()::verdict);
        }
        run("RESTORE VERIFYONLY FROM @", files);
        run("RESTORE DATABASE blocks FROM @ WITH REPLACE, BLOCKSIZE = " + blockSize, files);
        assertEquals(RecordedBackupsTest.sha256(files[0]), server.restored("blocks").getFirst().sha256());
    }

    @Test
    void stripedBackupIsRestoredToItsBytes() throws Exception {
        Path[] files = {folder.resolve("a"), folder.resolve("b"), folder.resolve("c")};
        run("BACKUP DATABASE striped TO @", files);
        run("RESTORE DATABASE striped_copy FROM @ WITH MOVE 'striped' TO 'd.mdf', MOVE 'striped_log' TO 'd.ldf'",
                files);
        List<RestoredBackup> restored = server.restored("striped_copy");
        assertEquals(3, restored.size());
        for (int index = 0; index < files.length; index++) {
            assertEquals(RecordedBackupsTest.sha256(files[index]), restored.get(index).sha256());
        }
        assertEquals("d.mdf", query(
                "SELECT physical_name FROM sys.master_files WHERE name = 'striped' AND database_id = DB_ID('striped_copy')"));
        assertEquals(List.of(3132, 3013), codes("RESTORE DATABASE x FROM @ WITH REPLACE", files[0], files[1]));
        Path again = Files.copy(files[0], folder.resolve("a again")); // a job refuses one file for two devices
        assertEquals(List.of(3227, 3013), codes("RESTORE DATABASE x FROM @", files[0], again, files[2]));
    }

    @Test
    void chainOfFullDifferentialAndLogsIsChecked() throws Exception {
        Path full = folder.resolve("full");
        Path diff = folder.resolve("diff");
        Path log1 = folder.resolve("log1");
        Path log2 = folder.resolve("log2");
        Path log3 = folder.resolve("log3");
        assertEquals(List.of(4214, 3013), codes("BACKUP LOG chain TO @", log1));
        assertEquals(List.of(3035, 3013), codes("BACKUP DATABASE chain TO @ WITH DIFFERENTIAL", diff));
        run("BACKUP DATABASE chain TO @", full);
        assertTrue(run("BACKUP DATABASE chain TO @ WITH DIFFERENTIAL", diff).getLast()
                .startsWith("3014 BACKUP DATABASE WITH DIFFERENTIAL successfully"));
        run("BACKUP LOG chain TO @", log1);
        run("BACKUP LOG chain TO @", log2);
        assertTrue(run("BACKUP LOG chain TO @", log3).getLast().startsWith("3014 BACKUP LOG successfully"));
        String moves = "MOVE 'chain' TO 'c.mdf', MOVE 'chain_log' TO 'c.ldf', NORECOVERY";
        assertEquals(List.of(3118, 3013), codes("RESTORE LOG copy FROM @", log1));
        run("RESTORE DATABASE copy FROM @ WITH " + moves, full);
        assertEquals("RESTORING", server.state("copy").orElseThrow());
        run("RESTORE DATABASE copy FROM @ WITH NORECOVERY", diff);
        assertEquals(List.of(4305, 3013), codes("RESTORE LOG copy FROM @ WITH NORECOVERY", log3));
        run("RESTORE LOG copy FROM @ WITH NORECOVERY", log1);
        run("RESTORE LOG copy FROM @ WITH NORECOVERY", log2);
        assertEquals(List.of(4326, 3013), codes("RESTORE LOG copy FROM @ WITH NORECOVERY", log1));
        assertTrue(run("RESTORE LOG copy FROM @", log3).getLast().startsWith("3014 RESTORE LOG successfully"));
        assertEquals("ONLINE", server.state("copy").orElseThrow());
        assertEquals(List.of(3117, 3013), codes("RESTORE LOG copy FROM @", log3));
        assertEquals(List.of(3154, 3013), codes("RESTORE DATABASE simple FROM @", full));
        assertEquals("5", query("SELECT COUNT(*) FROM msdb.dbo.backupset WHERE database_name = 'chain'"));
        assertEquals("5",
                query("SELECT COUNT(*) FROM msdb.dbo.restorehistory WHERE destination_database_name = 'copy'"));
    }

    @Test
    void failedBackupMovesNothing() throws Exception {
        Path log = folder.resolve("log");
        run("BACKUP DATABASE faulty TO @", folder.resolve("full"));
        server.inject(ServerFault.failAfter(1));
        assertEquals(List.of(3203, 3013), codes("BACKUP LOG faulty TO @", folder.resolve("bad")));
        run("BACKUP LOG faulty TO @", log);
        assertEquals("1",
                query("SELECT COUNT(*) FROM msdb.dbo.backupset WHERE database_name = 'faulty' AND type = 'L'"));
        String moves = "MOVE 'faulty' TO 'f.mdf', MOVE 'faulty_log' TO 'f.ldf', NORECOVERY";
        run("RESTORE DATABASE faulty2 FROM @ WITH " + moves, folder.resolve("full"));
        run("RESTORE LOG faulty2 FROM @", log);
        server.inject(ServerFault.refuseDevices());
        assertEquals(List.of(18210, 3201, 3013), codes("BACKUP LOG faulty TO @", folder.resolve("no")));
        server.inject(ServerFault.cutAfter(100_000));
        run("BACKUP DATABASE faulty TO @", folder.resolve("cut"));
        assertEquals(List.of(3203, 3013), codes("RESTORE VERIFYONLY FROM @", folder.resolve("cut")));
    }

    @Test
    void headerStatementsTellTheBackup() throws Exception {
        Path file = folder.resolve("full");
        run("BACKUP DATABASE history TO @ WITH NAME = N'nightly', CHECKSUM, COPY_ONLY", file);
        header("RESTORE HEADERONLY FROM @", file, result -> {
            assertEquals(59, result.getMetaData().getColumnCount());
            assertEquals("nightly", result.getString("BackupName"));
            assertEquals("history", result.getString("DatabaseName"));
            assertEquals(1, result.getInt("BackupType"));
            assertEquals(7, result.getInt("DeviceType"));
            assertTrue(result.getBoolean("IsCopyOnly"));
            assertEquals("numeric", result.getMetaData().getColumnTypeName(14));
        });
        header("RESTORE FILELISTONLY FROM @", file, result -> {
            assertEquals(22, result.getMetaData().getColumnCount());
            assertEquals("history", result.getString("LogicalName"));
            assertEquals("D", result.getString("Type"));
            assertEquals(SIZE, result.getLong("Size"));
        });
        header("RESTORE LABELONLY FROM @", file, result -> {
            assertEquals(13, result.getMetaData().getColumnCount());
            assertEquals(1, result.getInt("FamilyCount"));
        });
        assertEquals(List.of("3262 The backup set on file 1 is valid."), run("RESTORE VERIFYONLY FROM @", file));
        Path garbage = Files.write(folder.resolve("garbage"), new byte[100_000]);
        assertEquals(List.of(3241, 3013), codes("RESTORE HEADERONLY FROM @", garbage));
        Path empty = Files.createFile(folder.resolve("empty"));
        assertEquals(List.of(3254, 3013), codes("RESTORE HEADERONLY FROM @", empty));
    }

    private static void header(String text, Path file, JdbcStatement.Check check) {
        assertEquals(List.of(), JdbcStatement.run(server.jdbcUrl(), text, check, file).errors());
    }

    @Test
    void cancelAbortsTheDevices() throws Exception {
        server.inject(ServerFault.hangAfter(100_000));
        String set = TestData.setName();
        DeviceJob.Builder parts = DeviceJob.backup(set).device(folder.resolve("never"));
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            DeviceJob job = parts.statement(() -> {
                assertThrows(SQLException.class,
                        () -> statement.execute("BACKUP DATABASE cancelled TO VIRTUAL_DEVICE = '" + set + "'"));
                return new Verdict(false, List.of(), OptionalLong.empty());
            }).build();
            CompletableFuture<JobResult> result = CompletableFuture.supplyAsync(job::run);
            while (!query("SELECT COUNT(*) FROM sys.dm_exec_requests WHERE command = 'BACKUP DATABASE' AND "
                    + "percent_complete > 0").equals("1")) {
                Looking.pause();
            }
            try (MachineLag lag = MachineLag.start()) {
                statement.cancel();
                assertFalse(result.get(Patience.SECONDS, TimeUnit.SECONDS).good());
                lag.assertWithin("the end of a cancelled backup", Duration.ofSeconds(10));
            }
            assertTrue(connection.isValid(Patience.SECONDS));
        }
        run("BACKUP DATABASE cancelled TO @", folder.resolve("again"));
    }

    @Test
    void progressIsVisibleWhileTheStatementRuns() throws Exception {
        server.inject(ServerFault.hangAfter(SIZE / 2));
        String set = TestData.setName();
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            DeviceJob job = DeviceJob.backup(set).device(folder.resolve("never")).statement(() -> {
                assertThrows(SQLException.class, () -> statement
                        .execute("BACKUP DATABASE cancelled TO VIRTUAL_DEVICE = '" + set + "' WITH STATS = 10"));
                return new Verdict(false, List.of(), OptionalLong.empty());
            }).build();
            CompletableFuture<JobResult> result = CompletableFuture.supplyAsync(job::run);
            try {
                long end = System.nanoTime() + Patience.LONG.toNanos();
                while (statement.getWarnings() == null) {
                    assertTrue(System.nanoTime() < end && !result.isDone(), "no progress is visible");
                    Looking.pause();
                }
                assertEquals(3211, statement.getWarnings().getErrorCode());
            } finally {
                statement.cancel();
            }
            assertFalse(result.get(Patience.SECONDS, TimeUnit.SECONDS).good());
        }
    }

    @Test
    void lostConnectionAbortsTheDevices() {
        server.inject(ServerFault.dropConnectionAfter(100_000));
        assertEquals(1, codes("BACKUP DATABASE cancelled TO @", folder.resolve("dropped")).size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"BACKUP DATABASE nowhere TO VIRTUAL_DEVICE = 'x' | 911 3013",
        "BACKUP DATABASE sales TO VIRTUAL_DEVICE = 'x' WITH NONSENSE | 155",
        "BACKUP DATABASE sales TO VIRTUAL_DEVICE = 'x' WITH INIT, NOINIT | 3031 3013",
        "BACKUP DATABASE sales TO VIRTUAL_DEVICE = 'x' WITH NORECOVERY | 3032 3013",
        "BACKUP DATABASE sales TO VIRTUAL_DEVICE = 'x' WITH BLOCKSIZE = 1000 | 3253 3013",
        "BACKUP DATABASE sales TO VIRTUAL_DEVICE = 'x' WITH MAXTRANSFERSIZE = 1 | 3250 3013",
        "BACKUP DATABASE sales TO VIRTUAL_DEVICE = 'x', VIRTUAL_DEVICE = 'y' WITH BUFFERCOUNT = 1 | 3273 3013",
        "BACKUP DATABASE sales TO VIRTUAL_DEVICE = 'x', DISK = 'y' | 3011 3013",
        "BACKUP DATABASE sales TO DISK = 'y' | 3201 3013",
        "BACKUP DATABASE sales TO logical_one | 3206 3013",
        "BACKUP DATABASE tempdb TO VIRTUAL_DEVICE = 'x' | 3147 3013",
        "BACKUP LOG master TO VIRTUAL_DEVICE = 'x' | 4212 3013",
        "BACKUP DATABASE sales TO VIRTUAL_DEVICE = 'no-such-set' | 18210 3201 3013",
        "BACKUP DATABASE sales VIRTUAL_DEVICE = 'x' | 102", "BACKUP sales TO VIRTUAL_DEVICE = 'x' | 102",
        "RESTORE DATABASE sales WITH RECOVERY | 3153 3013",
        "RESTORE HEADERONLY FROM VIRTUAL_DEVICE = 'x' WITH REPLACE | 3032 3013",
        "BEGIN TRAN; BACKUP DATABASE sales TO VIRTUAL_DEVICE = 'x' | 3021 3013",
        "DECLARE @n nvarchar(128) = N'nowhere', @d nvarchar(50) = 'dev'; BACKUP DATABASE @n TO VIRTUAL_DEVICE = @d | 911 3013"})
    void wrongStatementHasTheMessagesOfSqlServer(String text, String expected) throws Exception {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            SQLException error = assertThrows(SQLException.class, () -> {
                statement.execute(text);
                while (statement.getMoreResults() || statement.getUpdateCount() >= 0) { // the error may come later
                }
            });
            StringBuilder codes = new StringBuilder();
            for (SQLException each = error; each != null; each = each.getNextException()) {
                codes.append(codes.isEmpty() ? "" : " ").append(each.getErrorCode());
            }
            assertEquals(expected, codes.toString(), error.getMessage());
        }
    }

    @Test
    void usedDatabaseIsNotRestored() throws Exception {
        Path file = folder.resolve("full");
        run("BACKUP DATABASE simple TO @", file);
        try (Connection user = connect()) {
            user.setCatalog("simple");
            assertEquals(List.of(3101, 3013), codes("RESTORE DATABASE simple FROM @ WITH REPLACE", file));
        }
        assertEquals(List.of(3159, 3013), codes("RESTORE DATABASE simple FROM @", file));
        run("RESTORE DATABASE simple FROM @ WITH REPLACE, STANDBY = 'undo'", file);
        assertEquals("1", query("SELECT is_in_standby FROM sys.databases WHERE name = 'simple'"));
    }
}
