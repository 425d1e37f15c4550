package io.github.sqlvdi.benchmarks;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.DeviceNames;
import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiAbortedException;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.server.ServerAnswer;
import io.github.sqlvdi.server.ServerCommand;
import io.github.sqlvdi.server.ServerDevice;
import io.github.sqlvdi.server.ServerDeviceSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The server half of a set. It sends each completed command again from its callback, forever, like a server that never
 * lets its devices wait. One thread, the completion agent, serves all devices. The server ends after {@link #end()} or
 * when the client aborts the set.
 */
public final class EndlessServer implements AutoCloseable {

    private static final int BLOCK = 512;
    private static final int SMALLEST_TRANSFER = 65_536;

    /** Handles a completed command, on the agent's thread, before it is sent again. */
    @FunctionalInterface
    public interface Refill {
        /**
         * Does what the benchmark measures, for example fills the command's buffer or takes the time.
         *
         * @param command the completed command
         * @return whether the command is sent again now
         */
        boolean refill(ServerCommand command);
    }

    private final ServerDeviceSet server;
    private final Placement placement;
    private final Refill refill;
    private final List<Feeder> feeders = new ArrayList<>();
    private final AtomicInteger openDevices = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean ending;
    private boolean agentPlaced; // used by the agent's thread only

    /**
     * Opens the client's set and its devices; nothing is sent yet.
     *
     * @param provider the VDI implementation
     * @param setName the client's set
     * @param inFlight commands and buffers for each device
     * @param code the transfer to send: read or write
     * @param size bytes of each transfer
     * @param placement the CPU of the agent, which is the second of the two threads
     * @param refill called before each command is sent again
     */
    public EndlessServer(VdiProvider provider, String setName, int inFlight, CommandCode code, int size,
            Placement placement, Refill refill) {
        this.placement = placement;
        this.refill = refill;
        server = ServerDeviceSet.builder(setName).provider(provider).open();
        VdiConfig asked = server.configuration();
        int direction = code == CommandCode.WRITE ? Features.WRITE_MEDIA : Features.READ_MEDIA;
        server.beginConfiguration(ServerAnswer.builder().features(asked.features() | direction).blockSize(BLOCK)
                .maxTransferSize(Math.max(size, SMALLEST_TRANSFER)).timeout(Duration.ZERO).build());
        server.requestBuffers(size, 0, asked.deviceCount() * inFlight);
        server.endConfiguration();
        server.startCompletionAgent();
        for (String name : DeviceNames.of(setName, asked.deviceCount())) {
            feeders.add(new Feeder(server.openDevice(name), inFlight, code, size));
        }
        openDevices.set(feeders.size());
    }

    /** Sends every command for the first time. */
    public void begin() {
        for (Feeder feeder : feeders) {
            for (ServerCommand command : feeder.commands) {
                feeder.device.send(command);
            }
        }
    }

    /** Sends the first command of the first device again, after its refill has returned false. */
    public void sendAgain() {
        Feeder feeder = feeders.getFirst();
        feeder.device.send(feeder.commands.getFirst());
    }

    /** Stops sending, and closes each device when its commands have come back. */
    public void end() {
        ending = true;
    }

    /**
     * Waits until all devices are closed or the set is aborted.
     *
     * @param limit the longest wait
     * @return false if the limit has passed
     * @throws InterruptedException if the thread is interrupted
     */
    public boolean awaitEnd(Duration limit) throws InterruptedException {
        return over.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        server.close();
    }

    /** The commands of one device. */
    private final class Feeder {
        private final ServerDevice device;
        private final List<ServerCommand> commands = new ArrayList<>();
        private int outstanding; // after the first callback used by the agent's thread only

        Feeder(ServerDevice device, int inFlight, CommandCode code, int size) {
            this.device = device;
            this.outstanding = inFlight;
            for (int i = 0; i < inFlight; i++) {
                commands.add(new ServerCommand(this::again).set(code, size, 0, server.allocateBuffer(size, 0)));
            }
        }

        private void again(ServerCommand command) {
            if (command.completionCode() == CompletionCodes.OPERATION_ABORTED) {
                over.countDown();
                return;
            }
            if (!agentPlaced) {
                placement.take(1);
                agentPlaced = true;
            }
            if (ending) {
                markCompleted();
            } else if (refill.refill(command)) {
                send(command);
            }
        }

        private void send(ServerCommand command) {
            try {
                device.send(command);
            } catch (VdiAbortedException aborted) { // the client ends the benchmark by an abort
                over.countDown();
            }
        }

        private void markCompleted() {
            if (--outstanding == 0) {
                device.close();
                if (openDevices.decrementAndGet() == 0) {
                    over.countDown();
                }
            }
        }
    }
}
