package io.github.sqlvdi.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.testing.TestData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of every awkward length go out to files and come back through pipe-like devices. */
class RoundTripTest {

    private static final int TRANSFER = 65_536;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, TRANSFER - 1, TRANSFER, TRANSFER + 1, 7 * TRANSFER, 1_000_003})
    void everyLengthComesBackAsItWas(int length) throws IOException {
        byte[] stream = TestData.bytes(length, length);
        Path file = folder.resolve("stream.bak");
        JobResult backup = backup(List.of(stream), List.of(file));
        assertEquals(List.of(), backup.failures());
        assertTrue(backup.good());
        assertArrayEquals(stream, Files.readAllBytes(file));
        assertEquals(length, backup.bytes());
        assertEquals(OptionalLong.of(length), backup.verdict().orElseThrow().bytes());
        assertEquals(3014, backup.verdict().orElseThrow().messages().getFirst().number());
        assertArrayEquals(stream, restore(List.of(file)).getFirst());
    }

    @ParameterizedTest
    @ValueSource(strings = {"T", "TAP", "M", "MSSQLBA"})
    void dataTooShortToBeAStreamComesBackAsItWas(String data) throws IOException {
        byte[] stream = data.getBytes(StandardCharsets.US_ASCII);
        Path file = folder.resolve("short.bak");
        assertTrue(backup(List.of(stream), List.of(file)).good());
        assertArrayEquals(stream, restore(List.of(file)).getFirst());
    }

    @Test
    void eachDeviceKeepsItsOwnStream() throws IOException {
        List<byte[]> streams = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        for (int device = 0; device < 5; device++) {
            streams.add(TestData.bytes(device * 300_000 + device, device));
            files.add(folder.resolve("stripe" + device));
        }
        assertTrue(backup(streams, files).good());
        List<byte[]> restored = restore(files);
        for (int device = 0; device < streams.size(); device++) {
            assertArrayEquals(streams.get(device), restored.get(device), "device " + device);
        }
    }

    @Test
    void sixtyFourDevicesWork() throws IOException {
        List<byte[]> streams = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        for (int device = 0; device < 64; device++) {
            streams.add(TestData.bytes(70_000, device));
            files.add(folder.resolve("stripe" + device));
        }
        assertTrue(backup(streams, files).good());
        assertArrayEquals(streams.get(63), restore(files).get(63));
    }

    @Test
    void successLeavesNothingButTheTargetAndItsManifest() throws IOException {
        backup(List.of(TestData.bytes(100_000, 1)), List.of(folder.resolve("only.bak")));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(folder.resolve("only.bak"), folder.resolve("only.bak.manifest")),
                    left.sorted().toList());
        }
    }

    @Test
    void anOldServerEndsWithoutComplete() throws IOException {
        byte[] stream = TestData.bytes(200_000, 9);
        String set = TestData.setName();
        Path file = folder.resolve("old.bak");
        JobResult result = DeviceJob.backup(set).device(file).statement(EmulatedServer.backup(set)
                .source(TestData.channel(stream)).supportsComplete(false).build()).build().run();
        assertTrue(result.good(), () -> result.failures().toString());
        assertArrayEquals(stream, Files.readAllBytes(file));
    }

    @Test
    void fewerBuffersThanDevicesAreMadeEnough() throws IOException {
        String set = TestData.setName();
        byte[] first = TestData.bytes(400_000, 1);
        byte[] second = TestData.bytes(500_000, 2);
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        JobResult result = DeviceJob.backup(set).device(one).device(two).statement(EmulatedServer.backup(set)
                .source(TestData.channel(first)).source(TestData.channel(second)).bufferCount(1).build()).build().run();
        assertTrue(result.good(), () -> result.failures().toString());
        assertArrayEquals(first, Files.readAllBytes(one));
        assertArrayEquals(second, Files.readAllBytes(two));
    }

    private static JobResult backup(List<byte[]> streams, List<Path> files) {
        String set = TestData.setName();
        DeviceJob.Builder job = DeviceJob.backup(set);
        EmulatedServer.Builder server = EmulatedServer.backup(set);
        for (int device = 0; device < files.size(); device++) {
            job.device(files.get(device));
            server.source(TestData.channel(streams.get(device)));
        }
        return job.statement(server.build()).build().run();
    }

    private static List<byte[]> restore(List<Path> files) {
        String set = TestData.setName();
        DeviceJob.Builder job = DeviceJob.restore(set);
        EmulatedServer.Builder server = EmulatedServer.restore(set);
        List<ByteArrayOutputStream> targets = new ArrayList<>();
        for (Path file : files) {
            job.device(file);
            targets.add(new ByteArrayOutputStream());
            server.target(TestData.channel(targets.getLast()));
        }
        JobResult result = job.statement(server.build()).build().run();
        assertEquals(List.of(), result.failures());
        assertTrue(result.good());
        return targets.stream().map(ByteArrayOutputStream::toByteArray).toList();
    }
}
