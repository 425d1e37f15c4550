package io.github.sqlvdi.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.codec.Codec;
import io.github.sqlvdi.emulator.EmulatedServer;
import io.github.sqlvdi.mtf.BackupType;
import io.github.sqlvdi.mtf.GeneratedBackup;
import io.github.sqlvdi.mtf.GeneratedDatabase;
import io.github.sqlvdi.storage.AgeStreams.Key;
import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.stream.Pipeline;
import io.github.sqlvdi.stream.TargetFile;
import io.github.sqlvdi.testing.TestData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole backups and restores through zstd and age: the bytes come back, or the job fails and says why. */
class AgeJobTest {

    @TempDir
    private Path folder;
    @TempDir
    private Path keys;
    private Key key;
    private Key other;

    private final GeneratedDatabase database = GeneratedDatabase.builder("Sales")
            .dataFile("Sales", "Sales.mdf", 96 * 65_536).build();

    @BeforeEach
    void makeKeys() throws Exception {
        key = Key.create(keys, "key.txt");
        other = Key.create(keys, "other.txt");
    }

    private static Pipeline pipeline(Codec... codecs) {
        Pipeline.Builder builder = Pipeline.builder().workers(2);
        for (Codec codec : codecs) {
            builder.codec(codec);
        }
        return builder.build();
    }

    private Pipeline encrypting() {
        return pipeline(Zstd.level(1), key.encrypting());
    }

    private static List<byte[]> streams(GeneratedBackup backup, int families) throws IOException {
        List<byte[]> streams = new ArrayList<>();
        for (int family = 1; family <= families; family++) {
            try (InputStream stream = Channels.newInputStream(backup.open(family))) {
                streams.add(stream.readAllBytes());
            }
        }
        return streams;
    }

    private GeneratedBackup generated(int families) {
        return database.backup(BackupType.FULL).families(families).build();
    }

    private static JobResult backup(List<byte[]> streams, List<JobDevice> devices) {
        String set = TestData.setName();
        EmulatedServer.Builder server = EmulatedServer.backup(set);
        DeviceJob.Builder job = DeviceJob.backup(set);
        streams.forEach(stream -> server.source(TestData.channel(stream)));
        devices.forEach(job::device);
        return job.statement(server.build()).build().run();
    }

    private List<Path> stored(List<byte[]> streams, Pipeline pipeline) {
        List<Path> files = new ArrayList<>();
        List<JobDevice> devices = new ArrayList<>();
        for (int i = 0; i < streams.size(); i++) {
            files.add(folder.resolve("stripe" + i + pipeline.suffix()));
            devices.add(JobDevice.toTarget(TargetFile.replace(files.getLast()), pipeline));
        }
        JobResult result = backup(streams, devices);
        assertEquals(List.of(), result.failures());
        assertTrue(result.good(), result::toString);
        return files;
    }

    private static JobResult restore(List<Path> files, Pipeline pipeline, List<ByteArrayOutputStream> targets) {
        String set = TestData.setName();
        DeviceJob.Builder job = DeviceJob.restore(set).endTimeout(Duration.ofSeconds(1));
        EmulatedServer.Builder server = EmulatedServer.restore(set);
        for (Path file : files) {
            job.device(JobDevice.fromFile(file, pipeline));
            targets.add(new ByteArrayOutputStream());
            server.target(TestData.channel(targets.getLast()));
        }
        return job.statement(server.build()).build().run();
    }

    /** A manifest tells of any change of the files, before the format can. */
    private void deleteManifests() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path manifest : files.filter(it -> it.toString().endsWith(".manifest")).toList()) {
                Files.delete(manifest);
            }
        }
    }

    private static void assertRefused(List<Path> files, Age age, String words) {
        try (Pipeline pipeline = pipeline(Zstd.level(1), age)) {
            JobResult result = restore(files, pipeline, new ArrayList<>());
            assertFalse(result.good(), result::toString);
            assertTrue(String.join("; ", result.failures()).contains(words), () -> result.failures().toString());
            result.verdict().ifPresent(verdict -> assertFalse(verdict.good(), verdict::toString));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void stripesComeBackAsTheyWere(int devices) throws IOException {
        List<byte[]> streams = streams(generated(devices), devices);
        List<Path> files;
        try (Pipeline pipeline = encrypting()) {
            assertEquals(".zst.age", pipeline.suffix());
            files = stored(streams, pipeline);
        }
        for (Path file : files) {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            assertTrue(text.startsWith("age-encryption.org/v1\n"));
            assertFalse(text.contains("Sales"), "the name of the database is not encrypted");
        }
        try (Pipeline pipeline = pipeline(Zstd.level(1), key.decrypting())) {
            List<ByteArrayOutputStream> targets = new ArrayList<>();
            JobResult result = restore(files, pipeline, targets);
            assertTrue(result.good(), result::toString);
            for (int i = 0; i < devices; i++) {
                assertArrayEquals(streams.get(i), targets.get(i).toByteArray(), "device " + i);
            }
        }
    }

    @Test
    void dataThatDoesNotCompressComesBackWithoutCompression() throws IOException {
        byte[] stream = AgeStreams.random(20_000_003, 1);
        try (Pipeline pipeline = pipeline(key.encrypting().withIdentities(key.file()))) {
            List<Path> files = stored(List.of(stream), pipeline);
            List<ByteArrayOutputStream> targets = new ArrayList<>();
            assertTrue(restore(files, pipeline, targets).good());
            assertArrayEquals(stream, targets.getFirst().toByteArray());
        }
    }

    @Test
    void wrongMissingAndDamagedAreRefusedWithTheReason() throws IOException {
        List<byte[]> streams = List.of(AgeStreams.random(5_000_000, 2));
        Path file;
        try (Pipeline pipeline = encrypting()) {
            file = stored(streams, pipeline).getFirst();
        }
        deleteManifests();
        assertRefused(List.of(file), other.decrypting(), "The identity does not open the stream");
        assertRefused(List.of(file), Age.withoutKeys(), "give an identity that opens it");
        byte[] encoded = Files.readAllBytes(file);
        for (int length : new int[]{100, 210, encoded.length / 2, encoded.length - 1}) {
            Files.write(file, Arrays.copyOf(encoded, length));
            assertRefused(List.of(file), key.decrypting(), length == 100 ? "ends within its age header" : "is cut");
        }
        encoded[encoded.length / 2] ^= 1;
        Files.write(file, encoded);
        assertRefused(List.of(file), key.decrypting(), "The encrypted stream is damaged");
    }

    @Test
    void stripesOfDifferentSetsAreRefused() throws IOException {
        List<Path> one;
        try (Pipeline pipeline = encrypting()) {
            one = stored(streams(generated(2), 2), pipeline);
            Path first = Files.move(one.get(0), folder.resolve("first.zst.age"));
            deleteManifests();
            List<Path> another = stored(streams(generated(2), 2), pipeline);
            deleteManifests();
            assertRefused(List.of(first, another.get(1)), key.decrypting(), "are not stripes of one media set");
        }
    }

    @Test
    void failedAndCancelledBackupsLeaveNothing() throws IOException {
        try (Pipeline pipeline = encrypting()) {
            String set = TestData.setName();
            DeviceJob job = DeviceJob.backup(set)
                    .statement(EmulatedServer.backup(set).source(TestData.channel(AgeStreams.random(9_000_000, 3)))
                            .build())
                    .device(JobDevice.toTarget(TargetFile.create(folder.resolve("cancelled.zst.age")), pipeline))
                    .build();
            job.cancel();
            assertFalse(job.run().good());
        }
        // The last block cannot be encrypted any more: the pipeline ends within the job.
        Pipeline ended = encrypting();
        ended.close();
        assertFalse(backup(List.of(new byte[100]),
                List.of(JobDevice.toTarget(TargetFile.create(folder.resolve("failed.zst.age")), ended))).good());
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void verificationReadsTheEncryptedFileBack() throws IOException {
        try (Pipeline pipeline = Pipeline.builder().codec(Zstd.level(1))
                .codec(key.encrypting().withIdentities(key.file())).verify(true).build()) {
            stored(List.of(AgeStreams.random(3_000_000, 4)), pipeline);
        }
        try (Pipeline pipeline = Pipeline.builder().codec(key.encrypting()).verify(true).build()) {
            JobResult result = backup(List.of(new byte[1000]),
                    List.of(JobDevice.toTarget(TargetFile.create(folder.resolve("blind.age")), pipeline)));
            assertFalse(result.good());
            assertTrue(String.join("; ", result.failures()).contains("give an identity that opens it"),
                    () -> result.failures().toString());
        }
    }

    @Test
    void ciphersTellWhatTheyAreAndHowFast() throws IOException {
        List<AgeCipher> ciphers = AgeCipher.all();
        assertEquals(List.of("libcrypto", "jdk"), ciphers.stream().map(AgeCipher::name).toList());
        AgeCipher jdk = ciphers.getLast();
        assertTrue(jdk.available() && jdk.detail().startsWith("Java "), jdk::toString);
        assertTrue(jdk.measure(Duration.ofMillis(5)) > 0);
    }
}
