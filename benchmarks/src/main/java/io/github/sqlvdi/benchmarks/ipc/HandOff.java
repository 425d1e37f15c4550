package io.github.sqlvdi.benchmarks.ipc;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.DeviceNames;
import io.github.sqlvdi.VdiAbortedException;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.benchmarks.EndlessServer;
import io.github.sqlvdi.client.CommandResult;
import io.github.sqlvdi.client.VirtualDevice;
import io.github.sqlvdi.client.VirtualDeviceSet;
import io.github.sqlvdi.server.ServerCommand;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Measures the round trip of a single command between two processes, from SendCommand to its callback. Spinning: the
 * next command is sent from the callback, so both sides always run. Asleep: the next command is sent a millisecond
 * later, when client and agent are long asleep. In the plan, {@code buffers} is 1 for spinning and 0 for asleep,
 * {@code measureMillis} is the number of round trips, and {@code warmBuffers} the number of those before.
 */
final class HandOff {

    private static final int SIZE = 65_536;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final TransferPlan plan;
    private final boolean asleep;
    /** Round trips before the measurement, spinning in both cases. */
    private final int warmRounds;
    private final long[] times;
    private final int rounds; // without the first round
    private final Semaphore callback = new Semaphore(0);
    private int round;
    /** Not volatile, whose fence would be measured too: sending the command and its completion order the accesses. */
    private long sent;

    private HandOff(TransferPlan plan) {
        this.plan = plan;
        asleep = plan.buffers() == 0;
        warmRounds = (int) plan.warmBuffers();
        times = new long[(int) plan.measureMillis()];
        rounds = warmRounds + times.length + (asleep ? times.length / 10 : 0);
    }

    /** Runs the server's process. */
    static void ask(TransferPlan plan) throws InterruptedException {
        new HandOff(plan).run();
    }

    private void run() throws InterruptedException {
        try (EndlessServer server = new EndlessServer(VdiProvider.EMBEDDED, plan.name(), 1, CommandCode.WRITE, SIZE,
                plan.placement(), this::returned)) {
            plan.placement().take(1);
            sent = System.nanoTime();
            server.begin();
            if (asleep) {
                for (int i = warmRounds; i < rounds; i++) {
                    await(callback);
                    TimeUnit.MILLISECONDS.sleep(1);
                    sent = System.nanoTime();
                    server.sendAgain();
                }
            }
            await(callback);
        } // the set was not ended in the orderly way: the client sees an abort and exits
        Arrays.sort(times);
        System.out.println(Peer.RESULT + " " + at(0.5) + " " + at(0.99) + " " + at(0.999));
    }

    private static void await(Semaphore event) throws InterruptedException {
        if (!event.tryAcquire(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("no callback within " + LIMIT);
        }
    }

    /**
     * Handles a completed command on the agent's thread. The first round is not counted, because the client had only
     * just started.
     */
    private boolean returned(ServerCommand command) {
        long now = System.nanoTime();
        if (round > rounds - times.length) {
            times[round - (rounds - times.length) - 1] = now - sent;
        }
        boolean last = round++ == rounds;
        if (last || asleep && round > warmRounds) {
            callback.release();
            return false;
        }
        sent = System.nanoTime();
        return true;
    }

    private long at(double part) {
        return times[(int) (times.length * part)];
    }

    /** Runs the client's process: answers commands until the server ends the unfinished set, which aborts it. */
    static void answer(TransferPlan plan, Runnable ready) throws IOException {
        try (VirtualDeviceSet set =
                VirtualDeviceSet.builder(plan.name()).provider(VdiProvider.EMBEDDED).create()) {
            ready.run();
            set.awaitConfiguration(LIMIT).orElseThrow(() -> new IOException("no server came within " + LIMIT));
            VirtualDevice device = set.openDevice(DeviceNames.of(plan.name(), 1).getFirst());
            plan.placement().take(0);
            while (device.getCommand(LIMIT) == CommandResult.COMMAND) {
                device.command().complete();
            }
            throw new IOException("no command within " + LIMIT);
        } catch (VdiAbortedException end) {
            // the server has measured and has ended the set
        }
    }
}
