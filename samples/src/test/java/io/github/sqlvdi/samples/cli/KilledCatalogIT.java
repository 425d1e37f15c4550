package io.github.sqlvdi.samples.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.samples.cli.Launcher.Running;
import io.github.sqlvdi.testing.Looking;
import io.github.sqlvdi.testing.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sqlvdi server --folder}, killed at random moments: its catalog is that before or after the statement. */
class KilledCatalogIT {

    private static final int KILLS = Integer.getInteger("sqlvdi.catalog.kills", 4);

    @TempDir
    private Path folder;
    private Launcher sqlvdi;
    private Running server;
    private String url;
    private final Random random = new Random(KILLS);
    private int names;

    /** What a server shows: its databases, and the backups and restores of msdb. */
    private record Contents(List<String> databases, List<String> backups, List<String> restores) {

        private static List<String> rows(Connection connection, String text) throws SQLException {
            List<String> rows = new ArrayList<>();
            try (ResultSet result = connection.createStatement().executeQuery(text)) {
                while (result.next()) {
                    rows.add(result.getString(1) + "|" + result.getString(2) + "|" + result.getString(3));
                }
            }
            return rows;
        }

        static Contents of(Connection connection) throws SQLException {
            return new Contents(
                    rows(connection, "SELECT name, state_desc, recovery_model_desc FROM sys.databases ORDER BY name"),
                    rows(connection,
                            "SELECT backup_set_uuid, first_lsn, last_lsn FROM msdb.dbo.backupset ORDER BY backup_set_id"),
                    rows(connection, "SELECT destination_database_name, restore_date, backup_set_id FROM "
                            + "msdb.dbo.restorehistory ORDER BY restore_history_id"));
        }

        /** Whether this is the other one with so many more rows. */
        boolean follows(Contents before, int newDatabases, int newBackups, int newRestores) {
            return databases.containsAll(before.databases) && backups.containsAll(before.backups)
                    && restores.containsAll(before.restores)
                    && databases.size() == before.databases.size() + newDatabases
                    && backups.size() == before.backups.size() + newBackups
                    && restores.size() == before.restores.size() + newRestores;
        }
    }

    private void start() throws IOException {
        server = sqlvdi.start(List.of(), "server", "--encryption", "none", "--folder", "kept", "--disks", ".",
                "--generate", "sales=8M");
        long end = System.nanoTime() + Patience.LONG.toNanos();
        while (true) {
            boolean ended = !server.process().isAlive();
            String text = Files.readString(server.out());
            Matcher address = Pattern.compile("JDBC: +(\\S+)\\R").matcher(text);
            if (address.find()) {
                url = address.group(1);
                return;
            }
            String errors = Files.readString(server.err());
            assertTrue(!ended && System.nanoTime() < end, () -> "the server does not start: " + text + errors);
            Looking.pause();
        }
    }

    private void kill() throws InterruptedException {
        server.process().descendants().forEach(ProcessHandle::destroyForcibly);
        server.process().destroyForcibly().waitFor();
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (server != null) {
            kill();
        }
    }

    @Test
    void catalogIsThatBeforeOrAfterTheStatement() throws Exception {
        sqlvdi = new Launcher(folder);
        start();
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.createStatement().execute("BACKUP DATABASE sales TO DISK = 'full'");
        }
        int statements = 0;
        for (int round = 0; round < KILLS; round++) {
            statements += workUntilKilled(round % 2 == 0);
        }
        System.out.printf(Locale.ROOT, "The catalog survived %d kills in %d statements%n", KILLS, statements);
        assertTrue(statements > 0, "no statement succeeded");
    }

    @Test
    void folderInUseByAnotherProcessIsRefusedByName() throws Exception {
        sqlvdi = new Launcher(folder);
        start();
        sqlvdi.run("server", "--folder", "kept").requireFailure(1, "kept is in use by another server, process ");
    }

    /**
     * Executes statements and kills the server during one of them, after a part of the time that the one before it took, or in
     * the moment in which it writes its catalog; starts it again, and compares. Returns how many statements succeeded.
     */
    private int workUntilKilled(boolean whileItWrites) throws Exception {
        Contents before = null;
        int[] growth = {0, 0, 0};
        int statements = 0;
        int last = 1 + random.nextInt(3);
        long took = 0;
        Thread killer = null;
        try (Connection connection = DriverManager.getConnection(url)) {
            while (true) {
                before = Contents.of(connection);
                growth = new int[]{0, 0, 0};
                String text = next(growth);
                long begun = System.nanoTime();
                if (statements == last) {
                    killer = killer(whileItWrites ? -1 : (long) (took * random.nextDouble() * 1.2));
                }
                connection.createStatement().execute(text);
                took = System.nanoTime() - begun;
                statements++;
            }
        } catch (SQLException killed) {
            assertTrue(killer != null, () -> "the server failed before it was killed: " + killed);
            killer.join();
        }
        kill();
        start();
        try (Connection connection = DriverManager.getConnection(url)) {
            Contents after = Contents.of(connection);
            Contents known = before == null ? after : before;
            int[] grown = growth;
            assertTrue(after.equals(known) || after.follows(known, grown[0], grown[1], grown[2]),
                    () -> known + " became " + after);
            requireChain(connection);
        }
        return statements;
    }

    /** Kills the server after a time; with a negative one as soon as it writes a catalog. */
    private Thread killer(long nanos) {
        Path written = folder.resolve("kept").resolve("catalog.new");
        long end = System.nanoTime() + (nanos < 0 ? Patience.LONG.toNanos() : nanos);
        return Thread.ofPlatform().daemon().start(() -> {
            while (System.nanoTime() < end && (nanos >= 0 || !Files.exists(written))) {
                Thread.onSpinWait();
            }
            server.process().descendants().forEach(ProcessHandle::destroyForcibly);
            server.process().destroyForcibly();
        });
    }

    /** A statement, and how many databases, backups and restores it adds. */
    private String next(int[] growth) {
        names++;
        switch (random.nextInt(3)) {
            case 0 -> {
                growth[0] = 1;
                return "CREATE DATABASE d" + names;
            }
            case 1 -> {
                growth[1] = 1;
                return "BACKUP LOG sales TO DISK = 'log' WITH INIT";
            }
            default -> {
                growth[0] = 1;
                growth[2] = 1;
                return String.format(Locale.ROOT, "RESTORE DATABASE r%1$d FROM DISK = 'full' WITH NORECOVERY, "
                        + "MOVE 'sales' TO 'a%1$d', MOVE 'sales_log' TO 'b%1$d'", names);
            }
        }
    }

    /** Each log backup begins where the one before it ended, also over a kill. */
    private static void requireChain(Connection connection) throws SQLException {
        try (ResultSet logs = connection.createStatement().executeQuery(
                "SELECT first_lsn, last_lsn FROM msdb.dbo.backupset WHERE type = 'L' ORDER BY backup_set_id")) {
            String last = null;
            while (logs.next()) {
                assertTrue(last == null || last.equals(logs.getString(1)), "there is a gap in the log chain");
                last = logs.getString(2);
            }
        }
    }
}
