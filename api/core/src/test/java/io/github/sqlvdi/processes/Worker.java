package io.github.sqlvdi.processes;

import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.bindings.VDConfig;
import io.github.sqlvdi.testing.QuickJvm;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A child JVM that runs {@link WorkerMain} or another main class, and the lines it said. */
public final class Worker implements AutoCloseable {
    /** Said by the reader thread when the process's output ends. */
    private static final String END = "(end of output)";

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private Worker(Process process) {
        this.process = process;
    }

    /** Starts a JVM; {@link #expect}("ready") tells when it can take tasks. */
    static Worker start(String... jvmArguments) throws IOException {
        return start(List.of(), WorkerMain.class, jvmArguments);
    }

    /** Starts a JVM with another main class by a command that runs what follows it, none for a child like this JVM. */
    public static Worker start(List<String> runner, Class<?> main, String... jvmArguments) throws IOException {
        return start(runner, Map.of(), main, jvmArguments);
    }

    /** As above, with these environment variables besides this process's own. */
    public static Worker start(List<String> runner, Map<String, String> variables, Class<?> main,
            String... jvmArguments) throws IOException {
        List<String> command = new ArrayList<>(runner);
        command.addAll(QuickJvm.command());
        command.add("-Xmx256m");
        String directory = System.getProperty("io.github.sqlvdi.directory");
        if (directory != null) {
            command.add("-Dio.github.sqlvdi.directory=" + directory);
        }
        command.addAll(List.of(jvmArguments)); // after the others: a test may have another directory, another compiler
        command.addAll(ChildClasses.options());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", ChildClasses.path(), main.getName()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(variables);
        return start(builder);
    }

    /** Starts a program that says lines on its standard output. */
    public static Worker start(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        Worker worker = new Worker(process);
        Thread.ofPlatform().daemon().name("lines of " + process.pid()).start(worker::read);
        Thread.ofPlatform().daemon().name("errors of " + process.pid()).start(worker::passErrorsOn);
        return worker;
    }

    /** {@return the class path of this JVM's own classes: tests, api and bindings} */
    public static String classPath() {
        Path base = Path.of(System.getProperty("basedir", ""));
        try {
            Path bindings = Path.of(VDConfig.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            Path api = Path.of(VdiConfig.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            Path tests = base.resolve("target/test-classes").toAbsolutePath();
            return String.join(File.pathSeparator, tests.toString(), api.toString(), bindings.toString());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(lines::add);
        } catch (UncheckedIOException | IOException e) {
            lines.add("(reading failed: " + e + ")");
        } finally {
            lines.add(END);
        }
    }

    /** Not inherited: Maven waits for the end of its tests' standard error, and so for a copy of a child that is left over. */
    private void passErrorsOn() {
        try (BufferedReader reader = process.errorReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(System.err::println);
        } catch (UncheckedIOException | IOException e) {
            lines.add("(reading standard error failed: " + e + ")");
        }
    }

    /** Stops the process where it is, until {@link #resume()}. */
    public void pause() throws IOException, InterruptedException {
        ProcessSuspension.stop(pid());
    }

    public void resume() throws IOException, InterruptedException {
        ProcessSuspension.resume(pid());
    }

    /** CPU time the process has used so far. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    public long pid() {
        return process.pid();
    }

    public Process process() {
        return process;
    }

    public void tell(String line) throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).write(line + "\n");
        process.outputWriter(StandardCharsets.UTF_8).flush();
    }

    /** Waits for the next line that begins so; others before it are dropped. */
    public String expect(String start) throws InterruptedException {
        return expect(start, 300_000);
    }

    public String expect(String start, long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        List<String> others = new ArrayList<>();
        while (true) {
            String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null || line.equals(END)) {
                throw new AssertionError("process " + pid() + " did not say \"" + start + "\" within " + millis + " ms"
                        + (line == null ? "" : " but ended") + "; it said " + others);
            }
            if (line.startsWith(start)) {
                return line;
            }
            others.add(line);
        }
    }

    /** {@return the lines that are left, once the process has ended} */
    public List<String> rest() throws InterruptedException {
        List<String> rest = new ArrayList<>();
        for (String line = lines.take(); !line.equals(END); line = lines.take()) {
            rest.add(line);
        }
        return rest;
    }

    /** As {@code kill -9}. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
