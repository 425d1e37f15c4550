package io.github.sqlvdi.emulator.sqlserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** BACKUP and RESTORE with DISK: files below one folder. */
class DiskTest {

    @TempDir
    private Path folder;
    private Path disks;
    private EmulatedSqlServer server;

    @BeforeEach
    void start() throws IOException {
        disks = Files.createDirectory(folder.resolve("disks"));
        server = EmulatedSqlServer.builder().database("sales", 8 << 20).disks(disks).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Executes a text. Returns the numbers of its messages and errors. */
    private List<Integer> run(String text) {
        List<Integer> numbers = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(text);
            for (SQLWarning each = statement.getWarnings(); each != null; each = each.getNextWarning()) {
                numbers.add(each.getErrorCode());
            }
        } catch (SQLException error) {
            for (SQLException each = error; each != null; each = each.getNextException()) {
                numbers.add(each.getErrorCode());
            }
        }
        return numbers;
    }

    private String query(String text) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                ResultSet result = connection.createStatement().executeQuery(text)) {
            assertTrue(result.next(), text);
            return result.getString(1);
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(disks)) {
            return all.filter(Files::isRegularFile).map(file -> disks.relativize(file).toString().replace('\\', '/'))
                    .sorted().toList();
        }
    }

    @Test
    void backupIsAFileThatIsRestored() throws Exception {
        assertEquals(List.of(4035, 4035, 3014), run("BACKUP DATABASE sales TO DISK = N'C:\\backup\\sales.bak'"));
        assertEquals(List.of("backup/sales.bak"), files());
        assertEquals("2", query("SELECT device_type FROM msdb.dbo.backupmediafamily"));
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                ResultSet header = connection.createStatement()
                        .executeQuery("RESTORE HEADERONLY FROM DISK = '/backup/sales.bak'")) {
            assertTrue(header.next());
            assertEquals("sales", header.getString("DatabaseName"));
            assertEquals(2, header.getInt("DeviceType"));
        }
        assertEquals(List.of(3262), run("RESTORE VERIFYONLY FROM DISK = 'backup/sales.bak'"));
        assertEquals(List.of(4035, 4035, 3014), run("RESTORE DATABASE copy FROM DISK = 'backup/sales.bak' WITH MOVE "
                + "'sales' TO 'c.mdf', MOVE 'sales_log' TO 'c.ldf'"));
        assertEquals(RecordedBackupsTest.sha256(disks.resolve("backup/sales.bak")),
                server.restored("copy").getFirst().sha256());
    }

    @Test
    void stripesAndTheLogChainWork() {
        run("BACKUP DATABASE sales TO DISK = 'a', DISK = 'b'");
        run("BACKUP DATABASE sales TO DISK = 'd' WITH DIFFERENTIAL");
        run("BACKUP LOG sales TO DISK = 'l'");
        assertEquals(List.of(3132, 3013), run("RESTORE DATABASE copy FROM DISK = 'a'"));
        run("RESTORE DATABASE copy FROM DISK = 'b', DISK = 'a' WITH NORECOVERY, MOVE 'sales' TO 'x', MOVE 'sales_log' TO 'y'");
        run("RESTORE DATABASE copy FROM DISK = 'd' WITH NORECOVERY");
        run("RESTORE LOG copy FROM DISK = 'l'");
        assertEquals("ONLINE", server.state("copy").orElseThrow());
        assertEquals(4, server.restored("copy").size());
    }

    /** The values of some columns in all rows, with commas between them. */
    private List<String> rows(String text, String... columns) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                ResultSet result = connection.createStatement().executeQuery(text)) {
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (String column : columns) {
                    values.add(result.getString(column));
                }
                rows.add(String.join(",", values));
            }
        }
        return rows;
    }

    /** The texts of the messages of a statement that succeeds. */
    private List<String> messages(String text) throws SQLException {
        List<String> messages = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(text);
            for (SQLWarning each = statement.getWarnings(); each != null; each = each.getNextWarning()) {
                messages.add(each.getMessage());
            }
        }
        return messages;
    }

    @Test
    void setsOfAFileAreListedAndRestoredByTheirPositions() throws Exception {
        run("BACKUP DATABASE sales TO DISK = 'all' WITH NAME = 'one'");
        assertTrue(messages("BACKUP LOG sales TO DISK = 'all' WITH NAME = 'two', NOINIT").getFirst()
                .endsWith("on file 2."));
        run("BACKUP DATABASE sales TO DISK = 'all' WITH DIFFERENTIAL, NAME = 'three'");
        run("BACKUP LOG sales TO DISK = 'all' WITH NAME = 'four'");
        assertEquals(List.of("1,1,one", "2,2,two", "3,5,three", "4,2,four"),
                rows("RESTORE HEADERONLY FROM DISK = 'all'", "Position", "BackupType", "BackupName"));
        assertEquals(List.of("3,5,three"),
                rows("RESTORE HEADERONLY FROM DISK = 'all' WITH FILE = 3", "Position", "BackupType", "BackupName"));
        assertEquals(List.of("1", "2", "3", "4"),
                rows("SELECT position FROM msdb.dbo.backupset ORDER BY backup_set_id", "position"));
        assertEquals(List.of("sales", "sales_log"),
                rows("RESTORE FILELISTONLY FROM DISK = 'all' WITH FILE = 2", "LogicalName"));
        assertEquals(List.of("The backup set on file 4 is valid."),
                messages("RESTORE VERIFYONLY FROM DISK = 'all' WITH FILE = 4"));
        for (String number : List.of("0", "5", "-1", "99999")) {
            assertEquals(List.of(3287, 3013), run("RESTORE VERIFYONLY FROM DISK = 'all' WITH FILE = " + number));
        }
        String move = ", MOVE 'sales' TO 'c.mdf', MOVE 'sales_log' TO 'c.ldf'";
        run("RESTORE DATABASE copy FROM DISK = 'all' WITH NORECOVERY" + move);
        assertEquals(List.of(3120, 3013), run("RESTORE DATABASE copy FROM DISK = 'all' WITH FILE = 4, NORECOVERY"));
        run("RESTORE DATABASE copy FROM DISK = 'all' WITH FILE = 3, NORECOVERY");
        assertTrue(messages("RESTORE LOG copy FROM DISK = 'all' WITH FILE = 4").getFirst().endsWith("on file 4."));
        assertEquals("ONLINE", server.state("copy").orElseThrow());
        assertEquals(List.of(4035, 4035, 3014), run("BACKUP DATABASE sales TO DISK = 'all' WITH INIT"));
        assertEquals(List.of("1,1"), rows("RESTORE HEADERONLY FROM DISK = 'all'", "Position", "BackupType"));
    }

    @Test
    void setIsPutBehindWholeSetsOfAsManyFamiliesOnly() throws Exception {
        run("BACKUP DATABASE sales TO DISK = 'a', DISK = 'b'");
        run("BACKUP LOG sales TO DISK = 'a', DISK = 'b'");
        assertEquals(List.of("1,1", "2,2"),
                rows("RESTORE HEADERONLY FROM DISK = 'b', DISK = 'a'", "Position", "BackupType"));
        assertEquals(List.of(3231, 3013), run("BACKUP LOG sales TO DISK = 'a'"));
        assertEquals(List.of(3231, 3013), run("BACKUP LOG sales TO DISK = 'a', DISK = 'new'"));
        Files.write(disks.resolve("cut"), Arrays.copyOf(Files.readAllBytes(disks.resolve("a")), 100_000));
        Files.write(disks.resolve("garbage"), new byte[]{1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
        for (String name : List.of("cut", "garbage")) {
            String before = RecordedBackupsTest.sha256(disks.resolve(name));
            assertEquals(List.of(3241, 3013), run("BACKUP DATABASE sales TO DISK = '" + name + "'"));
            assertEquals(before, RecordedBackupsTest.sha256(disks.resolve(name)));
        }
        Files.createFile(disks.resolve("empty"));
        assertEquals(List.of(4035, 4035, 3014), run("BACKUP DATABASE sales TO DISK = 'empty'"));
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 4096, 65_536})
    void fileHasWholeBlocks(int blockSize) throws Exception {
        for (int set = 1; set <= 3; set++) {
            run("BACKUP DATABASE sales TO DISK = 'blocks' WITH BLOCKSIZE = " + blockSize);
            assertEquals(0, Files.size(disks.resolve("blocks")) % blockSize);
            assertEquals(List.of(3262), run("RESTORE VERIFYONLY FROM DISK = 'blocks' WITH FILE = " + set));
        }
    }

    @Test
    void failedBackupLeavesWhatWasThere() throws Exception {
        run("BACKUP DATABASE sales TO DISK = 'full'");
        String first = RecordedBackupsTest.sha256(disks.resolve("full"));
        server.inject(ServerFault.failAfter(100_000));
        assertEquals(List.of(3203, 3013), run("BACKUP DATABASE sales TO DISK = 'full' WITH FORMAT"));
        assertEquals(first, RecordedBackupsTest.sha256(disks.resolve("full")));
        server.inject(ServerFault.failAfter(100_000));
        assertEquals(List.of(3203, 3013), run("BACKUP DATABASE sales TO DISK = 'full' WITH NOINIT"));
        assertEquals(first, RecordedBackupsTest.sha256(disks.resolve("full")));
        assertEquals(List.of("full"), files());
    }

    private boolean makesLink() throws IOException {
        Path link = disks.resolve("link");
        try {
            return Files.isSymbolicLink(Files.createSymbolicLink(link, folder));
        } catch (FileSystemException | UnsupportedOperationException notAllowed) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../out", "a/../../out", "/", "C:\\", ".", "link/out"})
    void nameOutsideTheFolderIsRefused(String name) throws Exception {
        assumeTrue(makesLink() || !name.startsWith("link"), "skipped: this system makes no symbolic link here");
        assertEquals(List.of(3201, 3013), run("BACKUP DATABASE sales TO DISK = '" + name + "'"));
        assertFalse(Files.exists(folder.resolve("out")));
        assertEquals(List.of(), files());
    }

    @Test
    void missingFileAndEmptyFileHaveTheirMessages() throws Exception {
        assertEquals(List.of(3201, 3013), run("RESTORE DATABASE copy FROM DISK = 'nothing'"));
        Files.createFile(disks.resolve("empty"));
        assertEquals(List.of(3254, 3013), run("RESTORE HEADERONLY FROM DISK = 'empty'"));
        assertEquals(List.of(3201, 3013), run("BACKUP DATABASE sales TO DISK = 'twice', DISK = 'TWICE/../twice'"));
    }
}
