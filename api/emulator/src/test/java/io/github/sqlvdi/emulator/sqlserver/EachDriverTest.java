package io.github.sqlvdi.emulator.sqlserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.client.CommandResult;
import io.github.sqlvdi.client.VirtualDevice;
import io.github.sqlvdi.client.VirtualDeviceSet;
import io.github.sqlvdi.testing.MachineLag;
import io.github.sqlvdi.testing.Patience;
import io.github.sqlvdi.testing.TestData;
import io.r2dbc.mssql.MssqlConnection;
import io.r2dbc.mssql.MssqlConnectionConfiguration;
import io.r2dbc.mssql.MssqlConnectionFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each of the three Java drivers must find: logins in every mode, types, progress, an end within a second of cancel. */
class EachDriverTest {

    /** The drivers of JDBC. */
    private enum Jdbc {
        MSSQL("jdbc:sqlserver://localhost:%d;user=%s;password=%s", ";encrypt=false",
                ";encrypt=true;trustServerCertificate=true"),
        JTDS("jdbc:jtds:sqlserver://localhost:%d;user=%s;password=%s", "", ";ssl=require");

        private final String url;
        private final String plain;
        private final String encrypted;

        Jdbc(String url, String plain, String encrypted) {
            this.url = url;
            this.plain = plain;
            this.encrypted = encrypted;
        }

        Connection connect(EmulatedSqlServer server, boolean tls) throws SQLException {
            return DriverManager.getConnection(url(server) + (tls ? encrypted : plain));
        }

        String url(EmulatedSqlServer server) {
            return String.format(Locale.ROOT, url, server.port(), EmulatedSqlServer.DEFAULT_USER,
                    EmulatedSqlServer.DEFAULT_PASSWORD);
        }
    }

    @TempDir
    private Path folder;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdown();
    }

    private static EmulatedSqlServer server(Encryption encryption) throws IOException {
        return EmulatedSqlServer.builder().encryption(encryption).database("sales", 8 << 20).start();
    }

    /** A server without TLS serves no client that wants it; one that requires it serves no client without it; strict is TDS 8. */
    @ParameterizedTest
    @CsvSource({"MSSQL,OPTIONAL,true,true", "MSSQL,REQUIRED,false,true", "MSSQL,NONE,true,false",
        "MSSQL,STRICT,false,false", "JTDS,OPTIONAL,true,true", "JTDS,REQUIRED,false,true", "JTDS,NONE,true,false",
        "JTDS,STRICT,false,false"})
    void jdbcLogsInWhereBothSidesAgree(Jdbc driver, Encryption encryption, boolean plain, boolean tls)
            throws Exception {
        try (EmulatedSqlServer server = server(encryption)) {
            for (boolean encrypted : new boolean[]{false, true}) {
                if (encrypted ? tls : plain) {
                    try (Connection connection = driver.connect(server, encrypted);
                            ResultSet result = connection.createStatement().executeQuery("SELECT 42")) {
                        assertTrue(result.next());
                        assertEquals(42, result.getInt(1));
                    }
                } else {
                    assertThrows(SQLException.class, () -> driver.connect(server, encrypted).close(),
                            "with TLS: " + encrypted);
                }
            }
        }
    }

    /** Where the server has no TLS at all, the driver reads the login response as a pre-login response, and fails. */
    @ParameterizedTest
    @CsvSource({"OPTIONAL,true,true", "REQUIRED,true,true", "NONE,false,false", "STRICT,false,false"})
    void r2dbcLogsInWhereBothSidesAgree(Encryption encryption, boolean plain, boolean tls) throws Exception {
        try (EmulatedSqlServer server = server(encryption)) {
            for (boolean encrypted : new boolean[]{false, true}) {
                MssqlConnectionConfiguration.Builder parts =
                        MssqlConnectionConfiguration.builder().host("localhost").port(server.port())
                                .connectTimeout(Patience.LONG).username(EmulatedSqlServer.DEFAULT_USER)
                                .password(EmulatedSqlServer.DEFAULT_PASSWORD).trustServerCertificate();
                MssqlConnectionFactory factory =
                        new MssqlConnectionFactory(encrypted ? parts.enableSsl().build() : parts.build());
                if (encrypted ? tls : plain) {
                    MssqlConnection connection = factory.create().block(Patience.LONG);
                    connection.close().block(Patience.LONG);
                } else {
                    // The driver does not always notice that the server has closed the connection.
                    assertThrows(RuntimeException.class, () -> factory.create().block(Duration.ofSeconds(1)),
                            "with TLS: " + encrypted);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void headerStatementsHaveTheirDocumentedTypes(Jdbc driver) throws Exception {
        try (EmulatedSqlServer server = server(Encryption.NONE)) {
            String url = driver.url(server) + driver.plain;
            Path full = folder.resolve("full");
            assertEquals(List.of(), JdbcStatement.run(url, "BACKUP DATABASE sales TO @", null, full).errors());
            requireTypes(url, "RESTORE HEADERONLY FROM @", full, 59, "BackupName", Types.VARCHAR, "BackupType",
                    Types.TINYINT, "BackupSize", Types.BIGINT, "FirstLSN", Types.NUMERIC, "BackupStartDate",
                    Types.TIMESTAMP, "IsCopyOnly", Types.BIT, "Position", Types.SMALLINT, "DatabaseVersion",
                    Types.INTEGER);
            requireTypes(url, "RESTORE FILELISTONLY FROM @", full, 22, "LogicalName", Types.VARCHAR, "Size",
                    Types.BIGINT,
                    "CreateLSN", Types.NUMERIC, "FileId", Types.BIGINT, "IsReadOnly", Types.BIT);
            requireTypes(url, "RESTORE LABELONLY FROM @", full, 13, "MediaName", Types.VARCHAR, "FamilyCount",
                    Types.INTEGER, "MediaDate", Types.TIMESTAMP, "MediaLabelPresent", Types.TINYINT);
        }
    }

    private static void requireTypes(String url, String text, Path file, int columns, Object... expected) {
        JdbcStatement statement = JdbcStatement.run(url, text, result -> {
            assertEquals(columns, result.getMetaData().getColumnCount(), text);
            for (int index = 0; index < expected.length; index += 2) {
                int type = result.getMetaData().getColumnType(result.findColumn((String) expected[index]));
                // jTDS knows no national characters
                assertEquals(expected[index + 1], type == Types.NVARCHAR ? Types.VARCHAR : type,
                        text + ": " + expected[index]);
            }
        }, file);
        assertEquals(List.of(), statement.errors(), text);
    }

    /** The fault holds the statement in the middle: so the progress before it is seen while the statement runs. */
    @ParameterizedTest
    @EnumSource
    void progressIsSeenWhileTheStatementRunsAndCancelEndsItWithinASecond(Jdbc driver) throws Exception {
        try (EmulatedSqlServer server = server(Encryption.NONE)) {
            server.inject(ServerFault.hangAfter(5 << 20));
            String name = TestData.setName();
            try (VirtualDeviceSet set = VirtualDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).create();
                    Connection connection = driver.connect(server, false);
                    Statement statement = connection.createStatement()) {
                Future<?> device = threads.submit(() -> serve(set, name));
                Future<SQLException> end = threads.submit(() -> failure(statement, name));
                if (driver == Jdbc.MSSQL) { // jTDS gives the warnings when the statement has ended
                    awaitWarning(statement);
                } else {
                    awaitHalf(server);
                }
                try (MachineLag lag = MachineLag.start()) {
                    statement.cancel();
                    SQLException failure = end.get(Patience.SECONDS, TimeUnit.SECONDS);
                    lag.assertWithin("the end of a cancelled backup with " + driver, Duration.ofSeconds(1));
                    assertTrue(failure != null, "the backup succeeded");
                }
                device.get(Patience.SECONDS, TimeUnit.SECONDS);
                try (ResultSet result = connection.createStatement().executeQuery("SELECT 1")) {
                    assertTrue(result.next(), "the connection serves further statements");
                }
            }
        }
    }

    private static SQLException failure(Statement statement, String set) {
        try {
            statement.execute("BACKUP DATABASE sales TO VIRTUAL_DEVICE = '" + set + "' WITH STATS = 10");
            return null;
        } catch (SQLException failure) {
            return failure;
        }
    }

    private static void serve(VirtualDeviceSet set, String name) {
        try {
            set.awaitConfiguration();
            VirtualDevice device = set.openDevice(name);
            while (device.getCommand() == CommandResult.COMMAND) {
                device.command().complete(CompletionCodes.SUCCESS, device.command().size());
            }
        } catch (VdiException aborted) {
            return; // by the cancelled statement
        }
    }

    private static void awaitWarning(Statement statement) throws SQLException {
        long end = System.nanoTime() + Patience.LONG.toNanos();
        SQLWarning warning = null;
        while (warning == null) {
            assertTrue(System.nanoTime() < end, "there is no progress");
            warning = statement.getWarnings();
        }
        assertEquals("10 percent processed.", warning.getMessage());
    }

    private static void awaitHalf(EmulatedSqlServer server) throws SQLException {
        long end = System.nanoTime() + Patience.LONG.toNanos();
        boolean half = false;
        try (Connection other = DriverManager.getConnection(server.jdbcUrl())) {
            while (!half) {
                assertTrue(System.nanoTime() < end, "there is no progress");
                try (ResultSet result = other.createStatement()
                        .executeQuery("SELECT session_id FROM sys.dm_exec_requests WHERE percent_complete > 30")) {
                    half = result.next();
                }
            }
        }
    }
}
