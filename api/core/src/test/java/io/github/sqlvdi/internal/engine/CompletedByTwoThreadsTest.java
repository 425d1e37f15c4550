package io.github.sqlvdi.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.Features;
import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.bindings.VDS_Command;
import io.github.sqlvdi.internal.com.Callback;
import io.github.sqlvdi.internal.com.ClientVirtualDeviceCalls;
import io.github.sqlvdi.internal.com.ConfigBlock;
import io.github.sqlvdi.internal.com.ServerVirtualDeviceCalls;
import io.github.sqlvdi.internal.memory.WideStrings;
import io.github.sqlvdi.testing.Patience;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two threads that complete the same command at the same time. */
class CompletedByTwoThreadsTest {

    private static final int COMMANDS = 2_000;

    @Test
    void oneThreadCompletesTheCommandAndTheOtherIsRefused() throws Exception {
        Arena arena = Arena.ofAuto();
        ClientSet client = new ClientSet(Hosts.current());
        ServerSet server = new ServerSet(Hosts.current());
        long name = WideStrings.allocate(arena, "completed by two threads " + System.nanoTime()).address();
        MemorySegment config = arena.allocate(ConfigBlock.BYTES, 4);
        ConfigBlock.write(VdiConfig.builder().build(), config);
        assertEquals(Hresults.S_OK, client.createEx(0, name, config.address()));
        assertEquals(Hresults.S_OK, server.open(0, name));
        assertEquals(Hresults.S_OK, server.beginConfiguration(Features.WRITE_MEDIA, 512, 0, 65_536, 0));
        assertEquals(Hresults.S_OK, server.endConfiguration());
        CompletableFuture<Integer> agent = CompletableFuture.supplyAsync(server::executeCompletionAgent,
                task -> Thread.ofPlatform().start(task));
        MemorySegment out = arena.allocate(8, 8);
        assertEquals(Hresults.S_OK, client.getConfiguration(Patience.MILLIS, config.address()));
        assertEquals(Hresults.S_OK, server.openDevice(name, out.address()));
        ServerVirtualDeviceCalls sender = new ServerVirtualDeviceCalls(out.get(ValueLayout.JAVA_LONG, 0));
        assertEquals(Hresults.S_OK, client.openDevice(name, out.address()));
        ClientVirtualDeviceCalls device = new ClientVirtualDeviceCalls(out.get(ValueLayout.JAVA_LONG, 0));
        Semaphore callbacks = new Semaphore(0);
        long routine = Callback.stub(pCmd -> callbacks.release());
        CyclicBarrier together = new CyclicBarrier(2);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < COMMANDS; i++) {
                MemorySegment command = VDS_Command.allocate(arena);
                VDS_Command.commandCode(command, CommandCode.FLUSH.value());
                VDS_Command.completionRoutine(command, MemorySegment.ofAddress(routine));
                assertEquals(Hresults.S_OK, sender.sendCommand(command.address()));
                assertEquals(Hresults.S_OK, device.getCommand(Patience.MILLIS, out.address()));
                long fetched = out.get(ValueLayout.JAVA_LONG, 0);
                Future<Integer> one = threads.submit(() -> complete(device, fetched, together));
                Future<Integer> other = threads.submit(() -> complete(device, fetched, together));
                List<Integer> results = Stream.of(one.get(Patience.SECONDS, TimeUnit.SECONDS),
                        other.get(Patience.SECONDS, TimeUnit.SECONDS)).sorted().toList();
                assertEquals(List.of(Hresults.VD_E_INVALID, Hresults.S_OK), results); // an HRESULT is negative
                // A late agent would leave the commands in the device's queue until it is full.
                assertTrue(callbacks.tryAcquire(Patience.SECONDS, TimeUnit.SECONDS));
            }
        }
        assertEquals(Hresults.S_OK, sender.closeDevice());
        assertEquals(Hresults.VD_E_CLOSE, device.getCommand(Patience.MILLIS, out.address()));
        assertEquals(Hresults.S_OK, server.close());
        assertEquals(Hresults.S_OK, agent.get(Patience.SECONDS, TimeUnit.SECONDS));
        assertEquals(0, callbacks.availablePermits(), "a command was called back twice");
        client.close();
        device.release();
        sender.release();
    }

    private static int complete(ClientVirtualDeviceCalls device, long command, CyclicBarrier together)
            throws Exception {
        together.await();
        return device.completeCommand(command, CompletionCodes.SUCCESS, 0, 0);
    }
}
