package io.github.sqlvdi.peers;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.client.Command;
import io.github.sqlvdi.client.CommandResult;
import io.github.sqlvdi.client.VirtualDevice;
import io.github.sqlvdi.client.VirtualDeviceSet;
import io.github.sqlvdi.testing.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/** The client of a peer's statement, on the public API: each device on a thread of its own, data by {@link PatternData}. */
final class PeerClient implements AutoCloseable {

    static final Duration PATIENCE = Patience.LONG;

    final String name = Peer.freshName();
    final VirtualDeviceSet set;
    final LongAdder wrongWords = new LongAdder();
    private final PeerPlan plan;
    private final List<FutureTask<Void>> devices = new ArrayList<>();

    PeerClient(Peer peer, PeerPlan plan) {
        this(peer, plan, VdiConfig.builder().deviceCount(plan.devices()).build());
    }

    PeerClient(Peer peer, PeerPlan plan, VdiConfig config) {
        this.plan = plan;
        set = NativeProperty.with(peer,
                () -> VirtualDeviceSet.builder(name).provider(VdiProvider.NATIVE).config(config).create());
    }

    /** Answers a command. */
    interface Handler {
        void handle(Command command, int device, long at);
    }

    /** Waits for the configuration, opens every device and serves it. */
    void serve(Handler handler) {
        set.awaitConfiguration(PATIENCE).orElseThrow(() -> new AssertionError("no configuration"));
        for (int i = 0; i < plan.devices(); i++) {
            int index = i;
            FutureTask<Void> task = new FutureTask<>(() -> serve(index, handler), null);
            devices.add(task);
            Thread.ofPlatform().daemon().name("peer-client-" + i).start(task);
        }
    }

    private void serve(int index, Handler handler) {
        VirtualDevice device = set.openDevice(Peer.deviceName(name, index));
        long at = 0;
        CommandResult result = device.getCommand(PATIENCE);
        while (result == CommandResult.COMMAND) {
            Command command = device.command();
            int size = command.code() == CommandCode.FLUSH ? 0 : command.size();
            handler.handle(command, index, at);
            at += size;
            result = device.getCommand(PATIENCE);
        }
        if (result == CommandResult.TIMEOUT) {
            throw new AssertionError("device " + index + " got no command within " + PATIENCE);
        }
    }

    /** Checks the data of a backup, fills the buffers of a restore. */
    void transfer(Command command, int device, long at) {
        if (command.code() == CommandCode.WRITE) {
            wrongWords.add(PatternData.wrong(command.data(), plan.seed(), device, at));
        } else if (command.code() == CommandCode.READ) {
            PatternData.fill(command.data(), plan.seed(), device, at);
        }
        command.complete();
    }

    /** Waits until every device's thread has ended; throws the exception of the first that failed. */
    void await() throws ExecutionException, InterruptedException, TimeoutException {
        for (FutureTask<Void> device : devices) {
            device.get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        set.close();
    }
}
