package io.github.sqlvdi.benchmarks.ipc;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.DeviceNames;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.benchmarks.EndlessServer;
import io.github.sqlvdi.client.CommandResult;
import io.github.sqlvdi.client.VirtualDevice;
import io.github.sqlvdi.client.VirtualDeviceSet;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Measures the CPU time of an open device without commands: of the client's thread, which waits in GetCommand, and of
 * the completion agent, each in its own process. {@code measureMillis} of the plan is the duration.
 */
final class IdleDevice {

    private static final int SIZE = 65_536;
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private IdleDevice() {
    }

    static void server(TransferPlan plan) throws IOException, InterruptedException {
        CountDownLatch first = new CountDownLatch(1);
        Thread[] agent = new Thread[1];
        try (EndlessServer server = new EndlessServer(VdiProvider.EMBEDDED, plan.name(), 1, CommandCode.WRITE, SIZE,
                plan.placement(), command -> {
                    agent[0] = Thread.currentThread();
                    first.countDown();
                    return false; // the device is idle from here on
                })) {
            server.begin();
            if (!first.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("the first command did not come back");
            }
            TimeUnit.MILLISECONDS.sleep(plan.warmMillis());
            long time = System.nanoTime();
            long cpu = THREADS.getThreadCpuTime(agent[0].threadId());
            TimeUnit.MILLISECONDS.sleep(plan.measureMillis());
            cpu = THREADS.getThreadCpuTime(agent[0].threadId()) - cpu;
            System.out.println(Peer.RESULT + " " + cpu + " " + (System.nanoTime() - time));
            Peer.awaitParent(); // the client may still be measuring
        }
    }

    static void client(TransferPlan plan, Runnable ready) throws IOException {
        try (VirtualDeviceSet set =
                VirtualDeviceSet.builder(plan.name()).provider(VdiProvider.EMBEDDED).create()) {
            ready.run();
            set.awaitConfiguration(LIMIT).orElseThrow(() -> new IOException("no server came within " + LIMIT));
            VirtualDevice device = set.openDevice(DeviceNames.of(plan.name(), 1).getFirst());
            if (device.getCommand(LIMIT) != CommandResult.COMMAND) {
                throw new IOException("no command within " + LIMIT);
            }
            device.command().complete();
            device.getCommand(Duration.ofMillis(plan.warmMillis()));
            long time = System.nanoTime();
            long cpu = THREADS.getCurrentThreadCpuTime();
            if (device.getCommand(Duration.ofMillis(plan.measureMillis())) != CommandResult.TIMEOUT) {
                throw new IOException("the device was not idle");
            }
            cpu = THREADS.getCurrentThreadCpuTime() - cpu;
            System.out.println(Peer.RESULT + " " + cpu + " " + (System.nanoTime() - time));
            Peer.awaitParent();
        }
    }
}
