package io.github.sqlvdi.samples.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sqlvdi.samples.cli.Launcher.Result;
import io.github.sqlvdi.samples.cli.Launcher.Running;
import io.github.sqlvdi.testing.Looking;
import io.github.sqlvdi.testing.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data and words do not mix on standard output, files are told apart by the system, and nothing is lost in races. */
class StandardStreamsIT {

    private static final int SIZE = 1 << 20;
    /** What a stream of text would change: line ends, the end of a text file of DOS, a byte order mark. */
    private static final byte[] NO_TEXT = {'\n', '\r', '\r', '\n', 0x1A, 0, (byte) 0xEF, (byte) 0xBB, (byte) 0xBF, '\n',
        0x1A};

    @TempDir
    private Path folder;
    private Launcher sqlvdi;

    @BeforeEach
    void launcher() {
        sqlvdi = new Launcher(folder);
    }

    private static String script() {
        return Launcher.repository().resolve("samples").resolve("sqlvdi").toString();
    }

    /** Runs a line of shell in the folder, with {@code $S} for the launcher; gives its exit code. */
    private int shell(String line) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", line).directory(folder.toFile())
                .redirectError(folder.resolve("words").toFile());
        sqlvdi.prepare(builder.environment());
        builder.environment().put("S", script());
        Process shell = builder.start();
        assertEquals("", new String(shell.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        assertTrue(shell.waitFor(300, TimeUnit.SECONDS));
        return shell.exitValue();
    }

    private Path generated() {
        Path expected = folder.resolve("expected");
        InProcess.run("backup", "--generate", SIZE, "--progress", "none", expected).requireGood();
        return expected;
    }

    private static byte[] binary() {
        byte[] bytes = new byte[300_001];
        new Random(1).nextBytes(bytes);
        System.arraycopy(NO_TEXT, 0, bytes, 0, NO_TEXT.length);
        System.arraycopy(NO_TEXT, 0, bytes, bytes.length - NO_TEXT.length, NO_TEXT.length);
        return bytes;
    }

    private Process piped(Object... arguments) throws IOException {
        return sqlvdi.builder(List.of(), arguments).redirectError(folder.resolve("words").toFile()).start();
    }

    /** Runs a command that writes its data to standard output. */
    private byte[] output(Process process) throws IOException, InterruptedException {
        byte[] data = process.getInputStream().readAllBytes();
        assertTrue(process.waitFor(Patience.SECONDS, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), () -> words());
        return data;
    }

    private String words() {
        try {
            return Files.readString(folder.resolve("words"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anyBytesGoThroughPipesUnchanged() throws Exception {
        byte[] bytes = binary();
        Path data = Files.write(folder.resolve("data"), bytes);
        assertArrayEquals(bytes, output(piped("backup", "-p", "plain", "-f", data, "-")));
        assertTrue(words().contains("Backup   293.0 KiB"), words());

        for (List<Object> arguments : List.<List<Object>>of(List.of("restore", "-p", "plain", "--to", "-", "-"),
                List.of("backup", "-p", "none", "--from", "-", "backup"))) {
            Process process = piped(arguments.toArray());
            CompletableFuture<Void> input = CompletableFuture.runAsync(() -> {
                try (OutputStream stream = process.getOutputStream()) {
                    stream.write(bytes);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            byte[] out = output(process);
            input.get(Patience.SECONDS, TimeUnit.SECONDS);
            assertArrayEquals(bytes,
                    arguments.contains("restore") ? out : Files.readAllBytes(folder.resolve("backup")));
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs a POSIX shell")
    void dataOnStandardOutputIsTheDataAndNothingElse() throws Exception {
        Path expected = generated();
        for (String target : List.of("-", "/dev/stdout", "/proc/self/fd/1")) {
            assertEquals(0, shell("$S backup -g " + SIZE + " -p plain " + target + " | cat > piped"));
            assertEquals(-1, Files.mismatch(expected, folder.resolve("piped")), target);
            assertTrue(Files.readString(folder.resolve("words")).contains("Backup   1.0 MiB"), "the words");
        }
        for (String target : List.of("-", "/dev/stdout")) {
            assertEquals(0, shell("$S restore -p plain --to " + target + " - < expected | cat > piped"));
            assertEquals(-1, Files.mismatch(expected, folder.resolve("piped")), target);
        }
    }

    @Test
    void outputThatCannotBeWrittenIsAFailure() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full");
        assertEquals(1, shell("$S explain 995 > /dev/full"));
        assertTrue(Files.readString(folder.resolve("words")).contains("Standard output could not be written"));
        assertEquals(1, shell("$S backup -g 1M - > /dev/full"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sets", "doctor", "--version", "demo --size 1M", "backup --help"})
    void outputThatCannotBeWrittenIsAFailureOfEveryCommand(String command) throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full");
        assertEquals(1, shell("$S " + command + " > /dev/full"));
    }

    /** The first file that a process opens gets the number of standard output. It must not get the words. */
    @Test
    void wordsOfAClosedStandardOutputDoNotReachAFile() throws Exception {
        Path expected = generated();
        assertEquals(1, shell("$S backup -g " + SIZE + " -p plain closed >&-"));
        assertEquals(1, shell("$S backup -g " + SIZE + " -p plain both >&- 2>&-"));
        assertEquals(-1, Files.mismatch(expected, folder.resolve("closed")));
        assertEquals(-1, Files.mismatch(expected, folder.resolve("both")));
    }

    @Test
    void readerThatGoesAwayFailsTheBackup() throws Exception {
        Process process = piped("backup", "-g", "64M", "-");
        try (InputStream data = process.getInputStream()) {
            assertEquals(100, data.readNBytes(100).length);
        }
        assertTrue(process.waitFor(Patience.SECONDS, TimeUnit.SECONDS));
        assertEquals(1, process.exitValue(), words());
    }

    @Test
    void standardStreamNeedsAPipeAndIsNamedOnce() throws Exception {
        InProcess.run("backup", "-c", "tape", "-g", "1M", "-").requireFailure(2, "'-' needs --class pipe");
        InProcess.run("backup", "-g", "1M", "-", "-").requireFailure(2, "'-' is named twice");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Java on Windows has no key of a file")
    void sameFileThroughALinkIsRefused() throws Exception {
        Files.createSymbolicLink(folder.resolve("d"), Path.of("."));
        InProcess.run("backup", "-g", "1M", "-d", 2, folder.resolve("t.bak"), folder.resolve("d/t.bak"))
                .requireFailure(1, "d/t.bak: is named twice");
        Path source = Files.writeString(folder.resolve("src"), "precious");
        Files.createSymbolicLink(folder.resolve("link"), Path.of("src"));
        for (String deviceClass : List.of("pipe", "tape")) {
            InProcess.run("backup", "-c", deviceClass, "-f", source, "--force", folder.resolve("link"))
                    .requireFailure(1, "link: is named twice");
        }
        Files.createLink(folder.resolve("hard"), folder.resolve("src"));
        InProcess.run("backup", "-f", source, "--force", folder.resolve("hard"))
                .requireFailure(1, "hard: is named twice");
        assertEquals("precious", Files.readString(source));
    }

    @Test
    void nameOfALaterMediumIsNotGivenTwice() throws Exception {
        Path backup = folder.resolve("p.bak");
        Path second = Files.writeString(folder.resolve("p.bak.2"), "precious");
        InProcess.run("backup", "-c", "tape", "-m", "100K", "-f", second, "--force", backup)
                .requireFailure(1, "p.bak.2: would be a medium of " + backup);
        InProcess.run("backup", "-c", "tape", "-m", "100K", "-g", "1M", backup)
                .requireFailure(1, "p.bak.2: exists already");
        assertEquals("precious", Files.readString(second));
    }

    @Test
    void oneOfTwoBackupsToTheSameFileIsRefused() throws Exception {
        for (List<Object> force : List.of(List.of(), List.<Object>of("--force"))) {
            List<Object> arguments =
                    new ArrayList<>(List.of("backup", "-g", "1M", folder.resolve("race" + force.size())));
            arguments.addAll(force);
            List<Object> holding = new ArrayList<>(List.of("backup", "-f", "-", "race" + force.size()));
            holding.addAll(force);
            Running first = sqlvdi.start(List.of(), holding.toArray());
            try (OutputStream data = first.process().getOutputStream()) {
                data.write(new byte[SIZE]); // more than the pipe holds: the first backup has its file
                data.flush();
                InProcess.run(arguments.toArray()).requireFailure(1, "is being written by another process");
            }
            assertEquals(0, first.await().exitCode());
            assertEquals(SIZE, Files.size(folder.resolve("race" + force.size())));
        }
    }

    @Test
    void killedBackupLeavesAPartThatTheNextOneRemoves() throws Exception {
        Running running = sqlvdi.start(List.of(), "backup", "-f", "-", "out");
        try (OutputStream data = running.process().getOutputStream()) {
            data.write(new byte[SIZE]);
            data.flush();
            kill(running.process());
            running.await();
        }
        assertTrue(Files.exists(folder.resolve(".out.sqlvdi-part")));
        InProcess.run("backup", "-g", SIZE, folder.resolve("out")).requireGood();
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of("out", "out.manifest"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    /** On Windows the JVM is a child of the script. */
    private static void kill(Process script) throws Exception {
        List<ProcessHandle> children = script.descendants().toList();
        children.forEach(ProcessHandle::destroyForcibly);
        script.destroyForcibly();
        for (ProcessHandle child : children) {
            child.onExit().get(Patience.SECONDS, TimeUnit.SECONDS);
        }
    }

    @Test
    void backupIntoAPipeWithoutReaderEndsAtOnce() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(Launcher.execute("mkfifo", pipe.toString()), "no mkfifo");
        Running running = sqlvdi.start(List.of(), "backup", "-g", "1M", pipe);
        while (!opening(running.process().pid())) {
            assertTrue(running.process().isAlive());
            Looking.pause();
        }
        running.process().destroy();
        assertTrue(running.process().waitFor(Patience.SECONDS, TimeUnit.SECONDS), "still waits for a reader");
        Result result = running.await();
        assertFalse(result.exitCode() == 0);
    }

    @Test
    void restoreFromAPipeWithoutWriterEndsAtOnce() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(Launcher.execute("mkfifo", pipe.toString()), "no mkfifo");
        Running running = sqlvdi.start(List.of(), "restore", "--to", "out", pipe);
        while (!opening(running.process().pid())) {
            assertTrue(running.process().isAlive());
            Looking.pause();
        }
        running.process().destroy();
        assertTrue(running.process().waitFor(Patience.SECONDS, TimeUnit.SECONDS), "still waits for a writer");
        assertFalse(running.await().exitCode() == 0);
        assertFalse(Files.exists(folder.resolve("out")));
    }

    /** Whether the program waits in the opening of its pipe. */
    private static boolean opening(long pid) throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
            for (Path task : tasks.toList()) {
                if (nameOf(task).startsWith("sqlvdi-open")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String nameOf(Path task) throws IOException {
        try {
            return Files.readString(task.resolve("comm"));
        } catch (IOException e) {
            if (Files.exists(task)) {
                throw e;
            }
            return ""; // the thread has ended since the folder was listed
        }
    }
}
