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
 * @param warmBuffers buffers that must go through before the measured time, 0 for none
 * @param measureMillis the measured time
 * @param placement where the two threads run
 * @param folder a private folder for sockets and the like; its name is unique
 * @param device the class of the user's own devices, empty if there is none
 */
record TransferPlan(
        TransportKind transport,
        int size,
        int buffers,
        int devices,
        long warmMillis,
        long warmBuffers,
        long measureMillis,
        Placement placement,
        Path folder,
        String device) {

    private static final long LONGER_MILLIS = 6_000;

    static TransferPlan parse(List<String> arguments) {
        return new TransferPlan(
                TransportKind.valueOf(arguments.get(0)),
                Integer.parseInt(arguments.get(1)),
                Integer.parseInt(arguments.get(2)),
                Integer.parseInt(arguments.get(3)),
                Long.parseLong(arguments.get(4)),
                Long.parseLong(arguments.get(5)),
                Long.parseLong(arguments.get(6)),
                Placement.valueOf(arguments.get(7)),
                Path.of(arguments.get(8)),
                arguments.get(9));
    }

    List<String> arguments() {
        return List.of(transport.name(), String.valueOf(size), String.valueOf(buffers), String.valueOf(devices),
                String.valueOf(warmMillis), String.valueOf(warmBuffers), String.valueOf(measureMillis),
                placement.name(), folder.toString(), device);
    }

    long warmBytes() {
        return warmBuffers * size;
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
