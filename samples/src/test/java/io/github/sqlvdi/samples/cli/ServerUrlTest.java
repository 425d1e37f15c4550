package io.github.sqlvdi.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.emulator.sqlserver.EmulatedSqlServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands with {@code --url}, against the emulated SQL Server. */
class ServerUrlTest {

    private static EmulatedSqlServer server;

    @TempDir
    private Path folder;
    private StringWriter out;
    private StringWriter err;
    private Path password;

    @BeforeAll
    static void start() throws IOException {
        server = EmulatedSqlServer.builder().database("sales", 8 << 20).start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void writePassword() throws IOException {
        password = Files.writeString(folder.resolve("password"), EmulatedSqlServer.DEFAULT_PASSWORD + "\n");
    }

    private int execute(String command, String... more) {
        out = new StringWriter();
        err = new StringWriter();
        CommandLine line = SqlVdi.commandLine(new Interruption());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        List<String> arguments = new ArrayList<>(List.of(command, "--url",
                "jdbc:sqlserver://localhost:" + server.port() + ";trustServerCertificate=true", "--user",
                EmulatedSqlServer.DEFAULT_USER, "--password-file", password.toString()));
        arguments.addAll(List.of(more));
        return line.execute(arguments.toArray(String[]::new));
    }

    @Test
    void databaseIsBackedUpAndRestoredBeside() throws Exception {
        String full = folder.resolve("full").toString();
        assertEquals(0, execute("backup", "--database", "sales", "--option", "CHECKSUM", "--devices", "2", "--progress",
                "plain", full), () -> err.toString());
        assertTrue(out.toString().contains("over 2 devices"), () -> out.toString());
        assertEquals(0, execute("backup", "--database", "sales", "--type", "log", folder.resolve("log").toString()),
                () -> err.toString());
        assertEquals(0, execute("restore", "--database", "copy", "--no-recovery", "--devices", "2", full),
                () -> err.toString());
        assertEquals(0, execute("restore", "--database", "copy", "--type", "log", folder.resolve("log").toString()),
                () -> err.toString());
        assertEquals("ONLINE", server.state("copy").orElseThrow());
        assertEquals(0, execute("header", folder.resolve("log").toString()), () -> err.toString());
        assertTrue(out.toString().contains("DatabaseName             sales"), () -> out.toString());
        assertEquals(0, execute("files", full + ".1", full + ".2"), () -> err.toString());
        assertTrue(out.toString().contains("LogicalName              sales_log"), () -> out.toString());
        assertEquals(0, execute("verify", full + ".1", full + ".2"), () -> err.toString());
        assertTrue(out.toString().contains("The backup set on file 1 is valid."), () -> out.toString());
    }

    @Test
    void ownTextIsExecuted() {
        assertEquals(0, execute("backup", "--sql", "BACKUP DATABASE sales TO {devices} WITH COPY_ONLY",
                folder.resolve("own").toString()), () -> err.toString());
        assertEquals(1, execute("backup", "--database", "nowhere", folder.resolve("no").toString()));
        assertTrue(err.toString().contains("Msg 911"), () -> err.toString());
        assertFalse(Files.exists(folder.resolve("no")));
    }

    @Test
    void passwordIsNoArgument() throws Exception {
        CommandLine line = SqlVdi.commandLine(new Interruption());
        StringWriter errors = new StringWriter();
        line.setErr(new PrintWriter(errors, true));
        assertEquals(2,
                line.execute("header", "--url", "jdbc:sqlserver://localhost;Password=secret", password.toString()));
        assertTrue(errors.toString().contains("--url has a password"), errors::toString);
        assertFalse(errors.toString().contains("secret"), errors::toString);
    }
}
