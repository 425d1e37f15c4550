package io.github.sqlvdi.benchmarks.ipc;

import io.github.sqlvdi.benchmarks.CpuPin;
import io.github.sqlvdi.benchmarks.DeviceClass;
import io.github.sqlvdi.benchmarks.Placement;
import io.github.sqlvdi.benchmarks.baseline.NativeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Runs single measurements, each in fresh processes and in a folder of its own that is deleted afterwards. */
final class Rounds {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final int HAND_OFFS_SPINNING = 1_000_000;
    private static final int HAND_OFFS_ASLEEP = 2_000;

    /**
     * Buffers before the measured time. Until the code that handles a buffer is compiled, the JIT compiler uses one of
     * the two CPUs. With large buffers that takes long, because only few go through in a second.
     */
    private static final long WARM_BUFFERS = 40_000;

    /** Round trips before the measured ones. Two thousand asleep would be too few to get the code compiled. */
    private static final int WARM_HAND_OFFS = 100_000;

    private final long warmMillis;
    private final long warmBuffers;
    private final long measureMillis;
    private final Placement placement;
    private final int handOffDivisor;
    private final String device;

    Rounds(long warmMillis, long measureMillis, Placement placement, boolean quick, DeviceClass device) {
        this.device = device == null ? "" : device.name();
        this.warmMillis = warmMillis;
        this.warmBuffers = quick ? 0 : WARM_BUFFERS;
        this.measureMillis = measureMillis;
        this.placement = placement;
        this.handOffDivisor = quick ? 200 : 1;
    }

    /** {@return the GB/s of copying in and out} */
    double transfer(TransportKind transport, int size, int devices, int buffers)
            throws IOException, InterruptedException {
        long[] bytesAndNanos = inFolder(folder -> {
            TransferPlan plan =
                    new TransferPlan(transport, size, buffers, devices, warmMillis, warmBuffers, measureMillis,
                            placement, folder, device);
            return switch (transport) {
                case C_RING -> ring("copy", String.valueOf(size), String.valueOf(buffers), String.valueOf(warmMillis),
                        String.valueOf(measureMillis), cpu(1), cpu(0)).getFirst();
                case PIPE -> piped(plan);
                default -> pair(Peer.Role.CONSUME, Peer.Role.PRODUCE, plan, Peer.Role.CONSUME);
            };
        });
        return (double) bytesAndNanos[0] / bytesAndNanos[1];
    }

    /** {@return the nanoseconds of a round trip of one command: p50, p99, p99.9} */
    long[] handOff(boolean c, boolean asleep) throws IOException, InterruptedException {
        int count = (asleep ? HAND_OFFS_ASLEEP : HAND_OFFS_SPINNING) / handOffDivisor;
        if (c) {
            long[] times = ring("handoff", asleep ? "sleep" : "spin", String.valueOf(count), cpu(1), cpu(0)).stream()
                    .mapToLong(line -> line[0]).sorted().toArray();
            return new long[]{times[times.length / 2], times[(int) (times.length * 0.99)],
                times[(int) (times.length * 0.999)]};
        }
        return inFolder(folder -> pair(Peer.Role.ANSWER, Peer.Role.ASK,
                new TransferPlan(TransportKind.SQLVDI, 1, asleep ? 0 : 1, 1, 0, WARM_HAND_OFFS / handOffDivisor,
                        count, placement, folder, device),
                Peer.Role.ASK));
    }

    /** {@return the CPU time of an idle device, of client and agent together, as a fraction of the elapsed time} */
    double idle() throws IOException, InterruptedException {
        long[] nanos = inFolder(folder -> {
            TransferPlan plan = new TransferPlan(TransportKind.SQLVDI, 1, 1, 1, warmMillis, 0, 10 * measureMillis,
                    Placement.FREE, folder, device);
            try (PeerProcess client = PeerProcess.start(Peer.Role.IDLE_CLIENT, plan)) {
                client.await(Peer.READY);
                try (PeerProcess server = PeerProcess.start(Peer.Role.IDLE_SERVER, plan)) {
                    long[] ofClient = client.await(Peer.RESULT);
                    long[] ofServer = server.await(Peer.RESULT);
                    client.release();
                    client.join();
                    server.release();
                    server.join();
                    return new long[]{ofClient[0] + ofServer[0], ofClient[1]};
                }
            }
        });
        return (double) nanos[0] / nanos[1];
    }

    private static long[] pair(Peer.Role first, Peer.Role second, TransferPlan plan, Peer.Role measuring)
            throws IOException, InterruptedException {
        try (PeerProcess one = PeerProcess.start(first, plan)) {
            one.await(Peer.READY);
            try (PeerProcess two = PeerProcess.start(second, plan)) {
                long[] result = (measuring == first ? one : two).await(Peer.RESULT);
                two.join();
                one.release();
                one.join();
                return result;
            }
        }
    }

    private static long[] piped(TransferPlan plan) throws IOException, InterruptedException {
        List<PeerProcess> processes = PeerProcess.startPipeline(plan);
        try (PeerProcess producer = processes.get(0); PeerProcess consumer = processes.get(1)) {
            long[] result = consumer.await(Peer.RESULT);
            consumer.join();
            producer.join();
            return result;
        }
    }

    private List<long[]> ring(String... arguments) throws IOException, InterruptedException {
        return inFolder(folder -> {
            Path errors = folder.resolve("ring.err");
            List<String> command = Stream.concat(
                    Stream.of(NativeFiles.program("ring").toString()), Stream.of(arguments)).toList();
            Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
            try (PeerProcess ring = new PeerProcess(process, errors)) {
                List<long[]> lines = process.inputReader().lines()
                        .map(line -> Stream.of(line.split(" ")).mapToLong(Long::parseLong).toArray()).toList();
                ring.join();
                return lines;
            }
        });
    }

    private String cpu(int which) {
        if (placement == Placement.FREE || !CpuPin.isPossible()) {
            return "-1";
        }
        List<Integer> cpus = CpuPin.allowed();
        return String.valueOf(which == 0 ? cpus.getFirst() : cpus.getLast());
    }

    private static <T> T inFolder(Measured<T> measured) throws IOException, InterruptedException {
        Path shared = Path.of("/dev/shm"); // where Aeron keeps its logs by default
        String prefix = "sqlvdi-ipc-" + NUMBER.incrementAndGet() + "-";
        Path folder = Files.isWritable(shared)
                ? Files.createTempDirectory(shared, prefix)
                : Files.createTempDirectory(prefix);
        try {
            return measured.in(folder);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(Rounds::delete);
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot clear up " + file, e);
        }
    }

    /** A measurement with a folder of its own. */
    @FunctionalInterface
    private interface Measured<T> {
        T in(Path folder) throws IOException, InterruptedException;
    }
}
