package io.github.sqlvdi.benchmarks.ipc;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One process of a measurement, as its parent sees it. If the process fails, its standard error is shown. */
final class PeerProcess implements AutoCloseable {

    private static final long LIMIT_SECONDS = 90;

    private final Process process;
    private final Path errors;
    private final BufferedReader output;

    PeerProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.output = process.inputReader();
    }

    /** Describes a JVM that plays a role, with the options {@code -XX:} of this JVM; does not start it. */
    static ProcessBuilder jvm(Peer.Role role, TransferPlan plan) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(option -> option.startsWith("-XX:"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx512m", "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED", // for Aeron
                "-cp", System.getProperty("java.class.path"), Peer.class.getName(), role.name()));
        command.addAll(plan.arguments());
        return new ProcessBuilder(command).redirectError(errors(role, plan).toFile());
    }

    private static Path errors(Peer.Role role, TransferPlan plan) {
        return plan.folder().resolve(role + ".err");
    }

    static PeerProcess start(Peer.Role role, TransferPlan plan) throws IOException {
        return new PeerProcess(jvm(role, plan).start(), errors(role, plan));
    }

    /** Starts producer and consumer with a pipe between them. */
    static List<PeerProcess> startPipeline(TransferPlan plan) throws IOException {
        List<Process> processes = ProcessBuilder.startPipeline(
                List.of(jvm(Peer.Role.PRODUCE, plan), jvm(Peer.Role.CONSUME, plan)));
        return List.of(new PeerProcess(processes.get(0), errors(Peer.Role.PRODUCE, plan)),
                new PeerProcess(processes.get(1), errors(Peer.Role.CONSUME, plan)));
    }

    /** Waits for a line that begins with the word and returns the numbers behind the word. */
    long[] await(String word) throws IOException, InterruptedException {
        CompletableFuture<String> line = CompletableFuture.supplyAsync(() -> find(word), PeerProcess::onThread);
        try {
            String found = line.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (found == null) {
                throw failed("ended without " + word);
            }
            return Arrays.stream(found.split(" ")).skip(1).mapToLong(Long::parseLong).toArray();
        } catch (ExecutionException | TimeoutException e) {
            throw failed("gave no " + word + " within " + LIMIT_SECONDS + " s");
        }
    }

    private static void onThread(Runnable task) {
        Thread.ofPlatform().daemon().start(task);
    }

    private String find(String word) {
        return output.lines().filter(line -> line.startsWith(word)).findFirst().orElse(null);
    }

    /** Closes the standard input of the process, by which the process knows that it may end. */
    void release() throws IOException {
        process.getOutputStream().close();
    }

    /** Waits until the process has ended. Fails if its exit code is not 0. */
    void join() throws IOException, InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw failed("did not end within " + LIMIT_SECONDS + " s");
        }
        if (process.exitValue() != 0) {
            throw failed("ended with " + process.exitValue());
        }
    }

    private IOException failed(String how) throws IOException {
        String text = Files.exists(errors) ? Files.readString(errors) : "";
        return new IOException("process " + errors.getFileName() + " " + how + "\n" + text);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
