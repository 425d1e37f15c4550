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

    @Test
    void fileThatHasABackupIsKeptWithoutInit() throws Exception {
        run("BACKUP DATABASE sales TO DISK = 'full'");
        String first = RecordedBackupsTest.sha256(disks.resolve("full"));
        assertEquals(List.of(3201, 3013), run("BACKUP DATABASE sales TO DISK = 'full'"));
        assertEquals(first, RecordedBackupsTest.sha256(disks.resolve("full")));
        assertEquals(List.of(4035, 4035, 3014), run("BACKUP DATABASE sales TO DISK = 'full' WITH INIT"));
        assertFalse(first.equals(RecordedBackupsTest.sha256(disks.resolve("full"))));
    }

    @Test
    void failedBackupLeavesWhatWasThere() throws Exception {
        run("BACKUP DATABASE sales TO DISK = 'full'");
        String first = RecordedBackupsTest.sha256(disks.resolve("full"));
        server.inject(ServerFault.failAfter(100_000));
        assertEquals(List.of(3203, 3013), run("BACKUP DATABASE sales TO DISK = 'full' WITH FORMAT"));
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
