package io.github.sqlvdi.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.Features;
import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.bindings.VDC_Command;
import io.github.sqlvdi.bindings.VDS_Command;
import io.github.sqlvdi.internal.com.Callback;
import io.github.sqlvdi.internal.com.ClientVirtualDeviceCalls;
import io.github.sqlvdi.internal.com.ClientVirtualDeviceSet2Calls;
import io.github.sqlvdi.internal.com.ComObjects;
import io.github.sqlvdi.internal.com.ConfigBlock;
import io.github.sqlvdi.internal.com.ServerVirtualDeviceCalls;
import io.github.sqlvdi.internal.com.ServerVirtualDeviceSet2Calls;
import io.github.sqlvdi.internal.memory.Memory;
import io.github.sqlvdi.internal.memory.WideStrings;
import io.github.sqlvdi.testing.Patience;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The whole way of a backup through the vtables, both halves in this process. */
class EngineRoundTripTest {
    private static final int TRANSFER = 65_536;
    private static final Executor OWN_THREAD = task -> Thread.ofPlatform().start(task);
    private static final int COMMANDS = 20_000;

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment out = arena.allocate(8, 8);

    private long pointer() {
        return out.get(ValueLayout.JAVA_LONG, 0);
    }

    @Test
    void everyByteOfABackupArrivesAndNothingIsLeft() throws Exception {
        int before = ComObjects.liveCount();
        ClientVirtualDeviceSet2Calls client = new ClientVirtualDeviceSet2Calls(EmbeddedVdi.createClientSet());
        ServerVirtualDeviceSet2Calls server = new ServerVirtualDeviceSet2Calls(EmbeddedVdi.createServerSet());
        long name = WideStrings.allocate(arena, "engine round trip " + System.nanoTime()).address();
        MemorySegment config = arena.allocate(ConfigBlock.BYTES, 4);
        ConfigBlock.write(VdiConfig.builder().features(Features.REQUEST_COMPLETE).build(), config);

        assertEquals(Hresults.S_OK, client.createEx(0, name, config.address()));
        assertEquals(Hresults.S_OK, server.open(0, name));
        assertEquals(Hresults.S_OK, server.getConfiguration(config.address()));
        int features = Features.REQUEST_COMPLETE | Features.WRITE_MEDIA | Features.COMPLETE_ENABLED;
        assertEquals(Hresults.S_OK, server.beginConfiguration(features, 512, 0, TRANSFER, 1000));
        assertEquals(Hresults.S_OK, server.requestBuffers(TRANSFER, 0, 2));
        assertEquals(Hresults.S_OK, server.endConfiguration());
        CompletableFuture<Integer> agent = CompletableFuture.supplyAsync(server::executeCompletionAgent, OWN_THREAD);
        assertEquals(Hresults.S_OK, client.getConfiguration(10_000, config.address()));
        assertEquals(TRANSFER, ConfigBlock.read(config).maxTransferSize());
        assertEquals(Hresults.S_OK, server.openDevice(name, out.address()));
        ServerVirtualDeviceCalls serverDevice = new ServerVirtualDeviceCalls(pointer());
        assertEquals(Hresults.S_OK, client.openDevice(name, out.address()));
        ClientVirtualDeviceCalls clientDevice = new ClientVirtualDeviceCalls(pointer());

        CompletableFuture<Long> sum = CompletableFuture.supplyAsync(() -> receive(clientDevice), OWN_THREAD);
        long sent = send(server, serverDevice);
        assertEquals(Hresults.S_OK, serverDevice.closeDevice());
        assertEquals(sent, sum.get(Patience.SECONDS, TimeUnit.SECONDS));
        assertEquals(Hresults.VD_E_PROTOCOL, clientDevice.getCommand(0, out.address()));
        assertEquals(Hresults.S_OK, server.close());
        assertEquals(Hresults.S_OK, agent.get(Patience.SECONDS, TimeUnit.SECONDS));
        assertEquals(Hresults.S_OK, client.close());
        assertEquals(0, clientDevice.release());
        assertEquals(0, serverDevice.release());
        assertEquals(0, client.release());
        assertEquals(0, server.release());
        assertEquals(before, ComObjects.liveCount());
    }

    private long send(ServerVirtualDeviceSet2Calls server, ServerVirtualDeviceCalls device) throws Exception {
        MemorySegment[] commands = new MemorySegment[2];
        long[] buffers = new long[2];
        Semaphore[] free = {new Semaphore(1), new Semaphore(1)};
        long routine = Callback.stub(pCmd -> {
            assertEquals(0, Memory.ALL.get(ValueLayout.JAVA_INT, pCmd + VDS_Command.completionCode$offset()));
            free[pCmd == commands[0].address() ? 0 : 1].release();
        });
        for (int i = 0; i < 2; i++) {
            commands[i] = VDS_Command.allocate(arena);
            assertEquals(Hresults.S_OK, server.allocateBuffer(out.address(), TRANSFER, 0));
            buffers[i] = pointer();
        }
        long sum = 0;
        for (int i = 0; i < COMMANDS; i++) {
            int at = i & 1;
            assertTrue(free[at].tryAcquire(Patience.SECONDS, TimeUnit.SECONDS));
            Memory.ALL.set(ValueLayout.JAVA_LONG, buffers[at], i * 0x9e3779b97f4a7c15L);
            sum += i * 0x9e3779b97f4a7c15L;
            MemorySegment command = commands[at];
            VDS_Command.commandCode(command, CommandCode.WRITE.value());
            VDS_Command.size(command, TRANSFER);
            VDS_Command.buffer(command, MemorySegment.ofAddress(buffers[at]));
            VDS_Command.completionRoutine(command, MemorySegment.ofAddress(routine));
            assertEquals(Hresults.S_OK, device.sendCommand(command.address()));
        }
        assertTrue(free[0].tryAcquire(Patience.SECONDS, TimeUnit.SECONDS)
                && free[1].tryAcquire(Patience.SECONDS, TimeUnit.SECONDS));
        return sum;
    }

    private long receive(ClientVirtualDeviceCalls device) {
        MemorySegment cell = arena.allocate(8, 8);
        long sum = 0;
        while (true) {
            int result = device.getCommand(10_000, cell.address());
            if (result == Hresults.VD_E_CLOSE) {
                return sum;
            }
            assertEquals(Hresults.S_OK, result, Hresults.describe(result));
            long command = cell.get(ValueLayout.JAVA_LONG, 0);
            long buffer = Memory.ALL.get(ValueLayout.JAVA_LONG, command + VDC_Command.buffer$offset());
            sum += Memory.ALL.get(ValueLayout.JAVA_LONG, buffer);
            assertEquals(Hresults.S_OK, device.completeCommand(command, CompletionCodes.SUCCESS, TRANSFER, 0));
        }
    }
}
