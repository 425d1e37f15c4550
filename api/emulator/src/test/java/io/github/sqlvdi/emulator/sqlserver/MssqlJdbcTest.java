package io.github.sqlvdi.emulator.sqlserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.testing.Looking;
import io.github.sqlvdi.testing.Patience;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Microsoft's JDBC driver as a client. */
class MssqlJdbcTest {

    private static EmulatedSqlServer server;

    @BeforeAll
    static void start() throws IOException {
        server = EmulatedSqlServer.builder().database("sales", 64 << 20).login("backup", "p\u00e4ss}w;rd").start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl());
    }

    private static String url(EmulatedSqlServer of, String options) {
        return String.format(Locale.ROOT, "jdbc:sqlserver://localhost:%d;user=sa;password={%s};loginTimeout=10;%s",
                of.port(),
                EmulatedSqlServer.DEFAULT_PASSWORD, options);
    }

    @ParameterizedTest
    @CsvSource({"OPTIONAL,encrypt=false", "OPTIONAL,encrypt=true;trustServerCertificate=true",
        "REQUIRED,encrypt=false;trustServerCertificate=true", "REQUIRED,encrypt=true;trustServerCertificate=true",
        "NONE,encrypt=false", "OPTIONAL,encrypt=false;packetSize=512", "NONE,encrypt=false;packetSize=32767",
        "OPTIONAL,encrypt=true;trustServerCertificate=true;packetSize=16383"})
    void logsInWithEachEncryption(Encryption encryption, String options) throws Exception {
        try (EmulatedSqlServer each = EmulatedSqlServer.builder().encryption(encryption).start();
                Connection connection = DriverManager.getConnection(url(each, options))) {
            assertEquals("1", one(connection, "SELECT 1"));
        }
    }

    @ParameterizedTest
    @CsvSource({"STRICT", "OPTIONAL"})
    void strictEncryptionChecksTheCertificate(Encryption encryption, @TempDir Path folder) throws Exception {
        try (EmulatedSqlServer each = EmulatedSqlServer.builder().encryption(encryption).start()) {
            Path pem = Files.writeString(folder.resolve("server.pem"), each.certificatePem());
            try (Connection connection = DriverManager.getConnection(
                    url(each, "encrypt=strict;serverCertificate=" + pem))) {
                assertEquals("1", one(connection, "SELECT 1"));
            }
        }
    }

    @Test
    void trustStoreHoldsTheCertificate(@TempDir Path folder) throws Exception {
        Path store = folder.resolve("trust.p12");
        try (EmulatedSqlServer each = EmulatedSqlServer.builder().start()) {
            each.writeTrustStore(store, "secret".toCharArray());
            try (Connection connection = DriverManager.getConnection(url(each,
                    "encrypt=true;trustStoreType=PKCS12;trustStorePassword=secret;trustStore=" + store))) {
                assertEquals("1", one(connection, "SELECT 1"));
            }
            SQLException refused = assertThrows(SQLException.class,
                    () -> DriverManager.getConnection(url(each, "encrypt=true")));
            assertTrue(refused.getMessage().contains("PKIX"), refused.getMessage());
        }
    }

    @Test
    void strictServerRefusesOtherClients() throws IOException {
        try (EmulatedSqlServer each = EmulatedSqlServer.builder().encryption(Encryption.STRICT).start()) {
            assertThrows(SQLException.class, () -> DriverManager.getConnection(url(each, "encrypt=false")));
        }
    }

    @Test
    void wrongPasswordIs18456() {
        SQLException refused = assertThrows(SQLException.class, () -> DriverManager.getConnection(
                String.format(Locale.ROOT, "jdbc:sqlserver://localhost:%d;user=backup;password=wrong;encrypt=false",
                        server.port())));
        assertEquals(18456, refused.getErrorCode());
    }

    @Test
    void unknownDatabaseIs4060() {
        SQLException refused = assertThrows(SQLException.class,
                () -> DriverManager.getConnection(server.jdbcUrl() + ";databaseName=nowhere"));
        assertEquals(4060, refused.getErrorCode());
    }

    private static String one(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(query)) {
            assertTrue(result.next());
            String value = result.getString(1);
            assertFalse(result.next());
            return value;
        }
    }

    @Test
    void productComesFromTheLogin() throws SQLException {
        try (Connection connection = connect()) {
            assertEquals("16.00.4236", connection.getMetaData().getDatabaseProductVersion());
            assertEquals("Microsoft SQL Server", connection.getMetaData().getDatabaseProductName());
            assertTrue(connection.isValid(5));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"SELECT 1 + 2 * 3 | 7", "SELECT 'it''s' + N' me' | it's me",
        "SELECT DB_NAME() | master", "SELECT CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128)) | 16.0.4236.0",
        "SELECT SERVERPROPERTY('EngineEdition') | 3", "SELECT COUNT(*) FROM sys.databases WHERE database_id <= 4 | 4",
        "SELECT name FROM sys.databases WHERE name LIKE 'SAL%' | sales",
        "SELECT TOP 1 name FROM master.sys.databases ORDER BY name DESC | tempdb",
        "SELECT d.name + ':' + f.type_desc FROM sys.databases AS d INNER JOIN sys.master_files f ON f.database_id = d.database_id WHERE f.type = 1 AND d.name = N'sales' | sales:LOG",
        "SELECT CASE WHEN HAS_DBACCESS('sales') = 1 THEN 'yes' ELSE 'no' END | yes",
        "SELECT recovery_model_desc FROM sys.databases WHERE name IN ('sales') | FULL",
        "DECLARE @a int = 4, @b nvarchar(10) SET @b = N'x' IF @a BETWEEN 3 AND 5 SELECT @b + CONVERT(varchar(10), @a) ELSE SELECT 'no' | x4",
        "SELECT REPLACE(CONVERT(nvarchar, CAST('20240229 13:14:15' AS datetime), 120), ':', '') | 2024-02-29 131415",
        "DECLARE @i int = 0 WHILE @i < 10 BEGIN SET @i += 1 IF @i = 7 BREAK END SELECT @i | 7",
        "EXEC('SELECT 5') | 5", "EXEC sp_executesql N'SELECT @p * 2', N'@p int', @p = 21 | 42",
        "BEGIN TRY SELECT 1/0 END TRY BEGIN CATCH SELECT ERROR_NUMBER() END CATCH | 8134",
        "SELECT program_name FROM sys.dm_exec_sessions WHERE session_id = @@SPID | Microsoft JDBC Driver for SQL Server",
        "SELECT 2.50 | 2.50", "SELECT 0x0AFF | 0AFF", "SELECT ISNULL(NULL, 'd') | d", "SELECT 1 UNION SELECT 2 | !156",
        "SELEC 1 | !2812", "SELECT FROM x | !156", "SELECT * FROM nowhere | !208", "SELECT a FROM sys.databases | !207",
        "SELECT NOFUNC(1) | !195", "SELECT @x | !137", "SELECT 1 WHERE | !102", "EXEC nothing_there 1 | !2812",
        "USE nothing_there | !911",
        "SELECT 'abc | !105", "/* /* */ SELECT 1 | !113", "SET NONSENSE ON | !195", "SELECT CAST('x' AS int) | !245",
        "RAISERROR('bad %s: %d', 16, 3, 'disk', 7) | !50000"})
    void statementIsAnswered(String text, String expected) throws SQLException {
        try (Connection connection = connect()) {
            if (expected.startsWith("!")) {
                SQLException error = assertThrows(SQLException.class, () -> one(connection, text));
                assertEquals(Integer.parseInt(expected.substring(1)), error.getErrorCode(), error.getMessage());
            } else {
                assertEquals(expected, one(connection, text));
            }
            assertEquals("1", one(connection, "SELECT 1"));
        }
    }

    @Test
    void parametersKeepTheirTypesAndValues() throws SQLException {
        try (Connection connection = connect(); PreparedStatement statement = connection.prepareStatement(
                "SELECT ?, ?, ?, ?, ?, ?, ?")) {
            for (int round = 0; round < 4; round++) { // sp_executesql, sp_prepexec, then sp_execute
                statement.setInt(1, round);
                statement.setString(2, "\u00e4\u4e2d" + round);
                statement.setBigDecimal(3, new BigDecimal("-12345678901234567890.25"));
                statement.setTimestamp(4, Timestamp.valueOf("2024-02-29 23:59:59.123"));
                statement.setBytes(5, new byte[]{1, 2, (byte) round});
                statement.setBoolean(6, round % 2 == 0);
                statement.setString(7, null);
                try (ResultSet result = statement.executeQuery()) {
                    assertTrue(result.next());
                    assertEquals(round, result.getInt(1));
                    assertEquals("\u00e4\u4e2d" + round, result.getString(2));
                    assertEquals(new BigDecimal("-12345678901234567890.25"), result.getBigDecimal(3));
                    assertEquals(Timestamp.valueOf("2024-02-29 23:59:59.123"), result.getTimestamp(4));
                    assertEquals(round, result.getBytes(5)[2]);
                    assertEquals(round % 2 == 0, result.getBoolean(6));
                    assertEquals(null, result.getString(7));
                }
            }
        }
    }

    @Test
    void scrollableResultGoesBothWays() throws SQLException {
        try (Connection connection = connect(); Statement statement = connection.createStatement(
                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
                ResultSet result = statement.executeQuery("SELECT name FROM sys.databases ORDER BY database_id")) {
            assertTrue(result.next());
            assertEquals("master", result.getString(1));
            assertTrue(result.last());
            assertEquals("sales", result.getString(1));
            assertTrue(result.first());
            assertEquals("master", result.getString(1));
        }
    }

    @Test
    void severalResultsAndMessagesKeepTheirOrder() throws SQLException {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            assertTrue(statement.execute("PRINT 'one' SELECT 1 SELECT 2; USE sales"));
            assertEquals("one", statement.getWarnings().getMessage());
            assertTrue(statement.getMoreResults());
            assertFalse(statement.getMoreResults());
            assertEquals("sales", connection.getCatalog());
        }
    }

    @Test
    void errorDoesNotStopTheBatch() throws SQLException {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            SQLException error = assertThrows(SQLException.class,
                    () -> statement.execute("EXEC no_such_procedure; SELECT 42"));
            assertEquals(2812, error.getErrorCode());
            assertTrue(statement.getMoreResults());
            ResultSet result = statement.getResultSet();
            assertNotNull(result);
            assertTrue(result.next());
            assertEquals(42, result.getInt(1));
        }
    }

    @Test
    void transactionsAreCounted() throws SQLException {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            one(connection, "SELECT COUNT(*) FROM sys.databases");
            assertEquals("1", one(connection, "SELECT @@TRANCOUNT"));
            connection.commit();
            connection.setAutoCommit(true);
            assertEquals("0", one(connection, "SELECT @@TRANCOUNT"));
        }
    }

    @Test
    void cancelEndsTheStatementAndKeepsTheConnection() throws Exception {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            CompletableFuture<SQLException> failure = CompletableFuture.supplyAsync(
                    () -> assertThrows(SQLException.class, () -> statement.execute("WAITFOR DELAY '00:01:00'")));
            awaitRequest();
            statement.cancel();
            assertEquals("HY008", failure.get(Patience.SECONDS, TimeUnit.SECONDS).getSQLState()); // its text is in the locale
            assertEquals("1", one(connection, "SELECT 1"));
        }
    }

    private static void awaitRequest() throws Exception {
        try (Connection connection = connect()) {
            long end = System.nanoTime() + Patience.LONG.toNanos();
            while (one(connection, "SELECT COUNT(*) FROM sys.dm_exec_requests").equals("1")) {
                assertTrue(System.nanoTime() < end, "the statement does not begin");
                Looking.pause();
            }
        }
    }

    @Test
    void queryTimeoutEndsTheStatement() throws SQLException {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThrows(SQLTimeoutException.class, () -> statement.execute("WAITFOR DELAY '00:01:00'"));
            assertEquals("1", one(connection, "SELECT 1"));
        }
    }

    @Test
    void executedTextsAreKeptBySession() throws SQLException {
        try (Connection connection = connect()) {
            int session = Integer.parseInt(one(connection, "SELECT @@SPID"));
            one(connection, "SELECT 'a text of this test'");
            assertTrue(server.executed().contains(new ExecutedText(session, "SELECT 'a text of this test'")));
        }
    }

    @Test
    void killEndsAnotherSession() throws SQLException {
        try (Connection killed = connect(); Connection killer = connect()) {
            String session = one(killed, "SELECT @@SPID");
            try (Statement statement = killer.createStatement()) {
                statement.execute("KILL " + session);
            }
            assertThrows(SQLException.class, () -> one(killed, "SELECT 1"));
        }
    }
}
