package io.github.sqlvdi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sqlvdi.bindings.VDConfig;
import io.github.sqlvdi.testing.Patience;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that requires core alone becomes a runtime image, which has no module beyond those of the JDK, core and bindings. */
class RuntimeImageIT {

    private static final String MODULE = "module app { requires io.github.sqlvdi.api; }";
    private static final String PROGRAM = """
            package app;

            import io.github.sqlvdi.VdiProvider;
            import io.github.sqlvdi.client.VirtualDeviceSet;
            import java.util.UUID;

            public final class Main {
                public static void main(String... arguments) {
                    String name = UUID.randomUUID().toString();
                    try (VirtualDeviceSet set = VirtualDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).create()) {
                        System.out.println("made a set of " + ModuleLayer.boot().modules().size() + " modules");
                    }
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void programWithCoreAloneIsLinkedAndMakesASet() throws Exception {
        Path sources = Files.createDirectories(folder.resolve("sources/app"));
        Path descriptor = Files.writeString(folder.resolve("sources/module-info.java"), MODULE);
        Path program = Files.writeString(sources.resolve("Main.java"), PROGRAM);
        String modules = location(VdiConfig.class) + File.pathSeparator + location(VDConfig.class);
        Path classes = folder.resolve("classes");
        run("javac", "--module-path", modules, "-d", classes.toString(), descriptor.toString(), program.toString());

        Path image = folder.resolve("image");
        run("jlink", "--module-path", modules + File.pathSeparator + classes, "--add-modules", "app",
                "--add-options=--enable-native-access=io.github.sqlvdi.api,io.github.sqlvdi.bindings", "--output",
                image.toString());
        String java = image.resolve("bin").resolve("java").toString();
        String listed = output(java, "--list-modules");
        List<String> ours =
                listed.lines().filter(line -> !line.matches("(java|jdk)\\..*")).map(line -> line.split("@")[0])
                        .toList();
        assertEquals(List.of("app", "io.github.sqlvdi.api", "io.github.sqlvdi.bindings"), ours);
        assertTrue(output(java, "-m", "app/app.Main").startsWith("made a set"));
    }

    private static Path java(Path image) throws IOException {
        try (Stream<Path> files = Files.list(image.resolve("bin"))) {
            return files.filter(file -> file.getFileName().toString().matches("java(\\.exe)?")).findFirst()
                    .orElseThrow();
        }
    }

    private static Path location(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** In a process of its own: jlink refuses to run in a JVM whose modules are patched, as those of tests are. */
    private static void run(String tool, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(tool(tool).toString()));
        command.addAll(List.of(arguments));
        output(command.toArray(String[]::new));
    }

    private static Path tool(String name) throws IOException {
        Path folder = Path.of(System.getProperty("java.home"), "bin");
        try (Stream<Path> files = Files.list(folder)) {
            Optional<Path> found =
                    files.filter(file -> file.getFileName().toString().matches(name + "(\\.exe)?")).findFirst();
            assumeTrue(found.isPresent(), "the Java of the tests has no " + name + " in " + folder);
            return found.orElseThrow();
        }
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertTrue(process.waitFor(Patience.SECONDS, TimeUnit.SECONDS), () -> List.of(command) + " does not end");
        assertEquals(0, process.exitValue(), text);
        return text;
    }
}
