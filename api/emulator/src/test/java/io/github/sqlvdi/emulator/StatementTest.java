package io.github.sqlvdi.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.statement.SqlMessage;
import io.github.sqlvdi.statement.Verdict;
import io.github.sqlvdi.stream.CommandHandler;
import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.stream.PipeDevice;
import io.github.sqlvdi.testing.FailingSource;
import io.github.sqlvdi.testing.FailingTarget;
import io.github.sqlvdi.testing.TestData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a statement refuses, which commands it sends, and how it fails: with SQL Server's numbers (VDI reference 14.4). */
class StatementTest {

    private static final byte[] STREAM = TestData.bytes(400_001, 1);

    private static List<Integer> numbers(Verdict verdict) {
        return verdict.messages().stream().map(SqlMessage::number).toList();
    }

    private static void assertRefused(int number, EmulatedServer statement) {
        Verdict verdict = statement.execute();
        assertFalse(verdict.good());
        assertEquals(List.of(number, 3013), numbers(verdict));
    }

    private static EmulatedServer.Builder backup() {
        return EmulatedServer.backup(TestData.setName()).source(TestData.channel(STREAM));
    }

    @Test
    void sixtyFiveDevicesAreTooMany() {
        EmulatedServer.Builder statement = EmulatedServer.backup(TestData.setName());
        for (int device = 0; device < 65; device++) {
            statement.source(TestData.channel(STREAM));
        }
        assertRefused(3205, statement.build());
    }

    @ParameterizedTest
    @CsvSource({"0, 3250", "256, 3250", "131072, 3250", "-512, 3250", "1000, 3253", "65535, 3253"})
    void wrongBlockSizeIsRefused(int blockSize, int number) {
        assertRefused(number, backup().blockSize(blockSize).build());
    }

    @ParameterizedTest
    @CsvSource({"0, 3250", "4096, 3250", "4259840, 3250", "-65536, 3250", "65537, 3217", "100000, 3217"})
    void wrongTransferSizeIsRefused(int transferSize, int number) {
        assertRefused(number, backup().maxTransferSize(transferSize).build());
    }

    @Test
    void negativeBufferCountIsRefused() {
        assertRefused(3250, backup().bufferCount(-1).build());
    }

    @Test
    void snapshotOfTwoDevicesIsRefused() {
        assertRefused(3277, backup().source(TestData.channel(STREAM)).snapshot().build());
    }

    @Test
    void setThatDoesNotExistCannotBeOpened() {
        Verdict verdict = backup().build().execute();
        assertEquals(List.of(18210, 3201, 3013), numbers(verdict));
        assertTrue(verdict.messages().getFirst().text().contains("BackupVirtualDeviceSet::Initialize: Open failure"));
    }

    @Test
    void statementIsExecutedOnce() {
        EmulatedServer statement = backup().build();
        statement.execute();
        assertThrows(IllegalStateException.class, statement::execute);
    }

    @Test
    void statementCancelledBeforeItsExecutionDoesNothing() {
        EmulatedServer statement = backup().build();
        statement.cancel();
        assertEquals(List.of(3204, 3013), numbers(statement.execute()));
    }

    @Test
    void wrongDescriptionsAreRefused() {
        assertThrows(IllegalStateException.class, () -> backup().target(TestData.channel(new ByteArrayOutputStream())));
        assertThrows(IllegalStateException.class, () -> EmulatedServer.restore("x").source(TestData.channel(STREAM)));
        assertThrows(IllegalArgumentException.class, EmulatedServer.backup("x")::build);
        EmulatedServer.Builder restore =
                EmulatedServer.restore("x").target(TestData.channel(new ByteArrayOutputStream())).streamLengths(1, 2);
        assertThrows(IllegalArgumentException.class, restore::build);
        assertThrows(IllegalArgumentException.class, () -> backup().sectionSize(0));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void backupSendsWritesThenFlushThenCompleteIfItKnowsIt(boolean supportsComplete) {
        List<CommandCode> seen = Collections.synchronizedList(new ArrayList<>());
        String set = TestData.setName();
        JobResult result = DeviceJob.backup(set).device(recording(seen, new FailingTarget(Long.MAX_VALUE, null)))
                .statement(
                        EmulatedServer.backup(set).source(TestData.channel(STREAM)).supportsComplete(supportsComplete)
                                .build())
                .build().run();
        assertTrue(result.good(), () -> result.failures().toString());
        List<CommandCode> expected = new ArrayList<>(Collections.nCopies(7, CommandCode.WRITE));
        expected.add(CommandCode.FLUSH);
        if (supportsComplete) {
            expected.add(CommandCode.COMPLETE);
        }
        assertEquals(expected, seen);
    }

    @Test
    void emptyBackupSendsNoWrite() {
        List<CommandCode> seen = Collections.synchronizedList(new ArrayList<>());
        String set = TestData.setName();
        JobResult result = DeviceJob.backup(set).device(recording(seen, new FailingTarget(0, null)))
                .statement(EmulatedServer.backup(set).source(TestData.channel(new byte[0])).build()).build().run();
        assertTrue(result.good(), () -> result.failures().toString());
        assertEquals(List.of(CommandCode.FLUSH, CommandCode.COMPLETE), seen);
    }

    @Test
    void failedWriteIsFollowedByClearErrorAndClose() {
        List<CommandCode> seen = Collections.synchronizedList(new ArrayList<>());
        String set = TestData.setName();
        JobResult result = DeviceJob.backup(set)
                .device(recording(seen, new FailingTarget(0, new IOException("No space left on device"))))
                .statement(EmulatedServer.backup(set).source(TestData.channel(STREAM)).build()).build().run();
        assertEquals(List.of(18210, 3202, 3013), numbers(result.verdict().orElseThrow()));
        assertTrue(result.devices().getFirst().closed(), "an orderly end (VDI reference 2.7)");
        assertEquals(CommandCode.CLEAR_ERROR, seen.getLast());
        assertFalse(seen.contains(CommandCode.FLUSH));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void failureEndsTheWaitForASourceThatGivesNothing(int silent) throws IOException {
        Pipe nothing = Pipe.open();
        try (Pipe.SinkChannel open = nothing.sink(); Pipe.SourceChannel source = nothing.source()) {
            assertTrue(open.isOpen());
            String set = TestData.setName();
            CommandHandler handler = command -> command.fail(CompletionCodes.WRITE_FAULT);
            EmulatedServer.Builder statement = EmulatedServer.backup(set);
            for (int device = 0; device < 2; device++) {
                statement.source(device == silent ? source : TestData.channel(STREAM));
            }
            JobResult result = DeviceJob.backup(set).device(agreed -> handler).device(agreed -> handler)
                    .statement(statement.build()).build().run();
            assertEquals(List.of(18210, 3202, 3013), numbers(result.verdict().orElseThrow()));
        }
    }

    @ParameterizedTest
    @CsvSource({"100001, 4096, 0", "1, 65536, 0", "65536, 65536, 0", "0, 4096, 0", "400001, 512, 1048576",
        "100001, 4096, 8192"})
    void wholeBlocksMakeEveryWriteAMultipleOfTheBlockSize(int length, int blockSize, int section) {
        String set = TestData.setName();
        byte[] stream = TestData.bytes(length, 1);
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
        CommandHandler handler = command -> {
            if (command.code() == CommandCode.WRITE) {
                sizes.add(command.size());
                stored.writeBytes(command.data().toArray(ValueLayout.JAVA_BYTE));
            }
            command.complete(CompletionCodes.SUCCESS, command.size());
        };
        EmulatedServer.Builder server =
                EmulatedServer.backup(set).source(TestData.channel(stream)).blockSize(blockSize).wholeBlocks();
        VdiConfig.Builder config = VdiConfig.builder();
        if (section > 0) {
            config.features(Features.LIKE_TAPE);
            server.sectionSize(section);
        }
        JobResult result = DeviceJob.backup(set).config(config.build()).device(agreed -> handler)
                .statement(server.build()).build().run();
        assertTrue(result.good(), () -> result.failures().toString());
        assertTrue(sizes.stream().allMatch(size -> size % blockSize == 0), sizes::toString);
        int blocks = (length + blockSize - 1) / blockSize;
        assertArrayEquals(Arrays.copyOf(stream, blocks * blockSize), stored.toByteArray());
        assertEquals(blocks * blockSize, result.verdict().orElseThrow().bytes().orElseThrow());
    }

    @Test
    void recordingOfAnotherLengthKeepsItWithoutWholeBlocks() {
        String set = TestData.setName();
        List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
        JobResult result = DeviceJob.backup(set).device(agreed -> command -> {
            sizes.add(command.size());
            command.complete(CompletionCodes.SUCCESS, command.size());
        }).statement(EmulatedServer.backup(set).source(TestData.channel(TestData.bytes(100_001, 1))).blockSize(4096)
                .build()).build().run();
        assertTrue(result.good(), () -> result.failures().toString());
        assertEquals(100_001, sizes.stream().mapToInt(size -> size).sum());
    }

    @Test
    void sectionsOfPartsOfABlockAreRefusedForWholeBlocks() {
        EmulatedServer.Builder server = backup().blockSize(4096).sectionSize(1_000).wholeBlocks();
        assertThrows(IllegalArgumentException.class, server::build);
    }

    @ParameterizedTest
    @CsvSource({"true, true, BACKUP LOG", "true, false, BACKUP DATABASE", "false, true, RESTORE LOG",
        "false, false, RESTORE DATABASE"})
    void messagesNameTheStatement(boolean backup, boolean log, String name) {
        EmulatedServer.Builder failing = backup ? backup()
                : EmulatedServer.restore(TestData.setName()).target(TestData.channel(new ByteArrayOutputStream()));
        String failed = (log ? failing.log() : failing).build().execute().messages().getLast().text();
        assertEquals(name + " is terminating abnormally.", failed);
        String set = TestData.setName();
        EmulatedServer.Builder server = backup
                ? EmulatedServer.backup(set).source(TestData.channel(STREAM))
                : EmulatedServer.restore(set).target(TestData.channel(new ByteArrayOutputStream()));
        DeviceJob.Builder job = backup
                ? DeviceJob.backup(set).device(JobDevice.toChannel(new FailingTarget(Long.MAX_VALUE, null)))
                : DeviceJob.restore(set).device(JobDevice.fromChannel(TestData.channel(STREAM)));
        JobResult result = job.statement((log ? server.log() : server).build()).build().run();
        String text = result.verdict().orElseThrow().messages().getFirst().text();
        assertTrue(text.startsWith(name + " successfully processed"), text);
    }

    @Test
    void refusedFlushFailsTheBackup() {
        String set = TestData.setName();
        CommandHandler handler = command -> {
            if (command.code() == CommandCode.FLUSH) {
                command.fail(CompletionCodes.HANDLE_DISK_FULL);
            } else {
                command.complete();
            }
        };
        JobResult result = DeviceJob.backup(set).device(agreed -> handler)
                .statement(EmulatedServer.backup(set).source(TestData.channel(STREAM)).build()).build().run();
        assertEquals(List.of(18210, 3271, 3013), numbers(result.verdict().orElseThrow()));
        assertTrue(result.failures().toString().contains("RequestDurableMedia"),
                () -> result.failures().toString());
    }

    @Test
    void refusedCompleteFailsTheBackup() {
        String set = TestData.setName();
        CommandHandler handler = command -> {
            if (command.code() == CommandCode.COMPLETE) {
                command.fail(CompletionCodes.OPERATION_ABORTED);
            } else {
                command.complete();
            }
        };
        JobResult result = DeviceJob.backup(set).device(agreed -> handler)
                .statement(EmulatedServer.backup(set).source(TestData.channel(STREAM)).build()).build().run();
        assertFalse(result.good());
        assertEquals(List.of(18210, 3271, 3013), numbers(result.verdict().orElseThrow()));
    }

    @Test
    void writeThatIsShortWithoutAReasonFailsTheBackup() {
        String set = TestData.setName();
        CommandHandler handler = command -> {
            if (command.code() == CommandCode.WRITE) {
                command.complete(CompletionCodes.SUCCESS, command.size() / 2);
            } else {
                command.complete();
            }
        };
        JobResult result = DeviceJob.backup(set).device(agreed -> handler)
                .statement(EmulatedServer.backup(set).source(TestData.channel(STREAM)).build()).build().run();
        assertEquals(List.of(3271, 3013), numbers(result.verdict().orElseThrow()));
    }

    @Test
    void databaseFileThatCannotBeReadFailsTheBackup() {
        String set = TestData.setName();
        JobResult result = DeviceJob.backup(set).device(JobDevice.toChannel(new FailingTarget(Long.MAX_VALUE, null)))
                .statement(EmulatedServer.backup(set).source(new FailingSource(new IOException("bad sector"))).build())
                .build().run();
        assertEquals(List.of(3634, 3013), numbers(result.verdict().orElseThrow()));
    }

    @Test
    void databaseFileThatCannotBeWrittenFailsTheRestore() {
        String set = TestData.setName();
        JobResult result = DeviceJob.restore(set).device(JobDevice.fromChannel(TestData.channel(STREAM)))
                .statement(EmulatedServer.restore(set).target(new FailingTarget(100_000, new IOException("full")))
                        .build())
                .build().run();
        assertEquals(List.of(3634, 3013), numbers(result.verdict().orElseThrow()));
    }

    @ParameterizedTest
    @ValueSource(longs = {400_000, 400_002, 0})
    void streamOfAnotherLengthFailsTheRestore(long length) {
        String set = TestData.setName();
        JobResult result = DeviceJob.restore(set).device(JobDevice.fromChannel(TestData.channel(STREAM)))
                .statement(EmulatedServer.restore(set).target(TestData.channel(new ByteArrayOutputStream()))
                        .streamLengths(length).build())
                .build().run();
        assertEquals(List.of(3271, 3013), numbers(result.verdict().orElseThrow()));
    }

    /** One real client completes short reads with success (VDI reference 8.3). */
    @ParameterizedTest
    @ValueSource(ints = {Features.LIKE_PIPE, Features.LIKE_DISK})
    void shortReadsWithSuccessAreTakenAsTheyCome(int features) {
        String set = TestData.setName();
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        int[] next = {0};
        CommandHandler handler = command -> {
            int from = features == Features.LIKE_DISK ? (int) Math.min(STREAM.length, command.position()) : next[0];
            int count = Math.min(Math.min(command.size(), 10_007), STREAM.length - from);
            command.buffer().put(STREAM, from, count);
            next[0] = from + count;
            command.complete(count == 0 ? CompletionCodes.HANDLE_EOF : CompletionCodes.SUCCESS, count);
        };
        JobResult result = DeviceJob.restore(set).config(VdiConfig.builder().features(features).build())
                .device(agreed -> handler)
                .statement(EmulatedServer.restore(set).target(TestData.channel(target)).build()).build().run();
        assertTrue(result.good(), () -> result.failures().toString());
        assertEquals(-1, Arrays.mismatch(STREAM, target.toByteArray()));
    }

    @Test
    void dataBehindTheEndFailsTheRestore() {
        String set = TestData.setName();
        int[] reads = {0};
        CommandHandler handler = command -> command.complete(
                reads[0]++ == 0 ? CompletionCodes.HANDLE_EOF : CompletionCodes.SUCCESS, command.size());
        JobResult result = DeviceJob.restore(set).device(agreed -> handler)
                .statement(EmulatedServer.restore(set).target(TestData.channel(new ByteArrayOutputStream())).build())
                .build().run();
        assertEquals(List.of(3271, 3013), numbers(result.verdict().orElseThrow()));
    }

    private static JobDevice recording(List<CommandCode> seen, FailingTarget target) {
        return agreed -> {
            PipeDevice device = PipeDevice.writing(target);
            return command -> {
                seen.add(command.code());
                device.handle(command);
            };
        };
    }
}
