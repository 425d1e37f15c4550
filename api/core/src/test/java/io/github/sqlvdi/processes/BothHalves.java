package io.github.sqlvdi.processes;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.client.CommandResult;
import io.github.sqlvdi.client.VirtualDevice;
import io.github.sqlvdi.client.VirtualDeviceSet;
import io.github.sqlvdi.server.CompletionAgent;
import io.github.sqlvdi.server.ServerAnswer;
import io.github.sqlvdi.server.ServerCommand;
import io.github.sqlvdi.server.ServerDevice;
import io.github.sqlvdi.server.ServerDeviceSet;
import io.github.sqlvdi.testing.Patience;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A set with one device, whose client and server are both in this process. */
final class BothHalves implements AutoCloseable {
    private static final int TRANSFER = 65_536;

    private final VirtualDeviceSet client;
    private final ServerDeviceSet server;
    private final CompletionAgent agent;
    private final ServerDevice sender;
    private final VirtualDevice device;
    private final MemorySegment buffer;
    private final Semaphore done = new Semaphore(0);

    BothHalves(String name) {
        client = VirtualDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).create();
        server = ServerDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).open();
        server.beginConfiguration(ServerAnswer.builder().features(Features.WRITE_MEDIA).blockSize(512)
                .maxTransferSize(TRANSFER).timeout(Patience.LONG).build());
        server.requestBuffers(TRANSFER, 0, 1);
        server.endConfiguration();
        agent = server.startCompletionAgent();
        sender = server.openDevice(name);
        client.awaitConfiguration(Patience.LONG).orElseThrow();
        device = client.openDevice(name);
        buffer = server.allocateBuffer(TRANSFER, 0);
    }

    /** Sends one Write and checks that this set's data arrives. */
    void transfer(int number) throws InterruptedException {
        buffer.set(ValueLayout.JAVA_INT_UNALIGNED, TRANSFER - Integer.BYTES, number);
        ServerCommand command = new ServerCommand(completed -> done.release());
        command.set(CommandCode.WRITE, TRANSFER, 0, buffer);
        sender.send(command);
        if (device.getCommand(Patience.LONG) != CommandResult.COMMAND) {
            throw new IllegalStateException("no command");
        }
        int arrived = device.command().data().get(ValueLayout.JAVA_INT_UNALIGNED, TRANSFER - Integer.BYTES);
        if (arrived != number) {
            throw new IllegalStateException("data of set " + arrived + " in set " + number);
        }
        device.command().complete();
        if (!done.tryAcquire(Patience.SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no completion");
        }
    }

    /** Ends the set in order. */
    @Override
    public void close() {
        sender.close();
        CommandResult end = device.getCommand(Patience.LONG);
        server.close();
        client.close();
        if (end != CommandResult.CLOSED) {
            throw new IllegalStateException("not closed but " + end);
        }
        try {
            if (!agent.join(Patience.LONG)) {
                throw new IllegalStateException("the completion agent did not end");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while the completion agent ended", e);
        }
    }
}
