package io.github.sqlvdi.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.Features;
import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiAbortedException;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.client.Command;
import io.github.sqlvdi.client.CommandResult;
import io.github.sqlvdi.client.VirtualDevice;
import io.github.sqlvdi.client.VirtualDeviceSet;
import io.github.sqlvdi.internal.com.ComObjects;
import io.github.sqlvdi.testing.Patience;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Both halves of the public API over the embedded VDI, in one process. */
class EmbeddedRoundTripTest {

    private static final int BUFFERS = 4;
    private static final int TRANSFERS = 100;

    private final int liveBefore = ComObjects.liveCount();

    @AfterEach
    void nothingIsLeaked() {
        assertEquals(liveBefore, ComObjects.liveCount(), "COM objects that nobody released");
    }

    /** Sends a device's bytes as writes or takes them as reads, one transfer a callback, then Flush and Complete. */
    private static final class Statement {
        final BlockingQueue<ServerCommand> free = new ArrayBlockingQueue<>(BUFFERS + 1);
        final ServerDevice device;

        Statement(EmbeddedPair pair, ServerDevice device) {
            this.device = device;
            for (int i = 0; i < BUFFERS; i++) {
                ServerCommand command = new ServerCommand(free::add);
                command.set(CommandCode.WRITE, 1, 0, pair.server.allocateBuffer(EmbeddedPair.TRANSFER, 0));
                free.add(command);
            }
        }

        ServerCommand take() throws InterruptedException {
            ServerCommand command = free.poll(Patience.SECONDS, TimeUnit.SECONDS);
            assertTrue(command != null, "no completion");
            assertEquals(CompletionCodes.SUCCESS, command.completionCode());
            return command;
        }

        void backUp(byte[] data) throws InterruptedException {
            for (int at = 0; at < data.length; at += EmbeddedPair.TRANSFER) {
                ServerCommand command = take();
                int size = Math.min(EmbeddedPair.TRANSFER, data.length - at);
                MemorySegment.copy(data, at, command.buffer(), ValueLayout.JAVA_BYTE, 0, size);
                device.send(command.set(CommandCode.WRITE, size, 0, command.buffer()));
            }
            finish();
        }

        void finish() throws InterruptedException {
            for (int i = 0; i < BUFFERS; i++) {
                take();
            }
            for (CommandCode code : List.of(CommandCode.FLUSH, CommandCode.COMPLETE)) {
                device.send(new ServerCommand(free::add).set(code));
                take();
            }
            device.close();
        }
    }

    private static byte[] serveBackup(VirtualDevice device) throws IOException {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        var channel = Channels.newChannel(stored);
        List<CommandCode> others = new ArrayList<>();
        while (device.getCommand() == CommandResult.COMMAND) {
            Command command = device.command();
            if (command.code() == CommandCode.WRITE) {
                channel.write(command.buffer());
            } else {
                others.add(command.code());
            }
            command.complete();
        }
        assertEquals(List.of(CommandCode.FLUSH, CommandCode.COMPLETE), others);
        return stored.toByteArray();
    }

    @Test
    void everyByteOfTwoDevicesArrivesInOrder() throws Exception {
        byte[][] data = {new byte[TRANSFERS * EmbeddedPair.TRANSFER + 512], new byte[512]};
        new Random(7).nextBytes(data[0]);
        new Random(8).nextBytes(data[1]);
        try (EmbeddedPair pair = new EmbeddedPair(2, Features.WRITE_MEDIA, 2 * BUFFERS)) {
            List<FutureTask<byte[]>> clients = new ArrayList<>();
            List<FutureTask<Void>> servers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                int index = i;
                clients.add(start(new FutureTask<>(() -> serveBackup(pair.clientDevices.get(index)))));
                servers.add(start(new FutureTask<>(() -> {
                    new Statement(pair, pair.serverDevices.get(index)).backUp(data[index]);
                    return null;
                })));
            }
            for (int i = 0; i < 2; i++) {
                servers.get(i).get();
                assertArrayEquals(data[i], clients.get(i).get(), "device " + i);
            }
            pair.client.close();
            pair.server.close();
            assertTrue(pair.agent.join(Patience.LONG));
            assertEquals(AgentEnd.CLOSED, pair.agent.end(), "an orderly end, no abort");
        }
    }

    private static <T> FutureTask<T> start(FutureTask<T> task) {
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    @Test
    void restoreFillsTheServersBuffersUntilTheEndOfData() throws Exception {
        BlockingQueue<ServerCommand> done = new ArrayBlockingQueue<>(BUFFERS);
        try (EmbeddedPair pair = new EmbeddedPair(1, Features.READ_MEDIA, BUFFERS)) {
            FutureTask<Integer> client = start(new FutureTask<>(() -> {
                VirtualDevice device = pair.clientDevices.getFirst();
                int reads = 0;
                while (device.getCommand() == CommandResult.COMMAND) {
                    Command command = device.command();
                    command.data().fill((byte) ++reads);
                    if (reads < 3) {
                        command.complete();
                    } else {
                        command.complete(CompletionCodes.HANDLE_EOF, reads == 3 ? 1000 : 0);
                    }
                }
                return reads;
            }));
            MemorySegment[] buffers = new MemorySegment[BUFFERS];
            for (int i = 0; i < BUFFERS; i++) {
                buffers[i] = pair.server.allocateBuffer(EmbeddedPair.TRANSFER, 0);
                pair.serverDevices.getFirst().send(
                        new ServerCommand(done::add).set(CommandCode.READ, EmbeddedPair.TRANSFER, 0, buffers[i]));
            }
            int[] codes = {0, 0, 38, 38};
            int[] bytes = {EmbeddedPair.TRANSFER, EmbeddedPair.TRANSFER, 1000, 0};
            for (int i = 0; i < BUFFERS; i++) {
                ServerCommand command = done.poll(Patience.SECONDS, TimeUnit.SECONDS);
                assertEquals(codes[i], command.completionCode());
                assertEquals(bytes[i], command.bytesTransferred());
                assertEquals(i + 1, buffers[i].get(ValueLayout.JAVA_BYTE, 999));
            }
            pair.serverDevices.getFirst().close();
            assertEquals(BUFFERS, client.get());
        }
    }

    @Test
    void bothHalvesSeeTheSameConfiguration() {
        VdiConfig asked = VdiConfig.builder().deviceCount(3).prefixZoneSize(64).alignment(4096).build();
        try (EmbeddedPair pair = new EmbeddedPair(asked, Features.WRITE_MEDIA, 5)) {
            VdiConfig agreed = pair.client.awaitConfiguration(Duration.ZERO).orElseThrow();
            assertEquals(agreed, pair.server.configuration());
            assertEquals(3, agreed.deviceCount());
            assertEquals(64, agreed.prefixZoneSize());
            assertEquals(4096, agreed.alignment());
            assertEquals(EmbeddedPair.TRANSFER, agreed.maxTransferSize());
            assertTrue(agreed.isBackup());
            assertEquals(5, pair.server.availableBuffers(EmbeddedPair.TRANSFER, 0));
        }
    }

    @Test
    void prefixZoneIsTheClientsOwn() throws Exception {
        BlockingQueue<ServerCommand> done = new ArrayBlockingQueue<>(1);
        VdiConfig asked = VdiConfig.builder().prefixZoneSize(64).build();
        try (EmbeddedPair pair = new EmbeddedPair(asked, Features.WRITE_MEDIA, 2)) {
            MemorySegment buffer = pair.server.allocateBuffer(EmbeddedPair.TRANSFER, 0);
            buffer.fill((byte) 1);
            pair.serverDevices.getFirst()
                    .send(new ServerCommand(done::add).set(CommandCode.WRITE, EmbeddedPair.TRANSFER, 0, buffer));
            VirtualDevice device = pair.clientDevices.getFirst();
            assertEquals(CommandResult.COMMAND, device.getCommand(Patience.LONG));
            Command command = device.command();
            command.prefixZone().fill((byte) 9);
            assertEquals(64, command.prefixZone().byteSize());
            assertEquals(1, command.data().get(ValueLayout.JAVA_BYTE, 0));
            command.complete();
            assertEquals(CompletionCodes.SUCCESS, done.poll(Patience.SECONDS, TimeUnit.SECONDS).completionCode());
            assertEquals(1, buffer.get(ValueLayout.JAVA_BYTE, 0));
        }
    }

    @Test
    void abortOfTheClientEndsEveryoneAndCommandsComeBackAborted() throws Exception {
        BlockingQueue<ServerCommand> done = new ArrayBlockingQueue<>(1);
        try (EmbeddedPair pair = new EmbeddedPair(2, Features.WRITE_MEDIA, 2)) {
            FutureTask<CommandResult> waiting =
                    start(new FutureTask<>(() -> pair.clientDevices.get(1).getCommand()));
            pair.serverDevices.getFirst().send(new ServerCommand(done::add).set(CommandCode.FLUSH));
            VirtualDevice device = pair.clientDevices.getFirst();
            assertEquals(CommandResult.COMMAND, device.getCommand());
            pair.client.abort();
            assertEquals(VdiAbortedException.class,
                    assertThrows(ExecutionException.class, waiting::get).getCause().getClass());
            assertThrows(VdiAbortedException.class, device.command()::complete);
            assertEquals(CompletionCodes.OPERATION_ABORTED,
                    done.poll(Patience.SECONDS, TimeUnit.SECONDS).completionCode());
            assertTrue(pair.agent.join(Patience.LONG));
            assertEquals(AgentEnd.ABORTED, pair.agent.end());
            ServerCommand late = new ServerCommand(done::add).set(CommandCode.FLUSH);
            assertThrows(VdiAbortedException.class, () -> pair.serverDevices.getFirst().send(late));
            assertEquals(CompletionCodes.OPERATION_ABORTED, late.completionCode());
        }
    }

    @Test
    void clientThatGoesIsAnAbortForTheServer() throws Exception {
        BlockingQueue<ServerCommand> done = new ArrayBlockingQueue<>(1);
        try (EmbeddedPair pair = new EmbeddedPair(1, Features.WRITE_MEDIA, 2)) {
            pair.serverDevices.getFirst().send(new ServerCommand(done::add).set(CommandCode.FLUSH));
            assertEquals(CommandResult.COMMAND, pair.clientDevices.getFirst().getCommand());
            pair.client.close();
            assertEquals(CompletionCodes.OPERATION_ABORTED,
                    done.poll(Patience.SECONDS, TimeUnit.SECONDS).completionCode());
        }
    }

    @Test
    void serverThatGoesIsAnAbortForTheClient() throws Exception {
        try (EmbeddedPair pair = new EmbeddedPair(1, Features.WRITE_MEDIA, 2)) {
            FutureTask<CommandResult> waiting =
                    start(new FutureTask<>(() -> pair.clientDevices.getFirst().getCommand()));
            pair.server.close();
            assertEquals(VdiAbortedException.class,
                    assertThrows(ExecutionException.class, waiting::get).getCause().getClass());
        }
    }

    @Test
    void buffersOfBothHalvesEndWithTheirSet() throws Exception {
        EmbeddedPair pair = new EmbeddedPair(1, Features.WRITE_MEDIA, 2);
        MemorySegment buffer = pair.server.allocateBuffer(EmbeddedPair.TRANSFER, 0);
        assertTrue(pair.server.isSharedBuffer(buffer));
        assertFalse(pair.server.isSharedBuffer(MemorySegment.ofArray(new byte[1])));
        pair.serverDevices.getFirst()
                .send(new ServerCommand(c -> {}).set(CommandCode.WRITE, EmbeddedPair.TRANSFER, 0, buffer));
        pair.clientDevices.getFirst().getCommand();
        MemorySegment data = pair.clientDevices.getFirst().command().data();
        pair.close();
        assertThrows(IllegalStateException.class, () -> buffer.get(ValueLayout.JAVA_BYTE, 0));
        assertThrows(IllegalStateException.class, () -> data.get(ValueLayout.JAVA_BYTE, 0));
    }

    @Test
    void bufferThatIsNotSharedIsRefusedWithOneCallback() {
        BlockingQueue<ServerCommand> done = new ArrayBlockingQueue<>(2);
        try (EmbeddedPair pair = new EmbeddedPair(1, Features.WRITE_MEDIA, 2)) {
            MemorySegment own = Arena.global().allocate(512);
            ServerCommand command = new ServerCommand(done::add).set(CommandCode.WRITE, 512, 0, own);
            VdiException e =
                    assertThrows(VdiException.class, () -> pair.serverDevices.getFirst().send(command));
            assertEquals(Hresults.VD_E_INVALID, e.hresult());
            assertEquals(1, done.size());
            assertEquals(CompletionCodes.INVALID_PARAMETER, command.completionCode());
        }
    }

    @Test
    void fullQueueIsAnErrorAndNotAWait() {
        BlockingQueue<ServerCommand> done = new ArrayBlockingQueue<>(2000);
        try (EmbeddedPair pair = new EmbeddedPair(1, Features.WRITE_MEDIA, 2)) {
            VdiException e = assertThrows(VdiException.class, () -> {
                for (int i = 0; i < 1000; i++) {
                    pair.serverDevices.getFirst().send(new ServerCommand(done::add).set(CommandCode.FLUSH));
                }
            });
            assertEquals(Hresults.VD_E_QUEUE_FULL, e.hresult());
            assertEquals(1, done.size());
            assertEquals(CompletionCodes.NO_SYSTEM_RESOURCES, done.peek().completionCode());
        }
    }

    @Test
    void nameThatIsTakenAndSetThatIsNotThereAreRefused() {
        VdiConfig asked = VdiConfig.builder().build();
        String name = UUID.randomUUID().toString();
        try (VirtualDeviceSet set =
                VirtualDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).config(asked).create()) {
            VdiException e = assertThrows(VdiException.class,
                    () -> VirtualDeviceSet.builder(set.name()).provider(VdiProvider.EMBEDDED).config(asked).create());
            assertEquals(Hresults.VD_E_PROTOCOL, e.hresult());
        }
        assertEquals(Hresults.VD_E_INVALID, assertThrows(VdiException.class,
                () -> ServerDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).open()).hresult());
    }
}
