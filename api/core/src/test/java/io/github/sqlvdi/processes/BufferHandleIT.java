package io.github.sqlvdi.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.client.Command;
import io.github.sqlvdi.client.CommandResult;
import io.github.sqlvdi.client.VirtualDevice;
import io.github.sqlvdi.client.VirtualDeviceSet;
import io.github.sqlvdi.server.ServerAnswer;
import io.github.sqlvdi.server.ServerCommand;
import io.github.sqlvdi.server.ServerDevice;
import io.github.sqlvdi.server.ServerDeviceSet;
import io.github.sqlvdi.testing.Patience;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A handle given in one process is the same pages in another (VDI reference 2.4 step 6, 7.3). */
class BufferHandleIT {
    private static final int SIZE = 131_072;
    private static final Duration BOUND = Patience.LONG;

    private final ArrayBlockingQueue<ServerCommand> done = new ArrayBlockingQueue<>(8);

    @Test
    void aHelperProcessReadsAndFillsTheBuffersOfAnothersCommands() throws Exception {
        String name = "handles-" + System.nanoTime();
        VdiConfig config = VdiConfig.builder().prefixZoneSize(512).build();
        try (Worker helper = Worker.start();
                VirtualDeviceSet set =
                        VirtualDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).config(config).create();
                ServerDeviceSet server = ServerDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).open()) {
            helper.expect("ready");
            server.beginConfiguration(ServerAnswer.builder().features(Features.WRITE_MEDIA | Features.READ_MEDIA)
                    .alignment(4096).maxTransferSize(SIZE).timeout(BOUND).build());
            server.requestBuffers(SIZE, 0, 1);
            server.endConfiguration();
            server.startCompletionAgent();
            set.awaitConfiguration(BOUND).orElseThrow();
            ServerDevice serverDevice = server.openDevice(name);
            VirtualDevice device = set.openDevice(name);
            helper.tell("helper h " + name);
            helper.expect("h joined");

            MemorySegment first = server.allocateBuffer(SIZE, 0);
            server.requestBuffers(SIZE, 65_536, 1); // a second area, after the helper came: mapped when met
            MemorySegment second = server.allocateBuffer(SIZE, 65_536);
            for (MemorySegment buffer : new MemorySegment[]{first, second}) {
                int handle = backup(serverDevice, device, set, helper, buffer);
                restore(serverDevice, device, set, helper, buffer, handle);
            }
            int last = handleOf(serverDevice, device, set, second);
            server.freeBuffer(second);
            helper.tell(String.format(Locale.ROOT, "sum h %d %d", last, SIZE));
            assertEquals("h failed VD_E_INVALID", helper.expect("h failed"));
            helper.tell("leave h");
            helper.expect("h left");
            serverDevice.close();
            assertEquals(CommandResult.CLOSED, device.getCommand(BOUND));
        }
    }

    private int backup(ServerDevice serverDevice, VirtualDevice device, VirtualDeviceSet set, Worker helper,
            MemorySegment buffer) throws Exception {
        new Pattern(0, SIZE).fill(buffer);
        Command command = fetch(serverDevice, device, CommandCode.WRITE, buffer);
        int handle = set.bufferHandle(command);
        helper.tell(String.format(Locale.ROOT, "sum h %d %d", handle, SIZE));
        assertEquals("h sum true", helper.expect("h "));
        complete(command);
        return handle;
    }

    private void restore(ServerDevice serverDevice, VirtualDevice device, VirtualDeviceSet set, Worker helper,
            MemorySegment buffer, int handle) throws Exception {
        Command command = fetch(serverDevice, device, CommandCode.READ, buffer);
        assertEquals(handle, set.bufferHandle(command));
        helper.tell(String.format(Locale.ROOT, "fill h %d %d 7", handle, SIZE));
        assertEquals("h filled", helper.expect("h "));
        complete(command);
        assertTrue(new Pattern(7, SIZE).matches(buffer));
    }

    private int handleOf(ServerDevice serverDevice, VirtualDevice device, VirtualDeviceSet set, MemorySegment buffer)
            throws Exception {
        Command command = fetch(serverDevice, device, CommandCode.WRITE, buffer);
        int handle = set.bufferHandle(command);
        complete(command);
        return handle;
    }

    private Command fetch(ServerDevice serverDevice, VirtualDevice device, CommandCode code, MemorySegment buffer) {
        serverDevice.send(new ServerCommand(done::add).set(code, SIZE, 0, buffer));
        assertEquals(CommandResult.COMMAND, device.getCommand(BOUND));
        return device.command();
    }

    private void complete(Command command) throws InterruptedException {
        command.complete();
        ServerCommand completed = done.poll(Patience.SECONDS, TimeUnit.SECONDS);
        assertEquals(SIZE, completed.bytesTransferred());
    }
}
