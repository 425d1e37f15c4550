package io.github.sqlvdi.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sqlvdi.samples.cli.Launcher.Result;
import io.github.sqlvdi.samples.cli.Launcher.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Failures have an exit code and a message that says what to do, and leave nothing under the final names. */
class FailureIT {

    @TempDir
    private Path folder;
    private Launcher sqlvdi;

    @BeforeEach
    void launcher() {
        sqlvdi = new Launcher(folder);
    }

    @Test
    void missingFileIsNamed() throws Exception {
        Path nothing = folder.resolve("nothing.bak");
        Path out = folder.resolve("out");
        sqlvdi.run("backup", "--from", "nothing.bak", "out").requireFailure(1, "nothing.bak: no such file");
        InProcess.run("restore", nothing, "--to", out).requireFailure(1, "nothing.bak: no such file");
        InProcess.run("demo", "--files", nothing).requireFailure(1, "nothing.bak: no such file");
        assertFiles();
    }

    @Test
    void targetBelowARegularFileIsRefused() throws Exception {
        Files.createFile(folder.resolve("file"));
        InProcess.run("backup", "--generate", "1M", folder.resolve("file/out")).requireFailure(1,
                Path.of("file/out") + ": cannot be written", "no folder");
        InProcess.run("backup", "--generate", "1M", folder.resolve("none/out")).requireFailure(1,
                Path.of("none/out") + ": cannot be written", "Create it");
        assertFiles("file");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Wine refuses such a name when the finished file gets it")
    void nameThatIsTooLongIsRefused() throws Exception {
        String name = "n".repeat(300);
        InProcess.run("backup", "--generate", "1M", folder.resolve(name)).requireFailure(1, name, "File name too long");
        assertFiles();
    }

    @Test
    void fullDiskFailsTheStatementAndLeavesNothing() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        assumeTrue(Launcher.execute("mount", "-t", "tmpfs", "-o", "size=2m", "sqlvdi-test", small.toString()),
                "no small file system: only root may mount one");
        try {
            InProcess.run("backup", "--generate", "16M", folder.resolve("good-device"), small.resolve("out"))
                    .requireFailure(1,
                            "small/out: No space left on device. Make room", "112(ERROR_DISK_FULL)", "Msg 3202",
                            "Msg 3013");
            assertFiles("small");
            assertNothingIn(small);
            Path backup = folder.resolve("backup");
            InProcess.run("backup", "--generate", "16M", backup).requireGood();
            InProcess.run("restore", backup, "--to", small.resolve("out")).requireFailure(1, "No space left on device",
                    "Msg 3013");
            assertFiles("backup", "backup.manifest", "small");
            assertNothingIn(small);
        } finally {
            assertTrue(Launcher.execute("umount", small.toString()));
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no file that opens and cannot be read")
    void unreadableInputFailsTheStatement() throws Exception {
        // A process's own memory can be opened; reading at its beginning is an I/O error.
        Path memory = Path.of("/proc/self/mem");
        assumeTrue(Files.isReadable(memory), "no /proc/self/mem");
        Path out = folder.resolve("out");
        InProcess.run("backup", "--from", memory, out).requireFailure(1, "Msg 3013");
        InProcess.run("restore", memory, "--to", out).requireFailure(1, "/proc/self/mem: ");
        assertFiles();
    }

    @Test
    void interruptAbortsTheSetAndLeavesNothing() throws Exception {
        // Whoever started this build may have told it to ignore SIGINT, which children inherit.
        List<String> prefix = List.of("env", "--default-signal=INT");
        assumeTrue(Launcher.execute("env", "--default-signal=INT", "true"),
                "this env cannot restore a signal's default action");
        Path pipe = folder.resolve("endless");
        assumeTrue(Launcher.execute("mkfifo", pipe.toString()), "no mkfifo");
        Running running = sqlvdi.start(prefix, "backup", "--from", pipe, "out");
        try (var data = Files.newOutputStream(pipe)) { // opens when the server side has opened its end
            data.write(new byte[1 << 20]); // more than the pipe holds: the statement is at work
            data.flush();
            assertTrue(Launcher.execute("kill", "-INT", Long.toString(running.process().pid())));
            Result result = running.await();
            result.requireFailure(130, "interrupted", "aborted");
        }
        assertFiles("endless");
    }

    private static void assertNothingIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(List.of(), files.toList());
        }
    }

    private void assertFiles(String... expected) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(expected), files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }
}
