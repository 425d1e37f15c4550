package io.github.sqlvdi.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.stream.MediaCapacity;
import io.github.sqlvdi.stream.MediaFiles;
import io.github.sqlvdi.testing.TestData;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Backups of random classes, devices, sizes and media; some fail in the middle; of the others a file is damaged or not. A
 * restore that ends well gives the bytes of the source, always. {@code -Dsqlvdi.damages=20000} runs more rounds,
 * {@code -Dsqlvdi.damages.seed} another series.
 */
class RandomDamageIT {

    private static final int ROUNDS = Integer.getInteger("sqlvdi.damages", 100);
    private static final long SEED = Long.getLong("sqlvdi.damages.seed", 1);

    @TempDir
    Path folder;

    private enum Kind {
        PIPE(Features.LIKE_PIPE), TAPE(Features.LIKE_TAPE), DISK(Features.LIKE_DISK),
        REMOVABLE(Features.LIKE_DISK | Features.REMOVABLE);

        private final int features;

        Kind(int features) {
            this.features = features;
        }

        VdiConfig config() {
            return VdiConfig.builder().features(features).build();
        }

        JobDevice writing(Path file, boolean replacing, long capacity) {
            MediaCapacity size = this == DISK ? MediaCapacity.unlimited() : MediaCapacity.of(capacity);
            int limit = this == DISK ? 1 : 999;
            MediaFiles media = replacing ? MediaFiles.replacing(file, limit) : MediaFiles.writing(file, limit);
            return switch (this) {
                case PIPE -> replacing ? JobDevice.replacingFile(file) : JobDevice.toFile(file);
                case TAPE -> JobDevice.tape(media, size);
                case DISK, REMOVABLE -> JobDevice.disk(media, size);
            };
        }

        JobDevice reading(Path file) {
            return switch (this) {
                case PIPE -> JobDevice.fromFile(file);
                case TAPE -> JobDevice.tape(MediaFiles.reading(file), MediaCapacity.unlimited());
                case DISK, REMOVABLE -> JobDevice.disk(MediaFiles.reading(file), MediaCapacity.unlimited());
            };
        }
    }

    private enum Damage {
        NONE, CUT, EXTEND, FLIP, SWAP, DELETE, REPLACE, DUPLICATE, OTHER_BACKUP
    }

    /** What a round does; all of it follows from the seed. */
    private record Round(Kind kind, int devices, long capacity, boolean complete, boolean earlier, boolean fails,
            List<byte[]> streams) {

        static Round of(Random random) {
            int devices = 1 + random.nextInt(3);
            List<byte[]> streams = new ArrayList<>();
            for (int device = 0; device < devices; device++) {
                int size = switch (random.nextInt(5)) {
                    case 0 -> random.nextInt(3);
                    case 1 -> 65_536 + random.nextInt(3) - 1;
                    default -> random.nextInt(250_000);
                };
                streams.add(TestData.bytes(size, random.nextLong()));
            }
            return new Round(Kind.values()[random.nextInt(4)], devices, 66_000 + random.nextInt(150_000),
                    random.nextBoolean(), random.nextInt(4) == 0, random.nextInt(6) == 0, streams);
        }
    }

    @Test
    void goodRestoreGivesTheBytesOfTheSourceOrThereIsNone() throws IOException {
        Map<Damage, int[]> refused = new EnumMap<>(Damage.class);
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(SEED * 1_000_003 + round);
            Path place = Files.createDirectory(folder.resolve("round" + round));
            String told = "round " + round + " of seed " + SEED;
            play(place, Round.of(random), random, refused, told);
            delete(place);
        }
        assertTrue(ROUNDS < 200 || refused.size() == Damage.values().length,
                () -> "not all damages: " + refused.keySet());
        refused.forEach((damage, counts) -> System.out.println(damage + ": " + counts[0] + " rounds, " + counts[1]
                + " refused"));
    }

    private static void play(Path place, Round round, Random random, Map<Damage, int[]> refused, String told)
            throws IOException {
        List<Path> files = new ArrayList<>();
        for (int device = 0; device < round.devices; device++) {
            files.add(place.resolve("f" + device));
        }
        if (round.earlier) { // a larger backup that is replaced
            List<byte[]> larger = round.streams.stream().map(stream -> TestData.bytes(400_000, stream.length)).toList();
            assertTrue(backup(round, larger, files, false, false).good(), told);
        }
        List<Path> before = files(place);
        JobResult backup = backup(round, round.streams, files, round.earlier, round.fails);
        if (round.fails) {
            assertEquals(false, backup.good(), told);
            assertEquals(before, files(place), told);
            return;
        }
        assertTrue(backup.good(), () -> told + ": " + backup);
        Damage damage = Damage.values()[random.nextInt(Damage.values().length)];
        if (damage == Damage.OTHER_BACKUP) {
            Path other = Files.createDirectory(place.resolve("other"));
            List<Path> others = files.stream().map(file -> other.resolve(file.getFileName())).toList();
            List<byte[]> same = round.streams.stream().map(stream -> TestData.bytes(stream.length, 7)).toList();
            assertTrue(backup(round, same, others, false, false).good(), told);
        }
        boolean harmed = damage(place, damage, random);
        List<ByteArrayOutputStream> restored = new ArrayList<>();
        JobResult result = restore(round, files, restored);
        int[] counts = refused.computeIfAbsent(damage, key -> new int[2]);
        counts[0]++;
        counts[1] += result.good() ? 0 : 1;
        if (!harmed) {
            assertTrue(result.good(), () -> told + ", " + damage + ": " + result);
        }
        if (result.good()) {
            for (int device = 0; device < round.devices; device++) {
                assertArrayEquals(round.streams.get(device), restored.get(device).toByteArray(),
                        told + ", " + damage + ", " + round.kind);
            }
        }
    }

    private static JobResult backup(Round round, List<byte[]> streams, List<Path> files, boolean replacing,
            boolean fails) {
        String set = TestData.setName();
        DeviceJob.Builder job = DeviceJob.backup(set).config(round.kind.config());
        EmulatedServer.Builder server =
                EmulatedServer.backup(set).supportsComplete(round.complete).sectionSize(100_000);
        for (int device = 0; device < round.devices; device++) {
            job.device(round.kind.writing(files.get(device), replacing, round.capacity));
            boolean failing = fails && device == round.devices - 1;
            server.source(failing ? failing(streams.get(device)) : TestData.channel(streams.get(device)));
        }
        return job.statement(server.build()).build().run();
    }

    private static ReadableByteChannel failing(byte[] bytes) {
        return Channels.newChannel(new InputStream() {
            private final InputStream half = new ByteArrayInputStream(bytes, 0, bytes.length / 2);

            @Override
            public int read() throws IOException {
                int value = half.read();
                if (value < 0) {
                    throw new IOException("bad sector");
                }
                return value;
            }
        });
    }

    private static JobResult restore(Round round, List<Path> files, List<ByteArrayOutputStream> restored) {
        String set = TestData.setName();
        DeviceJob.Builder job = DeviceJob.restore(set).config(round.kind.config());
        EmulatedServer.Builder server = EmulatedServer.restore(set);
        for (int device = 0; device < round.devices; device++) {
            job.device(round.kind.reading(files.get(device)));
            restored.add(new ByteArrayOutputStream());
            server.target(TestData.channel(restored.getLast()));
        }
        if (round.kind == Kind.REMOVABLE) {
            server.streamLengths(round.streams.stream().mapToLong(stream -> stream.length).toArray());
        }
        return job.statement(server.build()).build().run();
    }

    /** Damages a file of the backup, a manifest now and then; false when nothing was changed that matters. */
    private static boolean damage(Path place, Damage damage, Random random) throws IOException {
        List<Path> all = files(place).stream().filter(Files::isRegularFile).toList();
        List<Path> data = all.stream().filter(file -> !file.toString().endsWith(".manifest")).toList();
        boolean ofData = random.nextInt(8) > 0;
        List<Path> choice = ofData ? data : all;
        Path victim = choice.get(random.nextInt(choice.size()));
        Path second = choice.get(random.nextInt(choice.size()));
        byte[] bytes = Files.readAllBytes(victim);
        switch (damage) {
            case NONE -> {
                return false;
            }
            case CUT -> Files.write(victim, Arrays.copyOf(bytes, bytes.length == 0 ? 0 : random.nextInt(bytes.length)));
            case EXTEND -> Files.write(victim, Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(2_000)));
            case FLIP -> {
                if (bytes.length > 0) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
                Files.write(victim, bytes);
            }
            case SWAP -> {
                byte[] others = Files.readAllBytes(second);
                Files.write(second, bytes);
                Files.write(victim, others);
            }
            case DELETE -> Files.delete(victim);
            case REPLACE -> Files.write(victim, TestData.bytes(bytes.length, random.nextLong()));
            case DUPLICATE -> Files.write(second, bytes);
            case OTHER_BACKUP -> {
                Path other = place.resolve("other").resolve(victim.getFileName());
                if (Files.exists(other)) {
                    Files.copy(other, victim, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        return true;
    }

    private static List<Path> files(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.sorted().toList();
        }
    }

    private static void delete(Path place) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
