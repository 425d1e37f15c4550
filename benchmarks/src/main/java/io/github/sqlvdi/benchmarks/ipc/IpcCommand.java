package io.github.sqlvdi.benchmarks.ipc;

import io.github.sqlvdi.benchmarks.CallWindows;
import io.github.sqlvdi.benchmarks.CpuDistance;
import io.github.sqlvdi.benchmarks.DeviceClass;
import io.github.sqlvdi.benchmarks.Placement;
import io.github.sqlvdi.benchmarks.baseline.NativeFiles;
import io.github.sqlvdi.benchmarks.result.Distance;
import io.github.sqlvdi.benchmarks.result.Machine;
import io.github.sqlvdi.benchmarks.result.Measurement;
import io.github.sqlvdi.benchmarks.result.ResultFile;
import io.github.sqlvdi.benchmarks.result.ResultTable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code benchmarks.jar ipc}: runs all measurements between two processes, interleaved in rounds. */
@Command(name = "ipc", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Measures data and hand-offs between two processes: the library against sockets, a pipe, Aeron and a "
                + "C ring, interleaved in rounds, each in fresh processes.")
public final class IpcCommand implements Callable<Integer> {

    private static final int MIB = 1 << 20;
    private static final int DEVICE_SIZE = 65_536;

    /**
     * Buffers of all devices together: the same 8 MiB for any number of devices. Each device uses its share of them
     * again and again.
     */
    private static final int DEVICE_BUFFERS = 128;

    /** Buffers of one device from which on the number of devices should not matter: 2 MiB, twice the cache of a CPU. */
    private static final int ENOUGH_BUFFERS = 32;
    private static final String DEVICES = "devices together";
    /** SendCommand, GetCommand, CompleteCommand and the callback. */
    private static final int VTABLE_CALLS = 4;
    private static final long UPCALL_WARM_MILLIS = 1_500;
    private static final int UPCALL_WINDOWS = 1_000;
    private static final double NANOS_TO_PERCENT = 100;

    @Spec
    private CommandSpec spec;

    @Option(names = "--rounds", defaultValue = "7",
            description = "How often everything is measured (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--sizes", split = ",", defaultValue = "64,256,1024,4096",
            description = "Buffer sizes in KiB (${DEFAULT-VALUE}).")
    private List<Integer> sizes;

    @Option(names = "--devices", split = ",", defaultValue = "1,2,8,64",
            description = "Numbers of devices for the library, at 64 KiB (${DEFAULT-VALUE}).")
    private List<Integer> devices;

    @Option(names = "--transports", split = ",",
            description = "Only these: ${COMPLETION-CANDIDATES}.")
    private List<TransportKind> transports =
            Stream.of(TransportKind.values()).filter(kind -> kind != TransportKind.OWN_DEVICE).toList();

    @Option(names = "--device", paramLabel = "CLASS", converter = DeviceClass.Converter.class,
            description = "Also measures devices of this class, behind the same server that copies data in.")
    private DeviceClass device;

    @Option(names = "--warm", defaultValue = "700",
            description = "Milliseconds before each measurement (${DEFAULT-VALUE}), and longer until 40,000 buffers went "
                    + "through, but no more than 6 s.")
    private long warmMillis;

    @Option(names = "--measure", defaultValue = "500",
            description = "Milliseconds of each measurement (${DEFAULT-VALUE}).")
    private long measureMillis;

    @Option(names = "--placement", defaultValue = "APART",
            description = "Where the two threads run: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private Placement placement;

    @Option(names = "--quick", description = "Fewer hand-offs, and no longer warm-up than --warm: to see "
            + "that it runs, not for figures.")
    private boolean quick;

    @Option(names = {"-o", "--output"}, defaultValue = "ipc.json", description = "The result file (${DEFAULT-VALUE}).")
    private Path output;

    private final Map<String, Measurement> measurements = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintStream console = System.out;
        Machine machine = Machine.here();
        List<TransportKind> wanted = new ArrayList<>(transports);
        if (!NativeFiles.exist() && wanted.remove(TransportKind.C_RING)) {
            console.println("The C ring is left out: this jar was built without a C compiler.");
        }
        wanted.remove(TransportKind.OWN_DEVICE);
        if (device != null) {
            wanted.add(TransportKind.OWN_DEVICE);
        }
        CpuDistance.probe(); // lets the probe get compiled
        Rounds measuring = new Rounds(warmMillis, measureMillis, placement, quick, device);
        for (int round = 1; round <= rounds; round++) {
            console.printf(Locale.ROOT, "round %d of %d%n", round, rounds);
            for (int size : sizes) {
                for (TransportKind transport : wanted) {
                    copy(measuring, transport, size << 10);
                }
            }
            if (wanted.contains(TransportKind.SQLVDI)) {
                for (int count : devices) {
                    devicesTogether(measuring, count, wanted.contains(TransportKind.C_RING));
                }
                handOffs(measuring, wanted.contains(TransportKind.C_RING));
                if (round == 1) {
                    record("idle device", "sqlvdi", Map.of(), "% of a CPU", false, NANOS_TO_PERCENT * measuring.idle());
                }
            }
            write(machine); // after each round: an interrupted run keeps its results
        }
        ResultTable.printWithTargets(measurements.values(), console);
        return 0;
    }

    private void copy(Rounds measuring, TransportKind transport, int size) throws IOException, InterruptedException {
        transfer("copy in + copy out", transport == TransportKind.OWN_DEVICE ? device.label() : transport.label(),
                Map.of("size", ResultTable.size(size)),
                () -> measuring.transfer(transport, size, 1, buffers(size)));
    }

    /**
     * Measures devices together, with the same buffers for all of them and with enough for each. The C ring is one device with as many buffers as each of them has, which shows what so
     * few buffers gain in the caches.
     */
    private void devicesTogether(Rounds measuring, int count, boolean withC) throws IOException, InterruptedException {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("size", ResultTable.size(DEVICE_SIZE));
        parameters.put("devices", String.valueOf(count));
        int buffers = DEVICE_BUFFERS / count;
        transfer(DEVICES, TransportKind.SQLVDI.label(), parameters,
                () -> measuring.transfer(TransportKind.SQLVDI, DEVICE_SIZE, count, buffers));
        transfer(DEVICES, TransportKind.SQLVDI.label() + ", 2 MiB for each", parameters,
                () -> measuring.transfer(TransportKind.SQLVDI, DEVICE_SIZE, count, ENOUGH_BUFFERS));
        if (withC) {
            transfer(DEVICES, TransportKind.C_RING.label() + " with the buffers of one device", parameters,
                    () -> measuring.transfer(TransportKind.C_RING, DEVICE_SIZE, 1, buffers));
        }
    }

    private void transfer(String suite, String name, Map<String, String> of, Transfer transfer)
            throws IOException, InterruptedException {
        Map<String, String> parameters = new LinkedHashMap<>(of);
        double before = CpuDistance.probe();
        double gigabytes = transfer.run();
        parameters.put("cpus", Distance.of(before, CpuDistance.probe()));
        record(suite, name, parameters, "GB/s", true, gigabytes);
    }

    /** One measurement. */
    @FunctionalInterface
    private interface Transfer {
        double run() throws IOException, InterruptedException;
    }

    /** {@return the number of buffers of a size: 2 to 8 MiB together, the same for the library and the C ring} */
    private static int buffers(int size) {
        return Math.clamp(4L * MIB / size, 2, 32);
    }

    private void handOffs(Rounds measuring, boolean withC) throws IOException, InterruptedException {
        if (NativeFiles.exist()) {
            fourUpcalls();
        }
        for (boolean asleep : new boolean[]{false, true}) {
            for (boolean c : withC ? new boolean[]{true, false} : new boolean[]{false}) {
                double before = CpuDistance.probe();
                long[] nanos = measuring.handOff(c, asleep);
                String distance = Distance.of(before, CpuDistance.probe());
                for (int i = 0; i < nanos.length; i++) {
                    Map<String, String> parameters = new LinkedHashMap<>();
                    parameters.put("waiting", asleep ? "asleep" : "spinning");
                    parameters.put("cpus", distance);
                    parameters.put("metric", List.of("p50", "p99", "p99.9").get(i));
                    record("hand-off round trip", c ? "C ring" : "sqlvdi", parameters, "ns/op", false, nanos[i]);
                }
            }
        }
    }

    /** What the way of a command through four vtables costs, in the same round as the hand-offs it belongs to. */
    private void fourUpcalls() throws IOException, InterruptedException {
        FutureTask<Double> nanos = new FutureTask<>(() -> {
            placement.take(0);
            try (CallWindows calls = new CallWindows(CallWindows.UPCALL)) {
                calls.warm(quick ? UPCALL_WARM_MILLIS / 10 : UPCALL_WARM_MILLIS);
                return calls.round(quick ? UPCALL_WINDOWS / 10 : UPCALL_WINDOWS).get(CallWindows.UPCALL).nanos();
            }
        });
        Thread.ofPlatform().daemon().start(nanos);
        try {
            record("hand-off round trip", "four upcalls", Map.of("waiting", "spinning"), "ns/op", false,
                    VTABLE_CALLS * nanos.get());
        } catch (ExecutionException failure) {
            throw new IOException("the calls of a hand-off cannot be measured: " + failure.getCause().getMessage(),
                    failure.getCause());
        }
    }

    private void record(String suite, String name, Map<String, String> parameters, String unit, boolean higherIsBetter,
            double value) {
        Measurement empty = new Measurement(suite, name, parameters, unit, higherIsBetter, new ArrayList<>());
        measurements.computeIfAbsent(empty.key(), key -> empty).values().add(value);
    }

    private void write(Machine machine) throws IOException {
        ResultFile.of(machine, spec, measurements.values()).write(output);
    }
}
