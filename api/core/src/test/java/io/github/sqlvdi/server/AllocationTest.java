package io.github.sqlvdi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.Features;
import io.github.sqlvdi.client.Command;
import io.github.sqlvdi.client.CommandResult;
import io.github.sqlvdi.client.VirtualDevice;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/**
 * The way of a command allocates nothing: send, fetch, data, complete, callback. Counts the bytes that the three threads
 * of it allocate, in rounds, because the JIT compiler decides when the steady state begins.
 */
class AllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int COMMANDS = 10_000;
    private static final int MOST_ROUNDS = 600; // a busy machine compiles late
    private static final int OUT_AT_ONCE = 4;

    private final AtomicIntegerArray free = new AtomicIntegerArray(OUT_AT_ONCE);
    private final Semaphore go = new Semaphore(0);
    private final Semaphore sent = new Semaphore(0);
    private volatile boolean over;
    private volatile long agentThread;
    private volatile long moved;

    @Test
    void backupAllocatesNothingPerCommandOnAnyThread() throws Exception {
        assertSteadyStateIsFree(Features.WRITE_MEDIA, CommandCode.WRITE);
    }

    @Test
    void restoreAllocatesNothingPerCommandOnAnyThread() throws Exception {
        assertSteadyStateIsFree(Features.READ_MEDIA, CommandCode.READ);
    }

    private void assertSteadyStateIsFree(int direction, CommandCode code) throws Exception {
        try (EmbeddedPair pair = new EmbeddedPair(1, direction, OUT_AT_ONCE)) {
            FutureTask<Long> serving = new FutureTask<>(() -> serve(pair.clientDevices.getFirst()));
            Thread client = Thread.ofPlatform().daemon().name("client").start(serving);
            FutureTask<Void> sending = new FutureTask<>(() -> send(pair, code), null);
            Thread sender = Thread.ofPlatform().daemon().name("sender").start(sending);

            String bytes = "";
            boolean steady = false;
            int rounds = 0;
            while (!steady && rounds < MOST_ROUNDS) {
                rounds++;
                long[] before = allocated(client, sender);
                go.release();
                sent.acquire();
                long[] after = allocated(client, sender);
                bytes = String.format(Locale.ROOT, "client %d, sender %d, agent %d", after[0] - before[0],
                        after[1] - before[1], after[2] - before[2]);
                // one byte a command would already be one object of 16 bytes in every sixteenth
                steady = before[2] >= 0 && after[0] - before[0] < COMMANDS && after[1] - before[1] < COMMANDS
                        && after[2] - before[2] < COMMANDS;
            }
            over = true;
            go.release();
            sending.get();
            assertEquals((long) rounds * COMMANDS, serving.get());
            assertEquals((long) rounds * COMMANDS * EmbeddedPair.TRANSFER, moved);
            assertTrue(steady,
                    String.format(Locale.ROOT, "bytes for %,d commands in round %d: %s", COMMANDS, rounds, bytes));
        }
    }

    private long[] allocated(Thread client, Thread sender) {
        return new long[]{THREADS.getThreadAllocatedBytes(client.threadId()),
            THREADS.getThreadAllocatedBytes(sender.threadId()),
            agentThread == 0 ? -1 : THREADS.getThreadAllocatedBytes(agentThread)};
    }

    private static long serve(VirtualDevice device) {
        long commands = 0;
        long sum = 0;
        while (device.getCommand() == CommandResult.COMMAND) {
            Command command = device.command();
            if (command.code() == CommandCode.READ) {
                command.data().set(ValueLayout.JAVA_LONG, 8, commands);
                command.buffer().putLong(0, sum);
            } else {
                sum += command.data().get(ValueLayout.JAVA_LONG, 8) + command.buffer().getLong(0);
            }
            command.complete();
            commands++;
        }
        return commands + (sum == 42 ? 1 : 0);
    }

    private void send(EmbeddedPair pair, CommandCode code) {
        ServerDevice device = pair.serverDevices.getFirst();
        ServerCommand[] commands = new ServerCommand[OUT_AT_ONCE];
        for (int i = 0; i < OUT_AT_ONCE; i++) {
            int slot = i;
            commands[i] = new ServerCommand(command -> {
                agentThread = Thread.currentThread().threadId();
                moved += command.bytesTransferred(); // the agent's thread only
                free.set(slot, 1);
            }).set(code, EmbeddedPair.TRANSFER, 0, pair.server.allocateBuffer(EmbeddedPair.TRANSFER, 0));
            free.set(i, 1);
        }
        while (true) {
            go.acquireUninterruptibly();
            if (over) {
                device.close();
                return;
            }
            for (int i = 0; i < COMMANDS; i++) {
                ServerCommand command = await(commands, i % OUT_AT_ONCE);
                device.send(command.set(code, EmbeddedPair.TRANSFER, 0, command.buffer()));
            }
            for (int i = 0; i < OUT_AT_ONCE; i++) {
                await(commands, i);
                free.set(i, 1);
            }
            sent.release();
        }
    }

    private ServerCommand await(ServerCommand[] commands, int slot) {
        while (!free.compareAndSet(slot, 1, 0)) {
            Thread.yield();
        }
        return commands[slot];
    }
}
