package io.github.sqlvdi.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.sqlvdi.emulator.sqlserver.EmulatedSqlServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
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
        server = EmulatedSqlServer.builder().database("sales", 8 << 20).database("chained", 2 << 20).start();
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

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private JsonObject json() {
        return JsonParser.parseString(out.toString()).getAsJsonObject();
    }

    /** Backs up the database chained: two stripes of a full backup, a differential, and two logs. */
    private List<String> chain() {
        String name = "chained";
        assertEquals(0, execute("backup", "--database", name, "--devices", "2", file("full")), err::toString);
        assertEquals(0, execute("backup", "--database", name, "--type", "log", file("log1")), err::toString);
        assertEquals(0, execute("backup", "--database", name, "--type", "diff", file("diff")), err::toString);
        assertEquals(0, execute("backup", "--database", name, "--type", "log", file("log2")), err::toString);
        assertEquals(0, execute("backup", "--database", name, "--type", "log", file("log3")), err::toString);
        return List.of(file("full.1"), file("full.2"), file("log1"), file("diff"), file("log2"), file("log3"));
    }

    @Test
    void chainIsFoundFromTheStreamsInAnyOrder() {
        List<String> files = new ArrayList<>(chain());
        Collections.reverse(files);
        assertEquals(0, restore("chain_copy", files), err::toString);
        assertEquals("ONLINE", server.state("chain_copy").orElseThrow());
        // log1 and log2 end before the differential does
        assertEquals(List.of("full.1", "diff", "log3"),
                out.toString().lines().filter(line -> line.contains("Restore  ["))
                        .map(line -> Path.of(line.split("[\\[\\],]")[1]).getFileName().toString()).toList());

        assertEquals(0, restore("chain_copy2", files, "--no-recovery"), err::toString);
        assertEquals("RESTORING", server.state("chain_copy2").orElseThrow());
        assertEquals(0, restore("chain_copy3", files, "--standby", "/undo", "--json"), err::toString);
        assertTrue(json().get("good").getAsBoolean(), out::toString);
        assertEquals(3, json().getAsJsonArray("statements").size(), out::toString);
        assertTrue(json().getAsJsonArray("statements").get(2).getAsJsonObject().get("statement").getAsString()
                .contains("STANDBY = N'/undo'"), out::toString);
        assertEquals(0, restore("chain_copy", files, "--replace"), err::toString);

        files.remove(file("log2"));
        files.remove(file("diff"));
        assertEquals(3, restore("chain_copy4", files));
        assertTrue(err.toString().contains("A log backup is missing that begins at or before LSN "), err::toString);
        assertEquals(3, restore("chain_copy4", List.of(file("full.1"), file("log1"))));
        assertTrue(err.toString().contains("are no complete backup set"), err::toString);
        assertEquals(3, restore("chain_copy4", files, "--stop-at", "1999-01-01T00:00:00", "--json"));
        assertTrue(json().getAsJsonArray("failures").get(0).getAsString()
                .contains("A full backup is missing that ended at or before 1999-01-01T00:00"), out::toString);
        assertTrue(server.state("chain_copy4").isEmpty());
        assertEquals(2, restore("chain_copy4", files, "--standby", "/undo", "--no-recovery"));
    }

    private int restore(String database, List<String> files, String... options) {
        List<String> arguments = new ArrayList<>(List.of("--database", database));
        arguments.addAll(List.of(options));
        arguments.addAll(files);
        return execute("restore", arguments.toArray(String[]::new));
    }

    @Test
    void jsonIsOneDocumentAndWordsGoElsewhere() {
        assertEquals(0, execute("backup", "--json", "--database", "sales", "--option", "COPY_ONLY", "--devices", "2",
                "--progress", "plain", file("json")), err::toString);
        JsonObject statement = json().getAsJsonArray("statements").get(0).getAsJsonObject();
        assertTrue(json().get("good").getAsBoolean());
        assertEquals("good", statement.get("outcome").getAsString());
        assertTrue(statement.get("bytes").getAsLong() > 8 << 20);
        assertTrue(statement.get("statement").getAsString().startsWith("BACKUP DATABASE [sales] TO VIRTUAL_DEVICE = "));
        assertEquals(List.of(file("json.1"), file("json.2")), statement.getAsJsonArray("devices").asList().stream()
                .map(device -> device.getAsJsonObject().get("file").getAsString()).toList());
        JsonArray messages = statement.getAsJsonArray("messages");
        assertEquals(3014, messages.get(messages.size() - 1).getAsJsonObject().get("number").getAsInt());
        assertTrue(err.toString().contains("over 2 devices"), err::toString);

        assertEquals(0, execute("header", "--json", file("json.1"), file("json.2")), err::toString);
        JsonObject header = json().getAsJsonArray("rows").get(0).getAsJsonObject();
        assertEquals("sales", header.get("DatabaseName").getAsString());
        assertTrue(header.get("IsCopyOnly").getAsBoolean());
        assertTrue(header.get("FirstLSN").getAsJsonPrimitive().isString());
        assertTrue(header.get("EncryptorType").isJsonNull());
        assertEquals(0, execute("files", "--json", file("json.1"), file("json.2")), err::toString);
        assertEquals(2, json().getAsJsonArray("rows").size());
        assertEquals(0, execute("verify", "--json", file("json.1"), file("json.2")), err::toString);
        assertTrue(json().get("good").getAsBoolean());
    }

    @Test
    void failureIsADocumentToo() {
        assertEquals(1, execute("backup", "--json", "--database", "nowhere", file("no")));
        JsonObject statement = json().getAsJsonArray("statements").get(0).getAsJsonObject();
        assertFalse(json().get("good").getAsBoolean());
        assertEquals("bad", statement.get("outcome").getAsString());
        assertTrue(statement.getAsJsonArray("failures").toString().contains("Msg 911"), out::toString);
        assertTrue(err.toString().contains("Msg 911"), err::toString);
        assertEquals(1, execute("verify", "--json", file("missing")));
        assertFalse(json().get("good").getAsBoolean());
        assertTrue(json().getAsJsonArray("failures").get(0).getAsString().contains("no such file"), out::toString);
        assertEquals(2, execute("backup", "--json", "--database", "sales", "-"));
        assertTrue(err.toString().contains("--json and a backup on standard output"), err::toString);
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
