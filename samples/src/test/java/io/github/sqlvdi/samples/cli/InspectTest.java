package io.github.sqlvdi.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.sqlvdi.mtf.BackupType;
import io.github.sqlvdi.mtf.GeneratedBackup;
import io.github.sqlvdi.mtf.GeneratedDatabase;
import io.github.sqlvdi.mtf.HeaderColumns;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code sqlvdi inspect} prints of generated backups, and its exit code by wholeness. */
class InspectTest {

    private static final LocalDateTime START = LocalDateTime.of(2026, 11, 26, 13, 5, 7);

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private GeneratedDatabase database;
    private Path full;
    private Path first;
    private Path second;

    @BeforeEach
    void makeBackups() throws IOException {
        database = GeneratedDatabase.builder("Sales").serverName("HOST\\INST")
                .dataFile("Sales", "C:\\Data\\Sales.mdf", 4 * 65_536).build();
        full = write("full.bak", database.backup(BackupType.FULL).name("nightly").checksums(true)
                .time(START, START.plusSeconds(3), ZoneOffset.ofHours(2)).build(), 1);
        GeneratedBackup striped = database.backup(BackupType.FULL).families(2).build();
        first = write("stripe1.bak", striped, 1);
        second = write("stripe2.bak", striped, 2);
    }

    private Path write(String name, GeneratedBackup backup, int family) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream stream = Channels.newInputStream(backup.open(family))) {
            Files.copy(stream, file);
        }
        return file;
    }

    private int inspect(Object... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine line = SqlVdi.commandLine(new Interruption());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(Stream.concat(Stream.of("inspect"), Arrays.stream(arguments).map(Object::toString))
                .toArray(String[]::new));
    }

    private JsonObject json(Object... arguments) {
        inspect(Stream.concat(Stream.of("--json"), Arrays.stream(arguments)).toArray());
        return JsonParser.parseString(out.toString()).getAsJsonObject();
    }

    private void assertPrinted(String text) {
        // The width of a column depends on all its cells.
        assertTrue(out.toString().replaceAll(" +", " ").contains(text), () -> text + " in\n" + out);
    }

    @Test
    void wholeBackupIsShownAndGivesZero() {
        assertEquals(0, inspect(full), out.toString());
        assertPrinted("full.bak: whole, and its checksums hold");
        assertPrinted("RESTORE LABELONLY");
        assertPrinted("BackupName nightly");
        assertPrinted("BackupStartDate 2026-11-26 13:05:07");
        assertPrinted("HasBackupChecksums 1");
        assertPrinted("UTC+02:00");
        assertPrinted("C:\\Data\\Sales_log.ldf");
        assertPrinted("BackupDescription ? NULL");
        assertEquals("", err.toString());
    }

    @Test
    void everyValueIsInTheJson() {
        JsonObject file = json(full).getAsJsonArray("files").get(0).getAsJsonObject();
        JsonObject header = file.getAsJsonObject("header");
        assertTrue(file.get("whole").getAsBoolean());
        assertEquals("WHOLE", file.get("wholeness").getAsString());
        assertEquals("34000000001600037", header.get("FirstLSN").getAsString());
        assertEquals(1, header.get("BackupType").getAsInt());
        assertEquals("2026-11-26T13:05:07", header.get("BackupStartDate").getAsString());
        assertTrue(header.get("DifferentialBaseLSN").isJsonNull());
        assertFalse(header.has("CodePage"), "the stream does not hold it");
        assertTrue(file.getAsJsonArray("guessed").toString().contains("\"BindingID\""));
        assertEquals("Sales",
                file.getAsJsonArray("fileList").get(0).getAsJsonObject().get("LogicalName").getAsString());
        assertEquals(1, file.getAsJsonObject("label").get("FamilyCount").getAsInt());
        assertEquals("+02:00", file.get("utcOffset").getAsString());
        header.keySet().forEach(name -> assertTrue(
                HeaderColumns.ALL.stream().anyMatch(column -> column.name().equals(name)), name));
    }

    @Test
    void stripesAreOneSetAndAMissingOneGivesThree() {
        assertEquals(0, inspect(second, first), out.toString());
        assertPrinted("complete, 2 families, in another order");
        assertEquals(3, inspect(first));
        assertPrinted("the media set has 2 media families, and family 2 is not there (Msg 3132)");
        assertEquals(3, inspect(first, first));
        assertPrinted("are both family 1 of their media set (Msg 3227)");
        JsonArray sets = json(first, second, full).getAsJsonArray("mediaSets");
        assertEquals(2, sets.size());
        assertTrue(sets.get(0).getAsJsonObject().get("complete").getAsBoolean());
        assertEquals(3, inspect("--one-set", first, second, full));
        assertPrinted("(Msg 3258)");
    }

    @Test
    void cutBackupGivesThreeAndSaysWhere() throws IOException {
        byte[] bytes = Files.readAllBytes(full);
        Path cut = Files.write(folder.resolve("cut.bak"), Arrays.copyOf(bytes, bytes.length / 2));
        assertEquals(3, inspect(cut));
        assertPrinted("cut.bak: incomplete: at byte ");
        assertPrinted("Header (preliminary");
        assertFalse(json(cut).get("good").getAsBoolean());
    }

    @Test
    void damageInDataGivesThreeUnlessItsChecksumsAreNotComputed() throws IOException {
        byte[] bytes = Files.readAllBytes(full);
        bytes[100_000] ^= 1;
        Path damaged = Files.write(folder.resolve("damaged.bak"), bytes);
        assertEquals(3, inspect(damaged));
        assertPrinted("damaged: at byte ");
        assertEquals(0, inspect("--no-checksums", damaged));
        assertPrinted("its checksums were not computed");
        byte[] unsummed = Files.readAllBytes(write("unsummed.bak", database.backup(BackupType.FULL).build(), 1));
        unsummed[100_000] ^= 1;
        assertEquals(3, inspect(Files.write(folder.resolve("unsummed.bak"), unsummed)));
        assertPrinted("the checksum of page (1:");
        assertEquals(1, json(folder.resolve("unsummed.bak")).getAsJsonArray("files").get(0).getAsJsonObject()
                .getAsJsonObject("pageChecksums").get("differing").getAsInt());
    }

    @Test
    void packedBackupIsUnpackedAndItsCutIsFound() throws IOException {
        Path packed = folder.resolve("full.bak.gz");
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(full, gzip);
        }
        assertEquals(0, inspect(packed), out.toString());
        assertPrinted("unpacked from gzip");
        byte[] bytes = Files.readAllBytes(packed);
        for (int length : new int[]{3, 15, bytes.length / 2, bytes.length - 1}) {
            assertEquals(3, inspect(Files.write(folder.resolve("cut.gz"), Arrays.copyOf(bytes, length))),
                    () -> out + "" + err);
            assertPrinted("The gzip stream is cut");
        }
    }

    @Test
    void otherFormatIsNamedAndGivesFour() throws IOException {
        assertEquals(4, inspect(Files.writeString(folder.resolve("text"), "this is no backup")), () -> out + "" + err);
        assertPrinted("text: not known: at byte 0: this is no stream of SQL Server");
        byte[] zstd = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0, 0, 0, 0};
        assertEquals(3, inspect(Files.write(folder.resolve("full.zst"), zstd)));
        assertPrinted("damaged: The zstd stream is");
        assertEquals(3, inspect(Files.createFile(folder.resolve("empty"))));
        assertPrinted("the stream is empty");
    }

    @Test
    void missingFileGivesOneAndTheOthersAreShown() {
        assertEquals(1, inspect(folder.resolve("nothing"), full));
        assertTrue(err.toString().contains("no such file"), err.toString());
        assertPrinted("full.bak: whole");
        assertEquals(1, inspect(folder));
        assertTrue(err.toString().contains("is a folder"), err.toString());
    }

    @Test
    void nameThatCouldDriveTheTerminalIsPrintedHarmless() throws IOException {
        GeneratedBackup backup = database.backup(BackupType.FULL).name("evil\u001b[2Jname").build();
        assertEquals(0, inspect(write("evil", backup, 1)));
        assertFalse(out.toString().contains("\u001b"), "no escape character");
        assertPrinted("evil\\u001b[2Jname");
    }
}
