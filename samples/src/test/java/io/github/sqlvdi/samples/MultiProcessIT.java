package io.github.sqlvdi.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.emulator.EmulatedServer;
import io.github.sqlvdi.samples.cli.Launcher;
import io.github.sqlvdi.statement.Verdict;
import io.github.sqlvdi.testing.Patience;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs of several processes as processes, against an emulated server here, when one of them dies. */
class MultiProcessIT {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(classes = {MultiProcess.class, BufferHandles.class})
    void deathOfOneSecondaryEndsThemAll(Class<?> program) throws Exception {
        String name = "death-" + UUID.randomUUID();
        Process primary = SampleProcess.start(program, name, folder.resolve("a").toString(),
                folder.resolve("b").toString());
        try (BufferedReader output = primary.inputReader()) {
            assertTrue(output.readLine().contains(name), "the set exists when the program says so");
            EndlessData a = new EndlessData();
            EndlessData b = new EndlessData();
            CompletableFuture<Verdict> verdict = CompletableFuture
                    .supplyAsync(() -> EmulatedServer.backup(name).source(a).source(b).build().execute());
            assertTrue(a.flows.await(Patience.SECONDS, TimeUnit.SECONDS)
                    && b.flows.await(Patience.SECONDS, TimeUnit.SECONDS));
            List<ProcessHandle> secondaries = primary.children().filter(MultiProcessIT::isJava).toList();
            assertEquals(2, secondaries.size());

            ProcessHandle victim = secondaries.getFirst();
            victim.destroyForcibly();
            assertTrue(primary.waitFor(Patience.SECONDS, TimeUnit.SECONDS), "the primary still runs");
            assertEquals(1, primary.exitValue());
            Verdict end = verdict.get(Patience.SECONDS, TimeUnit.SECONDS);
            assertFalse(end.good());
            assertEquals(3013, end.messages().getLast().number());
            secondaries.getLast().onExit().get(Patience.SECONDS, TimeUnit.SECONDS);
            List<String> said = output.lines().toList();
            assertTrue(said.stream().anyMatch(line -> line.endsWith("2 of 2 secondaries failed")
                    || line.endsWith("2 of 2 devices failed")), said.toString());
            if (program == MultiProcess.class) {
                assertTrue(said.contains(String.format(Locale.ROOT,
                        "Secondary process %d ended with code %d, the set is aborted", victim.pid(), Launcher.KILLED)),
                        said.toString());
            }
        } finally {
            primary.descendants().forEach(ProcessHandle::destroyForcibly);
            primary.destroyForcibly();
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(),
                    files.filter(file -> !file.getFileName().toString().endsWith(".sqlvdi-part")).toList(),
                    "no file has its name; what a killed process had begun it cannot remove");
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {MultiProcess.class, BufferHandles.class})
    void deathOfThePrimaryEndsThemAll(Class<?> program) throws Exception {
        String name = "death-" + UUID.randomUUID();
        Process primary = SampleProcess.start(program, name, folder.resolve("a").toString());
        try (BufferedReader output = primary.inputReader()) {
            assertTrue(output.readLine().contains(name), "the set exists when the program says so");
            EndlessData data = new EndlessData();
            CompletableFuture<Verdict> verdict = CompletableFuture
                    .supplyAsync(() -> EmulatedServer.backup(name).source(data).build().execute());
            assertTrue(data.flows.await(Patience.SECONDS, TimeUnit.SECONDS));
            List<ProcessHandle> secondaries = primary.children().filter(MultiProcessIT::isJava).toList();
            assertEquals(1, secondaries.size());

            primary.destroyForcibly();
            secondaries.getFirst().onExit().get(Patience.SECONDS, TimeUnit.SECONDS);
            assertFalse(verdict.get(Patience.SECONDS, TimeUnit.SECONDS).good());
        } finally {
            primary.descendants().forEach(ProcessHandle::destroyForcibly);
            primary.destroyForcibly();
        }
    }

    /** A process of Windows may have another one that keeps its console. */
    private static boolean isJava(ProcessHandle process) {
        return process.info().command().orElseThrow().matches(".*java(\\.exe)?");
    }

    /** Data without end, and the sign that some of it has reached the other side. */
    private static final class EndlessData implements ReadableByteChannel {

        private static final int FLOWING = 100; // far more reads than the server has buffers

        private final CountDownLatch flows = new CountDownLatch(FLOWING);

        @Override
        public int read(ByteBuffer target) {
            int count = target.remaining();
            target.position(target.limit());
            flows.countDown();
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() throws IOException {
            // nothing to close
        }
    }
}
