package io.github.sqlvdi.benchmarks.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.emulator.sqlserver.EmulatedSqlServer;
import io.github.sqlvdi.jdbc.SqlServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** No database is touched that was not named. */
class MeasuredServerTest {

    @TempDir
    Path folder;

    private EmulatedSqlServer emulated;

    @BeforeEach
    void start() throws IOException {
        emulated = EmulatedSqlServer.builder().login("sa", "Secret#1").database("sales", 8 << 20)
                .database("other", 8 << 20)
                .start();
    }

    @AfterEach
    void end() {
        emulated.close();
    }

    @Test
    void theDatabaseMustBeNamedExactly() throws IOException {
        for (String name : List.of("SALES", "sale", "sale%", "sales ")) {
            AtomicBoolean closed = new AtomicBoolean();
            IOException refused =
                    assertThrows(IOException.class, () -> MeasuredServer.of(client(), name, () -> closed.set(true)),
                            name);
            assertTrue(refused.getMessage().contains("nothing was touched"), refused.getMessage());
            assertTrue(closed.get(), name);
        }
        MeasuredServer.of(client(), "sales", () -> {
        }).close();
    }

    @Test
    void theNameOfARestoreMustBeFreeInAnyCase() throws IOException {
        MeasuredServer server = MeasuredServer.of(client(), "sales", () -> {
        });
        for (String name : List.of("sales", "OTHER", "master")) {
            assertThrows(IOException.class, () -> server.requireAbsent(name), name);
        }
        server.requireAbsent("sales_copy");
    }

    @Test
    void theCommandTouchesTheNamedDatabaseOnlyAndKeepsItsChain() throws Exception {
        Path password = Files.writeString(folder.resolve("password"), "Secret#1\n");
        assertEquals(0, server(password, "--restore-as", "sales_copy"));
        assertEquals(Optional.empty(), emulated.state("sales_copy"));
        assertEquals(Optional.of("ONLINE"), emulated.state("other"));
        List<String> statements = emulated.executed().stream().map(each -> each.text())
                .filter(text -> text.startsWith("BACKUP") || text.startsWith("RESTORE") || text.startsWith("DROP"))
                .toList();
        assertEquals(6, statements.size(), statements::toString); // two rounds
        for (String text : statements) {
            assertTrue(text.startsWith("BACKUP DATABASE [sales] TO ") && text.contains("COPY_ONLY")
                    || text.startsWith("RESTORE DATABASE [sales_copy] FROM ")
                    || text.equals("DROP DATABASE [sales_copy]"),
                    text);
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of("password", "server.json"),
                    left.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void aPasswordInTheUrlAndATakenNameAreRefusedBeforeAnyStatement() throws Exception {
        Path password = Files.writeString(folder.resolve("password"), "Secret#1\n");
        assertEquals(1, server(password, "--restore-as", "other"));
        assertEquals(Optional.of("ONLINE"), emulated.state("other"));
        StringWriter errors = new StringWriter();
        assertEquals(2, new CommandLine(new ServerCommand()).setErr(new PrintWriter(errors))
                .execute("--url", emulated.jdbcUrl(), "--database", "sales"));
        assertTrue(errors.toString().contains("The URL has a password"), errors::toString);
        assertTrue(emulated.executed().stream().noneMatch(each -> each.text().startsWith("BACKUP")));
    }

    private int server(Path password, String... more) {
        List<String> options = new ArrayList<>(List.of("--url", "jdbc:sqlserver://localhost:" + emulated.port()
                + ";encrypt=true;trustServerCertificate=true", "--user", "sa", "--password-file", password.toString(),
                "--provider", "EMBEDDED", "--database", "sales", "--sizes", "64", "--buffers", "4", "--devices", "2",
                "--targets", folder.toString(), "--rounds", "2", "--warm", "0", "-o",
                folder.resolve("server.json").toString()));
        options.addAll(List.of(more));
        return new CommandLine(new ServerCommand()).setErr(new PrintWriter(new StringWriter()))
                .execute(options.toArray(String[]::new));
    }

    private SqlServer client() {
        return SqlServer.at(emulated.jdbcUrl()).provider(VdiProvider.EMBEDDED);
    }
}
