package io.github.sqlvdi.emulator.sqlserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of other makers: jTDS with TDS 7.1, a connection pool, FreeTDS with every version of TDS. */
class OtherDriversTest {

    private static EmulatedSqlServer server;

    @BeforeAll
    static void start() throws IOException {
        server = EmulatedSqlServer.builder().database("sales", 8 << 20).start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";ssl=require"})
    void jtdsQueriesWithTds71(String options) throws SQLException {
        String url = String.format(Locale.ROOT, "jdbc:jtds:sqlserver://localhost:%d%s", server.port(), options);
        try (Connection connection = DriverManager.getConnection(url, EmulatedSqlServer.DEFAULT_USER,
                EmulatedSqlServer.DEFAULT_PASSWORD);
                PreparedStatement statement =
                        connection.prepareStatement("SELECT name FROM sys.databases WHERE name = ?")) {
            for (int round = 0; round < 3; round++) {
                statement.setString(1, "sales");
                try (ResultSet result = statement.executeQuery()) {
                    assertTrue(result.next());
                    assertEquals("sales", result.getString(1));
                    assertFalse(result.next());
                }
            }
            SQLException error = assertThrows(SQLException.class, () -> connection.createStatement()
                    .execute("BACKUP DATABASE nowhere TO VIRTUAL_DEVICE = 'x'"));
            assertEquals(911, error.getErrorCode());
            assertEquals(3013, error.getNextException().getErrorCode());
        }
    }

    @Test
    void jtdsBacksUpAndRestores(@TempDir Path folder) {
        String url = String.format(Locale.ROOT, "jdbc:jtds:sqlserver://localhost:%d;user=%s;password=%s",
                server.port(), EmulatedSqlServer.DEFAULT_USER, EmulatedSqlServer.DEFAULT_PASSWORD);
        Path full = folder.resolve("full");
        Path differential = folder.resolve("diff");
        Path log = folder.resolve("log");
        JdbcStatement backup = JdbcStatement.run(url, "BACKUP DATABASE sales TO @ WITH STATS = 25", null, full);
        assertEquals(List.of(), backup.errors());
        assertTrue(backup.messages().getLast().startsWith("3014 "), backup.messages()::toString);
        for (String text : List.of("BACKUP DATABASE sales TO @ WITH DIFFERENTIAL", "BACKUP LOG sales TO @")) {
            assertEquals(List.of(),
                    JdbcStatement.run(url, text, null, text.contains("LOG") ? log : differential).errors());
        }
        String moves = "MOVE 'sales' TO 'j.mdf', MOVE 'sales_log' TO 'j.ldf'";
        assertEquals(List.of(), JdbcStatement
                .run(url, "RESTORE DATABASE jtds FROM @ WITH NORECOVERY, " + moves, null, full).errors());
        assertEquals(List.of(),
                JdbcStatement.run(url, "RESTORE DATABASE jtds FROM @ WITH NORECOVERY", null, differential).errors());
        assertEquals(List.of(), JdbcStatement.run(url, "RESTORE LOG jtds FROM @", null, log).errors());
        assertEquals("ONLINE", server.state("jtds").orElseThrow());
        assertEquals(List.of(), JdbcStatement.run(url, "RESTORE HEADERONLY FROM @", result -> {
            assertEquals("sales", result.getString("DatabaseName"));
            assertEquals(1, result.getInt("BackupType"));
        }, full).errors());
    }

    @Test
    void poolGivesCleanConnections() throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.jdbcUrl());
        config.setMaximumPoolSize(4);
        config.setCatalog("master"); // what the pool goes back to when a connection is returned
        try (HikariDataSource pool = new HikariDataSource(config)) {
            for (int round = 0; round < 20; round++) {
                try (Connection connection = pool.getConnection();
                        ResultSet result = connection.createStatement().executeQuery("SELECT DB_NAME()")) {
                    assertTrue(result.next());
                    assertEquals("master", result.getString(1));
                    connection.setCatalog("sales");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"7.0", "7.1", "7.2", "7.3", "7.4"})
    void freeTdsSpeaksEachVersion(String version, @TempDir Path folder) throws Exception {
        Path tsql = find("tsql");
        Assumptions.assumeTrue(tsql != null, "FreeTDS's tsql is not installed (Debian: freetds-bin)");
        Path output = folder.resolve("output");
        ProcessBuilder client = new ProcessBuilder(tsql.toString(), "-H", "localhost", "-p",
                String.valueOf(server.port()), "-U", EmulatedSqlServer.DEFAULT_USER, "-P",
                EmulatedSqlServer.DEFAULT_PASSWORD).redirectErrorStream(true).redirectOutput(output.toFile());
        client.environment().put("TDSVER", version);
        Process process = client.start();
        process.getOutputStream().write("SELECT 41 + 1 AS answer\ngo\nSELECT * FROM nowhere\ngo\nexit\n"
                .getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        String text = Files.readString(output, StandardCharsets.ISO_8859_1);
        assertTrue(text.contains("42"), text);
        assertTrue(text.contains("Msg 208"), text);
    }

    private static Path find(String program) {
        List<Path> folders = new ArrayList<>();
        Stream.of(System.getenv("PATH").split(":")).map(Path::of).forEach(folders::add);
        return folders.stream().map(folder -> folder.resolve(program)).filter(Files::isExecutable).findFirst()
                .orElse(null);
    }
}
