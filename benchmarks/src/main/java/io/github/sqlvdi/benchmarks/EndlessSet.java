package io.github.sqlvdi.benchmarks;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.DeviceNames;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.client.CommandResult;
import io.github.sqlvdi.client.VirtualDevice;
import io.github.sqlvdi.client.VirtualDeviceSet;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * A device set with both halves in this process. The commands go round between two threads: the caller, which is the
 * client of all devices, and the completion agent of an {@link EndlessServer}.
 */
final class EndlessSet implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final VirtualDeviceSet client;
    private final EndlessServer server;
    private final List<VirtualDevice> devices;
    private final VdiConfig agreed;

    /** Opens the set and sends the first commands; the parameters are those of {@link EndlessServer}. */
    EndlessSet(VdiProvider provider, int deviceCount, int inFlight, CommandCode code, int size, Placement placement,
            EndlessServer.Refill refill) {
        placement.take(0);
        String name = "benchmark-" + UUID.randomUUID();
        client = VirtualDeviceSet.builder(name).provider(provider)
                .config(VdiConfig.builder().deviceCount(deviceCount).build()).create();
        server = new EndlessServer(provider, name, inFlight, code, size, placement, refill);
        agreed = client.awaitConfiguration(LIMIT).orElseThrow();
        devices = DeviceNames.of(name, deviceCount).stream().map(client::openDevice).toList();
        server.begin();
    }

    VirtualDevice device(int index) {
        return devices.get(index);
    }

    VdiConfig agreed() {
        return agreed;
    }

    VirtualDeviceSet client() {
        return client;
    }

    /**
     * Waits until all commands have come back, and ends the set in the orderly way. Must be called on the client's
     * thread.
     */
    @Override
    public void close() {
        server.end();
        for (VirtualDevice device : devices) {
            CommandResult result;
            while ((result = device.getCommand(LIMIT)) != CommandResult.CLOSED) {
                if (result == CommandResult.TIMEOUT) {
                    throw new IllegalStateException("no command came back within " + LIMIT);
                }
                device.command().complete();
            }
        }
        server.close();
        client.close();
    }
}
