package io.github.sqlvdi.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.samples.cli.Launcher.Result;
import io.github.sqlvdi.samples.cli.Launcher.Running;
import io.github.sqlvdi.testing.Looking;
import io.github.sqlvdi.testing.Patience;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code sqlvdi server} as a process, a driver of this process, and the devices in a third one. */
class ServerIT {

    @TempDir
    private Path folder;
    @TempDir
    private Path state;
    private Path sets;
    private Launcher sqlvdi;
    private Running server;

    @BeforeEach
    void start() throws IOException {
        sets = state.resolve("sets");
        sqlvdi = new Launcher(folder).with(Map.of("SQLVDI_JAVA_OPTS", "-Dio.github.sqlvdi.directory=" + sets));
        server = sqlvdi.start(List.of(), "server", "--port", "0", "--generate", "sales=8M");
    }

    @AfterEach
    void kill() throws InterruptedException {
        server.process().descendants().forEach(ProcessHandle::destroyForcibly);
        server.process().destroyForcibly().waitFor();
    }

    /** Waits until the process has printed a text of this form. Returns its first group. */
    private static String printed(Running running, String form) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Patience.SECONDS);
        while (true) {
            boolean ended = !running.process().isAlive();
            String text = Files.readString(running.out());
            Matcher matcher = Pattern.compile(form).matcher(text);
            if (matcher.find()) {
                return matcher.group(1);
            }
            assertTrue(!ended && System.nanoTime() < end, () -> "expected " + form + " in: " + text);
            Looking.pause();
        }
    }

    private String url() throws IOException {
        return printed(server, "JDBC: +(\\S+)\\R");
    }

    private String backup(String name, String database, Path file) throws Exception {
        Running client = sqlvdi.start(List.of(), "backup", "--external-server", "--name", name, file);
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            printed(client, "(VIRTUAL_DEVICE = '" + name + "')");
            statement.execute("BACKUP DATABASE " + database + " TO VIRTUAL_DEVICE = '" + name + "'");
        } finally {
            client.process().waitFor(Patience.SECONDS, TimeUnit.SECONDS);
        }
        return client.await().requireGood().out();
    }

    @Test
    void printedAddressesServeADriverAndABackupOfAnotherProcess() throws Exception {
        String url = url();
        String port = printed(server, "port (\\d+)");
        assertTrue(url.contains(":" + port + ";"), url);
        assertEquals(port, printed(server, "sqlcmd -S tcp:localhost,(\\d+) "));
        assertEquals(port, printed(server, "ODBC: +Server=localhost,(\\d+);"));
        Path file = folder.resolve("sales.bak");
        backup("nightly", "sales", file);
        assertTrue(Files.size(file) > 8 << 20);
        try (Connection connection = DriverManager.getConnection(url);
                ResultSet result = connection.createStatement()
                        .executeQuery("SELECT COUNT(*) FROM msdb.dbo.backupset WHERE database_name = 'sales'")) {
            assertTrue(result.next());
            assertEquals(1, result.getInt(1));
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGTERM")
    void termSignalCancelsWhatRunsAndLeavesNothing() throws Exception {
        String url = url();
        int port = Integer.parseInt(printed(server, "port (\\d+)"));
        Running client = sqlvdi.start(List.of(), "backup", "--external-server", "--name", "never", "out");
        printed(client, "(VIRTUAL_DEVICE = 'never')");
        try (Connection connection = DriverManager.getConnection(url);
                Connection other = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            other.createStatement().execute("EXEC sqlvdi.fault 'hang', 100000");
            Thread executor = Thread.ofPlatform().daemon().start(() -> assertThrows(SQLException.class,
                    () -> statement.execute("BACKUP DATABASE sales TO VIRTUAL_DEVICE = 'never'")));
            awaitBackup(other);
            server.process().destroy();
            Result ended = server.await();
            assertEquals(128 + 15, ended.exitCode(), ended::toString);
            assertEquals("", ended.err());
            executor.join(TimeUnit.SECONDS.toMillis(Patience.SECONDS));
            assertFalse(executor.isAlive());
        }
        client.await().requireFailure(1);
        assertThrows(IOException.class, () -> new Socket("localhost", port).close());
        try (Stream<Path> left = Files.list(sets)) {
            assertEquals(List.of(), left.toList());
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    private static void awaitBackup(Connection connection) throws SQLException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Patience.SECONDS);
        int count = 0;
        while (count == 0) {
            assertTrue(System.nanoTime() < end, "no backup runs");
            try (ResultSet result = connection.createStatement().executeQuery("SELECT COUNT(*) FROM "
                    + "sys.dm_exec_requests WHERE command = 'BACKUP DATABASE' AND percent_complete > 0")) {
                result.next();
                count = result.getInt(1);
            }
        }
    }

    @Test
    void usedPortIsNamed() throws Exception {
        String port = printed(server, "port (\\d+)");
        sqlvdi.run("server", "--port", port).requireFailure(1, port, "in use");
    }
}
