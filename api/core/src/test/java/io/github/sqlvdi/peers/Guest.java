package io.github.sqlvdi.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.processes.ChildClasses;
import io.github.sqlvdi.processes.Worker;
import io.github.sqlvdi.testing.Patience;
import io.github.sqlvdi.testing.QuickJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The C++ program guest, a client of {@code libsqlvdi.so}, against the library that has the embedded VDI inside. One
 * folder holds the programs, the library and the sets.
 */
final class Guest implements AutoCloseable {

    private static final Path NATIVE = Path.of("src/test/native");
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Path folder;
    private final List<Program> started = new ArrayList<>();

    /** A running program and what it writes on standard error. */
    record Program(Worker worker, Path errors) {

        /** Waits for the end, with this exit code. */
        void ends(int code) throws Exception {
            assertTrue(worker.process().waitFor(Patience.SECONDS, TimeUnit.SECONDS), "the program ended");
            assertEquals(code, worker.process().exitValue(), () -> "exit code; on standard error: " + text());
        }

        String text() {
            try {
                return Files.readString(errors, StandardCharsets.UTF_8);
            } catch (IOException e) {
                return e.toString();
            }
        }
    }

    private Guest(Path folder) {
        this.folder = folder;
    }

    /** Builds library and programs; aborts or fails the test where a compiler is missing. */
    static Guest build(Path folder) {
        HostBuild.linux(folder);
        String cxx = NativeBuild.required("C++ compiler", "g++", "CXX", "g++", "c++", "clang++");
        String c = NativeBuild.required("C compiler", "gcc", "CC", "gcc", "cc", "clang");
        Path statement = folder.resolve("statement.o");
        List<String> includes = List.of("-Wall", "-Wextra", "-Werror", "-O2", "-I../../bindings/src/main/c/sqlvdi",
                "-I../../samples/src/main/c", "-I" + NATIVE.resolve("core"), "-I" + NATIVE.resolve("statement"),
                "-I" + NATIVE.resolve("guest"));
        compile(List.of(c, "-std=gnu11"), includes, "-c", NATIVE.resolve("statement/statement.c").toString(), "-o",
                statement.toString());
        compile(List.of(cxx, "-std=c++11"), includes, NATIVE.resolve("guest/guest.cpp").toString(),
                NATIVE.resolve("guest/transfer.cpp").toString(), NATIVE.resolve("guest/manners.cpp").toString(),
                statement.toString(), "-o", folder.resolve("guest").toString(), "-L" + folder, "-lsqlvdi",
                "-Wl,-rpath," + folder, "-lpthread");
        compile(List.of(cxx, "-std=c++11"), includes, NATIVE.resolve("loader/loader.cpp").toString(), "-o",
                folder.resolve("loader").toString(), "-ldl");
        return new Guest(folder);
    }

    private static void compile(List<String> compiler, List<String> options, String... more) {
        List<String> command = new ArrayList<>(compiler);
        command.addAll(options);
        command.addAll(List.of(more));
        NativeBuild.run(command);
    }

    static String freshName() {
        return "guest-" + ProcessHandle.current().pid() + "-" + NAMES.incrementAndGet();
    }

    Path library() {
        return folder.resolve("libsqlvdi.so");
    }

    /** Starts guest with these words. */
    Program start(String... words) throws IOException {
        return start("guest", Map.of(), words);
    }

    Program start(String program, Map<String, String> variables, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(folder.resolve(program).toString()));
        command.addAll(List.of(words));
        Path errors = Files.createTempFile(folder, "errors", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        String directory = System.getProperty("io.github.sqlvdi.directory");
        builder.environment().put("SQLVDI_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("SQLVDI_CLASS_PATH", ChildClasses.path());
        List<String> options = new ArrayList<>(QuickJvm.options());
        options.addAll(ChildClasses.options());
        if (directory != null) {
            options.add("-Dio.github.sqlvdi.directory=" + directory);
        }
        builder.environment().put("SQLVDI_JAVA_OPTIONS", String.join(" ", options));
        builder.environment().putAll(variables);
        Program started = new Program(Worker.start(builder), errors);
        this.started.add(started);
        return started;
    }

    @Override
    public void close() {
        started.forEach(program -> program.worker().close());
        started.clear();
    }
}
