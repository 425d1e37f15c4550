package io.github.sqlvdi.benchmarks;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.CommandResult;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.VirtualDevice;
import io.github.sqlvdi.VirtualDeviceSet;
import io.github.sqlvdi.server.ServerCommand;
import io.github.sqlvdi.server.ServerDevice;
import io.github.sqlvdi.server.ServerDeviceSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A device set with both halves in this process, whose server sends each completed command again from its callback, for
 * ever. So the commands go round between two threads: the caller, which is the client of all devices, and the completion
 * agent.
 */
final class EndlessSet implements AutoCloseable {

    private static final int BLOCK = 512;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final VirtualDeviceSet client;
    private final ServerDeviceSet server;
    private final VirtualDevice[] devices;
    private final List<Feeder> feeders = new ArrayList<>();
    private final Placement placement;
    private volatile boolean ending;
    private boolean agentPlaced; // the agent's

    /**
     * Opens the set and sends the first commands.
     *
     * @param provider which VDI
     * @param deviceCount 1..64
     * @param inFlight commands outstanding on each device
     * @param code what is sent: a transfer
     * @param size bytes of each transfer
     * @param placement where the caller and the agent run
     */
    EndlessSet(VdiProvider provider, int deviceCount, int inFlight, CommandCode code, int size, Placement placement) {
        this.placement = placement;
        placement.take(0);
        String name = "benchmark-" + UUID.randomUUID();
        client = VirtualDeviceSet.create(provider, null, name, VdiConfig.builder().deviceCount(deviceCount).build());
        server = ServerDeviceSet.open(provider, null, name);
        server.beginConfiguration(0, BLOCK, 0, Math.max(size, 65_536), Duration.ZERO);
        server.requestBuffers(size, 0, deviceCount * inFlight);
        server.endConfiguration();
        server.startCompletionAgent();
        client.awaitConfiguration(LIMIT).orElseThrow();
        devices = new VirtualDevice[deviceCount];
        for (int i = 0; i < deviceCount; i++) {
            String device = i == 0 ? name : name + "-" + i;
            feeders.add(new Feeder(server.openDevice(device), inFlight));
            devices[i] = client.openDevice(device);
        }
        for (Feeder feeder : feeders) {
            for (int i = 0; i < inFlight; i++) {
                feeder.begin(code, size);
            }
        }
    }

    VirtualDevice device(int index) {
        return devices[index];
    }

    VirtualDeviceSet client() {
        return client;
    }

    /** The client's thread: lets all commands come home and ends the set in the orderly way. */
    @Override
    public void close() {
        ending = true;
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

    /** The server's side of one device. */
    private final class Feeder {
        private final ServerDevice device;
        private int outstanding;

        Feeder(ServerDevice device, int inFlight) {
            this.device = device;
            this.outstanding = inFlight; // from here on the agent's alone
        }

        void begin(CommandCode code, int size) {
            device.send(new ServerCommand(this::again).set(code, size, 0, server.allocateBuffer(size, 0)));
        }

        private void again(ServerCommand command) {
            if (!agentPlaced) {
                placement.take(1);
                agentPlaced = true;
            }
            if (!ending) {
                device.send(command);
            } else if (--outstanding == 0) {
                device.close();
            }
        }
    }
}
