package io.github.sqlvdi.emulator.sqlserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sqlvdi.mtf.BackupType;
import io.github.sqlvdi.mtf.GeneratedDatabase;
import io.github.sqlvdi.testing.Checkout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients in other languages, each in a process of its own: {@code .ci/clients} installs them below {@code target/clients}.
 * They execute the statements; the devices are served here.
 */
class OtherLanguagesIT {

    private static final Path CLIENTS = Checkout.root().resolve("target/clients");
    private static final Path SOURCES = Checkout.root().resolve("api/emulator/src/test/clients");
    private static final Path CHAIN = Path.of(System.getProperty("sqlvdi.backups",
            Checkout.root().resolve("../shared/backups").toString())).resolve("chain-2008r2");

    /** What the driver said without a statement, which takes as long as a test of it. */
    private static final Map<Driver, Output> INSTALLED = new EnumMap<>(Driver.class);

    @TempDir
    private Path folder;

    /** The drivers. */
    enum Driver {
        /** db-lib of FreeTDS. */
        PYMSSQL("pymssql", true),
        /** Microsoft's ODBC driver. */
        MSSQL_PYTHON("mssql_python", true),
        /** FreeTDS's ODBC driver. */
        PYODBC("pyodbc", true),
        /** JavaScript. */
        TEDIOUS("tedious", false),
        /** Go. */
        GO_MSSQLDB("go-mssqldb", false),
        /** The command line of FreeTDS, which reads all results. */
        TSQL("tsql", false);

        private final String argument;
        private final boolean python;

        Driver(String argument, boolean python) {
            this.argument = argument;
            this.python = python;
        }

        private List<String> command(String... arguments) {
            if (this == TSQL) {
                return arguments.length == 0 ? List.of(argument, "-C") : List.of(argument, "-H", "localhost", "-p",
                        arguments[0], "-U", arguments[1], "-P", arguments[2]);
            }
            List<String> command = new ArrayList<>(python
                    ? List.of(CLIENTS.resolve("python/bin/python").toString(), SOURCES + "/python/client.py")
                    : this == TEDIOUS ? List.of("node", SOURCES + "/node/client.js")
                            : List.of(CLIENTS.resolve("go-client").toString()));
            command.add(argument);
            command.addAll(List.of(arguments));
            return command;
        }
    }

    /** What a client printed, and its exit code. */
    private record Output(int exitCode, String text) {
    }

    private Output start(Driver driver, String text, String... arguments) throws Exception {
        Path input = Files.writeString(Files.createTempFile(folder, "statement", ".sql"),
                driver == Driver.TSQL ? text + "\ngo\nexit\n" : text);
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(driver.command(arguments)).redirectErrorStream(true)
                .redirectInput(input.toFile()).redirectOutput(output.toFile());
        builder.environment().put("NODE_PATH", CLIENTS.resolve("node/node_modules").toString());
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(2, TimeUnit.MINUTES), () -> driver + " does not end: " + text);
        } finally {
            process.destroyForcibly();
        }
        String printed = Files.readString(output, StandardCharsets.UTF_8);
        boolean failed = driver == Driver.TSQL && printed.contains("Msg 3013 "); // its exit code does not say so
        return new Output(failed ? 1 : process.exitValue(), printed);
    }

    private void requireInstalled(Driver driver) throws Exception {
        Output output = INSTALLED.get(driver);
        if (output == null) {
            try {
                output = start(driver, "");
            } catch (IOException missing) {
                output = new Output(-1, missing.getMessage());
            }
            INSTALLED.put(driver, output);
        }
        String reason = output.text();
        assumeTrue(output.exitCode() == 0,
                () -> "skipped: " + driver.argument + " is not installed (.ci/clients): " + reason.strip());
    }

    private Output execute(Driver driver, EmulatedSqlServer server, String mode, String text) throws Exception {
        return start(driver, text, String.valueOf(server.port()), EmulatedSqlServer.DEFAULT_USER,
                EmulatedSqlServer.DEFAULT_PASSWORD, mode);
    }

    private DrivenStatement.Outcome run(Driver driver, EmulatedSqlServer server, String text, Path file) {
        return DrivenStatement.run(sql -> {
            Output output = execute(driver, server, "drain", sql);
            assertEquals(0, output.exitCode(), () -> driver + ": " + sql + "\n" + output.text());
            return List.of();
        }, text, file);
    }

    private void runGood(Driver driver, EmulatedSqlServer server, String text, Path file) {
        DrivenStatement.Outcome outcome = run(driver, server, text, file);
        assertTrue(outcome.job().good(), () -> driver + ": " + text + ": " + outcome.job().failures());
    }

    /** A full, a differential and a log backup: real ones where there are some. */
    private List<Path> chain() throws IOException {
        if (Files.isDirectory(CHAIN)) {
            return Stream.of("1-full.bak", "5-diff.bak", "6-log.trn").map(CHAIN::resolve).toList();
        }
        GeneratedDatabase source = GeneratedDatabase.builder("rec").dataFile("rec", "rec.mdf", 8 << 20)
                .logFile("rec_log", "rec.ldf", 8 << 20).build();
        List<Path> files = new ArrayList<>();
        for (BackupType type : List.of(BackupType.FULL, BackupType.DIFFERENTIAL, BackupType.LOG)) {
            files.add(RecordedBackupsTest.write(source.backup(type).build(), folder.resolve(type.name())));
            source.modify(1, 0, 64);
        }
        return files;
    }

    @ParameterizedTest
    @EnumSource
    void recordedChainIsBackedUpAndRestoredByteForByte(Driver driver) throws Exception {
        requireInstalled(driver);
        List<Path> chain = chain();
        EmulatedSqlServer.Builder builder = EmulatedSqlServer.builder();
        chain.forEach(file -> builder.recordedBackup("rec", file));
        try (EmulatedSqlServer server = builder.start()) {
            List<String> backups = List.of("BACKUP DATABASE rec TO @ WITH STATS = 10",
                    "BACKUP DATABASE rec TO @ WITH DIFFERENTIAL, STATS = 10", "BACKUP LOG rec TO @ WITH STATS = 10");
            for (int index = 0; index < chain.size(); index++) {
                Path got = folder.resolve("got" + index);
                runGood(driver, server, backups.get(index), got);
                assertEquals(-1, Files.mismatch(chain.get(index), got), backups.get(index));
            }
            runGood(driver, server, "RESTORE VERIFYONLY FROM @", folder.resolve("got0"));
        }
        try (EmulatedSqlServer other = EmulatedSqlServer.builder().start()) {
            runGood(driver, other, "RESTORE DATABASE copy FROM @ WITH NORECOVERY", folder.resolve("got0"));
            runGood(driver, other, "RESTORE DATABASE copy FROM @ WITH NORECOVERY", folder.resolve("got1"));
            runGood(driver, other, "RESTORE LOG copy FROM @ WITH RECOVERY", folder.resolve("got2"));
            assertEquals("ONLINE", other.state("copy").orElseThrow());
            List<RestoredBackup> restored = other.restored("copy");
            for (int index = 0; index < chain.size(); index++) {
                assertEquals(Files.size(chain.get(index)), restored.get(index).length());
                assertEquals(RecordedBackupsTest.sha256(chain.get(index)), restored.get(index).sha256());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void errorsReachTheProgram(Driver driver) throws Exception {
        requireInstalled(driver);
        try (EmulatedSqlServer server = EmulatedSqlServer.builder().start()) {
            Output output = execute(driver, server, "drain", "BACKUP DATABASE nowhere TO VIRTUAL_DEVICE = 'x'");
            assertEquals(1, output.exitCode(), output.text());
            assertTrue(output.text().contains("'nowhere' does not exist")
                    || driver == Driver.GO_MSSQLDB && output.text().contains("terminating abnormally"), output.text());
        }
    }

    /** A program that does not read its results to their end, or cancels, has its backup cancelled. */
    @ParameterizedTest
    @EnumSource(names = "TSQL", mode = EnumSource.Mode.EXCLUDE)
    void abandonedBackupIsCancelled(Driver driver) throws Exception {
        requireInstalled(driver);
        try (EmulatedSqlServer server = EmulatedSqlServer.builder().database("sales", 64 << 20).start()) {
            server.inject(ServerFault.slow(8 << 20));
            DrivenStatement.Outcome outcome = DrivenStatement.run(sql -> {
                execute(driver, server, "abandon", sql);
                return List.of(); // many programs take it for a success
            }, "BACKUP DATABASE sales TO @ WITH STATS = 5", folder.resolve("abandoned"));
            assertFalse(outcome.job().good());
            try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                    ResultSet result =
                            connection.createStatement().executeQuery("SELECT COUNT(*) FROM msdb.dbo.backupset")) {
                assertTrue(result.next());
                assertEquals(0, result.getInt(1));
            }
        }
    }
}
