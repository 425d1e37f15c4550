package io.github.sqlvdi.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.mtf.BackupType;
import io.github.sqlvdi.mtf.GeneratedDatabase;
import io.github.sqlvdi.statement.SqlMessage;
import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.stream.MediaCapacity;
import io.github.sqlvdi.stream.MediaFiles;
import io.github.sqlvdi.testing.TestData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tape-like and disk-like devices with changes of the medium at every awkward place (VDI reference 8.17, 9.2, 9.3). */
class MediaRoundTripTest {

    private static final int MANY = 1_000;
    private static final VdiConfig REMOVABLE_DISK =
            VdiConfig.builder().features(Features.LIKE_DISK | Features.REMOVABLE).build();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        // length, capacity, warning, section, soft mark
        "0,         300000,  0,      1000000, 0",
        "1,         300000,  0,      1000000, 0",
        "65536,     65536,   0,      1000000, 0",
        "65537,     65536,   0,      1000000, 0",
        "1000003,   300000,  0,      1000000, 0",
        "1000003,   300000,  131072, 1000000, 0",
        "1000003,   300000,  131072, 70000,   0",
        "1000003,   300000,  131072, 70000,   512",
        "1000003,   300000,  200000, 65536,   1024",
        "700001,    1000000, 0,      100000,  0",
        "400000,    2048,    0,      1000000, 0",
    })
    void tapeComesBackAsItWas(int length, long capacity, int warning, long section, int softMark) throws IOException {
        VdiConfig config = VdiConfig.builder().features(Features.LIKE_TAPE).eomWarningSize(warning)
                .softFileMarkBlockSize(softMark).build();
        byte[] stream = TestData.bytes(length, length);
        Path file = folder.resolve("tape");
        JobResult backup = backup(config, stream, section, JobDevice.tape(MediaFiles.writing(file, MANY),
                MediaCapacity.of(capacity)));
        assertGood(backup);
        assertTrue(mediaWritten() >= length / capacity, "media were changed");
        // Without the length: the two filemarks at the end tell where the recording ends.
        assertArrayEquals(stream, restore(config, -1, JobDevice.tape(MediaFiles.reading(file),
                MediaCapacity.unlimited())));
    }

    @ParameterizedTest
    @CsvSource({
        "0,       300000, 0",
        "1,       300000, 0",
        "65536,   65536,  0",
        "65537,   65536,  0",
        "1000003, 300000, 0",
        "1000003, 300000, 131072",
        "400000,  2048,   0",
    })
    void removableDiskComesBackAsItWas(int length, long capacity, int warning) throws IOException {
        VdiConfig config = VdiConfig.builder().features(Features.LIKE_DISK | Features.REMOVABLE)
                .eomWarningSize(warning).build();
        byte[] stream = TestData.bytes(length, length);
        Path file = folder.resolve("disk");
        assertGood(backup(config, stream, 1, JobDevice.disk(MediaFiles.writing(file, MANY),
                MediaCapacity.of(capacity))));
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        MediaFiles media = MediaFiles.reading(file);
        for (int number = 1; Files.exists(media.path(number)); number++) {
            joined.write(Files.readAllBytes(media.path(number)));
        }
        assertArrayEquals(stream, joined.toByteArray(), "the media in their order are the stream");
        assertArrayEquals(stream, restore(config, length, JobDevice.disk(MediaFiles.reading(file),
                MediaCapacity.unlimited())));
    }

    @Test
    void fixedDiskComesBackAsItWas() throws IOException {
        VdiConfig config = VdiConfig.builder().features(Features.LIKE_DISK).build();
        byte[] stream = TestData.bytes(1_000_003, 7);
        Path file = folder.resolve("disk");
        assertGood(backup(config, stream, 1, JobDevice.disk(MediaFiles.writing(file, 1), MediaCapacity.unlimited())));
        assertArrayEquals(stream, Files.readAllBytes(file));
        assertArrayEquals(stream, restore(config, stream.length, JobDevice.disk(MediaFiles.reading(file),
                MediaCapacity.unlimited())));
    }

    @Test
    void tooFewMediaFailTheBackupAndLeaveNothing() throws IOException {
        VdiConfig config = VdiConfig.builder().features(Features.LIKE_TAPE).build();
        JobResult result = backup(config, TestData.bytes(1_000_000, 1), 1 << 20,
                JobDevice.tape(MediaFiles.writing(folder.resolve("tape"), 2), MediaCapacity.of(300_000)));
        assertFailed(result, 18210);
        assertTrue(result.failures().toString().contains("1112(ERROR_NO_MEDIA_IN_DRIVE)"),
                () -> result.failures().toString());
        assertEquals(0, mediaWritten());
    }

    @Test
    void overrunMediumFailsTheBackup() throws IOException {
        VdiConfig config = VdiConfig.builder().features(Features.LIKE_TAPE).build();
        JobResult result = backup(config, TestData.bytes(1_000_000, 1), 1 << 20,
                JobDevice.tape(MediaFiles.writing(folder.resolve("tape"), MANY), new MediaCapacity(300_000, false)));
        assertFailed(result, 3202);
        assertTrue(result.failures().toString().contains("1129(ERROR_EOM_OVERFLOW)"),
                () -> result.failures().toString());
    }

    @Test
    void mediumThatTakesNothingEndsTheBackup() throws IOException {
        VdiConfig config = VdiConfig.builder().features(Features.LIKE_TAPE).build();
        JobResult result = backup(config, TestData.bytes(1_000_000, 1), 1 << 20,
                JobDevice.tape(MediaFiles.writing(folder.resolve("tape"), MANY), MediaCapacity.of(100)));
        assertFailed(result, 3271);
    }

    @Test
    void missingMediumFailsTheRestore() throws IOException {
        VdiConfig config = VdiConfig.builder().features(Features.LIKE_TAPE).build();
        Path file = folder.resolve("tape");
        assertGood(backup(config, TestData.bytes(1_000_000, 1), 1 << 20,
                JobDevice.tape(MediaFiles.writing(file, MANY), MediaCapacity.of(300_000))));
        Files.delete(folder.resolve("tape.4"));
        JobResult result = restoreResult(config, 1_000_000, new ByteArrayOutputStream(),
                JobDevice.tape(MediaFiles.reading(file), MediaCapacity.unlimited()));
        assertFalse(result.good());
        assertTrue(result.failures().getFirst().endsWith("tape.4 is missing: it is medium 4 of device 1"),
                () -> result.failures().toString());

        Files.delete(folder.resolve("tape.manifest"));
        assertFailed(restoreResult(config, 1_000_000, new ByteArrayOutputStream(),
                JobDevice.tape(MediaFiles.reading(file), MediaCapacity.unlimited())), 18210);
    }

    @ParameterizedTest
    @CsvSource({"1000000", "65536", "65537", "40000", "512"})
    void streamOfSqlServerSaysWhereItEnds(long capacity) throws IOException {
        byte[] stream = backupStream();
        Path file = folder.resolve("disk");
        assertGood(backup(REMOVABLE_DISK, stream, 1, JobDevice.disk(MediaFiles.writing(file, MANY),
                MediaCapacity.of(capacity))));
        assertArrayEquals(stream, restore(REMOVABLE_DISK, -1, JobDevice.disk(MediaFiles.reading(file),
                MediaCapacity.unlimited())));
    }

    @Test
    void mediumBehindTheEndOfAStreamIsNotAskedFor() throws IOException {
        byte[] stream = backupStream();
        Files.write(folder.resolve("disk"), stream);
        Files.write(folder.resolve("disk.2"), new byte[512]);
        assertArrayEquals(stream, restore(REMOVABLE_DISK, -1, JobDevice.disk(MediaFiles.reading(folder.resolve("disk")),
                MediaCapacity.unlimited())));
    }

    @Test
    void streamOfSqlServerThatLacksItsLastMediumFails() throws IOException {
        byte[] stream = backupStream();
        Files.write(folder.resolve("disk"), Arrays.copyOf(stream, stream.length - 512));
        JobResult result = restoreResult(REMOVABLE_DISK, -1, new ByteArrayOutputStream(),
                JobDevice.disk(MediaFiles.reading(folder.resolve("disk")), MediaCapacity.unlimited()));
        assertFailed(result, 18210);
        assertTrue(result.failures().toString().contains("1112(ERROR_NO_MEDIA_IN_DRIVE)"),
                () -> result.failures().toString());
    }

    @Test
    void otherDataOnRemovableDisksNeedsTheLength() throws IOException {
        Files.write(folder.resolve("disk"), TestData.bytes(1_000, 1));
        JobResult result = restoreResult(REMOVABLE_DISK, -1, new ByteArrayOutputStream(),
                JobDevice.disk(MediaFiles.reading(folder.resolve("disk")), MediaCapacity.unlimited()));
        assertFailed(result, 3241);
        assertTrue(result.failures().toString().contains("its end cannot be found without a given length: not known"),
                () -> result.failures().toString());
    }

    @ParameterizedTest
    @CsvSource({"pipe, -1, 3203", "pipe, 1, 3242", "disk, -512, 3203", "disk, 512, 3242", "removable, 512, 3242"})
    void streamOfSqlServerThatIsCutOrLongerFailsTheRestore(String kind, int change, int message) throws IOException {
        byte[] stream = backupStream();
        byte[] changed = Arrays.copyOf(stream, stream.length + change);
        Arrays.fill(changed, Math.min(stream.length, changed.length), changed.length, (byte) 1);
        Path file = Files.write(folder.resolve("stream"), changed);
        VdiConfig config = kind.equals("removable") ? REMOVABLE_DISK
                : VdiConfig.builder().features(kind.equals("disk") ? Features.LIKE_DISK : Features.LIKE_PIPE).build();
        JobDevice device = kind.equals("pipe") ? JobDevice.fromFile(file)
                : JobDevice.disk(MediaFiles.reading(file), MediaCapacity.unlimited());
        JobResult result = restoreResult(config, -1, new ByteArrayOutputStream(), device);
        assertFailed(result, message);
        assertTrue(result.failures().toString().contains("(the stream is "), () -> result.failures().toString());
    }

    @Test
    void zerosThatFillTheLastBlockAreNoDamage() throws IOException {
        byte[] stream = backupStream();
        Path file = folder.resolve("blocks");
        String set = TestData.setName();
        assertGood(DeviceJob.backup(set).device(file).statement(EmulatedServer.backup(set)
                .source(TestData.channel(stream)).blockSize(65_536).wholeBlocks().build()).build().run());
        assertEquals(0, Files.size(file) % 65_536);
        assertTrue(Files.size(file) > stream.length);
        VdiConfig config = VdiConfig.builder().features(Features.LIKE_PIPE).build();
        assertGood(restoreResult(config, -1, new ByteArrayOutputStream(), JobDevice.fromFile(file)));
        Path longer = Files.write(folder.resolve("longer"), Arrays.copyOf(stream, stream.length + 65_536));
        assertFailed(restoreResult(config, -1, new ByteArrayOutputStream(), JobDevice.fromFile(longer)), 3242);
    }

    private static byte[] backupStream() throws IOException {
        try (InputStream stream = Channels.newInputStream(GeneratedDatabase.builder("Sales")
                .dataFile("Sales", "Sales.mdf", 3 * 65_536).build().backup(BackupType.FULL).build().open(1))) {
            return stream.readAllBytes();
        }
    }

    private long mediaWritten() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    private static void assertGood(JobResult result) {
        assertTrue(result.good(), () -> result.failures().toString());
    }

    private static void assertFailed(JobResult result, int number) {
        assertFalse(result.good());
        assertTrue(result.verdict().orElseThrow().messages().stream().mapToInt(SqlMessage::number)
                .anyMatch(found -> found == number), () -> result.failures().toString());
        assertEquals(3013, result.verdict().orElseThrow().messages().getLast().number());
    }

    private static JobResult backup(VdiConfig config, byte[] stream, long section, JobDevice device) {
        String set = TestData.setName();
        return DeviceJob.backup(set).config(config).device(device).statement(EmulatedServer.backup(set)
                .source(TestData.channel(stream)).sectionSize(section).build()).build().run();
    }

    private static byte[] restore(VdiConfig config, long length, JobDevice device) {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        assertGood(restoreResult(config, length, target, device));
        return target.toByteArray();
    }

    private static JobResult restoreResult(VdiConfig config, long length, ByteArrayOutputStream target,
            JobDevice device) {
        String set = TestData.setName();
        EmulatedServer.Builder server = EmulatedServer.restore(set).target(TestData.channel(target));
        if (length >= 0) {
            server.streamLengths(length);
        }
        return DeviceJob.restore(set).config(config).device(device).statement(server.build()).build().run();
    }
}
