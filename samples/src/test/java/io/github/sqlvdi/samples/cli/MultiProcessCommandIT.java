package io.github.sqlvdi.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sqlvdi.testing.Looking;
import io.github.sqlvdi.testing.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Server, primary and secondaries as JVMs of their own give every byte back. */
@Timeout(900)
class MultiProcessCommandIT {

    private static final String[] FILES = {"full-2008r2.bak", "diff.bak", "striped-2008r2.0.bak",
        "striped-2008r2.1.bak", "log.trn", "full-compressed.bak"};
    private static final boolean ALL = System.getProperty("sqlvdi.secondaries", "").equals("all");
    private static final Pattern SECONDARY = Pattern.compile("process (\\d+): ([\\d,]+) bytes");

    @TempDir
    private Path folder;
    @TempDir
    private Path state;
    private Launcher sqlvdi;

    @BeforeEach
    void launcher() {
        sqlvdi = new Launcher(folder).with(
                Map.of("SQLVDI_JAVA_OPTS", "-Dio.github.sqlvdi.directory=" + state.resolve("sets")));
    }

    /** Each row starts two JVMs for each device, and more: {@code -Dsqlvdi.secondaries=all}, as in {@code .ci/run}. */
    static List<Arguments> rows() {
        List<Arguments> rows = new ArrayList<>(List.of(Arguments.of("devices", 2), Arguments.of("buffers", 6)));
        if (ALL) {
            rows.addAll(List.of(Arguments.of("devices", 1), Arguments.of("devices", 8), Arguments.of("devices", 32),
                    Arguments.of("buffers", 1), Arguments.of("buffers", 8)));
        }
        return rows;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void realBackupsComeBackByteForByte(String share, int secondaries) throws Exception {
        assumeTrue(Launcher.realBackups().isPresent(), "no folder of real backups: set sqlvdi.backups to it");
        Path backups = Launcher.realBackups().orElseThrow();
        List<Object> arguments = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < secondaries; i++) {
            Path file = backups.resolve(FILES[i % FILES.length]);
            arguments.addAll(List.of("--files", file));
            bytes += Files.size(file);
        }
        expectIdentical(secondaries, bytes, share, arguments);
    }

    static List<Arguments> sizes() {
        List<Arguments> rows = new ArrayList<>(List.of(Arguments.of("devices", 0), Arguments.of("buffers", 3_000_001)));
        if (ALL) {
            rows.addAll(List.of(Arguments.of("devices", 3_000_001), Arguments.of("buffers", 0)));
        }
        return rows;
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void generatedDataComesBack(String share, long size) throws Exception {
        expectIdentical(2, size, share, List.of("--size", size, "--devices", 2));
    }

    private void expectIdentical(int secondaries, long bytes, String share, List<Object> arguments) throws Exception {
        String out = sqlvdi.run(Stream.concat(Stream.of("multiprocess", "--directory", folder, "--share", share),
                arguments.stream()).toArray()).requireGood().out();
        assertTrue(out.contains(String.format(Locale.ROOT, "identical: %,d bytes compared", bytes)), out);
        List<MatchResult> said = SECONDARY.matcher(out).results().toList();
        assertEquals(2L * secondaries, said.stream().map(it -> it.group(1)).distinct().count(),
                "each device of backup and restore has a process of its own: " + out);
        assertEquals(2 * bytes, said.stream().mapToLong(it -> Long.parseLong(it.group(2).replace(",", ""))).sum(), out);
        assertNothingIsLeft();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no file that opens and cannot be read")
    void failureOfOneProcessIsTheFailureOfTheCommand() throws Exception {
        // A process's own memory can be opened; reading at its beginning is an I/O error, which the server meets.
        Path memory = Path.of("/proc/self/mem");
        assumeTrue(Files.isReadable(memory), "no /proc/self/mem");
        sqlvdi.run("multiprocess", "--directory", folder, "--files", memory)
                .requireFailure(1, "BACKUP DATABASE failed", "Msg 3013", "The server, process", "ended with code 1");
        assertNothingIsLeft();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs a named pipe as a file")
    void killedCommandLeavesNoProcess() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(Launcher.execute("mkfifo", pipe.toString()), "no mkfifo");
        Launcher.Running running = sqlvdi.start(List.of(), "multiprocess", "--directory", folder, "--files", pipe);
        ProcessHandle command = running.process().toHandle();
        while (command.children().count() < 2) { // the primary, and the server, which waits for the other end of the pipe
            assertTrue(command.isAlive());
            Looking.pause();
        }
        List<ProcessHandle> children = command.children().toList();
        command.destroyForcibly();
        for (ProcessHandle child : children) {
            child.onExit().get(Patience.SECONDS, TimeUnit.SECONDS);
        }
        running.await();
    }

    @Test
    void outputOfTheJvmItselfIsNoAnswer() throws Exception {
        new Launcher(folder).with(Map.of("SQLVDI_JAVA_OPTS",
                "-Xlog:gc -Dio.github.sqlvdi.directory=" + state.resolve("sets")))
                .run("multiprocess", "--directory", folder, "--share", "buffers", "--size", "8M", "--devices", 2)
                .requireGood();
    }

    private void assertNothingIsLeft() throws IOException {
        for (Path directory : List.of(folder, state.resolve("sets"))) {
            try (Stream<Path> files = Files.list(directory)) {
                assertEquals(List.of(), files.toList());
            }
        }
    }
}
