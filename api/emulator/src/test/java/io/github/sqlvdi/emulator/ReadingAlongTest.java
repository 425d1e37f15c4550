package io.github.sqlvdi.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.mtf.BackupHeader;
import io.github.sqlvdi.mtf.BackupType;
import io.github.sqlvdi.mtf.GeneratedBackup;
import io.github.sqlvdi.mtf.GeneratedDatabase;
import io.github.sqlvdi.mtf.StreamReport;
import io.github.sqlvdi.mtf.Wholeness;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs say what passed through their devices, tell of a backup that is not whole, and refuse stripes that do not fit. */
class ReadingAlongTest {

    @TempDir
    private Path folder;

    private final GeneratedDatabase database = GeneratedDatabase.builder("Sales")
            .dataFile("Sales", "Sales.mdf", 32 * 65_536).build();

    private static byte[] bytes(GeneratedBackup backup, int family) throws IOException {
        try (InputStream stream = Channels.newInputStream(backup.open(family))) {
            return stream.readAllBytes();
        }
    }

    private JobResult backup(byte[]... streams) {
        String set = TestData.setName();
        DeviceJob.Builder job = DeviceJob.backup(set);
        EmulatedServer.Builder server = EmulatedServer.backup(set);
        for (int device = 0; device < streams.length; device++) {
            job.device(folder.resolve("backup" + device));
            server.source(TestData.channel(streams[device]));
        }
        return job.statement(server.build()).build().run();
    }

    private static JobResult restore(List<Path> files, List<ByteArrayOutputStream> targets) {
        String set = TestData.setName();
        DeviceJob.Builder job = DeviceJob.restore(set).endTimeout(Duration.ofSeconds(5));
        EmulatedServer.Builder server = EmulatedServer.restore(set);
        for (Path file : files) {
            job.device(file);
            targets.add(new ByteArrayOutputStream());
            server.target(TestData.channel(targets.getLast()));
        }
        return job.statement(server.build()).build().run();
    }

    @Test
    void resultSaysWhatPassedThroughEachDevice() throws IOException {
        GeneratedBackup full = database.backup(BackupType.FULL).families(2).name("nightly").build();
        JobResult result = backup(bytes(full, 1), bytes(full, 2));
        assertTrue(result.good(), result::toString);
        assertEquals(List.of(), result.warnings());
        for (int device = 0; device < 2; device++) {
            StreamReport stream = result.streams().get(device).orElseThrow();
            assertEquals(Wholeness.WHOLE, stream.wholeness(), stream.verdict());
            BackupHeader header = stream.header().orElseThrow();
            assertEquals("Sales", header.databaseName());
            assertEquals(full.lastLsn(), header.lastLsn());
            assertEquals(device + 1, stream.label().orElseThrow().familySequenceNumber().orElseThrow());
        }
        String manifest = Files.readString(folder.resolve("backup0.manifest"));
        assertTrue(
                manifest.contains("stream of device 2: Database of Sales, server SQLVDI, version 14.0.1000, backup set "
                        + full.backupSetGuid()),
                manifest);
        assertTrue(manifest.contains("family 2 of 2, whole, made without checksums"), manifest);
        List<ByteArrayOutputStream> targets = new ArrayList<>();
        JobResult restored = restore(List.of(folder.resolve("backup0"), folder.resolve("backup1")), targets);
        assertTrue(restored.good(), restored::toString);
        assertEquals(Wholeness.WHOLE, restored.streams().get(1).orElseThrow().wholeness());
        assertArrayEquals(bytes(full, 2), targets.get(1).toByteArray());
    }

    @Test
    void backupThatIsNotWholeIsKeptAndTold() throws IOException {
        byte[] stream = bytes(database.backup(BackupType.FULL).build(), 1);
        JobResult result = backup(Arrays.copyOf(stream, stream.length - 512));
        assertTrue(result.good(), "the server's word decides");
        assertTrue(Files.exists(folder.resolve("backup0")));
        assertEquals(1, result.warnings().size());
        assertTrue(
                result.warnings().getFirst().contains("the server calls the backup good, but its stream is incomplete"),
                result.warnings().toString());
        assertTrue(result.toString().contains("warning"), result.toString());
    }

    @Test
    void missingStripeIsTold() throws IOException {
        JobResult result = backup(bytes(database.backup(BackupType.FULL).families(2).build(), 2));
        assertEquals(
                List.of("The server calls the backup good, but the media set has 2 media families, and family 1 is "
                        + "not there (Msg 3132)"),
                result.warnings());
    }

    @Test
    void stripesOfDifferentSetsAreRefusedBeforeTheServerGetsThem() throws IOException {
        GeneratedBackup one = database.backup(BackupType.FULL).families(2).build();
        GeneratedBackup other = database.backup(BackupType.FULL).families(2).build();
        Path first = Files.write(folder.resolve("first"), bytes(one, 1));
        Path foreign = Files.write(folder.resolve("foreign"), bytes(other, 2));
        List<ByteArrayOutputStream> targets = new ArrayList<>();
        JobResult result = restore(List.of(first, foreign), targets);
        assertFalse(result.good());
        assertTrue(
                String.join("; ", result.failures()).contains("are not stripes of one media set: one is of media set"),
                result.failures().toString());
        assertTrue(targets.get(0).size() == 0 || targets.get(1).size() == 0, "the second label was refused");
        Path again = Files.copy(first, folder.resolve("again"));
        JobResult twice = restore(List.of(first, again), new ArrayList<>());
        assertTrue(String.join("; ", twice.failures()).contains("both are family 1 of media set"),
                twice.failures().toString());
    }

    @Test
    void formatThatIsNotKnownIsNoFailureAndSaysSo() {
        JobResult result = backup(TestData.bytes(300_000, 3), TestData.bytes(70_000, 4));
        assertTrue(result.good(), result::toString);
        assertEquals(List.of(), result.warnings());
        assertEquals(Wholeness.UNKNOWN, result.streams().getFirst().orElseThrow().wholeness());
    }

    @Test
    void jobThatDoesNotReadAlongSaysNothing() throws IOException {
        byte[] stream = bytes(database.backup(BackupType.FULL).build(), 1);
        String set = TestData.setName();
        JobResult result = DeviceJob.backup(set).device(folder.resolve("unread")).readAlong(false)
                .statement(EmulatedServer.backup(set).source(TestData.channel(Arrays.copyOf(stream, 5_000))).build())
                .build().run();
        assertTrue(result.good(), result::toString);
        assertEquals(List.of(Optional.empty()), result.streams());
        assertEquals(List.of(), result.warnings());
    }

    @Test
    void progressSaysWhatFlows() throws IOException {
        byte[] stream = bytes(database.backup(BackupType.FULL).build(), 1);
        List<String> seen = new CopyOnWriteArrayList<>();
        String set = TestData.setName();
        JobResult result = DeviceJob.backup(set).device(folder.resolve("flowing"))
                .onProgress(Duration.ofMillis(1), progress -> progress.streams().getFirst()
                        .flatMap(StreamReport::header).ifPresent(header -> seen.add(header.databaseName())))
                .statement(EmulatedServer.backup(set).source(TestData.channel(stream)).build()).build().run();
        assertTrue(result.good(), result::toString);
        // The listener is called once more when the device has ended.
        assertTrue(seen.contains("Sales"), seen.toString());
    }

    @Test
    void tapeAndDiskLikeDevicesReadAlong() throws IOException {
        byte[] stream = bytes(database.backup(BackupType.FULL).build(), 1);
        for (int kind : new int[]{Features.LIKE_TAPE, Features.LIKE_DISK}) {
            VdiConfig config = VdiConfig.builder().features(kind).build();
            Path file = folder.resolve("media" + kind);
            MediaFiles written = MediaFiles.writing(file, 10);
            String set = TestData.setName();
            JobResult result = DeviceJob.backup(set).config(config)
                    .device(kind == Features.LIKE_TAPE ? JobDevice.tape(written, MediaCapacity.unlimited())
                            : JobDevice.disk(written, MediaCapacity.unlimited()))
                    .statement(EmulatedServer.backup(set).source(TestData.channel(stream)).build()).build().run();
            assertTrue(result.good(), result::toString);
            assertEquals(Wholeness.WHOLE, result.streams().getFirst().orElseThrow().wholeness(), result.toString());
        }
    }
}
