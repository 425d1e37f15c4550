package io.github.sqlvdi.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sqlvdi.samples.SampleJar;
import io.github.sqlvdi.testing.MachineLag;
import io.github.sqlvdi.testing.Patience;
import io.github.sqlvdi.testing.QuickJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line in a JVM that denies native access, as a program has it that does not start it by its jar. */
class DeniedNativeAccessIT {

    private static final String OPTION = "--enable-native-access=ALL-UNNAMED";
    private static final String DENY = "--illegal-native-access=deny";
    private static final int FIRST_WITH_OPTION = 24;
    /** Long before the shutdown hook of an interrupted command gives up. */
    private static final Duration AT_ONCE = Duration.ofSeconds(45);

    @TempDir
    private Path folder;

    private record Ended(int exitCode, String output) {
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo --size 1M", "backup --generate 1M out", "sets", "doctor",
        "emulator backup --name x --generate 1M"})
    void everyCommandEndsAtOnceWithTheOption(String command) throws Exception {
        Ended ended = run(List.of(DENY, "-cp"), SqlVdi.class.getName(), command);
        assertEquals(1, ended.exitCode, ended.output);
        assertTrue(ended.output.contains("start Java with " + OPTION), ended.output);
    }

    @Test
    void compressedFileIsRefusedWithTheOption() throws Exception {
        // The magic number of zstd, and the beginning of a frame's header.
        Files.write(folder.resolve("a.zst"),
                new byte[]{0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0x24, 0, 1, 0, 0, 0, 0, 0});
        Ended ended = run(List.of(DENY, "-cp"), SqlVdi.class.getName(), "inspect a.zst");
        assertNotEquals(0, ended.exitCode, ended.output);
        assertTrue(ended.output.contains("start Java with " + OPTION), ended.output);
        assertFalse(ended.output.contains("Exception in thread"), ended.output);
    }

    @Test
    void commandThatCallsNothingNativeWorks() throws Exception {
        Ended ended = run(List.of(DENY, "-cp"), SqlVdi.class.getName(), "explain 995");
        assertEquals(0, ended.exitCode, ended.output);
        assertTrue(ended.output.contains("ERROR_OPERATION_ABORTED"), ended.output);
    }

    @Test
    void processesOfTheCommandLineAreStartedWithTheOption() throws Exception {
        Ended ended = run(List.of(DENY, "-cp"), SqlVdi.class.getName(), "multiprocess --size 1M");
        assertEquals(0, ended.exitCode, ended.output);
    }

    @Test
    void jarThatStartsItselfHasNativeAccess() throws Exception {
        Ended ended = run(List.of(DENY, "-jar"), null, "demo --size 1M");
        assertEquals(0, ended.exitCode, ended.output);
    }

    private Ended run(List<String> options, String main, String arguments) throws IOException, InterruptedException {
        assumeTrue(Runtime.version().feature() >= FIRST_WITH_OPTION,
                () -> "Java " + Runtime.version() + " does not know " + DENY + "; Java 24 does");
        List<String> command = QuickJvm.command();
        command.addAll(SampleJar.archive());
        command.add("-Xmx256m");
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(option -> option.startsWith("-XX:"))
                .forEach(command::add);
        command.addAll(options);
        command.add(Path.of("target", "sqlvdi.jar").toAbsolutePath().toString());
        if (main != null) {
            command.add(main);
        }
        command.addAll(List.of(arguments.split(" ")));
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
        process.onExit().orTimeout(Patience.SECONDS, TimeUnit.SECONDS).exceptionally(late -> process.destroyForcibly());
        try (MachineLag lag = MachineLag.start();
                BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            process.getOutputStream().close();
            String said = String.join("\n", output.lines().toList());
            int exitCode = process.waitFor();
            lag.checkWithin(arguments + ": " + said, AT_ONCE);
            return new Ended(exitCode, said);
        }
    }
}
