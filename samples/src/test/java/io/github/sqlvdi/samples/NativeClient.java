package io.github.sqlvdi.samples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.testing.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a C++ client that is linked with the samples' {@code libsqlvdi.so}, with its own words on standard error. */
final class NativeClient {

    private final Map<String, String> variables = new HashMap<>();
    private final Path folder;

    /** What a client said, and how it ended. */
    record Ended(int exitCode, String out, String errors) {
    }

    /** Its JVM takes the classes of that jar; the sets and the client's files are in that folder. */
    NativeClient(Path folder, Path jar) {
        this.folder = folder;
        variables.put("SQLVDI_JAVA_HOME", System.getProperty("java.home"));
        variables.put("SQLVDI_CLASS_PATH", jar.toString());
        variables.put("SQLVDI_JAVA_OPTIONS", "-Dio.github.sqlvdi.directory=" + sets());
    }

    Path sets() {
        return folder.resolve("sets");
    }

    /** Sets a variable of the client's environment; the options of the JVM are added to those that it has. */
    NativeClient with(String variable, String value) {
        variables.merge(variable, value,
                (before, now) -> variable.equals("SQLVDI_JAVA_OPTIONS") ? before + " " + now : now);
        return this;
    }

    Ended run(Path program, String... words) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "client", ".out");
        Path errors = Files.createTempFile(folder, "client", ".err");
        ProcessBuilder builder = new ProcessBuilder(program.toString()).directory(folder.toFile())
                .redirectOutput(out.toFile()).redirectError(errors.toFile());
        builder.command().addAll(List.of(words));
        builder.environment().putAll(variables);
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(Patience.SECONDS, TimeUnit.SECONDS), () -> program + " did not end");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(errors));
    }
}
