package io.github.sqlvdi.emulator.jdbc;

import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.client;
import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.files;
import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.sha256;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.emulator.sqlserver.EmulatedSqlServer;
import io.github.sqlvdi.emulator.sqlserver.RestoredBackup;
import io.github.sqlvdi.jdbc.BackupPlan;
import io.github.sqlvdi.jdbc.ServerRow;
import io.github.sqlvdi.jdbc.SqlServer;
import io.github.sqlvdi.mtf.FileColumns;
import io.github.sqlvdi.mtf.HeaderColumns;
import io.github.sqlvdi.mtf.LabelColumns;
import io.github.sqlvdi.stream.JobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups and restores that are put together from options, against the emulated SQL Server. */
class PlansTest {

    private static final String AWKWARD = "it's [my] \"db\"";

    private static EmulatedSqlServer emulated;
    private static SqlServer server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        emulated = EmulatedFixture.start("sales", "chain", "plain", AWKWARD);
        server = client(emulated);
    }

    @AfterAll
    static void stop() {
        emulated.close();
    }

    private static List<String> strings(String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(emulated.jdbcUrl());
                ResultSet row = connection.createStatement().executeQuery(query)) {
            while (row.next()) {
                values.add(row.getString(1));
            }
        }
        return values;
    }

    @Test
    void textHasEveryOption() {
        assertEquals(
                "BACKUP DATABASE [a]]b] FILE = N'x', FILEGROUP = N'it''s' TO {devices} WITH DIFFERENTIAL, COPY_ONLY, "
                        + "CHECKSUM, COMPRESSION, NAME = N'n', DESCRIPTION = N'd', EXPIREDATE = N'2026-11-26T17:00:00.000', "
                        + "RETAINDAYS = 3, BLOCKSIZE = 4096, MAXTRANSFERSIZE = 1048576, BUFFERCOUNT = 8, STATS = 5, NO_TRUNCATE",
                server.backup("a]b").files("x").filegroups("it's").differential().copyOnly().checksum().compression()
                        .name("n").description("d").expireDate(LocalDateTime.of(2026, 11, 26, 17, 0)).retainDays(3)
                        .blockSize(4096).transferSize(1 << 20).bufferCount(8).stats(5).with("NO_TRUNCATE").text());
        assertEquals("BACKUP LOG [a] TO {devices} WITH NORECOVERY", server.backup("a").log().noRecovery().text());
        assertEquals("RESTORE LOG [a] FROM {devices} WITH MOVE N'l' TO N'C:\\it''s', NORECOVERY, REPLACE, "
                + "STOPAT = N'2026-01-02T03:04:05.006', STOPATMARK = N'm', STOPBEFOREMARK = N'lsn:1', STANDBY = N'u', "
                + "CHECKSUM",
                server.restore("a").log().noRecovery().replace().move("l", "C:\\it's")
                        .stopAt(LocalDateTime.of(2026, 1, 2, 3, 4, 5, 6_000_000)).stopAtMark("m")
                        .stopBeforeMark("lsn:1")
                        .standby("u").checksum().text());
    }

    @Test
    void partsOfADatabaseStandBehindItsName() {
        assertEquals("BACKUP DATABASE [a] READ_WRITE_FILEGROUPS, FILEGROUP = N'it''s', FILEGROUP = N'b' TO {devices}",
                server.backup("a").filegroups("it's", "b").readWriteFilegroups().text());
        assertEquals("BACKUP DATABASE [a] FILE = N'x', FILE = N'y]' TO {devices} WITH DIFFERENTIAL",
                server.backup("a").files("x", "y]").differential().text());
        assertEquals("RESTORE DATABASE [a] FILE = N'x', FILEGROUP = N'f' FROM {devices} WITH NORECOVERY",
                server.restore("a").files("x").filegroups("f").noRecovery().text());
        assertEquals("RESTORE DATABASE [a] READ_WRITE_FILEGROUPS FROM {devices} WITH PARTIAL",
                server.restore("a").readWriteFilegroups().with("PARTIAL").text());
        assertThrows(IllegalArgumentException.class, () -> server.backup("a").files());
        assertThrows(IllegalArgumentException.class, () -> server.backup("a").filegroups(""));
        assertThrows(IllegalArgumentException.class, () -> server.restore("a").files("x".repeat(129)));
        assertThrows(IllegalArgumentException.class,
                () -> server.backup("a").files("x").readWriteFilegroups().text());
        assertThrows(IllegalArgumentException.class, () -> server.backup("a").log().files("x").text());
    }

    @Test
    void filegroupsOfAWholeBackupAreRestored() throws Exception {
        Path file = folder.resolve("sales.bak");
        server.backup("sales").copyOnly().to(file).run().orThrow();
        server.restore("part").moveFiles().filegroups("PRIMARY").with("PARTIAL").from(file).run().orThrow();
        assertEquals("ONLINE", emulated.state("part").orElseThrow());
        JobException refused = assertThrows(JobException.class, () -> server.restore("part2").moveFiles()
                .filegroups("it's none").with("PARTIAL").from(file).run().orThrow());
        assertTrue(refused.getMessage().contains("Msg 3234") && refused.getMessage().contains("it's none"),
                refused.getMessage());
    }

    @Test
    void valueOutOfRangeIsRefusedWithItsName() {
        List<UnaryOperator<BackupPlan>> wrong = List.of(plan -> plan.blockSize(1000), plan -> plan.blockSize(131_072),
                plan -> plan.transferSize(1), plan -> plan.transferSize(8 << 20), plan -> plan.bufferCount(0),
                plan -> plan.stats(101), plan -> plan.retainDays(-1), plan -> plan.name("x".repeat(129)),
                plan -> plan.description("x".repeat(256)));
        TreeSet<String> named = new TreeSet<>();
        wrong.forEach(change -> named.add(assertThrows(IllegalArgumentException.class,
                () -> change.apply(server.backup("a"))).getMessage().split(" ")[0]));
        assertEquals("[BLOCKSIZE, BUFFERCOUNT, DESCRIPTION, MAXTRANSFERSIZE, NAME, RETAINDAYS, STATS]",
                named.toString());
        assertThrows(IllegalArgumentException.class, () -> server.backup(""));
        assertThrows(IllegalArgumentException.class, () -> server.backup("a").log().differential().text());
        assertThrows(IllegalArgumentException.class, () -> server.backup("a").to(new Path[0]));
    }

    @Test
    void awkwardNameIsBackedUpAndRestoredBesideTheOriginal() throws Exception {
        Path[] files = files(folder, "awkward", 2);
        server.backup(AWKWARD).name("it's").checksum().compression().blockSize(4096).transferSize(1 << 20)
                .bufferCount(8)
                .to(files).run().orThrow();
        server.restore("beside").moveFiles().from(files).run().orThrow();
        for (int index = 0; index < 2; index++) {
            assertEquals(sha256(files[index]), emulated.restored("beside").get(index).sha256());
        }
        assertEquals("ONLINE", emulated.state("beside").orElseThrow());
        List<String> places = strings("SELECT physical_name FROM sys.master_files");
        assertEquals(places.size(), new TreeSet<>(places).size(), places::toString);
    }

    @Test
    void movedFilesOfARestoredDatabaseStayWhereTheyAre() throws Exception {
        Path file = folder.resolve("sales.bak");
        server.backup("sales").copyOnly().to(file).run().orThrow();
        server.restore("there").move("sales", "/else/a.mdf").move("sales_log", "/else/a.ldf").from(file).run()
                .orThrow();
        server.restore("there").moveFiles().replace().from(file).run().orThrow();
        List<String> places = strings("SELECT physical_name FROM sys.master_files");
        assertTrue(places.contains("/else/a.mdf") && places.contains("/else/a.ldf"), places::toString);
        assertFalse(places.stream().anyMatch(place -> place.contains("there_")), places::toString);
        // under its own name at home the database gets its old places
        server.restore("sales").moveFiles().replace().from(file).run().orThrow();
        assertTrue(strings("SELECT physical_name FROM sys.master_files").containsAll(places));
    }

    @Test
    void restoreWithoutMoveOntoFilesOfAnotherDatabaseIsRefused() throws Exception {
        Path file = folder.resolve("sales.bak");
        server.backup("sales").copyOnly().to(file).run().orThrow();
        JobException refused =
                assertThrows(JobException.class, () -> server.restore("other").from(file).run().orThrow());
        assertTrue(refused.getMessage().contains("Msg 1834, Level 16, State 1"), refused.getMessage());
    }

    @Test
    void moveFilesWithoutAFileListIsRefused() throws Exception {
        Path file = Files.write(folder.resolve("garbage"), new byte[100_000]);
        String message = assertThrows(IOException.class, () -> server.restore("x").moveFiles().from(file)).getMessage();
        assertTrue(message.contains("garbage has no header"), message);
    }

    @Test
    void differentialAndLogFollowAFullBackup() throws Exception {
        server.backup("plain").to(folder.resolve("full")).run().orThrow();
        server.backup("plain").differential().to(folder.resolve("diff")).run().orThrow();
        server.backup("plain").log().to(folder.resolve("log")).run().orThrow();
        server.restore("plain2").moveFiles().noRecovery().from(folder.resolve("full")).run().orThrow();
        server.restore("plain2").noRecovery().from(folder.resolve("diff")).run().orThrow();
        assertEquals("RESTORING", emulated.state("plain2").orElseThrow());
        server.restore("plain2").log().standby("/undo").from(folder.resolve("log")).run().orThrow();
        assertEquals(List.of("1"), strings("SELECT is_in_standby FROM sys.databases WHERE name = 'plain2'"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void everyKindOfBackupIsRestoredToItsBytes(int devices) throws Exception {
        String copy = "chain" + devices;
        Path[] full = files(folder, "full", devices);
        Path[] diff = files(folder, "diff", devices);
        Path[] log = files(folder, "log", devices);
        server.backup("chain").checksum().compression().name("full").description("all of it").retainDays(3)
                .blockSize(4096).stats(10).to(full).run().orThrow();
        server.backup("chain").copyOnly().checksum().to(files(folder, "copy", devices)).run().orThrow();
        server.backup("chain").differential().expireDate(LocalDateTime.of(2030, 1, 1, 0, 0)).to(diff).run().orThrow();
        server.backup("chain").log().checksum().to(log).run().orThrow();
        server.restore(copy).moveFiles().checksum().noRecovery().from(full).run().orThrow();
        server.restore(copy).noRecovery().from(diff).run().orThrow();
        server.restore(copy).log().recovery().from(log).run().orThrow();
        List<String> written = new ArrayList<>();
        for (Path file : Stream.of(full, diff, log).flatMap(Stream::of).toList()) {
            written.add(sha256(file));
        }
        assertEquals(written, emulated.restored(copy).stream().map(RestoredBackup::sha256).toList());
        assertEquals("ONLINE", emulated.state(copy).orElseThrow());
        assertEquals(List.of(),
                strings("SELECT name FROM sys.databases WHERE state_desc = 'RESTORING' AND name = '" + copy
                        + "'"));
    }

    @Test
    void readOnlyStatementsHaveTypedRows() throws Exception {
        Path[] files = files(folder, "typed", 2);
        server.backup("sales").copyOnly().checksum().name("nightly").to(files).run().orThrow();
        ServerRow header = server.headerOnly(files).getFirst();
        assertEquals("nightly", header.get(HeaderColumns.BACKUP_NAME).get());
        assertEquals(1, header.get(HeaderColumns.BACKUP_TYPE).get());
        assertTrue(header.get(HeaderColumns.IS_COPY_ONLY).get());
        assertTrue(header.get(HeaderColumns.FIRST_LSN).get().compareTo(header.get(HeaderColumns.LAST_LSN).get()) <= 0);
        assertTrue(header.get(HeaderColumns.BACKUP_START_DATE).isPresent());
        assertTrue(header.get(HeaderColumns.BACKUP_SET_GUID).isPresent());
        for (var column : HeaderColumns.ALL) {
            header.get(column); // each has the type of its column
        }
        List<ServerRow> list = server.fileListOnly(files);
        assertEquals(List.of("sales", "sales_log"),
                list.stream().map(row -> row.get(FileColumns.LOGICAL_NAME).get()).toList());
        assertEquals(EmulatedFixture.SIZE, list.getFirst().get(FileColumns.SIZE).get());
        FileColumns.ALL.forEach(column -> list.forEach(row -> row.get(column)));
        ServerRow label = server.labelOnly(files[0]);
        assertEquals(2, label.get(LabelColumns.FAMILY_COUNT).get());
        assertTrue(server.verifyOnly(files).run().good());
        assertThrows(JobException.class, () -> server.headerOnly(Files.createFile(folder.resolve("empty"))));
    }
}
