package io.github.sqlvdi.stream;

import static io.github.sqlvdi.CompletionCodes.BEGINNING_OF_MEDIA;
import static io.github.sqlvdi.CompletionCodes.DISK_FULL;
import static io.github.sqlvdi.CompletionCodes.END_OF_MEDIA;
import static io.github.sqlvdi.CompletionCodes.EOM_OVERFLOW;
import static io.github.sqlvdi.CompletionCodes.FILEMARK_DETECTED;
import static io.github.sqlvdi.CompletionCodes.HANDLE_EOF;
import static io.github.sqlvdi.CompletionCodes.INVALID_PARAMETER;
import static io.github.sqlvdi.CompletionCodes.IO_DEVICE;
import static io.github.sqlvdi.CompletionCodes.NOT_SUPPORTED;
import static io.github.sqlvdi.CompletionCodes.NO_DATA_DETECTED;
import static io.github.sqlvdi.CompletionCodes.NO_MEDIA_IN_DRIVE;
import static io.github.sqlvdi.CompletionCodes.SUCCESS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.Whence;
import io.github.sqlvdi.testing.TestData;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tape-like and the disk-like device, command by command (VDI reference 8.7 to 8.10, 8.17, 9.2, 9.3). */
class MediaDevicesTest {

    private static final VdiConfig TAPE = VdiConfig.builder().features(Features.LIKE_TAPE).build();
    private static final VdiConfig DISK = VdiConfig.builder().features(Features.LIKE_DISK).build();
    private static final VdiConfig REMOVABLE_DISK =
            VdiConfig.builder().features(Features.LIKE_DISK | Features.REMOVABLE).build();

    @TempDir
    Path folder;

    private MediaLoader files(int most) {
        return number -> number > most ? Optional.empty() : Optional.of(FileChannel.open(path(number),
                StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    private Path path(int number) {
        return folder.resolve("medium" + number);
    }

    private DeviceProbe tape(VdiConfig config, MediaCapacity capacity) throws Exception {
        return new DeviceProbe(config, agreed -> TapeDevice.open(files(2), capacity, agreed));
    }

    private DeviceProbe disk(VdiConfig config, MediaCapacity capacity) throws Exception {
        return new DeviceProbe(config, agreed -> DiskDevice.open(files(2), capacity, agreed));
    }

    private static void assertAnswer(int code, int count, DeviceProbe.Answer answer) {
        assertEquals(code, answer.code());
        assertEquals(count, answer.count());
    }

    private static void assertPosition(int code, long position, DeviceProbe.Answer answer) {
        assertEquals(code, answer.code());
        assertEquals(position, answer.position());
    }

    @Test
    void tapeAnswersEveryMovement() throws Exception {
        byte[] data = TestData.bytes(2_048, 1);
        try (DeviceProbe probe = tape(TAPE, MediaCapacity.unlimited())) {
            assertAnswer(SUCCESS, 1_024, probe.write(Arrays.copyOf(data, 1_024), 0));
            assertAnswer(SUCCESS, 0, probe.send(CommandCode.WRITE_MARK));
            assertPosition(SUCCESS, 3, probe.send(CommandCode.GET_POSITION));
            assertAnswer(SUCCESS, 1_024, probe.write(Arrays.copyOfRange(data, 1_024, 2_048), 0));
            assertAnswer(SUCCESS, 0, probe.send(CommandCode.FLUSH));
            assertAnswer(NO_DATA_DETECTED, 0, probe.read(512, 0));
            assertAnswer(SUCCESS, 0, probe.send(CommandCode.REWIND));
            DeviceProbe.Answer first = probe.read(4_096, 0);
            assertAnswer(FILEMARK_DETECTED, 1_024, first);
            assertArrayEquals(Arrays.copyOf(data, 1_024), first.data());
            assertAnswer(SUCCESS, 0, probe.send(CommandCode.SKIP_MARKS, -1, 0));
            assertPosition(SUCCESS, 2, probe.send(CommandCode.GET_POSITION));
            assertAnswer(BEGINNING_OF_MEDIA, 0, probe.send(CommandCode.SKIP_MARKS, -1, 0));
            assertAnswer(NO_DATA_DETECTED, 0, probe.send(CommandCode.SKIP_MARKS, 2, 0));
            assertAnswer(SUCCESS, 0, probe.send(CommandCode.SKIP_BLOCKS, -2, 0));
            assertAnswer(FILEMARK_DETECTED, 0, probe.send(CommandCode.SKIP_BLOCKS, -1, 0));
            assertPosition(SUCCESS, 3, probe.send(CommandCode.SET_POSITION, 0, 3));
            DeviceProbe.Answer rest = probe.read(1_024, 0);
            assertAnswer(SUCCESS, 1_024, rest);
            assertArrayEquals(Arrays.copyOfRange(data, 1_024, 2_048), rest.data());
            assertPosition(NO_DATA_DETECTED, 5, probe.send(CommandCode.SET_POSITION, 0, 99));
        }
    }

    @Test
    void tapeWarnsStoresWhatFitsAndGoesOnWithTheNextMedium() throws Exception {
        VdiConfig config = VdiConfig.builder().features(Features.LIKE_TAPE).eomWarningSize(1_024).build();
        try (DeviceProbe probe = tape(config, MediaCapacity.of(4_000))) {
            assertAnswer(SUCCESS, 2_048, probe.write(new byte[2_048], 0));
            assertAnswer(END_OF_MEDIA, 1_024, probe.write(new byte[1_024], 0));
            assertAnswer(END_OF_MEDIA, 512, probe.write(new byte[1_024], 0));
            assertAnswer(END_OF_MEDIA, 0, probe.write(new byte[100], 0));
            assertAnswer(END_OF_MEDIA, 0, probe.send(CommandCode.WRITE_MARK));
            assertAnswer(SUCCESS, 0, probe.send(CommandCode.LOAD));
            assertPosition(SUCCESS, 0, probe.send(CommandCode.GET_POSITION));
            assertAnswer(SUCCESS, 512, probe.write(new byte[512], 0));
            assertAnswer(NO_MEDIA_IN_DRIVE, 0, probe.send(CommandCode.LOAD));
        }
    }

    @Test
    void loadBeforeTheFirstUseKeepsTheMedium() throws Exception {
        try (DeviceProbe probe = tape(TAPE, MediaCapacity.unlimited())) {
            assertAnswer(SUCCESS, 0, probe.send(CommandCode.LOAD));
            assertAnswer(SUCCESS, 512, probe.write(new byte[512], 0));
            assertAnswer(SUCCESS, 0, probe.send(CommandCode.FLUSH));
        }
        assertFalse(Files.exists(path(2)));
    }

    @Test
    void tapeWithoutShortWritesOverflows() throws Exception {
        try (DeviceProbe probe = tape(TAPE, new MediaCapacity(1_000, false))) {
            assertAnswer(SUCCESS, 512, probe.write(new byte[512], 0));
            assertAnswer(EOM_OVERFLOW, 0, probe.write(new byte[512], 0));
        }
    }

    @Test
    void softMarkThatDoesNotFitOverflows() throws Exception {
        VdiConfig config = VdiConfig.builder().features(Features.LIKE_TAPE).softFileMarkBlockSize(512).build();
        try (DeviceProbe probe = tape(config, MediaCapacity.of(1_024))) {
            assertAnswer(SUCCESS, 0, probe.send(CommandCode.WRITE_MARK));
            assertAnswer(SUCCESS, 512, probe.write(new byte[512], 0));
            assertAnswer(EOM_OVERFLOW, 0, probe.send(CommandCode.WRITE_MARK));
        }
    }

    @Test
    void tapeCountsBytesThatAreReadOrWrittenAgainOnce() throws Exception {
        List<CommandHandler> handlers = new CopyOnWriteArrayList<>();
        try (DeviceProbe probe = new DeviceProbe(
                VdiConfig.builder().features(Features.LIKE_TAPE | Features.REMOVABLE).build(), agreed -> {
                    handlers.add(TapeDevice.open(files(2), MediaCapacity.of(4_096), agreed));
                    return handlers.getFirst();
                })) {
            probe.write(new byte[1_024], 0); // its answer tells that the job has opened the tape
            CommandHandler tape = handlers.getFirst();
            probe.send(CommandCode.WRITE_MARK);
            probe.write(new byte[1_024], 0);
            assertEquals(2_048, tape.bytesTransferred());
            probe.send(CommandCode.REWIND);
            assertAnswer(FILEMARK_DETECTED, 1_024, probe.read(2_048, 0));
            assertAnswer(SUCCESS, 1_024, probe.read(1_024, 0));
            assertEquals(2_048, tape.bytesTransferred());
            probe.send(CommandCode.REWIND);
            probe.write(new byte[1_536], 0);
            assertEquals(2_048, tape.bytesTransferred());
            probe.write(new byte[1_536], 0);
            assertEquals(3_072, tape.bytesTransferred());
            probe.send(CommandCode.LOAD);
            probe.write(new byte[512], 0);
            assertEquals(3_584, tape.bytesTransferred());
        }
    }

    @Test
    void diskCountsBytesThatAreReadOrWrittenAgainOnce() throws Exception {
        List<CommandHandler> opened = new CopyOnWriteArrayList<>();
        JobDevice device = agreed -> {
            opened.add(DiskDevice.open(files(1), MediaCapacity.unlimited(), agreed));
            return opened.getFirst();
        };
        try (DeviceProbe probe = new DeviceProbe(DISK, device)) {
            probe.write(new byte[512], 0);
            probe.write(new byte[512], 1_024);
            probe.write(new byte[512], 512);
            assertEquals(1_536, opened.getFirst().bytesTransferred());
            probe.write(new byte[512], 0); // the header, after the data
            assertEquals(1_536, opened.getFirst().bytesTransferred());
        }
    }

    @Test
    void diskHonoursPositionsInAnyOrder() throws Exception {
        byte[] data = TestData.bytes(1_536, 2);
        try (DeviceProbe probe = disk(DISK, MediaCapacity.unlimited())) {
            assertAnswer(SUCCESS, 512, probe.write(Arrays.copyOfRange(data, 1_024, 1_536), 1_024));
            assertAnswer(SUCCESS, 1_024, probe.write(Arrays.copyOf(data, 1_024), 0));
            assertArrayEquals(Arrays.copyOfRange(data, 512, 1_024), probe.read(512, 512).data());
            assertAnswer(HANDLE_EOF, 512, probe.read(1_024, 1_024));
            assertAnswer(HANDLE_EOF, 0, probe.read(1_024, 9_999_999));
            assertAnswer(INVALID_PARAMETER, 0, probe.read(512, -512));
        }
        assertArrayEquals(data, Files.readAllBytes(path(1)));
    }

    @Test
    void flushSetsTheEndBehindTheHighestByteWritten() throws Exception {
        Files.write(path(1), new byte[10_000]);
        try (DeviceProbe probe = disk(DISK, MediaCapacity.unlimited())) {
            assertAnswer(SUCCESS, 0, probe.send(CommandCode.FLUSH));
            assertEquals(10_000, Files.size(path(1)), "a file that was not written keeps its size");
            probe.write(new byte[512], 2_048);
            probe.write(new byte[512], 0);
            assertAnswer(SUCCESS, 0, probe.send(CommandCode.FLUSH));
            assertEquals(2_560, Files.size(path(1)));
        }
    }

    @Test
    void diskTellsAndSetsPositions() throws Exception {
        try (DeviceProbe probe = disk(DISK, MediaCapacity.unlimited())) {
            assertPosition(SUCCESS, 0, probe.send(CommandCode.GET_POSITION));
            probe.write(new byte[2_048], 0);
            assertPosition(SUCCESS, 2_048, probe.send(CommandCode.GET_POSITION));
            int beginning = Whence.BEGINNING.value();
            int current = Whence.CURRENT.value();
            int end = Whence.END.value();
            assertPosition(SUCCESS, 1_000, probe.send(CommandCode.SET_POSITION, beginning, 1_000));
            assertPosition(SUCCESS, 900, probe.send(CommandCode.SET_POSITION, current, -100));
            assertPosition(SUCCESS, 1_536, probe.send(CommandCode.SET_POSITION, end, -512));
            assertPosition(NO_DATA_DETECTED, 2_048, probe.send(CommandCode.SET_POSITION, end, 1));
            assertRefused(probe, current, -5_000);
            assertRefused(probe, end, Long.MAX_VALUE);
            assertRefused(probe, 7, 0);
            assertPosition(SUCCESS, 2_048, probe.send(CommandCode.GET_POSITION));
        }
    }

    /** A wrong target is refused and costs nothing but a ClearError. */
    private static void assertRefused(DeviceProbe probe, int whence, long distance) throws Exception {
        assertPosition(INVALID_PARAMETER, 0, probe.send(CommandCode.SET_POSITION, whence, distance));
        assertAnswer(SUCCESS, 0, probe.send(CommandCode.CLEAR_ERROR));
    }

    @Test
    void fixedDiskIsFullAndHasNoLoad() throws Exception {
        try (DeviceProbe probe = disk(DISK, MediaCapacity.of(1_024))) {
            assertAnswer(NOT_SUPPORTED, 0, probe.send(CommandCode.LOAD));
            assertAnswer(SUCCESS, 1_024, probe.write(new byte[1_024], 0));
            assertAnswer(DISK_FULL, 0, probe.write(new byte[512], 1_024));
        }
    }

    @Test
    void removableDiskStartsAnewWithEachMedium() throws Exception {
        byte[] data = TestData.bytes(2_048, 4);
        try (DeviceProbe probe = disk(REMOVABLE_DISK, MediaCapacity.of(1_536))) {
            assertAnswer(SUCCESS, 1_024, probe.write(Arrays.copyOf(data, 1_024), 0));
            assertAnswer(END_OF_MEDIA, 512, probe.write(Arrays.copyOfRange(data, 1_024, 2_048), 1_024));
            assertAnswer(END_OF_MEDIA, 0, probe.write(new byte[512], 2_048));
            assertAnswer(SUCCESS, 0, probe.send(CommandCode.LOAD));
            assertAnswer(SUCCESS, 512, probe.write(Arrays.copyOfRange(data, 1_536, 2_048), 0));
            assertAnswer(SUCCESS, 0, probe.send(CommandCode.FLUSH));
        }
        assertArrayEquals(Arrays.copyOf(data, 1_536), Files.readAllBytes(path(1)));
        assertArrayEquals(Arrays.copyOfRange(data, 1_536, 2_048), Files.readAllBytes(path(2)));
    }

    @Test
    void mediumThatCannotBeUsedFailsTheLoad() throws Exception {
        MediaLoader loader = number -> {
            if (number > 1) {
                throw new IOException("the robot dropped it");
            }
            return files(1).load(number);
        };
        try (DeviceProbe probe =
                new DeviceProbe(TAPE, agreed -> TapeDevice.open(loader, MediaCapacity.unlimited(), agreed))) {
            probe.write(new byte[512], 0);
            assertAnswer(IO_DEVICE, 0, probe.send(CommandCode.LOAD));
            assertEquals("the robot dropped it", probe.finish().failure().orElseThrow().getMessage());
        }
    }
}
