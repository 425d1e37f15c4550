package io.github.sqlvdi.benchmarks.ipc;

import io.github.sqlvdi.benchmarks.Placement;
import java.nio.file.Path;
import java.util.List;

/**
 * The parameters that the two processes of one measurement share, passed on their command lines.
 *
 * @param transport how the data is transported
 * @param size bytes of each buffer
 * @param buffers for each device, for transports that have such a number
 * @param devices 1..64; transports without devices have one stream
 * @param warmMillis time before the measured time, longer until {@link #warmBytes()} went through
 * @param measureMillis the measured time
 * @param placement where the two threads run
 * @param folder a private folder for sockets and the like; its name is unique
 */
record TransferPlan(
        TransportKind transport,
        int size,
        int buffers,
        int devices,
        long warmMillis,
        long measureMillis,
        Placement placement,
        Path folder) {

    /**
     * Buffers before the measured time. Until the code that handles a buffer is compiled, the JIT compiler uses one of
     * the two CPUs. With large buffers that takes long, because only few go through in a second.
     */
    private static final long WARM_BUFFERS = 40_000;
    private static final long LONGER_MILLIS = 6_000;

    static TransferPlan parse(List<String> arguments) {
        return new TransferPlan(
                TransportKind.valueOf(arguments.get(0)),
                Integer.parseInt(arguments.get(1)),
                Integer.parseInt(arguments.get(2)),
                Integer.parseInt(arguments.get(3)),
                Long.parseLong(arguments.get(4)),
                Long.parseLong(arguments.get(5)),
                Placement.valueOf(arguments.get(6)),
                Path.of(arguments.get(7)));
    }

    List<String> arguments() {
        return List.of(transport.name(), String.valueOf(size), String.valueOf(buffers), String.valueOf(devices),
                String.valueOf(warmMillis), String.valueOf(measureMillis), placement.name(), folder.toString());
    }

    long warmBytes() {
        return WARM_BUFFERS * size;
    }

    /** {@return the time after which the warm-up ends, even if {@link #warmBytes()} did not go through} */
    long longestWarmMillis() {
        return warmMillis + LONGER_MILLIS;
    }

    /** {@return a name that no other measurement has} */
    String name() {
        return folder.getFileName().toString();
    }
}
