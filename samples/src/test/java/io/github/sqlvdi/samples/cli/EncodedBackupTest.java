package io.github.sqlvdi.samples.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import io.github.sqlvdi.mtf.BackupType;
import io.github.sqlvdi.mtf.GeneratedDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code sqlvdi backup --compress ...} and the commands that read what it writes. */
class EncodedBackupTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private Path data;

    @BeforeEach
    void makeData() throws IOException {
        data = folder.resolve("data");
        byte[] bytes = new byte[1_000_003];
        for (int at = 0; at < bytes.length; at++) {
            bytes[at] = (byte) (at * at >> 7);
        }
        Files.write(data, bytes);
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        CommandLine command = SqlVdi.commandLine(new Interruption());
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(out, true));
        return command.execute(arguments);
    }

    private void assertRestores(Path backup, String... more) throws IOException {
        Path restored = folder.resolve("restored");
        Files.deleteIfExists(restored);
        String[] arguments = Stream.concat(Stream.of("restore", "--to", restored.toString(), backup.toString()),
                Stream.of(more)).toArray(String[]::new);
        assertEquals(0, run(arguments), out.toString());
        assertArrayEquals(Files.readAllBytes(data), Files.readAllBytes(restored));
    }

    private int backup(String target, String... more) {
        return run(Stream.concat(
                Stream.of("backup", "--from", data.toString(), folder.resolve(target).toString()), Stream.of(more))
                .toArray(String[]::new));
    }

    @Test
    void compressedBackupHasItsSuffixAndComesBack() throws IOException {
        for (String codec : new String[]{"zstd", "zstd:1", "gzip:1"}) {
            Path stored = folder.resolve(codec.startsWith("zstd") ? "a.bak.zst" : "a.bak.gz");
            assertEquals(0, backup("a.bak", "--compress", codec, "--force", "--verify"), out.toString());
            assertTrue(out.toString().contains(" : 1)"), out.toString());
            assertTrue(Files.size(stored) < Files.size(data));
            assertFalse(Files.exists(folder.resolve("a.bak")));
            assertRestores(stored);
        }
        assertEquals(0, backup("b.zst", "--compress", "zstd"), out.toString());
        assertRestores(folder.resolve("b.zst"));
    }

    @Test
    void limitedBackupIsNotCompressedAndComesBack() throws IOException {
        assertEquals(0, backup("a.bak", "--rate", "100M/s", "--verify"), out.toString());
        assertArrayEquals(Files.readAllBytes(data), Files.readAllBytes(folder.resolve("a.bak")));
        assertRestores(folder.resolve("a.bak"), "--rate", "100M");
    }

    @Test
    void wrongValuesAreRefusedWithWhatIsExpected() {
        assertEquals(2, backup("a.bak", "--compress", "lzma"));
        assertTrue(out.toString().contains("expected zstd or gzip"), out.toString());
        assertEquals(2, backup("a.bak", "--compress", "zstd:77"));
        assertTrue(out.toString().contains("1 to 19"), out.toString());
        assertEquals(2, backup("a.bak", "--rate", "0"));
        assertEquals(2, backup("a.bak", "--encrypt-to", "age1nonsense"));
        assertEquals(2, backup("a.bak", "--compress", "zstd", "--class", "tape"));
        assertTrue(out.toString().contains("--class pipe"), out.toString());
    }

    @Test
    void damagedCompressedBackupIsNotRestored() throws IOException {
        assertEquals(0, backup("a.bak", "--compress", "zstd"), out.toString());
        Path stored = folder.resolve("a.bak.zst");
        Files.delete(folder.resolve("a.bak.zst.manifest"));
        byte[] bytes = Files.readAllBytes(stored);
        bytes[bytes.length / 2] ^= 1;
        Files.write(stored, bytes);
        Path restored = folder.resolve("restored");
        assertFalse(run("restore", "--to", restored.toString(), stored.toString()) == 0);
        assertTrue(out.toString().contains("zstd stream is damaged"), out.toString());
        assertFalse(Files.exists(restored));
    }

    private Path identity(String name, StringBuilder recipient) throws Exception {
        var pair = new X25519KeyPairGenerator().generateKeyPair();
        recipient.append(new String(pair.getPublic().getEncoded(), StandardCharsets.US_ASCII));
        Path file = Files.write(folder.resolve(name), pair.getPrivate().getEncoded());
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        return file;
    }

    @Test
    void encryptedBackupHasItsSuffixesAndOnlyItsKeysOpenIt() throws Exception {
        StringBuilder recipient = new StringBuilder();
        Path key = identity("key.txt", recipient);
        Path other = identity("other.txt", new StringBuilder());
        Path team = Files.writeString(folder.resolve("team.txt"), "# the team\n" + recipient + "\n");
        assertEquals(0, backup("a.bak", "--compress", "zstd", "--encrypt-to", recipient.toString()), out.toString());
        assertEquals(0, backup("b.bak", "--encrypt-to", team.toString(), "--verify", "--identity", key.toString()),
                out.toString());
        assertFalse(out.toString().contains("warning"), out.toString());
        for (Path stored : List.of(folder.resolve("a.bak.zst.age"), folder.resolve("b.bak.age"))) {
            assertTrue(Files.readString(stored, StandardCharsets.ISO_8859_1).startsWith("age-encryption.org/v1\n"));
            assertRestores(stored, "--identity", key.toString());
            assertRestores(stored, "--identity", other.toString(), "--identity", key.toString());
            Path restored = folder.resolve("not-restored");
            assertEquals(1, run("restore", "--to", restored.toString(), stored.toString()));
            assertTrue(out.toString().contains("give an identity that opens it"), out.toString());
            assertEquals(1,
                    run("restore", "--to", restored.toString(), stored.toString(), "--identity", other.toString()));
            assertTrue(out.toString().contains("The identity does not open the stream"), out.toString());
            assertFalse(Files.exists(restored));
            assertEquals(1, run("inspect", stored.toString()));
            assertTrue(out.toString().contains("give an identity that opens it"), out.toString());
            // The data is no stream of SQL Server: what is told of it was decrypted.
            assertEquals(4, run("inspect", stored.toString(), "--identity", key.toString()), out.toString());
            assertTrue(out.toString().contains("it begins with \"\\x00"), out.toString());
        }
    }

    @Test
    void privateKeysAreNeverPrintedAndExposedOnesAreWarnedOf() throws Exception {
        StringBuilder recipient = new StringBuilder();
        Path key = identity("key.txt", recipient);
        String secret = Files.readString(key).strip();
        assertEquals(2,
                run("backup", "--from", data.toString(), folder.resolve("a.bak").toString(), "--encrypt-to", secret,
                        "--stacktrace"));
        assertFalse(out.toString().contains(secret), "the private key is printed");
        assertTrue(out.toString().contains("A private key is given as a recipient"), out.toString());
        if (key.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
            assertEquals(0, backup("a.bak", "--encrypt-to", recipient.toString()), out.toString());
            assertRestores(folder.resolve("a.bak.age"), "--identity", key.toString());
            assertTrue(out.toString().contains("sqlvdi: warning: others can read"), out.toString());
        }
    }

    @Test
    void inspectAndDoctorKnowTheCodecs() throws IOException {
        try (InputStream stream = Channels.newInputStream(GeneratedDatabase.builder("Sales").build()
                .backup(BackupType.FULL).build().open(1))) {
            Files.copy(stream, data, StandardCopyOption.REPLACE_EXISTING);
        }
        assertEquals(0, backup("a.bak", "--compress", "zstd"), out.toString());
        run("inspect", folder.resolve("a.bak.zst").toString());
        assertTrue(out.toString().contains("unpacked from zstd"), out.toString());
        run("doctor");
        assertTrue(out.toString().contains("codec zstd: "), out.toString());
        assertTrue(out.toString().contains("codec gzip: JDK"), out.toString());
        assertTrue(out.toString().contains("cipher jdk of age: Java "), out.toString());
    }
}
