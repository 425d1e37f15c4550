package io.github.sqlvdi.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.sqlvdi.emulator.sqlserver.EmulatedSqlServer;
import io.github.sqlvdi.jdbc.BackupSetFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
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
        server = EmulatedSqlServer.builder().database("sales", 8 << 20).database("chained", 2 << 20)
                .database("encoded", 2 << 20).start();
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
        List<String> arguments = new ArrayList<>(List.of(command, "--url",
                "jdbc:sqlserver://localhost:" + server.port() + ";trustServerCertificate=true", "--user",
                EmulatedSqlServer.DEFAULT_USER, "--password-file", password.toString()));
        arguments.addAll(List.of(more));
        return plain(arguments.toArray(String[]::new));
    }

    private int plain(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        CommandLine line = SqlVdi.commandLine(new Interruption());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
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

    private Path key(String name) throws Exception {
        var pair = new X25519KeyPairGenerator().generateKeyPair();
        Files.write(folder.resolve(name + ".pub"), pair.getPublic().getEncoded());
        Path file = Files.write(folder.resolve(name), pair.getPrivate().getEncoded());
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        return file;
    }

    /** Backs up the database encoded: two encrypted stripes, a differential in gzip, a log in zstd, a plain log. */
    private Path encodedChain() throws Exception {
        Path place = Files.createDirectory(folder.resolve("encoded"));
        key("key");
        String name = "encoded";
        assertEquals(0, execute("backup", "--database", name, "--devices", "2", "--compress", "zstd", "--encrypt-to",
                file("key.pub"), place.resolve("full").toString()), err::toString);
        assertEquals(0, execute("backup", "--database", name, "--type", "diff", "--compress", "gzip:1",
                place.resolve("diff").toString()), err::toString);
        assertEquals(0, execute("backup", "--database", name, "--type", "log", "--compress", "zstd:1",
                place.resolve("log1").toString()), err::toString);
        assertEquals(0, execute("backup", "--database", name, "--type", "log", place.resolve("log2").toString()),
                err::toString);
        return place;
    }

    @Test
    void chainInAFolderIsRestoredThroughItsCodecs() throws Exception {
        Path place = encodedChain();
        assertEquals(0, restore("encoded2", List.of(place.toString()), "--identity", file("key")), err::toString);
        assertEquals("ONLINE", server.state("encoded2").orElseThrow());
        assertEquals("", err.toString().lines().filter(line -> line.contains("warning") || line.contains("left aside"))
                .collect(Collectors.joining()));
        // without the differential the logs are needed from the full backup on
        Files.delete(place.resolve("diff.gz"));
        assertEquals(0, restore("encoded3", List.of(place.toString()), "--identity", file("key"), "--json"),
                err::toString);
        assertEquals(3, json().getAsJsonArray("statements").size(), out::toString);
        assertTrue(json().getAsJsonArray("statements").get(0).toString().contains("full.2.zst.age"), out::toString);

        Files.writeString(place.resolve("README"), "no backup");
        Files.writeString(place.resolve("foreign"), "no backup");
        Files.writeString(place.resolve("foreign.manifest"), "no manifest");
        // what cannot be read may be the newest log, unless a point in time is reached without it
        assertEquals(3, restore("encoded4", List.of(place.toString()), "--identity", file("key")));
        assertTrue(err.toString().contains("A backup cannot be used and may be newer than [" + place.resolve("log2")),
                err::toString);
        LocalDateTime end = BackupSetFiles.read(place.resolve("log2")).header().finish().orElseThrow();
        assertEquals(0, restore("encoded5", List.of(place.toString()), "--identity", file("key"), "--stop-at",
                end.toString()), err::toString);
        assertTrue(err.toString().contains("left aside: " + place.resolve("foreign")), err::toString);
        Path damaged = place.resolve("log1.zst");
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[bytes.length / 2] ^= 1;
        Files.write(damaged, bytes);
        assertEquals(3, restore("encoded4", List.of(place.toString()), "--identity", file("key")));
        assertTrue(err.toString().contains("1 file without a manifest"), err::toString);
        assertTrue(err.toString().contains("left aside: " + place.resolve("foreign")), err::toString);
        assertTrue(err.toString().contains("left aside: " + damaged), err::toString);
        assertTrue(err.toString().contains("A log backup is missing"), err::toString);
        assertEquals(3, restore("encoded4", List.of(place.toString())));
        assertTrue(err.toString().contains("full.1.zst.age: The stream is encrypted with age"), err::toString);
        assertTrue(err.toString().contains("A full backup is missing"), err::toString);
        assertTrue(server.state("encoded4").isEmpty());
        assertEquals(2, restore("encoded4", List.of(place.toString()), "--type", "log"));
        assertTrue(err.toString().contains("--type and a folder"), err::toString);
        assertEquals(1, restore("encoded4", List.of(Files.createDirectory(place.resolve("empty")).toString())));
        assertTrue(err.toString().contains("no backup with a manifest is there"), err::toString);
    }

    @Test
    void folderWithTwoDatabasesIsRestoredByName() throws Exception {
        Path place = Files.createDirectory(folder.resolve("two"));
        for (String name : List.of("sales", "encoded")) {
            assertEquals(0, execute("backup", "--database", name, "--option", "COPY_ONLY",
                    place.resolve(name).toString()), err::toString);
        }
        assertEquals(0, restore("encoded", List.of(place.toString()), "--replace"), err::toString);
        assertEquals(1, restore("neither", List.of(place.toString())));
        assertTrue(err.toString().contains("of several databases: [encoded, sales]"), err::toString);
    }

    @Test
    void moveReadsTheFileListOfAnEncryptedBackup() throws Exception {
        key("key");
        key("other");
        assertEquals(0, execute("backup", "--database", "sales", "--option", "COPY_ONLY", "--compress", "zstd",
                "--encrypt-to", file("key.pub"), file("moved")), err::toString);
        String stored = file("moved.zst.age");
        assertEquals(0, restore("moved", List.of(stored), "--identity", file("key")), err::toString);
        assertEquals("ONLINE", server.state("moved").orElseThrow());
        for (List<String> keys : List.of(List.<String>of(), List.of("--identity", file("other")))) {
            assertEquals(1, restore("moved2", List.of(stored), keys.toArray(String[]::new)));
            assertTrue(err.toString().contains(stored + ": ") && err.toString().contains("age"), err::toString);
        }
        assertTrue(server.state("moved2").isEmpty());
    }

    @Test
    void listSaysWhatLiesInAFolderAsJson() throws Exception {
        Path place = Files.createDirectory(folder.resolve("listed"));
        assertEquals(0, execute("backup", "--database", "sales", "--option", "COPY_ONLY",
                place.resolve("sales.bak").toString()), err::toString);
        Files.writeString(place.resolve("unconfirmed"), "12345");
        assertEquals(0, plain("list", "--json", place.toString()), err::toString);
        assertTrue(json().get("good").getAsBoolean());
        assertEquals(place.toString(), json().get("place").getAsString());
        assertEquals(2, json().getAsJsonArray("backups").size(), out::toString);
        JsonObject first = json().getAsJsonArray("backups").get(0).getAsJsonObject();
        JsonObject second = json().getAsJsonArray("backups").get(1).getAsJsonObject();
        assertEquals(place.resolve("sales.bak").toString(), first.get("name").getAsString());
        assertTrue(first.get("manifest").getAsBoolean());
        assertFalse(second.get("manifest").getAsBoolean());
        assertEquals(5, second.get("bytes").getAsLong());
        assertEquals(Files.size(place.resolve("sales.bak")) + 5, json().get("bytes").getAsLong());
        assertEquals(Files.getLastModifiedTime(place.resolve("unconfirmed")).toInstant(),
                Instant.parse(second.get("written").getAsString()));
        assertEquals(0, plain("prune", "--json", place.toString()), err::toString);
        assertEquals(0, json().getAsJsonArray("removed").size());
        assertEquals(1, plain("list", "--json", place.resolve("none").toString()));
        assertFalse(json().get("good").getAsBoolean());
        assertTrue(json().getAsJsonArray("failures").get(0).getAsString().contains("none"), out::toString);
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
        assertTrue(errors.toString().contains("The URL has a password"), errors::toString);
        assertFalse(errors.toString().contains("secret"), errors::toString);
    }
}
