package io.github.sqlvdi.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import io.github.sqlvdi.samples.cli.Launcher.Running;
import io.github.sqlvdi.testing.Patience;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted backups of the launcher: killed, and opened by the programs age and zstd. */
class EncryptedBackupIT {

    private static final String PART = ".out.age.sqlvdi-part";

    @TempDir
    private Path folder;
    @TempDir
    private Path keys;
    private Launcher sqlvdi;
    private Path identity;
    private String recipient;

    @BeforeEach
    void makeKey() throws Exception {
        sqlvdi = new Launcher(folder);
        var pair = new X25519KeyPairGenerator().generateKeyPair();
        recipient = new String(pair.getPublic().getEncoded(), StandardCharsets.US_ASCII);
        identity = Files.write(keys.resolve("key.txt"), pair.getPrivate().getEncoded());
        if (identity.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(identity, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void killedBackupLeavesNothingThatLooksWhole() throws Exception {
        Running running = sqlvdi.start(List.of(), "backup", "-g", "1G", "--rate", "30M", "--encrypt-to", recipient,
                "out");
        Path part = folder.resolve(PART);
        long end = System.nanoTime() + Patience.LONG.toNanos();
        while (!Files.exists(part) || Files.size(part) < 2_000_000) {
            assertTrue(running.process().isAlive() && System.nanoTime() < end, "no part of the backup");
            TimeUnit.MILLISECONDS.sleep(10); // a file tells nobody that it grows
        }
        List<ProcessHandle> children = running.process().descendants().toList();
        children.forEach(ProcessHandle::destroyForcibly);
        running.process().destroyForcibly();
        for (ProcessHandle child : children) {
            child.onExit().get(Patience.SECONDS, TimeUnit.SECONDS);
        }
        running.await();
        assertEquals(List.of(".out.age.manifest.sqlvdi-part", PART), names());
        Path restored = keys.resolve("restored");
        Files.move(part, folder.resolve("cut"));
        var result = sqlvdi.run("restore", "--identity", identity, "--to", restored, "cut");
        assertEquals(1, result.exitCode(), result::toString);
        assertTrue(result.err().contains("cut"), result::toString);
        assertTrue(Files.notExists(restored));
    }

    @Test
    void ageAndZstdOpenOursAndTheirsRestoreHere() throws Exception {
        for (String program : List.of("age", "zstd")) {
            if (!Launcher.execute(program, "--version")) {
                System.out.println("EncryptedBackupIT skipped: no " + program + ": install its package");
                abort("no " + program);
            }
        }
        Path plain = folder.resolve("plain");
        sqlvdi.run("backup", "-g", "5M", plain).requireGood();
        sqlvdi.run("backup", "-g", "5M", "--compress", "zstd:1", "--encrypt-to", recipient, "out").requireGood();
        Path opened = folder.resolve("opened");
        pipeline(new ProcessBuilder("age", "-d", "-i", identity.toString(), folder.resolve("out.zst.age").toString()),
                new ProcessBuilder("zstd", "-dc").redirectOutput(opened.toFile()));
        assertEquals(-1, Files.mismatch(plain, opened));
        Path theirs = folder.resolve("theirs");
        pipeline(new ProcessBuilder("zstd", "-c", plain.toString()),
                new ProcessBuilder("age", "-r", recipient).redirectOutput(theirs.toFile()));
        // Not requireGood: a note says that a file of other programs has no manifest.
        var result = sqlvdi.run("restore", "--identity", identity, "--to", "restored", theirs);
        assertEquals(0, result.exitCode(), result::toString);
        assertEquals(-1, Files.mismatch(plain, folder.resolve("restored")));
    }

    private static void pipeline(ProcessBuilder... builders) throws Exception {
        for (ProcessBuilder builder : builders) {
            builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        }
        for (Process process : ProcessBuilder.startPipeline(List.of(builders))) {
            assertTrue(process.waitFor(Patience.SECONDS, TimeUnit.SECONDS), "no end of the pipe");
            assertEquals(0, process.exitValue(), () -> process.info().toString());
        }
    }
}
