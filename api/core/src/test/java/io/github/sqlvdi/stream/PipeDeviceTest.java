package io.github.sqlvdi.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.testing.FailingSource;
import io.github.sqlvdi.testing.FailingTarget;
import io.github.sqlvdi.testing.TestData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pipe-like device, command by command (VDI reference 8, 9.1). */
class PipeDeviceTest {

    private static final VdiConfig PIPE = VdiConfig.builder().build();

    @TempDir
    Path folder;

    @Test
    void readIsFilledThoughTheChannelGivesLittle() throws Exception {
        byte[] stream = TestData.bytes(10_000, 1);
        try (DeviceProbe probe = reading(dripping(stream, 7))) {
            DeviceProbe.Answer first = probe.read(8_192, 0);
            assertEquals(CompletionCodes.SUCCESS, first.code());
            assertEquals(8_192, first.count());
            DeviceProbe.Answer last = probe.read(8_192, 0);
            assertEquals(CompletionCodes.HANDLE_EOF, last.code());
            assertEquals(10_000 - 8_192, last.count());
            assertArrayEquals(Arrays.copyOfRange(stream, 8_192, 10_000), last.data());
        }
    }

    @Test
    void readBehindTheEndGivesEofAgainAndAgain() throws Exception {
        try (DeviceProbe probe = reading(TestData.channel(new byte[0]))) {
            for (int time = 0; time < 3; time++) {
                DeviceProbe.Answer answer = probe.read(512, 0);
                assertEquals(CompletionCodes.HANDLE_EOF, answer.code());
                assertEquals(0, answer.count());
            }
        }
    }

    @Test
    void readThatEndsWithTheStreamIsSuccess() throws Exception {
        try (DeviceProbe probe = reading(TestData.channel(new byte[1_024]))) {
            assertEquals(CompletionCodes.SUCCESS, probe.read(1_024, 0).code());
            assertEquals(CompletionCodes.HANDLE_EOF, probe.read(1_024, 0).code());
        }
    }

    @Test
    void failingSourceIsReadFaultAndTheCauseIsKept() throws Exception {
        IOException cause = new IOException("the cable is out");
        try (DeviceProbe probe = reading(new FailingSource(cause))) {
            assertEquals(CompletionCodes.READ_FAULT, probe.read(512, 0).code());
            assertSame(cause, probe.finish().failure().orElseThrow());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"No space left on device", "There is not enough space on the disk", "Disk quota exceeded"})
    void fullStorageIsDiskFull(String text) throws Exception {
        try (DeviceProbe probe = writing(new FailingTarget(0, new IOException(text)))) {
            assertEquals(CompletionCodes.DISK_FULL, probe.write(new byte[512], 0).code());
        }
    }

    @Test
    void otherWriteErrorIsWriteFault() throws Exception {
        try (DeviceProbe probe = writing(new FailingTarget(0, new IOException("Broken pipe")))) {
            assertEquals(CompletionCodes.WRITE_FAULT, probe.write(new byte[512], 0).code());
        }
    }

    @Test
    void streamWithAHoleIsNeverAcknowledged() throws Exception {
        try (DeviceProbe probe = writing(new FailingTarget(512, new IOException("No space left on device")))) {
            assertEquals(CompletionCodes.SUCCESS, probe.write(new byte[512], 0).code());
            assertEquals(CompletionCodes.DISK_FULL, probe.write(new byte[512], 0).code());
            assertEquals(CompletionCodes.SUCCESS, probe.send(CommandCode.CLEAR_ERROR).code());
            assertEquals(CompletionCodes.DISK_FULL, probe.send(CommandCode.FLUSH).code());
            assertEquals(CompletionCodes.SUCCESS, probe.send(CommandCode.CLEAR_ERROR).code());
            assertEquals(CompletionCodes.DISK_FULL, probe.send(CommandCode.COMPLETE).code());
        }
    }

    @Test
    void channelThatTakesNothingIsAnErrorNotALoop() throws Exception {
        WritableByteChannel stuck = new FailingTarget(Integer.MAX_VALUE, null) {
            @Override
            public int write(ByteBuffer source) {
                return 0;
            }
        };
        try (DeviceProbe probe = writing(stuck)) {
            assertEquals(CompletionCodes.WRITE_FAULT, probe.write(new byte[512], 0).code());
        }
    }

    @ParameterizedTest
    @EnumSource(value = CommandCode.class, names = {"REWIND", "WRITE_MARK", "SKIP_MARKS", "SKIP_BLOCKS", "LOAD",
        "GET_POSITION", "SET_POSITION", "SNAPSHOT", "MOUNT_SNAPSHOT", "PREPARE_TO_FREEZE", "FILE_INFO_BEGIN",
        "FILE_INFO_END", "GET_ERROR"})
    void commandOfAnotherClassIsNotSupported(CommandCode code) throws Exception {
        try (DeviceProbe probe = writing(TestData.channel(new ByteArrayOutputStream()))) {
            assertNotSupported(probe.send(code));
            assertEquals(CompletionCodes.SUCCESS, probe.send(CommandCode.FLUSH).code());
        }
    }

    @Test
    void unknownNumberIsNotSupported() throws Exception {
        try (DeviceProbe probe = writing(TestData.channel(new ByteArrayOutputStream()))) {
            assertNotSupported(probe.sendRaw(4711));
        }
    }

    @Test
    void wrongDirectionIsNotSupported() throws Exception {
        try (DeviceProbe probe = writing(TestData.channel(new ByteArrayOutputStream()))) {
            assertNotSupported(probe.read(512, 0));
        }
        try (DeviceProbe probe = reading(TestData.channel(new byte[10]))) {
            assertNotSupported(probe.write(new byte[512], 0));
        }
    }

    @Test
    void completeClosesTheFileAndFlushAfterItSucceeds() throws Exception {
        Path file = folder.resolve("target");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        byte[] data = TestData.bytes(1_536, 3);
        try (DeviceProbe probe = writing(channel)) {
            assertEquals(CompletionCodes.SUCCESS, probe.write(data, 0).code());
            assertEquals(CompletionCodes.SUCCESS, probe.send(CommandCode.FLUSH).code());
            assertEquals(CompletionCodes.SUCCESS, probe.send(CommandCode.COMPLETE).code());
            assertFalse(channel.isOpen());
            assertEquals(CompletionCodes.SUCCESS, probe.send(CommandCode.FLUSH).code());
            assertTrue(probe.finish().failure().isEmpty());
        }
        assertArrayEquals(data, Files.readAllBytes(file));
    }

    @Test
    void flushOfAFileThatWasClosedElsewhereFails() throws Exception {
        FileChannel channel = FileChannel.open(folder.resolve("x"), StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE);
        try (DeviceProbe probe = writing(channel)) {
            channel.close();
            assertEquals(CompletionCodes.WRITE_FAULT, probe.send(CommandCode.FLUSH).code());
        }
    }

    @Test
    void snapshotHooksAreCalledInOrder() throws Exception {
        List<String> calls = new ArrayList<>();
        VdiConfig config = VdiConfig.builder().features(Features.SNAPSHOT_PREPARE).build();
        JobDevice device =
                agreed -> PipeDevice.writing(TestData.channel(new ByteArrayOutputStream()), hooks(calls, null));
        try (DeviceProbe probe = new DeviceProbe(config, device)) {
            assertEquals(CompletionCodes.SUCCESS, probe.send(CommandCode.PREPARE_TO_FREEZE).code());
            assertEquals(CompletionCodes.SUCCESS, probe.send(CommandCode.SNAPSHOT).code());
            assertEquals(CompletionCodes.SUCCESS, probe.send(CommandCode.MOUNT_SNAPSHOT).code());
        }
        assertEquals(List.of("prepare", "snapshot", "mount"), calls);
    }

    @Test
    void refusedSnapshotIsOperationAborted() throws Exception {
        IOException refusal = new IOException("the array has no room for a snapshot");
        JobDevice device = agreed -> PipeDevice.writing(TestData.channel(new ByteArrayOutputStream()),
                hooks(new ArrayList<>(), refusal));
        try (DeviceProbe probe = new DeviceProbe(PIPE, device)) {
            assertEquals(CompletionCodes.OPERATION_ABORTED, probe.send(CommandCode.SNAPSHOT).code());
            Throwable failure = probe.finish().failure().orElseThrow();
            assertInstanceOf(DeviceFailureException.class, failure);
            assertSame(refusal, failure.getCause());
        }
    }

    @Test
    void handlerThatForgetsACommandIsAnsweredFor() throws Exception {
        try (DeviceProbe probe = new DeviceProbe(PIPE, agreed -> command -> {})) {
            assertEquals(CompletionCodes.WRITE_FAULT, probe.write(new byte[512], 0).code());
            assertInstanceOf(IllegalStateException.class, probe.finish().failure().orElseThrow());
        }
    }

    @Test
    void handlerChoosesTheCode() throws Exception {
        CommandHandler handler = command -> {
            throw new DeviceFailureException(CompletionCodes.CRC, "The tape is creased");
        };
        try (DeviceProbe probe = new DeviceProbe(PIPE, agreed -> handler)) {
            assertEquals(CompletionCodes.CRC, probe.read(512, 0).code());
        }
    }

    @Test
    void nonBlockingChannelIsRefused() throws Exception {
        Pipe pipe = Pipe.open();
        try (Pipe.SourceChannel source = pipe.source(); Pipe.SinkChannel sink = pipe.sink()) {
            source.configureBlocking(false);
            sink.configureBlocking(false);
            assertThrows(IllegalArgumentException.class, () -> PipeDevice.reading(source));
            assertThrows(IllegalArgumentException.class, () -> PipeDevice.writing(sink));
        }
    }

    private static void assertNotSupported(DeviceProbe.Answer answer) {
        assertEquals(CompletionCodes.NOT_SUPPORTED, answer.code());
        assertEquals(0, answer.count());
    }

    private static DeviceProbe reading(ReadableByteChannel source) throws Exception {
        return new DeviceProbe(PIPE, agreed -> PipeDevice.reading(source));
    }

    private static DeviceProbe writing(WritableByteChannel target) throws Exception {
        return new DeviceProbe(PIPE, agreed -> PipeDevice.writing(target));
    }

    private static ReadableByteChannel dripping(byte[] stream, int most) {
        ByteBuffer left = ByteBuffer.wrap(stream);
        return new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer target) {
                int count = Math.min(most, Math.min(left.remaining(), target.remaining()));
                target.put(left.slice(left.position(), count));
                left.position(left.position() + count);
                return count == 0 ? -1 : count;
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

    private static SnapshotHooks hooks(List<String> calls, IOException refusal) {
        return new SnapshotHooks() {
            @Override
            public void prepareToFreeze() {
                calls.add("prepare");
            }

            @Override
            public void snapshot() throws IOException {
                calls.add("snapshot");
                if (refusal != null) {
                    throw refusal;
                }
            }

            @Override
            public void mountSnapshot() {
                calls.add("mount");
            }
        };
    }
}
