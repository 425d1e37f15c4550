package io.github.sqlvdi.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sqlvdi.testing.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Builds the samples' native libraries, with the command that users have, and clients of them. */
final class NativeBuild {

    private static final Path SOURCES = Path.of("src/main/c").toAbsolutePath();
    private static final Path HEADERS = Path.of("../bindings/src/main/c/sqlvdi").toAbsolutePath().normalize();
    private static final Path HOME = Path.of(System.getProperty("java.home"));
    /** The same variable as for the native peers of the tests of api/core. */
    private static final boolean REQUIRED = Boolean.parseBoolean(System.getenv("SQLVDI_REQUIRE_NATIVE"));

    private NativeBuild() {}

    /** Writes {@code libsqlvdi.so} into the folder; skips the test where a compiler or jni.h is missing. */
    static void linux(Path folder) throws IOException, InterruptedException {
        require(Files.exists(HOME.resolve("include/jni.h")), "this Java has no jni.h: it is no JDK");
        require(works("gcc") && works("g++"), "gcc or g++ is missing (Debian, Ubuntu: apt-get install gcc g++)");
        run(Map.of(), SOURCES.resolve("build").toString(), "-o", folder.toString(), "linux");
    }

    /** Writes the archive of classes beside the jar. */
    static void archive(Path folder, Path jar) throws IOException, InterruptedException {
        run(Map.of("JAR", jar.toString()), SOURCES.resolve("build").toString(), "-o", folder.toString(), "archive");
    }

    /** Compiles a client that is linked with the library of the folder, and finds it there. */
    static Path program(Path folder, Path source) throws IOException, InterruptedException {
        Path program = folder.resolve(source.getFileName().toString().replace(".cpp", ""));
        run(Map.of(), "g++", "-std=c++11", "-Wall", "-Wextra", "-Werror", "-O2", "-I" + SOURCES, "-I" + HEADERS,
                source.toString(), "-o", program.toString(), "-L" + folder, "-lsqlvdi", "-Wl,-rpath," + folder,
                "-lpthread");
        return program;
    }

    private static void require(boolean present, String missing) {
        assertTrue(present || !REQUIRED, () -> missing + "; SQLVDI_REQUIRE_NATIVE=true forbids to skip this test");
        assumeTrue(present, missing);
    }

    private static boolean works(String compiler) throws InterruptedException {
        try {
            return new ProcessBuilder(compiler, "--version").redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }

    private static void run(Map<String, String> variables, String... command) throws IOException, InterruptedException {
        Path log = Files.createTempFile("sqlvdi-build", ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", HOME.toString());
        builder.environment().putAll(variables);
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(2 * Patience.SECONDS, TimeUnit.SECONDS),
                    () -> List.of(command) + " did not end");
            assertEquals(0, process.exitValue(), List.of(command) + "\n" + Files.readString(log));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            Files.delete(log);
        }
    }
}
