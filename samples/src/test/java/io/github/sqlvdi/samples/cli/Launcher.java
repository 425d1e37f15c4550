package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.testing.Patience;
import io.github.sqlvdi.testing.QuickJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;

/** Starts the real launcher as a process, as a user does, and collects what it says. */
public final class Launcher {

    private static final long TIMEOUT_SECONDS = 2 * Patience.SECONDS;
    private static final long OTHERS_TIMEOUT_SECONDS = Patience.SECONDS;
    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");
    /** The exit code of a process that was ended by force. */
    public static final int KILLED = WINDOWS ? 1 : 128 + 9;
    private static final String OPTIONS = "SQLVDI_JAVA_OPTS";

    private final Path script;
    private final Path folder;
    private Map<String, String> environment = Map.of();

    /** The launcher of this build, working in {@code folder}. */
    Launcher(Path folder) {
        this(repository().resolve("samples").resolve(WINDOWS ? "sqlvdi.cmd" : "sqlvdi"), folder);
    }

    Launcher(Path script, Path folder) {
        this.script = script;
        this.folder = folder;
    }

    /** Variables to set; an empty value removes one. */
    Launcher with(Map<String, String> variables) {
        environment = variables;
        return this;
    }

    static Path repository() {
        return Path.of("").toAbsolutePath().getParent();
    }

    /** The folder of real backups, which the repository does not carry. */
    static Optional<Path> realBackups() {
        Path folder = Path.of(System.getProperty("sqlvdi.backups",
                repository().resolveSibling("shared").resolve("backups").toString()));
        return Optional.of(folder).filter(Files::isDirectory);
    }

    /** Whether another program could do something; false also where it is not installed. */
    static boolean execute(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(OTHERS_TIMEOUT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }

    Result run(Object... arguments) throws IOException, InterruptedException {
        return start(List.of(), arguments).await();
    }

    /** Starts it behind a command that executes another one, for example {@code env}. */
    Running start(List<String> prefix, Object... arguments) throws IOException {
        Path out = Files.createTempFile("sqlvdi-", ".out");
        Path err = Files.createTempFile("sqlvdi-", ".err");
        return new Running(builder(prefix, arguments).redirectOutput(out.toFile()).redirectError(err.toFile()).start(),
                out, err);
    }

    /** Describes its process, whose standard streams are pipes. */
    ProcessBuilder builder(List<String> prefix, Object... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(script.toString());
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        prepare(builder.environment());
        return builder;
    }

    /** Adds what a launcher needs to the environment of a process, for example a shell, that starts one itself. */
    void prepare(Map<String, String> variables) {
        String options = String.join(" ", QuickJvm.options());
        variables.put("JAVA_HOME", System.getProperty("java.home")); // saves the search for a JDK
        variables.merge(OPTIONS, options, (ofTheBuild, ofTests) -> ofTests + " " + ofTheBuild);
        environment.forEach((name, value) -> {
            if (value.isEmpty()) {
                variables.remove(name);
            } else if (name.equals(OPTIONS)) { // further ones: the others are for all
                variables.merge(name, value, (all, further) -> all + " " + further);
            } else {
                variables.put(name, value);
            }
        });
    }

    /** A launcher that was started. */
    record Running(Process process, Path out, Path err) {

        Result await() throws IOException, InterruptedException {
            boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            Result result = new Result(process.exitValue(), read(out), read(err));
            out.toFile().deleteOnExit(); // not yet: Windows' own helpers of the script may still have it open
            err.toFile().deleteOnExit();
            return ended ? result : Assertions.fail("did not end within " + TIMEOUT_SECONDS + " s: " + result);
        }

        /** Text in UTF-8, whichever line ends the system has. */
        private static String read(Path file) throws IOException {
            return Files.readString(file).replace("\r\n", "\n");
        }
    }

    /** What a launcher said and how it ended. */
    record Result(int exitCode, String out, String err) {

        /** Fails unless all went well and nothing was complained about. */
        Result requireGood() {
            Assertions.assertEquals("", err, "standard error");
            Assertions.assertEquals(0, exitCode, "exit code; standard output: " + out);
            return this;
        }

        /** Fails unless it ended with that code and a message that contains each of these, and without a stack trace. */
        Result requireFailure(int code, String... messages) {
            Assertions.assertEquals(code, exitCode, "exit code; " + this);
            for (String message : messages) {
                Assertions.assertTrue(err.contains(message), "expected \"" + message + "\" in: " + err);
            }
            Assertions.assertFalse(err.contains("\tat "), "a stack trace: " + err);
            return this;
        }
    }
}
