package io.github.sqlvdi.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sqlvdi.processes.Worker;
import io.github.sqlvdi.testing.QuickJvm;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A JVM that denies native access: every entrance of the library names the option that it needs. */
class NativeAccessIT {

    private static final String CLASS_PATH_OPTION = "--enable-native-access=ALL-UNNAMED";
    private static final String MODULE_PATH_OPTION =
            "--enable-native-access=io.github.sqlvdi.api,io.github.sqlvdi.bindings";
    private static final int FIRST_WITH_OPTION = 24;
    private static final int PATIENCE_SECONDS = 120;

    @BeforeEach
    void needAJvmThatKnowsTheOption() {
        assumeTrue(Runtime.version().feature() >= FIRST_WITH_OPTION,
                () -> "Java " + Runtime.version() + " does not know --illegal-native-access; Java 24 does");
    }

    @Test
    void onTheClassPathEveryEntranceNamesTheOption() throws Exception {
        assertDenied(run(classPath()), CLASS_PATH_OPTION);
    }

    @Test
    void onTheModulePathEveryEntranceNamesTheOption() throws Exception {
        assertDenied(run(modulePath()), MODULE_PATH_OPTION);
    }

    @Test
    void bindingsThatFailedBeforeChangeNothing() throws Exception {
        List<String> lines = run(classPath(), "touched");
        assertEquals("bindings: ExceptionInInitializerError: null", lines.getFirst());
        assertDenied(lines.subList(1, lines.size()), CLASS_PATH_OPTION);
    }

    @Test
    void moduleThatLacksTheOptionIsNamedAlone() throws Exception {
        List<String> options = modulePath();
        options.addFirst("--enable-native-access=io.github.sqlvdi.api");
        assertDenied(run(options), "--enable-native-access=io.github.sqlvdi.bindings");
    }

    @Test
    void withTheOptionTheLibraryWorks() throws Exception {
        for (List<String> options : List.of(classPath(), modulePath())) {
            options.addFirst(options.contains("-p") ? MODULE_PATH_OPTION : CLASS_PATH_OPTION);
            List<String> lines = run(options);
            assertEquals("client: made a set", lines.getFirst(), () -> String.join("\n", lines));
            assertTrue(lines.stream().anyMatch(line -> line.matches("good +native access +enabled")),
                    () -> String.join("\n", lines));
        }
    }

    private static void assertDenied(List<String> lines, String option) {
        String all = String.join("\n", lines);
        for (String line : lines.subList(0, 8)) {
            assertTrue(line
                    .matches("(client|secondary|server|sets): UnsupportedOperationException: Java denies this library "
                            + "the native access .*: start Java with " + option),
                    all);
        }
        assertTrue(lines.stream().anyMatch(line -> line.matches("problem native access +denied: .*")), all);
        assertTrue(lines.stream().anyMatch(line -> line.endsWith(" -> start Java with " + option)), all);
        assertEquals("problems true", lines.getLast(), all);
    }

    private static List<String> classPath() {
        return new ArrayList<>(List.of("-cp", Worker.classPath()));
    }

    /** The program itself stays on the class path, and needs no native access. */
    private static List<String> modulePath() {
        List<String> parts = List.of(Worker.classPath().split(File.pathSeparator));
        return new ArrayList<>(List.of("-p", String.join(File.pathSeparator, parts.subList(1, parts.size())),
                "--add-modules", "io.github.sqlvdi.api", "-cp", parts.getFirst()));
    }

    private static List<String> run(List<String> options, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = QuickJvm.command();
        command.addAll(List.of("-Xmx256m", "--illegal-native-access=deny"));
        command.addAll(options);
        command.add(NativeAccessMain.class.getName());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).exceptionally(late -> process.destroyForcibly());
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> lines = output.lines().toList();
            assertEquals(0, process.waitFor(), () -> "not 0 after at most " + PATIENCE_SECONDS + " s: " + lines);
            return lines;
        }
    }
}
