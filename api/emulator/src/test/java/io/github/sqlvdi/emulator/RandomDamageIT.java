package io.github.sqlvdi.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.statement.Verdict;
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
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Backups of random classes, devices, sizes and media; some fail in the middle, some are killed; of the others a file is
 * damaged or not. A restore that ends well gives the bytes of the source, always. {@code -Dsqlvdi.damages=20000} runs more
 * rounds, {@code -Dsqlvdi.damages.seed} another series.
 *
 * <p>A kill is played without a process: a copy of the folder, made in the middle of the backup, is what a killed process
 * leaves there. StandardStreamsIT of the samples kills a process.
 */
class RandomDamageIT {

    private static final int ROUNDS = Integer.getInteger("sqlvdi.damages", 100);
    private static final long SEED = Long.getLong("sqlvdi.damages.seed", 1);

    @TempDir(factory = FastDirectory.class)
    Path folder;

    /** A folder in memory: the rounds force their files thousands of times, and no round asks what a disk keeps. */
    static final class FastDirectory implements TempDirFactory {

        private static final Path MEMORY = Path.of("/dev/shm");
        private static final long ROOM = 48 << 20;

        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
            boolean usable = Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() >= ROOM;
            return usable ? Files.createTempDirectory(MEMORY, "sqlvdi-damages-")
                    : Files.createTempDirectory("sqlvdi-damages-");
        }
    }

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

    /** How the first backup of a round ends. */
    private enum End {
        GOOD, FAILED, KILLED, KILLED_BEFORE_THE_VERDICT
    }

    private static final End[] END = {End.GOOD, End.GOOD, End.GOOD, End.GOOD, End.GOOD, End.GOOD, End.GOOD, End.FAILED,
        End.KILLED, End.KILLED_BEFORE_THE_VERDICT};

    /** What a round does; all of it follows from the seed. */
    private record Round(Kind kind, int devices, long capacity, boolean complete, boolean earlier, End end,
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
                    random.nextBoolean(), random.nextInt(4) == 0, END[random.nextInt(END.length)], streams);
        }
    }

    @Test
    void goodRestoreGivesTheBytesOfTheSourceOrThereIsNone() throws Exception {
        long begin = System.nanoTime();
        Map<Damage, int[]> refused = new EnumMap<>(Damage.class);
        for (Damage damage : Damage.values()) {
            refused.put(damage, new int[2]);
        }
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> players = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            for (int player = 0; player < Runtime.getRuntime().availableProcessors(); player++) {
                players.add(pool.submit(() -> {
                    for (int round = next.getAndIncrement(); round < ROUNDS; round = next.getAndIncrement()) {
                        play(round, refused);
                    }
                    return null;
                }));
            }
            for (Future<?> player : players) {
                try {
                    player.get();
                } catch (ExecutionException failure) {
                    next.set(ROUNDS);
                    throw new AssertionError(failure.getCause().getMessage(), failure.getCause());
                }
            }
        }
        refused.forEach((damage, counts) -> {
            System.out.println(damage + ": " + counts[0] + " rounds, " + counts[1] + " refused");
            assertTrue(ROUNDS < 200 || counts[0] > 0, () -> "no round of " + damage);
        });
        System.out.printf(Locale.ROOT, "%,d rounds in %.1f s%n", ROUNDS, (System.nanoTime() - begin) / 1e9);
    }

    private void play(int number, Map<Damage, int[]> refused) throws IOException {
        Path place = Files.createDirectory(folder.resolve("round" + number));
        Random random = new Random(SEED * 1_000_003 + number);
        try {
            play(place, Round.of(random), random, refused, "round " + number + " of seed " + SEED);
        } finally {
            delete(place);
        }
    }

    private static void play(Path place, Round round, Random random, Map<Damage, int[]> refused, String told)
            throws IOException {
        List<Path> files = new ArrayList<>();
        for (int device = 0; device < round.devices; device++) {
            files.add(place.resolve("f" + device));
        }
        // a larger backup that is replaced
        List<byte[]> larger = round.streams.stream().map(stream -> TestData.bytes(400_000, stream.length)).toList();
        if (round.earlier) {
            assertTrue(backup(round, larger, files, false).good(), told);
        }
        List<Path> before = files(place);
        switch (round.end) {
            case GOOD -> {
            }
            case FAILED -> {
                assertFalse(new Backup(round, round.streams, files, round.earlier).failing().run().good(), told);
                assertEquals(before, files(place), told);
                return;
            }
            case KILLED, KILLED_BEFORE_THE_VERDICT -> {
                kill(place, round, files, random, told);
                restoreAfterKill(round, files, larger, told);
            }
        }
        JobResult backup = backup(round, round.streams, files, round.earlier);
        assertTrue(backup.good(), () -> told + ": " + backup);
        assertTrue(files(place).stream().noneMatch(file -> file.toString().endsWith(".sqlvdi-part")), told);
        Damage damage = Damage.values()[random.nextInt(Damage.values().length)];
        if (damage == Damage.OTHER_BACKUP) {
            Path other = Files.createDirectory(place.resolve("other"));
            List<Path> others = files.stream().map(file -> other.resolve(file.getFileName())).toList();
            List<byte[]> same = round.streams.stream().map(stream -> TestData.bytes(stream.length, 7)).toList();
            assertTrue(backup(round, same, others, false).good(), told);
        }
        boolean harmed = damage(place, damage, random);
        List<ByteArrayOutputStream> restored = new ArrayList<>();
        JobResult result = restore(round, files, round.streams, restored);
        synchronized (refused) {
            refused.get(damage)[0]++;
            refused.get(damage)[1] += result.good() ? 0 : 1;
        }
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

    /** Leaves in the folder what a process that was killed in the middle of the backup would have left there. */
    private static void kill(Path place, Round round, List<Path> files, Random random, String told) throws IOException {
        Path left = place.resolveSibling(place.getFileName() + "-killed");
        Backup backup = new Backup(round, round.streams, files, round.earlier);
        if (round.end == End.KILLED) {
            backup.during(random.nextInt(1 + round.streams.getLast().length), () -> copy(place, left));
        } else {
            backup.beforeVerdict(() -> copy(place, left));
        }
        assertTrue(backup.run().good(), told);
        delete(place);
        Files.move(left, place);
    }

    /** The earlier backup is what it was; without one nothing is restored. */
    private static void restoreAfterKill(Round round, List<Path> files, List<byte[]> earlier, String told) {
        List<ByteArrayOutputStream> restored = new ArrayList<>();
        JobResult result = restore(round, files, earlier, restored);
        assertEquals(round.earlier, result.good(), () -> told + ", " + round.end + ": " + result);
        for (int device = 0; round.earlier && device < round.devices; device++) {
            assertArrayEquals(earlier.get(device), restored.get(device).toByteArray(), told + ", " + round.end);
        }
    }

    private static JobResult backup(Round round, List<byte[]> streams, List<Path> files, boolean replacing) {
        return new Backup(round, streams, files, replacing).run();
    }

    private interface Step {
        void run() throws IOException;
    }

    /** One backup, and what happens in it. */
    private static final class Backup {

        private final Round round;
        private final List<byte[]> streams;
        private final DeviceJob.Builder job;
        private final EmulatedServer.Builder server;
        private boolean failing;
        private int at = -1;
        private Step during;
        private Step beforeVerdict = () -> {
        };

        Backup(Round round, List<byte[]> streams, List<Path> files, boolean replacing) {
            this.round = round;
            this.streams = streams;
            String set = TestData.setName();
            job = DeviceJob.backup(set).config(round.kind.config());
            server = EmulatedServer.backup(set).supportsComplete(round.complete).sectionSize(100_000);
            files.forEach(file -> job.device(round.kind.writing(file, replacing, round.capacity)));
        }

        Backup failing() {
            failing = true;
            return this;
        }

        /** Takes the step when the source of the last device has given that many bytes. */
        Backup during(int bytes, Step step) {
            at = bytes;
            during = step;
            return this;
        }

        Backup beforeVerdict(Step step) {
            beforeVerdict = step;
            return this;
        }

        JobResult run() {
            for (int device = 0; device < round.devices; device++) {
                byte[] stream = streams.get(device);
                boolean last = device == round.devices - 1;
                server.source(last && failing ? failingSource(stream)
                        : last && during != null ? interrupted(stream, at, during) : TestData.channel(stream));
            }
            EmulatedServer statement = server.build();
            return job.statement(() -> {
                Verdict verdict = statement.execute();
                beforeVerdict.run();
                return verdict;
            }).build().run();
        }
    }

    private static ReadableByteChannel interrupted(byte[] bytes, int at, Step step) {
        return Channels.newChannel(new InputStream() {
            private final InputStream rest = new ByteArrayInputStream(bytes);
            private int left = at;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                if (left == 0) {
                    step.run();
                }
                int count = rest.read(into, offset, left > 0 ? Math.min(left, length) : length);
                left -= left > 0 ? Math.max(count, 0) : left == 0 ? 1 : 0;
                return count;
            }
        });
    }

    /** Copies a folder as it is at one moment: begins again when another device renames its file meanwhile. */
    private static void copy(Path from, Path to) throws IOException {
        for (int attempt = 0;; attempt++) {
            try (Stream<Path> all = Files.walk(from)) {
                for (Path file : all.toList()) {
                    Files.copy(file, to.resolve(from.relativize(file).toString()));
                }
                return;
            } catch (NoSuchFileException | UncheckedIOException renamed) {
                assertTrue(attempt < 100, renamed::toString);
                if (Files.exists(to)) {
                    delete(to);
                }
            }
        }
    }

    private static ReadableByteChannel failingSource(byte[] bytes) {
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

    private static JobResult restore(Round round, List<Path> files, List<byte[]> streams,
            List<ByteArrayOutputStream> restored) {
        String set = TestData.setName();
        DeviceJob.Builder job = DeviceJob.restore(set).config(round.kind.config());
        EmulatedServer.Builder server = EmulatedServer.restore(set);
        for (int device = 0; device < round.devices; device++) {
            job.device(round.kind.reading(files.get(device)));
            restored.add(new ByteArrayOutputStream());
            server.target(TestData.channel(restored.getLast()));
        }
        if (round.kind == Kind.REMOVABLE) {
            server.streamLengths(streams.stream().mapToLong(stream -> stream.length).toArray());
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
