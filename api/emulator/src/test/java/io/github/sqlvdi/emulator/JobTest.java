package io.github.sqlvdi.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.statement.DeviceOutcome;
import io.github.sqlvdi.statement.SqlMessage;
import io.github.sqlvdi.statement.SqlStatement;
import io.github.sqlvdi.statement.Verdict;
import io.github.sqlvdi.stream.CommandHandler;
import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.stream.PipeDevice;
import io.github.sqlvdi.testing.FailingSource;
import io.github.sqlvdi.testing.FailingTarget;
import io.github.sqlvdi.testing.MachineLag;
import io.github.sqlvdi.testing.Patience;
import io.github.sqlvdi.testing.TestData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How jobs end when something fails: always, in time, with the reason, and with nothing half-written. */
class JobTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final byte[] STREAM = TestData.bytes(1_000_003, 1);

    @TempDir
    Path folder;

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static void assertComplains(JobResult result, String text) {
        assertFalse(result.good());
        assertTrue(result.failures().stream().anyMatch(line -> line.contains(text)),
                () -> String.format(Locale.ROOT, "expected \"%s\" in %s", text, result.failures()));
    }

    private static SqlStatement never(AtomicBoolean executed) {
        return () -> {
            executed.set(true);
            return new Verdict(false, List.of(), OptionalLong.of(0));
        };
    }

    @Test
    void missingSourceEndsBeforeTheStatement() {
        AtomicBoolean executed = new AtomicBoolean();
        JobResult result = DeviceJob.restore(TestData.setName()).device(folder.resolve("missing.bak"))
                .statement(never(executed)).build().run();
        assertComplains(result, "missing.bak");
        assertInstanceOf(NoSuchFileException.class, result.problems().getFirst());
        assertFalse(executed.get());
    }

    @Test
    void unwritableTargetEndsBeforeTheStatementAndLeavesNoOtherTarget() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        AtomicBoolean executed = new AtomicBoolean();
        JobResult result = DeviceJob.backup(TestData.setName()).device(folder.resolve("good.bak"))
                .device(file.resolve("below-a-file.bak")).statement(never(executed)).build().run();
        assertComplains(result, "below-a-file.bak");
        assertInstanceOf(FileSystemException.class, result.problems().getFirst());
        assertFalse(executed.get());
        assertEquals(List.of(file), left());
    }

    @Test
    void statementThatFailsBeforeOpenEndsTheJobAtOnce() throws IOException {
        SqlMessage refusal = new SqlMessage(3265, 16, "The login has insufficient authority.");
        JobResult result;
        try (MachineLag lag = MachineLag.start()) {
            result = DeviceJob.backup(TestData.setName()).device(folder.resolve("a"))
                    .configurationTimeout(Patience.LONG)
                    .statement(() -> new Verdict(false, List.of(refusal), OptionalLong.empty())).build().run();
            lag.assertWithin("a job whose statement fails at once", Duration.ofSeconds(5));
        }
        assertComplains(result, "The statement ended before the server configured");
        assertComplains(result, "3265");
        assertEquals(List.of(), left());
    }

    @Test
    void statementThatThrowsIsTold() {
        JobResult result = DeviceJob.backup(TestData.setName()).device(folder.resolve("a")).statement(() -> {
            throw new IOException("login failed");
        }).build().run();
        assertComplains(result, "login failed");
        assertTrue(result.verdict().isEmpty());
    }

    @Test
    void statementThatNeverOpensTheSetIsCancelledAfterTheTimeout() {
        CountDownLatch cancelled = new CountDownLatch(1);
        SqlStatement blocked = new SqlStatement() {
            @Override
            public Verdict execute() throws InterruptedException {
                cancelled.await();
                return new Verdict(false, List.of(), OptionalLong.empty());
            }

            @Override
            public void cancel() {
                cancelled.countDown();
            }
        };
        JobResult result = DeviceJob.backup(TestData.setName()).device(folder.resolve("a"))
                .configurationTimeout(SHORT).statement(blocked).build().run();
        assertComplains(result, "did not configure the device set");
        assertEquals(0, cancelled.getCount());
    }

    @Test
    void statementThatNeverEndsIsGivenUp() {
        CountDownLatch release = new CountDownLatch(1);
        JobResult result = DeviceJob.backup(TestData.setName()).device(folder.resolve("a"))
                .configurationTimeout(SHORT).endTimeout(SHORT).statement(() -> {
                    while (true) {
                        try {
                            release.await();
                            return new Verdict(true, List.of(), OptionalLong.of(0));
                        } catch (InterruptedException deaf) {
                            continue;
                        }
                    }
                }).build().run();
        release.countDown();
        assertComplains(result, "reacts neither to its cancel nor to an interrupt");
    }

    /** A statement that somebody else executes: all it learns is what the devices tell. */
    private static SqlStatement elsewhere(Runnable begin, AtomicReference<List<DeviceOutcome>> told) {
        CompletableFuture<Verdict> verdict = new CompletableFuture<>();
        return new SqlStatement() {

            @Override
            public Verdict execute() throws Exception {
                begin.run();
                return verdict.get();
            }

            @Override
            public void devicesEnded(List<DeviceOutcome> devices) {
                told.set(devices);
                verdict.complete(new Verdict(!devices.isEmpty(), List.of(), OptionalLong.empty()));
            }
        };
    }

    @Test
    void statementLearnsThatTheDevicesHaveEnded() throws IOException {
        String set = TestData.setName();
        AtomicReference<List<DeviceOutcome>> told = new AtomicReference<>();
        EmulatedServer server = EmulatedServer.backup(set).source(TestData.channel(STREAM)).build();
        Runnable begin = () -> Thread.ofPlatform().start(server::execute);
        JobResult result = DeviceJob.backup(set).device(folder.resolve("a")).statement(elsewhere(begin, told)).build()
                .run();
        assertTrue(result.good(), result.failures()::toString);
        assertEquals(result.devices(), told.get());
        assertArrayEquals(STREAM, Files.readAllBytes(folder.resolve("a")));
    }

    @Test
    void statementLearnsThatThereNeverWereDevices() throws IOException {
        AtomicReference<List<DeviceOutcome>> told = new AtomicReference<>();
        JobResult result = DeviceJob.backup(TestData.setName()).device(folder.resolve("a"))
                .configurationTimeout(SHORT).statement(elsewhere(() -> {
                }, told)).build().run();
        assertComplains(result, "did not configure");
        assertEquals(List.of(), told.get());
        assertEquals(List.of(), left());
    }

    @Test
    void cancelInTheMiddleEndsEverythingAndLeavesNothing() throws IOException {
        String set = TestData.setName();
        AtomicReference<DeviceJob> job = new AtomicReference<>();
        AtomicBoolean moving = new AtomicBoolean();
        job.set(DeviceJob.backup(set).device(folder.resolve("endless.bak"))
                .onProgress(Duration.ofMillis(5), progress -> {
                    if (progress.bytes() > 1_000_000) {
                        moving.set(true);
                        job.get().cancel();
                    }
                })
                .statement(EmulatedServer.backup(set).source(endless()).build()).build());
        JobResult result = job.get().run();
        assertTrue(moving.get());
        assertComplains(result, "cancelled");
        assertTrue(result.verdict().isPresent(), "the statement ended");
        assertTrue(result.bytes() > 1_000_000);
        assertEquals(List.of(), left());
    }

    @Test
    void cancelEndsAServerThatWaitsForItsOwnData() throws Exception {
        String set = TestData.setName();
        Pipe pipe = Pipe.open();
        try (Pipe.SinkChannel sink = pipe.sink(); Pipe.SourceChannel silent = pipe.source()) {
            sink.write(ByteBuffer.allocate(100));
            CountDownLatch open = new CountDownLatch(1);
            DeviceJob job = DeviceJob.backup(set).device(agreed -> {
                open.countDown();
                return PipeDevice.writing(TestData.channel(new ByteArrayOutputStream()));
            }).statement(EmulatedServer.backup(set).source(silent).build()).build();
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    open.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                job.cancel();
            });
            JobResult result = job.run();
            assertComplains(result, "cancelled");
            assertEquals(3013, result.verdict().orElseThrow().messages().getLast().number());
        }
    }

    @Test
    void cancelBeforeTheRunEndsItAtOnce() throws IOException {
        AtomicBoolean executed = new AtomicBoolean();
        DeviceJob job = DeviceJob.backup(TestData.setName()).device(folder.resolve("a")).statement(never(executed))
                .build();
        job.cancel();
        assertComplains(job.run(), "cancelled");
        assertFalse(executed.get());
        assertEquals(List.of(), left());
    }

    @Test
    void interruptOfTheCallerCancels() throws Exception {
        String set = TestData.setName();
        CountDownLatch working = new CountDownLatch(1);
        AtomicReference<JobResult> result = new AtomicReference<>();
        AtomicBoolean interrupted = new AtomicBoolean();
        DeviceJob job = DeviceJob.backup(set).device(folder.resolve("a"))
                .onProgress(Duration.ofMillis(5), progress -> {
                    if (progress.bytes() > 0) {
                        working.countDown();
                    }
                })
                .statement(EmulatedServer.backup(set).source(endless()).build()).build();
        Thread caller = new Thread(() -> {
            result.set(job.run());
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        caller.start();
        working.await();
        caller.interrupt();
        caller.join();
        assertComplains(result.get(), "cancelled");
        assertTrue(interrupted.get());
    }

    @Test
    void failingTargetFailsTheStatementWithItsReason() throws IOException {
        String set = TestData.setName();
        IOException full = new IOException("No space left on device");
        JobResult result = DeviceJob.backup(set)
                .device(folder.resolve("good.bak"))
                .device(JobDevice.toChannel(new FailingTarget(500_000, full)))
                .statement(EmulatedServer.backup(set).source(TestData.channel(STREAM)).source(TestData.channel(STREAM))
                        .build())
                .build().run();
        assertComplains(result,
                String.format(Locale.ROOT, "Msg 3202, Level 16: Write on \"%s1\" failed: 112(ERROR_DISK_FULL)", set));
        assertComplains(result, "Msg 3013");
        assertComplains(result,
                String.format(Locale.ROOT, "Device %s1: java.io.IOException: No space left on device", set));
        assertEquals(List.of(), left(), "the good device's file is no backup either");
    }

    @Test
    void failingSourceOfARestoreFailsTheStatement() {
        String set = TestData.setName();
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        JobResult result =
                DeviceJob.restore(set).device(JobDevice.fromChannel(new FailingSource(new IOException("bad"))))
                        .statement(EmulatedServer.restore(set).target(TestData.channel(target)).build()).build().run();
        assertComplains(result,
                String.format(Locale.ROOT, "Msg 3203, Level 16: Read on \"%s\" failed: 30(ERROR_READ_FAULT)", set));
    }

    @Test
    void deviceThatCannotBeOpenedAbortsTheOthers() {
        String set = TestData.setName();
        JobResult result = DeviceJob.backup(set).device(folder.resolve("a")).device(agreed -> {
            throw new IOException("no tape drive");
        }).statement(EmulatedServer.backup(set).source(endless()).source(endless()).build()).build().run();
        assertComplains(result, "no tape drive");
    }

    @Test
    void hookThatWaitsIsInterruptedAfterACancel() {
        String set = TestData.setName();
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        CommandHandler handler = command -> {
            stuck.countDown();
            try {
                never.await();
            } catch (InterruptedException woken) {
                throw new IOException("woken", woken);
            }
        };
        DeviceJob job = DeviceJob.backup(set).device(agreed -> handler).endTimeout(SHORT)
                .statement(EmulatedServer.backup(set).source(TestData.channel(STREAM)).build()).build();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                stuck.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            job.cancel();
        });
        JobResult result = job.run();
        assertComplains(result, "cancelled");
        assertComplains(result, "woken");
    }

    @Test
    void statementOfTheOtherDirectionIsRefused() {
        String set = TestData.setName();
        JobResult result = DeviceJob.backup(set).device(folder.resolve("a")).statement(EmulatedServer.restore(set)
                .target(TestData.channel(new ByteArrayOutputStream())).build()).build().run();
        assertComplains(result, "The statement reads its devices, but this job is a backup");
    }

    @Test
    void serverThatRefusesTheConfigurationEndsTheJob() {
        String set = TestData.setName();
        JobResult result = DeviceJob.backup(set).device(folder.resolve("a")).device(folder.resolve("b"))
                .statement(EmulatedServer.backup(set).source(TestData.channel(STREAM)).build()).build().run();
        assertComplains(result, "Msg 3261");
    }

    @Test
    void goodVerdictWhoseTargetCannotBeNamedIsNotGoodAndKeepsTheData() throws IOException {
        String set = TestData.setName();
        Path target = folder.resolve("a.bak");
        EmulatedServer server = EmulatedServer.backup(set).source(TestData.channel(STREAM)).build();
        JobResult result = DeviceJob.backup(set).device(target).statement(() -> {
            Verdict verdict = server.execute();
            Files.createDirectory(target);
            Files.createFile(target.resolve("in the way"));
            return verdict;
        }).build().run();
        assertComplains(result, "could not be given its name");
        Path kept = left().stream().filter(Files::isRegularFile).findFirst().orElseThrow();
        assertArrayEquals(STREAM, Files.readAllBytes(kept));
    }

    @Test
    void progressOnlyGrowsAndEndsWithAllBytes() throws IOException {
        String set = TestData.setName();
        List<Long> seen = new ArrayList<>();
        DeviceJob job = DeviceJob.backup(set).device(folder.resolve("a")).device(folder.resolve("b"))
                .onProgress(Duration.ofMillis(1), progress -> seen.add(progress.bytes()))
                .statement(EmulatedServer.backup(set).source(TestData.channel(STREAM)).source(TestData.channel(STREAM))
                        .build())
                .build();
        assertEquals(List.of(0L, 0L), job.progress().deviceBytes());
        assertTrue(job.run().good());
        assertEquals(seen.stream().sorted().toList(), seen);
        assertEquals(List.of((long) STREAM.length, (long) STREAM.length), job.progress().deviceBytes());
    }

    @Test
    void jobRunsOnce() {
        DeviceJob job = DeviceJob.backup(TestData.setName()).device(folder.resolve("a"))
                .statement(() -> new Verdict(false, List.of(), OptionalLong.empty())).build();
        job.run();
        assertThrows(IllegalStateException.class, job::run);
    }

    @Test
    void setNameThatIsTakenIsToldAndTheOtherSetLives() {
        String set = TestData.setName();
        AtomicReference<JobResult> second = new AtomicReference<>();
        EmulatedServer server = EmulatedServer.backup(set).source(TestData.channel(STREAM)).build();
        JobResult first = DeviceJob.backup(set).device(folder.resolve("a")).statement(() -> {
            second.set(DeviceJob.backup(set).device(folder.resolve("b")).statement(never(new AtomicBoolean())).build()
                    .run());
            return server.execute();
        }).build().run();
        assertTrue(first.good(), () -> first.failures().toString());
        assertComplains(second.get(), "VD_E_PROTOCOL");
    }

    @Test
    void wrongDescriptionsAreRefused() {
        DeviceJob.Builder none = DeviceJob.backup("x").statement(never(new AtomicBoolean()));
        assertThrows(IllegalArgumentException.class, none::build);
        for (int device = 0; device < 65; device++) {
            none.device(folder.resolve("d" + device));
        }
        assertTrue(assertThrows(IllegalArgumentException.class, none::build).getMessage().contains("65 devices"));
        assertThrows(IllegalArgumentException.class, DeviceJob.backup("x").device(folder.resolve("a"))::build);
        assertThrows(IllegalArgumentException.class, () -> none.endTimeout(Duration.ZERO));
    }

    @Test
    void awkwardSetNamesWork() {
        for (String name : List.of("it's", "[db] \"x\"", "n".repeat(200), "резервная копия 备份", "a/b", "..")) {
            String set = name + TestData.setName();
            ByteArrayOutputStream target = new ByteArrayOutputStream();
            JobResult result = DeviceJob.backup(set).device(JobDevice.toChannel(TestData.channel(target)))
                    .statement(EmulatedServer.backup(set).source(TestData.channel(STREAM)).build()).build().run();
            assertTrue(result.good(), () -> name + ": " + result.failures());
            assertArrayEquals(STREAM, target.toByteArray());
        }
        String refusal = assertThrows(IllegalArgumentException.class, () -> DeviceJob.backup("back\\slash")
                .device(folder.resolve("a")).statement(never(new AtomicBoolean())).build()).getMessage();
        assertTrue(refusal.contains("\"back\\slash\": expected no backslash"), refusal);
    }

    @Test
    void prefixZoneAndAlignmentChangeNothing() throws IOException {
        String set = TestData.setName();
        Path file = folder.resolve("a");
        JobResult result = DeviceJob.backup(set).device(file)
                .config(VdiConfig.builder().prefixZoneSize(100).alignment(65_536).features(Features.DISCARD).build())
                .statement(EmulatedServer.backup(set).source(TestData.channel(STREAM)).build()).build().run();
        assertTrue(result.good(), () -> result.failures().toString());
        assertArrayEquals(STREAM, Files.readAllBytes(file));
    }

    private static ReadableByteChannel endless() {
        return new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer target) {
                int count = target.remaining();
                target.position(target.limit());
                return count;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
            }
        };
    }
}
