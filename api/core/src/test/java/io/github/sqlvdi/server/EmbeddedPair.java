package io.github.sqlvdi.server;

import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.client.VirtualDevice;
import io.github.sqlvdi.client.VirtualDeviceSet;
import io.github.sqlvdi.testing.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Client and server half of one set over the embedded VDI in this process, configured, every device open. */
public final class EmbeddedPair implements AutoCloseable {

    /** The largest transfer of a pair. */
    public static final int TRANSFER = 65_536;
    private static final int BLOCK = 512;

    /** The client's set. */
    public final VirtualDeviceSet client;
    /** The server's set. */
    public final ServerDeviceSet server;
    /** The running agent. */
    public final CompletionAgent agent;
    /** The client's devices. */
    public final List<VirtualDevice> clientDevices = new ArrayList<>();
    /** The server's devices, in the same order. */
    public final List<ServerDevice> serverDevices = new ArrayList<>();

    /** Opens a pair. */
    public EmbeddedPair(int deviceCount, int direction, int bufferCount) {
        this(VdiConfig.builder().deviceCount(deviceCount).features(Features.REQUEST_COMPLETE).build(), direction,
                bufferCount);
    }

    /** Opens a pair with what a client asks for. */
    public EmbeddedPair(VdiConfig asked, int direction, int bufferCount) {
        String name = UUID.randomUUID().toString();
        client = VirtualDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).config(asked).create();
        server = ServerDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).open();
        server.beginConfiguration(ServerAnswer.builder().features(server.configuration().features() | direction)
                .blockSize(BLOCK).maxTransferSize(TRANSFER).timeout(Patience.LONG).build());
        server.requestBuffers(TRANSFER, 0, bufferCount);
        server.endConfiguration();
        agent = server.startCompletionAgent();
        client.awaitConfiguration(Patience.LONG).orElseThrow();
        for (int i = 0; i < asked.deviceCount(); i++) {
            String device = i == 0 ? name : name + "-" + i;
            serverDevices.add(server.openDevice(device));
            clientDevices.add(client.openDevice(device));
        }
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
