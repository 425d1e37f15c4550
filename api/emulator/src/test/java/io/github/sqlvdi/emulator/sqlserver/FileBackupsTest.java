package io.github.sqlvdi.emulator.sqlserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** BACKUP and RESTORE of files and filegroups: refusals, roll-forward, history. */
class FileBackupsTest {

    private static final int SIZE = 8 << 20;

    @TempDir
    private Path folder;
    private EmulatedSqlServer server;

    @BeforeEach
    void start() throws IOException {
        Files.createDirectory(folder.resolve("disks"));
        server = builder().start();
    }

    private EmulatedSqlServer.Builder builder() {
        return EmulatedSqlServer.builder().encryption(Encryption.NONE).folder(folder.resolve("kept"))
                .disks(folder.resolve("disks")).database("db", SIZE).dataFile("db", "old", "archive", SIZE)
                .database("simple", SIZE).dataFile("simple", "past", "archive", SIZE);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Executes a text. Returns the numbers of its messages of BACKUP and RESTORE, without 4035. */
    private List<Integer> run(String text) throws SQLException {
        List<Integer> numbers = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement()) {
            try {
                boolean rows = statement.execute(text);
                while (rows || statement.getUpdateCount() >= 0) {
                    rows = statement.getMoreResults();
                }
            } catch (SQLException error) {
                for (SQLException each = error; each != null; each = each.getNextException()) {
                    numbers.add(each.getErrorCode());
                }
            }
            for (SQLWarning each = statement.getWarnings(); each != null; each = each.getNextWarning()) {
                numbers.add(each.getErrorCode());
            }
        }
        numbers.removeIf(number -> number == 4035);
        return numbers;
    }

    private List<String> rows(String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                ResultSet row = connection.createStatement().executeQuery(query)) {
            while (row.next()) {
                values.add(row.getString(1));
            }
        }
        return values;
    }

    @Test
    void partsThatCannotBeBackedUpAreRefused() throws SQLException {
        run("ALTER DATABASE simple SET RECOVERY SIMPLE");
        assertEquals(List.of(3234, 3013), run("BACKUP DATABASE db FILE = 'db_log' TO DISK = '/x'"));
        assertEquals(List.of(3027, 3013), run("BACKUP DATABASE db FILEGROUP = 'db' TO DISK = '/x'"));
        assertEquals(List.of(3032, 3013), run("BACKUP DATABASE db PAGE = '1:1' TO DISK = '/x'"));
        assertEquals(List.of(3032, 3013),
                run("BACKUP DATABASE db READ_WRITE_FILEGROUPS, FILE = 'old' TO DISK = '/x'"));
        assertEquals(List.of(3035, 3013), run("BACKUP DATABASE db FILE = 'db' TO DISK = '/x' WITH DIFFERENTIAL"));
        assertEquals(List.of(3024, 3013), run("BACKUP DATABASE master FILE = 'master' TO DISK = '/x'"));
        assertEquals(List.of(3004, 3013), run("BACKUP DATABASE simple FILEGROUP = 'PRIMARY' TO DISK = '/x'"));
        assertEquals(List.of(3022, 3014), run("BACKUP DATABASE simple FILEGROUP = 'archive' TO DISK = '/y'"));
        assertEquals(List.of(3014), run("BACKUP DATABASE simple READ_WRITE_FILEGROUPS TO DISK = '/y'"));
        assertEquals(List.of("1", "2"), rows("SELECT data_space_id FROM sys.master_files WHERE database_id = "
                + "DB_ID('db') AND type = 0 ORDER BY data_space_id"));
    }

    @Test
    void fileBackupsBeginNoChainAndStandInTheHistory() throws SQLException {
        assertEquals(List.of(3014), run("BACKUP DATABASE db FILE = 'old' TO DISK = '/file'"));
        assertEquals(List.of(3014), run("BACKUP DATABASE db READ_WRITE_FILEGROUPS TO DISK = '/partial'"));
        assertEquals(List.of(4214, 3013), run("BACKUP LOG db TO DISK = '/x'"));
        assertEquals(List.of(3035, 3013), run("BACKUP DATABASE db TO DISK = '/x' WITH DIFFERENTIAL"));
        assertEquals(List.of("F", "P"), rows("SELECT type FROM msdb.dbo.backupset ORDER BY backup_set_id"));
        assertEquals(List.of("old", "db_log", "db", "old", "db_log"),
                rows("SELECT logical_name FROM msdb.dbo.backupfile WHERE is_present = 1 ORDER BY backup_set_id"));
        assertEquals(List.of("archive"), rows("SELECT filegroup_name FROM msdb.dbo.backupfile WHERE is_present = 1 "
                + "AND logical_name = 'old' AND backup_set_id = 1"));
    }

    @Test
    void readOnlyDatabaseHasItsPrimaryFilegroupInAPartialBackup() throws SQLException {
        run("ALTER DATABASE db SET READ_ONLY");
        assertEquals(List.of(3014), run("BACKUP DATABASE db READ_WRITE_FILEGROUPS TO DISK = '/primary'"));
        assertEquals(List.of(3014),
                run("BACKUP DATABASE db READ_WRITE_FILEGROUPS, FILEGROUP = 'archive' TO DISK = '/all'"));
        assertEquals(List.of("db", "db_log", "db", "old", "db_log"),
                rows("SELECT logical_name FROM msdb.dbo.backupfile WHERE is_present = 1 ORDER BY backup_set_id"));
        assertEquals(List.of(3234, 3013), run("RESTORE DATABASE part FILE = 'old' FROM DISK = '/primary'"));
        assertEquals(List.of(3034, 3013),
                run("RESTORE DATABASE part FILEGROUP = 'archive' FROM DISK = '/primary' WITH PARTIAL"));
        assertEquals(List.of(3014), run("RESTORE DATABASE part FROM DISK = '/primary' WITH MOVE 'db' TO '/a', "
                + "MOVE 'db_log' TO '/b', MOVE 'old' TO '/c'"));
        assertEquals(List.of("a: ONLINE", "c: RECOVERY_PENDING"), rows("SELECT SUBSTRING(physical_name, 2, 9) + ': ' "
                + "+ state_desc FROM sys.master_files WHERE database_id = DB_ID('part') AND type = 0 ORDER BY file_id"));
        assertEquals(List.of(3007, 3013), run("BACKUP DATABASE part FILE = 'old' TO DISK = '/x'"));
        assertEquals(List.of(3007, 3013), run("BACKUP DATABASE part TO DISK = '/x'"));
        run("ALTER DATABASE part SET READ_WRITE");
        assertEquals(List.of(3007, 3013), run("BACKUP DATABASE part READ_WRITE_FILEGROUPS TO DISK = '/x'"));
        assertEquals(List.of(3014), run("BACKUP DATABASE part FILE = 'db' TO DISK = '/x'"));
    }

    @Test
    void restoredFileWaitsForTheLogOfTheOthers() throws Exception {
        run("BACKUP DATABASE db TO DISK = '/full'");
        run("BACKUP DATABASE db FILE = 'old' TO DISK = '/file'");
        run("BACKUP DATABASE db READ_WRITE_FILEGROUPS TO DISK = '/partial'"); // its checkpoint is in the log
        assertEquals(List.of(3032, 3013), run("BACKUP LOG db FILE = 'db' TO DISK = '/x'"));
        assertEquals(List.of(3032, 3013),
                run("BACKUP DATABASE db READ_WRITE_FILEGROUPS TO DISK = '/x' WITH DIFFERENTIAL"));
        run("BACKUP LOG db TO DISK = '/log'");
        assertEquals(List.of(3159, 3013),
                run("RESTORE DATABASE db FILE = 'old' FROM DISK = '/file' WITH NORECOVERY, REPLACE"));
        assertEquals(List.of(3014), run("BACKUP LOG db TO DISK = '/tail' WITH NORECOVERY"));
        assertEquals(List.of(3032, 3013), run("RESTORE DATABASE db FROM DISK = '/file' WITH MOVE 'old' TO '/else'"));
        assertEquals(List.of(3234, 3013), run("RESTORE DATABASE db FILE = 'db' FROM DISK = '/file'"));
        assertEquals(List.of(4303, 3014), run("RESTORE DATABASE db FILE = 'old' FROM DISK = '/file' WITH RECOVERY"));
        assertEquals("RESTORING", server.state("db").orElseThrow());
        server.close();
        server = builder().start();
        assertEquals(List.of(4331, 3013), run("RESTORE DATABASE db WITH RECOVERY"));
        assertEquals(List.of(4305, 3013), run("RESTORE LOG db FROM DISK = '/tail'"));
        assertEquals(List.of(4303, 3014), run("RESTORE LOG db FROM DISK = '/log' WITH NORECOVERY"));
        assertEquals(List.of(3032, 3013), run("RESTORE LOG db FILE = 'old' FROM DISK = '/tail'"));
        assertEquals(List.of(3014), run("RESTORE LOG db FROM DISK = '/tail' WITH RECOVERY"));
        assertEquals("ONLINE", server.state("db").orElseThrow());
        assertEquals(List.of("F", "L", "L"), rows("SELECT restore_type FROM msdb.dbo.restorehistory"));
        assertEquals(List.of(3014), run("BACKUP DATABASE db FILE = 'old' TO DISK = '/again'"));
    }

    @Test
    void olderFileInANewerDatabaseNeedsTheLogBetween() throws SQLException {
        run("BACKUP DATABASE db TO DISK = '/first'");
        run("BACKUP DATABASE db FILE = 'old' TO DISK = '/file'");
        run("BACKUP LOG db TO DISK = '/log1'");
        run("BACKUP DATABASE db TO DISK = '/full'");
        run("BACKUP LOG db TO DISK = '/log2'");
        String moved = " WITH NORECOVERY, MOVE 'db' TO '/a', MOVE 'db_log' TO '/b', MOVE 'old' TO '/c'";
        assertEquals(List.of(3118, 3013), run("RESTORE DATABASE copy FROM DISK = '/file'" + moved));
        assertEquals(List.of(3014), run("RESTORE DATABASE copy FROM DISK = '/full'" + moved));
        assertEquals(List.of(4303, 3014), run("RESTORE DATABASE copy FROM DISK = '/file' WITH NORECOVERY"));
        assertEquals(List.of(4303, 3014), run("RESTORE LOG copy FROM DISK = '/log1' WITH RECOVERY"));
        assertEquals(List.of(3014), run("RESTORE LOG copy FROM DISK = '/log2' WITH RECOVERY"));
        assertEquals(List.of(3014), run("RESTORE DATABASE other FROM DISK = '/full'" + moved.replace("/", "/o")));
        assertEquals(List.of(3014), run("RESTORE DATABASE other FILE = 'old' FROM DISK = '/full' WITH RECOVERY"));
        assertEquals("ONLINE", server.state("other").orElseThrow());
    }

    @Test
    void recordedDatabaseHasNoFileBackups() throws Exception {
        Path recording = RecordedBackupsTest.write(GeneratedDatabase.builder("rec").build().backup(BackupType.FULL)
                .build(), folder.resolve("recording"));
        try (EmulatedSqlServer recorded = EmulatedSqlServer.builder().encryption(Encryption.NONE)
                .recordedBackup("rec", recording).start();
                Connection connection = DriverManager.getConnection(recorded.jdbcUrl());
                Statement statement = connection.createStatement()) {
            SQLException refusal = assertThrows(SQLException.class,
                    () -> statement.execute("BACKUP DATABASE rec FILE = 'rec' TO VIRTUAL_DEVICE = 'x'"));
            assertEquals(3201, refusal.getErrorCode());
            assertTrue(refusal.getMessage().contains("recorded"), refusal.getMessage());
        }
    }

    @Test
    void dataFileThatCannotBeAddedIsRefused() {
        EmulatedSqlServer.Builder builder = EmulatedSqlServer.builder().database("a", 1).dataFile("a", "b", "c", 1);
        assertThrows(IllegalArgumentException.class, () -> builder.dataFile("none", "b", "c", 1));
        assertThrows(IllegalArgumentException.class, () -> builder.dataFile("a", "B", "c", 1));
        assertThrows(IllegalArgumentException.class, () -> builder.dataFile("a", "A_log", "c", 1));
        assertThrows(IllegalArgumentException.class, () -> builder.dataFile("a", "d", "c", 0));
    }
}
