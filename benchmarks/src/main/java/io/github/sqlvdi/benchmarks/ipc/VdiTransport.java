package io.github.sqlvdi.benchmarks.ipc;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.DeviceNames;
import io.github.sqlvdi.VdiAbortedException;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.benchmarks.CpuPin;
import io.github.sqlvdi.benchmarks.DeviceClass;
import io.github.sqlvdi.benchmarks.EndlessServer;
import io.github.sqlvdi.benchmarks.Placement;
import io.github.sqlvdi.client.Command;
import io.github.sqlvdi.client.CommandResult;
import io.github.sqlvdi.client.VirtualDevice;
import io.github.sqlvdi.client.VirtualDeviceSet;
import io.github.sqlvdi.stream.CommandHandler;
import io.github.sqlvdi.stream.JobDevice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The library. The producer is the server, which fills each buffer in the callback and sends it again. The consumer is
 * the client, with one thread for each device.
 */
final class VdiTransport implements Transport {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Copying copying;

    VdiTransport(Copying copying) {
        this.copying = copying;
    }

    @Override
    public void produce(TransferPlan plan) throws InterruptedException {
        MemorySegment source = Buffers.own(plan.size());
        int size = plan.size();
        try (EndlessServer server = new EndlessServer(VdiProvider.EMBEDDED, plan.name(), plan.buffers(),
                CommandCode.WRITE, size, plan.placement(), command -> {
                    copying.copy(source, command.buffer(), size);
                    return true;
                })) {
            server.begin();
            if (!server.awaitEnd(LIMIT.plusMillis(plan.longestWarmMillis() + plan.measureMillis()))) {
                throw new IllegalStateException("the client did not go");
            }
        }
    }

    @Override
    public void consume(TransferPlan plan, Runnable ready, Meter meter) throws IOException, InterruptedException {
        VdiConfig wanted = VdiConfig.builder().deviceCount(plan.devices()).build();
        try (VirtualDeviceSet set =
                VirtualDeviceSet.builder(plan.name()).provider(VdiProvider.EMBEDDED).config(wanted).create()) {
            ready.run();
            VdiConfig agreed =
                    set.awaitConfiguration(LIMIT).orElseThrow(() -> new IOException("no server came within " + LIMIT));
            // Open all before serving the first: the thread that finds the measurement over aborts the set.
            List<VirtualDevice> devices = DeviceNames.of(plan.name(), plan.devices()).stream()
                    .map(set::openDevice).toList();
            List<JobDevice> own = new ArrayList<>();
            List<CommandHandler> handlers = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            MemorySegment target = Buffers.own(plan.size());
            for (int i = 0; i < devices.size(); i++) {
                int slot = i;
                Worker worker = copier(areOnOneCpu(plan) ? target : Buffers.own(plan.size()));
                if (plan.transport() == TransportKind.OWN_DEVICE) {
                    JobDevice made = DeviceClass.of(plan.device()).make();
                    made.prepare();
                    CommandHandler handler = made.open(agreed);
                    own.add(made);
                    handlers.add(handler);
                    worker = handler::handle;
                }
                Worker serving = worker;
                threads.add(Thread.ofPlatform()
                        .start(() -> serve(plan, set, devices.get(slot), slot, meter, serving)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            for (int i = 0; i < own.size(); i++) {
                handlers.get(i).close();
                own.get(i).finish(false); // an endless backup has no verdict
            }
        }
    }

    /** Serves a device. Ends by aborting the set, so that the server's commands come back at once. */
    private void serve(TransferPlan plan, VirtualDeviceSet set, VirtualDevice device, int slot, Meter meter,
            Worker worker) {
        plan.placement().take(0);
        try {
            while (!meter.isOver() && device.getCommand(LIMIT) == CommandResult.COMMAND) {
                Command command = device.command();
                int size = command.size();
                worker.handle(command);
                meter.count(slot, size);
            }
        } catch (VdiAbortedException end) {
            // another device's thread saw the end first
        } catch (IOException failure) {
            throw new UncheckedIOException("device " + slot + " failed: " + failure, failure);
        } finally {
            set.abort();
        }
    }

    /** Executes and completes a command. */
    @FunctionalInterface
    private interface Worker {
        void handle(Command command) throws IOException;
    }

    /**
     * {@return whether all devices' threads are on one CPU} Then they copy into the same memory, as the C ring does: what
     * 64 targets of 64 KiB cost in the cache of that CPU is no cost of the library. On several CPUs they would disturb each
     * other.
     */
    private static boolean areOnOneCpu(TransferPlan plan) {
        return plan.placement() == Placement.APART && CpuPin.isPossible();
    }

    /** Copies the data out. */
    private Worker copier(MemorySegment target) {
        return command -> {
            copying.copy(command.data(), target, command.size());
            command.complete();
        };
    }
}
