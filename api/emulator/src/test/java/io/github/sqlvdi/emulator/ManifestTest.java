package io.github.sqlvdi.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.statement.Verdict;
import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.stream.MediaCapacity;
import io.github.sqlvdi.stream.MediaFiles;
import io.github.sqlvdi.testing.TestData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restore finds what is wrong with the files of a backup before the server hears of it. */
class ManifestTest {

    private static final int LENGTH = 300_000;

    @TempDir
    Path folder;

    private List<Path> stripes(String name, int count, int seed) {
        String set = TestData.setName();
        List<Path> files = IntStream.range(0, count).mapToObj(device -> folder.resolve(name + device)).toList();
        DeviceJob.Builder job = DeviceJob.backup(set);
        EmulatedServer.Builder server = EmulatedServer.backup(set);
        for (int device = 0; device < count; device++) {
            job.device(files.get(device));
            server.source(TestData.channel(TestData.bytes(LENGTH, seed + device)));
        }
        assertGood(job.statement(server.build()).build().run());
        return files;
    }

    private JobResult restore(List<Path> files) {
        String set = TestData.setName();
        DeviceJob.Builder job = DeviceJob.restore(set);
        EmulatedServer.Builder server = EmulatedServer.restore(set);
        List<ByteArrayOutputStream> targets = new ArrayList<>();
        for (Path file : files) {
            job.device(file);
            targets.add(new ByteArrayOutputStream());
            server.target(TestData.channel(targets.getLast()));
        }
        return job.statement(server.build()).build().run();
    }

    private void assertNamed(List<Path> files, String... words) {
        AtomicBoolean executed = new AtomicBoolean();
        DeviceJob.Builder job = DeviceJob.restore(TestData.setName());
        files.forEach(job::device);
        assertNamed(job, executed, words);
    }

    private static void assertNamed(DeviceJob.Builder job, AtomicBoolean executed, String... words) {
        JobResult result = job.statement(() -> {
            executed.set(true);
            return new Verdict(true, List.of(), OptionalLong.empty());
        }).build().run();
        assertFalse(result.good());
        assertFalse(executed.get(), "the server heard of it");
        for (String word : words) {
            assertTrue(result.failures().toString().contains(word), () -> word + " in " + result.failures());
        }
    }

    private static void assertGood(JobResult result) {
        assertTrue(result.good(), result::toString);
    }

    @Test
    void filesAsTheyWereAreRestored() {
        JobResult result = restore(stripes("a", 3, 1));
        assertGood(result);
        assertEquals(List.of(), result.unchecked());
    }

    @Test
    void swappedStripesAreNamed() throws IOException {
        List<Path> files = stripes("a", 2, 1);
        assertNamed(files.reversed(), "a1 is device 2 of its backup, but was given as device 1");
        Path other = folder.resolve("other");
        Files.move(files.get(0), other);
        Files.move(files.get(1), files.get(0));
        Files.move(other, files.get(1));
        assertNamed(files, "a0 has the content of device 2", "were swapped");
    }

    @Test
    void missingStripeIsNamed() {
        List<Path> files = stripes("a", 3, 1);
        assertNamed(files.subList(0, 2), "has 3 devices, but the restore has 2", "a0, a1, a2");
    }

    @Test
    void shortenedStripeIsNamed() throws IOException {
        List<Path> files = stripes("a", 2, 1);
        Files.write(files.get(1), java.util.Arrays.copyOf(Files.readAllBytes(files.get(1)), 1_000));
        assertNamed(files, "a1 has 1,000 bytes, but the backup had 300,000");
    }

    @Test
    void stripeOfAnotherBackupIsNamed() {
        List<Path> one = stripes("a", 2, 1);
        List<Path> two = stripes("b", 2, 1);
        assertNamed(List.of(one.get(0), two.get(1)), "b1 belongs to another backup than", "a0");
    }

    @Test
    void stripeThatWasReplacedByThatOfAnotherBackupIsNamed() throws IOException {
        List<Path> one = stripes("a", 2, 1);
        List<Path> two = stripes("b", 2, 5);
        Files.copy(two.get(1), one.get(1), StandardCopyOption.REPLACE_EXISTING);
        assertNamed(one, "a1 is damaged");
    }

    @Test
    void flippedBitIsNamed() throws IOException {
        List<Path> files = stripes("a", 1, 1);
        byte[] bytes = Files.readAllBytes(files.getFirst());
        bytes[LENGTH - 1] ^= 1;
        Files.write(files.getFirst(), bytes);
        assertNamed(files, "a0 is damaged");
    }

    @Test
    void damagedManifestIsNamed() throws IOException {
        List<Path> files = stripes("a", 1, 1);
        Path manifest = folder.resolve("a0.manifest");
        Files.writeString(manifest, Files.readString(manifest).replace("300000 bytes", "300001 bytes"));
        assertNamed(files, "a0.manifest is damaged");
    }

    @Test
    void oneManifestOfTheBackupIsEnough() throws IOException {
        List<Path> files = stripes("a", 2, 1);
        Files.delete(folder.resolve("a0.manifest"));
        assertGood(restore(files));
        Files.write(files.get(0), new byte[LENGTH]);
        assertNamed(files, "a0 is damaged");
    }

    @Test
    void restoreWithoutManifestsSaysWhatItCouldNotCheck() throws IOException {
        List<Path> files = stripes("a", 2, 1);
        Files.delete(folder.resolve("a0.manifest"));
        Files.delete(folder.resolve("a1.manifest"));
        JobResult result = restore(files);
        assertGood(result);
        assertEquals(2, result.unchecked().size());
        assertTrue(result.unchecked().getFirst().contains("a0 has no manifest"), () -> result.unchecked().toString());
    }

    @Test
    void backupThroughALinkHasItsManifestBesideTheFile() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));
        assumeTrue(Files.isSymbolicLink(link), "this system says that it makes symbolic links, but makes none");
        String set = TestData.setName();
        assertGood(DeviceJob.backup(set).device(link).statement(
                EmulatedServer.backup(set).source(TestData.channel(TestData.bytes(LENGTH, 1))).build()).build().run());
        assertTrue(Files.exists(folder.resolve("real.manifest")));
        assertEquals(List.of(), restore(List.of(link)).unchecked());
    }

    @Test
    void failedBackupLeavesNoManifest() throws IOException {
        String set = TestData.setName();
        JobResult result = DeviceJob.backup(set).device(folder.resolve("a"))
                .statement(() -> new Verdict(false, List.of(), OptionalLong.empty())).build().run();
        assertFalse(result.good());
        try (var files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
    }

    private static VdiConfig config(int features) {
        return VdiConfig.builder().features(features).build();
    }

    private DeviceJob.Builder mediaRestore(boolean tape) {
        MediaFiles media = MediaFiles.reading(folder.resolve("m"));
        return DeviceJob.restore(TestData.setName())
                .config(config(tape ? Features.LIKE_TAPE : Features.LIKE_DISK | Features.REMOVABLE))
                .device(tape ? JobDevice.tape(media, MediaCapacity.unlimited())
                        : JobDevice.disk(media, MediaCapacity.unlimited()));
    }

    private void media(boolean tape, int length, boolean replacing) {
        String set = TestData.setName();
        Path first = folder.resolve("m");
        MediaFiles media = replacing ? MediaFiles.replacing(first, 99) : MediaFiles.writing(first, 99);
        MediaCapacity capacity = MediaCapacity.of(131_072);
        assertGood(DeviceJob.backup(set)
                .config(config(tape ? Features.LIKE_TAPE : Features.LIKE_DISK | Features.REMOVABLE))
                .device(tape ? JobDevice.tape(media, capacity) : JobDevice.disk(media, capacity))
                .statement(EmulatedServer.backup(set).source(TestData.channel(TestData.bytes(length, length))).build())
                .build().run());
    }

    @Test
    void exchangedTapesAreNamed() throws IOException {
        media(true, LENGTH, false);
        Path other = folder.resolve("other");
        Files.move(folder.resolve("m.2"), other);
        Files.move(folder.resolve("m.3"), folder.resolve("m.2"));
        Files.move(other, folder.resolve("m.3"));
        assertNamed(mediaRestore(true), new AtomicBoolean(), "m.2 has the content of device 1, medium 3");
    }

    @Test
    void missingLastDiskIsNamed() throws IOException {
        media(false, LENGTH, false);
        Files.delete(folder.resolve("m.3"));
        assertNamed(mediaRestore(false), new AtomicBoolean(), "m.3 is missing: it is medium 3 of device 1");
    }

    @Test
    void oldMediaOfALargerBackupAreNotRestored() throws IOException {
        media(false, LENGTH, false);
        media(false, 100_000, true);
        assertTrue(Files.exists(folder.resolve("m.3")), "nobody named it");
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        String set = TestData.setName();
        JobResult result = DeviceJob.restore(set).config(config(Features.LIKE_DISK | Features.REMOVABLE))
                .device(JobDevice.disk(MediaFiles.reading(folder.resolve("m")), MediaCapacity.unlimited()))
                .statement(EmulatedServer.restore(set).target(TestData.channel(target)).streamLengths(100_000).build())
                .build().run();
        assertGood(result);
        assertArrayEquals(TestData.bytes(100_000, 100_000), target.toByteArray());
        assertEquals(List.of(folder.resolve("m")), MediaFiles.reading(folder.resolve("m")).files());
    }

    @Test
    void laterMediumThatExistsIsNotReplacedUnasked() throws IOException {
        Files.writeString(folder.resolve("m.2"), "precious");
        String set = TestData.setName();
        JobResult result = DeviceJob.backup(set).config(config(Features.LIKE_TAPE))
                .device(JobDevice.tape(MediaFiles.writing(folder.resolve("m"), 99), MediaCapacity.of(131_072)))
                .statement(EmulatedServer.backup(set).source(TestData.channel(TestData.bytes(LENGTH, 1))).build())
                .build().run();
        assertFalse(result.good());
        assertTrue(result.failures().toString().contains("m.2: exists already"), result::toString);
        assertEquals("precious", Files.readString(folder.resolve("m.2")));
        assertFalse(Files.exists(folder.resolve("m")));
    }
}
