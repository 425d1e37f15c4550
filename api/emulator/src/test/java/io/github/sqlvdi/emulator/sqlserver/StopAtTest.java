package io.github.sqlvdi.emulator.sqlserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.mtf.BackupType;
import io.github.sqlvdi.mtf.GeneratedBackup;
import io.github.sqlvdi.mtf.GeneratedDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** STOPAT, STOPATMARK and STOPBEFOREMARK: a full backup of ten o'clock, and logs of eleven and twelve. */
class StopAtTest {

    @TempDir
    private Path folder;
    private EmulatedSqlServer server;
    private Path full;
    private Path log11;
    private Path log12;

    @BeforeEach
    void start() throws IOException {
        GeneratedDatabase source = GeneratedDatabase.builder("rec").dataFile("rec", "rec.mdf", 8 << 20)
                .logFile("rec_log", "rec.ldf", 8 << 20).build();
        full = write(source, BackupType.FULL, 10);
        log11 = write(source, BackupType.LOG, 11);
        log12 = write(source, BackupType.LOG, 12);
        server = EmulatedSqlServer.builder().start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Path write(GeneratedDatabase source, BackupType type, int hour) throws IOException {
        LocalDateTime time = LocalDateTime.of(2026, 3, 1, hour, 0);
        GeneratedBackup.Builder backup = source.backup(type).time(time.minusSeconds(1), time, ZoneOffset.UTC);
        Path file = RecordedBackupsTest.write(backup.build(), folder.resolve("backup" + hour));
        source.modify(1, 0, 64);
        return file;
    }

    private List<Integer> errors(String text, Path file) {
        return JdbcStatement.run(server.jdbcUrl(), text, null, file).errors();
    }

    private List<String> messages(String text, Path file) {
        JdbcStatement statement = JdbcStatement.run(server.jdbcUrl(), text, null, file);
        assertEquals(List.of(), statement.errors(), text);
        return statement.messages();
    }

    private static boolean has(List<String> messages, int number) {
        return messages.stream().anyMatch(each -> each.startsWith(number + " "));
    }

    private String state() {
        return server.state("copy").orElse("");
    }

    @Test
    void restoreEndsInTheLogThatHasThePoint() {
        String stop = " WITH STOPAT = '2026-03-01T11:30:00', RECOVERY";
        assertTrue(has(messages("RESTORE DATABASE copy FROM @ WITH STOPAT = '2026-03-01T11:30:00', NORECOVERY", full),
                4322));
        assertEquals("RESTORING", state());
        List<String> first = messages("RESTORE LOG copy FROM @" + stop, log11);
        assertTrue(has(first, 4322), first::toString);
        assertTrue(has(first, 3014), first::toString);
        assertEquals("RESTORING", state(), "RECOVERY waits for the log that has the point");
        assertTrue(!has(messages("RESTORE LOG copy FROM @" + stop, log12), 4322));
        assertEquals("ONLINE", state());
    }

    @Test
    void pointThatIsPassedIsRefused() {
        assertEquals(List.of(4338, 3013),
                errors("RESTORE DATABASE copy FROM @ WITH STOPAT = '2026-03-01T09:00:00'", full));
        messages("RESTORE DATABASE copy FROM @ WITH NORECOVERY", full);
        messages("RESTORE LOG copy FROM @ WITH NORECOVERY", log11);
        assertEquals(List.of(4335, 3013), errors("RESTORE LOG copy FROM @ WITH STOPAT = '2026-03-01T10:30:00'", log12));
        assertEquals("RESTORING", state());
        messages("RESTORE LOG copy FROM @ WITH STOPAT = '2026-03-01T11:30:00'", log12);
        assertEquals("ONLINE", state());
    }

    @Test
    void namedMarkIsOnlyForLogsAndNeverReached() {
        assertEquals(List.of(4340, 3013), errors("RESTORE DATABASE copy FROM @ WITH STOPATMARK = 'payday'", full));
        messages("RESTORE DATABASE copy FROM @ WITH NORECOVERY", full);
        assertTrue(has(messages("RESTORE LOG copy FROM @ WITH STOPBEFOREMARK = 'payday'", log11), 4329));
        assertEquals("RESTORING", state());
    }

    @Test
    void sequenceNumberIsAPoint() {
        messages("RESTORE DATABASE copy FROM @ WITH NORECOVERY", full);
        assertEquals(List.of(4334, 3013), errors("RESTORE LOG copy FROM @ WITH STOPATMARK = 'lsn:x'", log11));
        assertEquals(List.of(4335, 3013), errors("RESTORE LOG copy FROM @ WITH STOPATMARK = 'lsn:1'", log11));
        assertTrue(has(messages("RESTORE LOG copy FROM @ WITH STOPATMARK = 'lsn:999000000000000001'", log11), 4329));
        assertEquals("RESTORING", state());
    }

    @Test
    void historyTellsThePoints() throws SQLException {
        messages("RESTORE DATABASE copy FROM @ WITH NORECOVERY", full);
        messages("RESTORE LOG copy FROM @ WITH STOPBEFOREMARK = 'payday', NORECOVERY", log11);
        messages("RESTORE LOG copy FROM @ WITH STOPAT = '2026-03-01T11:30:00'", log12);
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                ResultSet result = connection.createStatement().executeQuery("SELECT stop_at, stop_at_mark_name, "
                        + "stop_before FROM msdb.dbo.restorehistory ORDER BY restore_history_id")) {
            while (result.next()) {
                rows.add(result.getString(1) + "," + result.getString(2) + "," + result.getString(3));
            }
        }
        assertEquals(List.of("null,null,0", "null,payday,1", "2026-03-01 11:30:00.0,null,0"), rows);
    }

    @Test
    void wrongTimeIsRefused() {
        assertEquals(List.of(241, 3013), errors("RESTORE DATABASE copy FROM @ WITH STOPAT = 'noon'", full));
    }
}
