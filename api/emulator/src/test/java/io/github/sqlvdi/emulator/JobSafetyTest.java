package io.github.sqlvdi.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.statement.SqlStatement;
import io.github.sqlvdi.statement.Verdict;
import io.github.sqlvdi.stream.CommandHandler;
import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.JobException;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.testing.FailingSource;
import io.github.sqlvdi.testing.Looking;
import io.github.sqlvdi.testing.Patience;
import io.github.sqlvdi.testing.TestData;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Jobs lose no byte and call nothing good that is not, whatever the parts do that a program brings along. */
class JobSafetyTest {

    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();
    private static final byte[] STREAM = TestData.bytes(300_001, 1);

    @TempDir
    Path folder;

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static EmulatedServer server(String set, int devices) {
        EmulatedServer.Builder server = EmulatedServer.backup(set);
        for (int device = 0; device < devices; device++) {
            server.source(TestData.channel(STREAM));
        }
        return server.build();
    }

    private static void assertComplains(JobResult result, String text) {
        assertFalse(result.good());
        assertTrue(result.failures().stream().anyMatch(line -> line.contains(text)),
                () -> String.format(Locale.ROOT, "expected \"%s\" in %s", text, result.failures()));
    }

    @Test
    void sameFileForTwoDevicesIsRefusedAlsoThroughLinks() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("d"), Path.of("."));
        assumeTrue(Files.isSymbolicLink(link), "this system says that it makes symbolic links, but makes none");
        String set = TestData.setName();
        JobResult result = DeviceJob.backup(set).device(folder.resolve("t.bak")).device(link.resolve("t.bak"))
                .statement(server(set, 2)).build().run();
        assertComplains(result, "is being written by this program already");
        assertEquals(List.of("d"), left());
    }

    @Test
    void sameChannelForTwoDevicesIsRefused() {
        String set = TestData.setName();
        WritableByteChannel channel = TestData.channel(new ByteArrayOutputStream());
        JobResult result = DeviceJob.backup(set).device(JobDevice.toChannel(channel))
                .device(JobDevice.toChannel(channel)).statement(server(set, 2)).build().run();
        assertComplains(result, "have the same file or channel");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS,
            disabledReason = "Java on Windows has no key of a file, so hard links are not seen")
    void sameSourceForTwoDevicesIsRefused() throws IOException {
        Path file = Files.write(folder.resolve("a"), STREAM);
        Path hard = Files.createLink(folder.resolve("b"), file);
        String set = TestData.setName();
        JobResult result = DeviceJob.restore(set).device(file).device(hard)
                .statement(EmulatedServer.restore(set).target(TestData.channel(new ByteArrayOutputStream()))
                        .target(TestData.channel(new ByteArrayOutputStream())).build())
                .build().run();
        assertComplains(result, "have the same file or channel");
    }

    @Test
    void existingBackupIsReplacedOnlyWhenThatWasAskedFor() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "precious");
        String set = TestData.setName();
        assertComplains(DeviceJob.backup(set).device(file).statement(server(set, 1)).build().run(), "exists already");
        assertEquals("precious", Files.readString(file));
        String second = TestData.setName();
        assertTrue(DeviceJob.backup(second).device(JobDevice.replacingFile(file)).statement(server(second, 1)).build()
                .run().good());
        assertArrayEquals(STREAM, Files.readAllBytes(file));
    }

    private JobDevice failing(Error inPrepare, Error inFinish) {
        JobDevice file = JobDevice.toFile(folder.resolve("a"));
        return new JobDevice() {
            @Override
            public void prepare() throws IOException {
                file.prepare();
                if (inPrepare != null) {
                    throw inPrepare;
                }
            }

            @Override
            public CommandHandler open(VdiConfig agreed) throws IOException {
                return file.open(agreed);
            }

            @Override
            public void finish(boolean succeeded) throws IOException {
                file.finish(inFinish == null && succeeded);
                if (inFinish != null) {
                    throw inFinish;
                }
            }
        };
    }

    @Test
    void errorOfADeviceIsAFailureAndLeavesNothing() throws IOException {
        Error broken = new AssertionError("broken");
        for (JobDevice device : List.of(failing(broken, null), failing(null, broken))) {
            String set = TestData.setName();
            JobResult result = DeviceJob.backup(set).device(device).statement(server(set, 1)).build().run();
            assertComplains(result, "broken");
            assertSame(broken, result.problems().getLast());
            assertEquals(List.of(), left());
        }
    }

    @Test
    void errorOfAHandlerFailsTheStatement() {
        String set = TestData.setName();
        JobResult result = DeviceJob.backup(set).device(agreed -> command -> {
            throw new StackOverflowError("deep");
        }).statement(server(set, 1)).build().run();
        assertComplains(result, "deep");
    }

    @Test
    void errorOfAListenerIsAFailureAndLeavesNothing() throws IOException {
        String set = TestData.setName();
        JobResult result = DeviceJob.backup(set).device(folder.resolve("a"))
                .onProgress(Duration.ofMillis(1), progress -> {
                    throw new NoClassDefFoundError("listener");
                }).statement(server(set, 1)).build().run();
        assertFalse(result.good());
        assertTrue(result.problems().stream().anyMatch(NoClassDefFoundError.class::isInstance), result::toString);
        assertTrue(result.verdict().map(Verdict::good).orElse(false) || left().isEmpty(),
                () -> "left of a failed backup");
    }

    @Test
    void errorOfACancelDoesNotReachTheCaller() {
        String set = TestData.setName();
        CountDownLatch begun = new CountDownLatch(1);
        SqlStatement statement = new SqlStatement() {
            @Override
            public Verdict execute() throws InterruptedException {
                begun.countDown();
                new CountDownLatch(1).await(); // ended by the job's interrupt
                return new Verdict(false, List.of(), OptionalLong.empty());
            }

            @Override
            public void cancel() {
                throw new UnsatisfiedLinkError("no cancel");
            }
        };
        DeviceJob job = DeviceJob.backup(set).device(folder.resolve("a")).endTimeout(Duration.ofMillis(100))
                .statement(statement).build();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                begun.await();
                job.cancel();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        assertComplains(job.run(), "no cancel");
    }

    @Test
    void durationsMayBeOfAnySize() throws IOException {
        String set = TestData.setName();
        JobResult result = DeviceJob.backup(set).device(folder.resolve("a")).configurationTimeout(FOREVER)
                .endTimeout(FOREVER).onProgress(FOREVER, progress -> {
                }).statement(server(set, 1)).build().run();
        assertTrue(result.good(), result::toString);
        assertArrayEquals(STREAM, Files.readAllBytes(folder.resolve("a")));
    }

    @Test
    void interruptFromBeforeTheRunCancels() throws Exception {
        AtomicReference<JobResult> result = new AtomicReference<>();
        AtomicBoolean interrupted = new AtomicBoolean();
        String set = TestData.setName();
        DeviceJob job = DeviceJob.backup(set).device(folder.resolve("a")).statement(server(set, 1)).build();
        Thread caller = Thread.ofPlatform().start(() -> {
            Thread.currentThread().interrupt();
            result.set(job.run());
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        caller.join();
        assertComplains(result.get(), "cancelled");
        assertTrue(interrupted.get());
        assertEquals(List.of(), left());
    }

    @Test
    void interruptEndsTheWaitForTheConfigurationAtOnce() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        AtomicReference<JobResult> result = new AtomicReference<>();
        DeviceJob job = DeviceJob.backup(TestData.setName()).device(folder.resolve("a"))
                .configurationTimeout(Patience.LONG.multipliedBy(2)).statement(new SqlStatement() {
                    @Override
                    public Verdict execute() throws InterruptedException {
                        begun.countDown();
                        end.await();
                        return new Verdict(false, List.of(), OptionalLong.empty());
                    }

                    @Override
                    public void cancel() {
                        end.countDown();
                    }
                }).build();
        Thread caller = Thread.ofVirtual().start(() -> result.set(job.run()));
        begun.await();
        caller.interrupt();
        assertTrue(caller.join(Patience.LONG), "not at once");
        assertComplains(result.get(), "cancelled before the server configured");
    }

    @Test
    void openingOfANamedPipeIsCancelled() throws Exception {
        Path pipe = folder.resolve("pipe");
        boolean made;
        try {
            made = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
        } catch (IOException notInstalled) {
            made = false;
        }
        assumeTrue(made, "no mkfifo");
        for (boolean backup : List.of(true, false)) {
            String set = TestData.setName();
            DeviceJob job = (backup ? DeviceJob.backup(set) : DeviceJob.restore(set)).device(pipe)
                    .statement(server(set, 1)).build();
            AtomicReference<JobResult> result = new AtomicReference<>();
            Thread caller = Thread.ofPlatform().start(() -> result.set(job.run()));
            while (Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("sqlvdi-open-pipe"))) {
                Looking.pause();
            }
            job.cancel();
            assertTrue(caller.join(Patience.LONG), "still waits for the other end");
            assertComplains(result.get(), "cancelled");
        }
    }

    @Test
    void compressedStreamOfAFailedBackupDoesNotLookWhole() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        String set = TestData.setName();
        WritableByteChannel channel = Channels.newChannel(new GZIPOutputStream(compressed));
        JobResult result = DeviceJob.backup(set).device(JobDevice.toChannel(channel))
                .statement(EmulatedServer.backup(set).source(new FailingSource(new IOException("bad sector"))).build())
                .build().run();
        assertComplains(result, "bad sector");
        assertTrue(channel.isOpen(), "closing it would finish the stream");
        assertThrows(EOFException.class, () -> new GZIPInputStream(
                new ByteArrayInputStream(compressed.toByteArray())).readAllBytes());
    }

    @Test
    void compressedStreamOfAGoodBackupIsWhole() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        for (boolean complete : List.of(true, false)) {
            compressed.reset();
            String set = TestData.setName();
            JobResult result = DeviceJob.backup(set)
                    .device(JobDevice.toChannel(Channels.newChannel(new GZIPOutputStream(compressed))))
                    .statement(EmulatedServer.backup(set).source(TestData.channel(STREAM)).supportsComplete(complete)
                            .build())
                    .build().run();
            assertTrue(result.good(), result::toString);
            assertArrayEquals(STREAM, new GZIPInputStream(new ByteArrayInputStream(compressed.toByteArray()))
                    .readAllBytes());
        }
    }

    @Test
    void deviceOfAnotherClassThanTheSetIsNamed() {
        String set = TestData.setName();
        JobResult result = DeviceJob.backup(set).config(VdiConfig.builder().features(Features.LIKE_TAPE).build())
                .device(folder.resolve("a")).statement(server(set, 1)).build().run();
        assertComplains(result, "a PipeDevice, refused VDC_Rewind: give the set and its devices the same class");
    }

    @Test
    void orThrowTellsEverythingThatFailed() {
        String set = TestData.setName();
        JobResult result = DeviceJob.backup(set).device(folder.resolve("no/such/folder"))
                .statement(server(set, 1)).build().run();
        JobException failure = assertThrows(JobException.class, result::orThrow);
        assertEquals(String.join("; ", result.failures()), failure.getMessage());
        assertEquals(result.problems(), List.of(failure.getSuppressed()));
    }

    @Test
    void waitingJobsDoNotHoldTheCarriersOfVirtualThreads() throws Exception {
        List<DeviceJob> waiting = new ArrayList<>();
        List<Thread> callers = new ArrayList<>();
        CountDownLatch begun = new CountDownLatch(8);
        CountDownLatch end = new CountDownLatch(1);
        for (int job = 0; job < 8; job++) {
            DeviceJob one = DeviceJob.backup(TestData.setName()).device(folder.resolve("w" + job)).statement(() -> {
                begun.countDown();
                end.await();
                return new Verdict(false, List.of(), OptionalLong.empty());
            }).build();
            waiting.add(one);
            callers.add(Thread.ofVirtual().start(one::run));
        }
        assertTrue(begun.await(Patience.SECONDS, TimeUnit.SECONDS));
        String set = TestData.setName();
        AtomicReference<JobResult> result = new AtomicReference<>();
        Thread third = Thread.ofVirtual().start(() -> result.set(DeviceJob.backup(set).device(folder.resolve("a"))
                .statement(server(set, 1)).build().run()));
        assertTrue(third.join(Patience.LONG), "starved");
        assertTrue(result.get().good(), () -> result.get().toString());
        end.countDown();
        for (Thread caller : callers) {
            caller.join();
        }
    }

    /** Here the devices wait for commands, in the middle of the data. */
    @Test
    void jobsOfASilentServerDoNotHoldTheCarriersOfVirtualThreads() throws Exception {
        List<DeviceJob> waiting = new ArrayList<>();
        List<Thread> callers = new ArrayList<>();
        List<Pipe> sources = new ArrayList<>();
        CountDownLatch begun = new CountDownLatch(8);
        for (int job = 0; job < 8; job++) {
            Pipe source = Pipe.open();
            sources.add(source);
            String set = TestData.setName();
            DeviceJob one = DeviceJob.backup(set).device(agreed -> {
                begun.countDown();
                return command -> command.complete();
            }).statement(EmulatedServer.backup(set).source(source.source()).build()).build();
            waiting.add(one);
            callers.add(Thread.ofVirtual().start(one::run));
        }
        assertTrue(begun.await(Patience.SECONDS, TimeUnit.SECONDS));
        String set = TestData.setName();
        AtomicReference<JobResult> result = new AtomicReference<>();
        Thread other = Thread.ofVirtual().start(() -> result.set(DeviceJob.backup(set).device(folder.resolve("a"))
                .statement(server(set, 1)).build().run()));
        assertTrue(other.join(Patience.LONG), "starved");
        assertTrue(result.get().good(), () -> result.get().toString());
        waiting.forEach(DeviceJob::cancel);
        for (Thread caller : callers) {
            assertTrue(caller.join(Patience.LONG), "a cancelled job goes on");
        }
        for (Pipe source : sources) {
            source.sink().close();
        }
    }

    @Test
    void forcedChannelOfAFailedBackupIsLeftToTheCaller() throws IOException {
        String set = TestData.setName();
        try (FileChannel file = FileChannel.open(folder.resolve("raw"), StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE)) {
            JobResult result = DeviceJob.backup(set).device(JobDevice.toChannel(file))
                    .statement(EmulatedServer.backup(set).source(new FailingSource(new IOException("bad"))).build())
                    .build().run();
            assertFalse(result.good());
            assertTrue(file.isOpen());
        }
    }
}
