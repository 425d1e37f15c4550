package io.github.sqlvdi.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.emulator.EmulatedServer;
import io.github.sqlvdi.statement.Verdict;
import io.github.sqlvdi.testing.Patience;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one-file programs, each as a process of its own, against an emulated server in this process. */
class SimpleProgramsIT {

    @TempDir
    private Path folder;
    private String name;

    @Test
    void simpleRestoreGivesBackWhatSimpleBackupStored() throws Exception {
        byte[] bytes = new byte[3_000_001];
        new Random(1).nextBytes(bytes);
        Path data = Files.write(folder.resolve("data"), bytes);
        Path backup = folder.resolve("backup");
        try (FileChannel source = FileChannel.open(data)) {
            run(SimpleBackup.class, backup, EmulatedServer.backup(newName()).source(source));
        }
        assertEquals(-1, Files.mismatch(data, backup));

        Path restored = folder.resolve("restored");
        try (FileChannel target = FileChannel.open(restored, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            run(SimpleRestore.class, backup, EmulatedServer.restore(newName()).target(target));
        }
        assertEquals(-1, Files.mismatch(data, restored));
    }

    @Test
    void fileBackupSaysGoodOnlyWhenItIs() throws Exception {
        byte[] bytes = new byte[1_000_001];
        new Random(2).nextBytes(bytes);
        Path data = Files.write(folder.resolve("data"), bytes);
        Path backup = folder.resolve("backup");
        Process process = SampleProcess.start(FileBackup.class, newName(), data.toString(), backup.toString());
        try (BufferedReader output = process.inputReader()) {
            List<String> lines = output.lines().toList(); // with those that the job logs
            assertTrue(lines.stream().anyMatch(line -> line.startsWith("The backup is good: 1000001 bytes in ")),
                    lines::toString);
        }
        assertTrue(process.waitFor(Patience.SECONDS, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
        assertEquals(-1, Files.mismatch(data, backup));

        Process failing = SampleProcess.start(FileBackup.class, newName(), data.toString(),
                folder.resolve("missing/backup").toString());
        assertTrue(failing.waitFor(Patience.SECONDS, TimeUnit.SECONDS));
        assertEquals(1, failing.exitValue());
    }

    private String newName() {
        name = "simple-" + UUID.randomUUID();
        return name;
    }

    private void run(Class<?> program, Path file, EmulatedServer.Builder server)
            throws IOException, InterruptedException {
        Process process = SampleProcess.start(program, name, file.toString());
        try (BufferedReader output = process.inputReader()) {
            assertTrue(output.readLine().contains(name), "the set exists when the program says so");
            Verdict verdict = server.build().execute();
            assertTrue(verdict.good(), () -> verdict.headline().orElse("no message"));
            assertEquals(String.format(Locale.ROOT,
                    "The device is closed; whether the %s is good is what the statement says.",
                    program == SimpleBackup.class ? "backup" : "restore"), output.readLine());
        } finally {
            assertTrue(process.waitFor(Patience.SECONDS, TimeUnit.SECONDS));
        }
        assertEquals(0, process.exitValue());
    }
}
