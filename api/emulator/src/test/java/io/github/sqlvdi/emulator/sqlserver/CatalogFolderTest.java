package io.github.sqlvdi.emulator.sqlserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.mtf.BackupType;
import io.github.sqlvdi.mtf.GeneratedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A catalog in a folder: it survives the end of a server, and a folder that is no whole catalog is told in words. */
class CatalogFolderTest {

    private static final List<String> VIEWS =
            List.of("sys.databases", "sys.master_files", "sys.database_recovery_status", "msdb.dbo.backupset",
                    "msdb.dbo.backupmediafamily", "msdb.dbo.backupmediaset", "msdb.dbo.backupfile",
                    "msdb.dbo.restorehistory");

    @TempDir
    private Path folder;
    private Path kept;
    private Path disks;

    @BeforeEach
    void makeFolders() throws IOException {
        kept = folder.resolve("kept");
        disks = Files.createDirectory(folder.resolve("disks"));
    }

    private EmulatedSqlServer.Builder builder() {
        return EmulatedSqlServer.builder().encryption(Encryption.NONE).folder(kept).disks(disks);
    }

    /** Executes a text. Returns the numbers of its errors. */
    private static List<Integer> run(EmulatedSqlServer server, String text) {
        List<Integer> errors = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl())) {
            connection.createStatement().execute(text);
        } catch (SQLException error) {
            for (SQLException each = error; each != null; each = each.getNextException()) {
                errors.add(each.getErrorCode());
            }
        }
        return errors;
    }

    /** Every row of every view that shows what the catalog has. */
    private static List<String> contents(EmulatedSqlServer server) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl())) {
            for (String view : VIEWS) {
                try (ResultSet result = connection.createStatement().executeQuery("SELECT * FROM " + view)) {
                    while (result.next()) {
                        StringBuilder row = new StringBuilder(view);
                        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                            row.append('|').append(result.getString(column));
                        }
                        rows.add(row.toString());
                    }
                }
            }
        }
        return rows;
    }

    private static void runGood(EmulatedSqlServer server, String... texts) {
        for (String text : texts) {
            assertEquals(List.of(), run(server, text), text);
        }
    }

    @Test
    void everythingSurvivesARestart() throws Exception {
        List<String> before;
        List<RestoredBackup> restored;
        try (EmulatedSqlServer server = builder().database("sales", 8 << 20).start()) {
            runGood(server, "BACKUP DATABASE sales TO DISK = 'full' WITH NAME = 'a\ttab, a \\ and a ''', CHECKSUM",
                    "BACKUP LOG sales TO DISK = 'log1'", "CREATE DATABASE [Zürich 東京]",
                    "ALTER DATABASE [Zürich 東京] SET RECOVERY SIMPLE", "ALTER DATABASE [Zürich 東京] SET READ_ONLY",
                    "RESTORE DATABASE copy FROM DISK = 'full' WITH NORECOVERY, STOPAT = '2099-01-01T00:00:00', "
                            + "MOVE 'sales' TO 'x', MOVE 'sales_log' TO 'y'",
                    "CREATE DATABASE gone", "DROP DATABASE gone", "CREATE DATABASE old",
                    "ALTER DATABASE old MODIFY NAME = young");
            before = contents(server);
            restored = server.restored("copy");
        }
        try (EmulatedSqlServer server = builder().database("sales", 64 << 20).database("more", 8 << 20).start()) {
            List<String> after = contents(server);
            assertTrue(after.removeIf(row -> row.contains("|more|") || row.contains("|more_log|")
                    || row.startsWith("sys.database_recovery_status|10|")), "a database is added");
            assertEquals(before, after);
            assertEquals(restored, server.restored("copy"));
            assertEquals("RESTORING", server.state("copy").orElseThrow());
            runGood(server, "BACKUP LOG sales TO DISK = 'log2'",
                    "BACKUP DATABASE sales TO DISK = 'diff' WITH DIFFERENTIAL",
                    "RESTORE LOG copy FROM DISK = 'log1' WITH NORECOVERY",
                    "RESTORE LOG copy FROM DISK = 'log2' WITH NORECOVERY",
                    "RESTORE DATABASE copy FROM DISK = 'diff' WITH RECOVERY");
            assertEquals(List.of(3117, 3013), run(server, "RESTORE LOG copy FROM DISK = 'log2'"));
        }
    }

    @Test
    void recordedStreamsAreKeptWithoutTheirFiles() throws Exception {
        GeneratedDatabase source = GeneratedDatabase.builder("rec").build();
        Path full = RecordedBackupsTest.write(source.backup(BackupType.FULL).build(), folder.resolve("full"));
        Path log1 = RecordedBackupsTest.write(source.backup(BackupType.LOG).build(), folder.resolve("log1"));
        Path log2 = RecordedBackupsTest.write(source.backup(BackupType.LOG).build(), folder.resolve("log2"));
        String second = RecordedBackupsTest.sha256(log2);
        try (EmulatedSqlServer server = builder().recordedBackup("rec", full).recordedBackup("rec", log1)
                .recordedBackup("rec", log2).start()) {
            runGood(server, "BACKUP DATABASE rec TO DISK = 'f'", "BACKUP LOG rec TO DISK = 'l1'");
        }
        for (Path file : List.of(full, log1, log2)) {
            Files.delete(file);
        }
        try (EmulatedSqlServer server = builder().start()) {
            runGood(server, "BACKUP LOG rec TO DISK = 'l2'");
            assertEquals(second, RecordedBackupsTest.sha256(disks.resolve("l2")));
        }
        try (EmulatedSqlServer server = builder().start()) {
            runGood(server, "DROP DATABASE rec");
        }
        builder().start().close();
        try (Stream<Path> streams = Files.list(kept.resolve("streams"))) {
            assertEquals(List.of(), streams.toList(), "streams of a dropped database");
        }
    }

    @Test
    void folderInUseIsRefusedByName() throws Exception {
        try (EmulatedSqlServer server = builder().database("sales", 8 << 20).start()) {
            String refused = assertThrows(IOException.class, () -> builder().start()).getMessage();
            assertTrue(refused.contains(kept.toRealPath().toString()), refused);
            assertTrue(refused.contains("in use") && refused.contains("" + ProcessHandle.current().pid()), refused);
            runGood(server, "BACKUP DATABASE sales TO DISK = 'full'");
        }
        builder().start().close();
    }

    @Test
    void fileInPlaceOfTheFolderIsRefusedByName() throws IOException {
        Files.writeString(kept, "a file");
        String refused = assertThrows(IOException.class, () -> builder().start()).getMessage();
        assertTrue(refused.contains(kept.toString()) && refused.contains("cannot be used"), refused);
    }

    @Test
    void statementWhoseChangeCannotBeWrittenChangesNothing() throws Exception {
        try (EmulatedSqlServer server = builder().database("sales", 8 << 20).start()) {
            runGood(server, "BACKUP DATABASE sales TO DISK = 'full'");
            List<String> before = contents(server);
            Path obstacle = Files.createDirectory(kept.resolve("catalog.new"));
            for (String text : List.of("CREATE DATABASE d", "DROP DATABASE sales", "BACKUP LOG sales TO DISK = 'log'",
                    "ALTER DATABASE sales SET RECOVERY SIMPLE", "ALTER DATABASE sales MODIFY NAME = other",
                    "RESTORE DATABASE copy FROM DISK = 'full' WITH MOVE 'sales' TO 'x', MOVE 'sales_log' TO 'y'")) {
                assertTrue(run(server, text).contains(3271), text);
                assertEquals(before, contents(server), text);
            }
            Files.delete(obstacle);
            runGood(server, "BACKUP LOG sales TO DISK = 'log' WITH INIT", "DROP DATABASE sales");
        }
    }

    @Test
    void damagedFolderIsToldInWords() throws Exception {
        try (EmulatedSqlServer server = builder().database("sales", 8 << 20).start()) {
            runGood(server, "BACKUP DATABASE sales TO DISK = 'full'", "BACKUP LOG sales TO DISK = 'log'");
        }
        Random random = new Random(5);
        List<Path> files;
        try (Stream<Path> all = Files.walk(kept)) {
            files = all.filter(file -> Files.isRegularFile(file) && !file.endsWith("lock")).toList();
        }
        assertEquals(3, files.size(), files::toString);
        for (Path file : files) {
            byte[] whole = Files.readAllBytes(file);
            for (int round = 0; round < 50; round++) {
                byte[] damaged = round == 0 ? new byte[0]
                        : round % 2 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
                if (round % 2 == 1) {
                    damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                }
                Files.write(file, damaged);
                requireRefused(file);
            }
            Files.delete(file);
            if (!file.endsWith("catalog")) {
                requireRefused(file);
            }
            Files.write(file, whole);
        }
        try (EmulatedSqlServer server = builder().start()) {
            assertEquals("ONLINE", server.state("sales").orElseThrow());
        }
    }

    private void requireRefused(Path file) {
        String refused = assertThrows(IOException.class, () -> builder().start().close()).getMessage();
        assertTrue(refused.contains(file.getFileName().toString()) && refused.contains("damaged"), refused);
    }

    @Test
    void leftOversOfAKillAreRemoved() throws Exception {
        try (EmulatedSqlServer server = builder().database("sales", 8 << 20).start()) {
            runGood(server, "BACKUP DATABASE sales TO DISK = 'full'");
        }
        Path set = kept.resolve("sets").resolve("2.set");
        Files.writeString(set, "cut");
        Files.writeString(kept.resolve("catalog.new"), "cut");
        Files.writeString(kept.resolve("streams").resolve("9-1.1.new"), "cut");
        try (EmulatedSqlServer server = builder().start()) {
            assertFalse(Files.exists(set));
            runGood(server, "BACKUP LOG sales TO DISK = 'log'");
            assertTrue(Files.exists(set));
        }
    }
}
