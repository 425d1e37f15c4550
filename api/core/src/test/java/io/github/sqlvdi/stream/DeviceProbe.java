package io.github.sqlvdi.stream;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.client.VirtualDeviceSet;
import io.github.sqlvdi.server.ServerAnswer;
import io.github.sqlvdi.server.ServerCommand;
import io.github.sqlvdi.server.ServerDevice;
import io.github.sqlvdi.server.ServerDeviceSet;
import io.github.sqlvdi.testing.Patience;
import io.github.sqlvdi.testing.TestData;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The server's side of one device, for tests that send single commands to a handler and look at each answer. */
final class DeviceProbe implements AutoCloseable {

    static final int BLOCK = 512;
    static final int TRANSFER = 65_536;
    private static final long PATIENCE_SECONDS = Patience.SECONDS;

    /** How the device answered; data is what a Read brought. */
    record Answer(int code, int count, long position, byte[] data) {
    }

    private final VirtualDeviceSet client;
    private final ServerDeviceSet server;
    private final ServerDevice device;
    private final MemorySegment buffer;
    private final BlockingQueue<ServerCommand> answers = new ArrayBlockingQueue<>(1);
    private final ServerCommand command = new ServerCommand(answers::add);
    private final CompletableFuture<DeviceLoop> served = new CompletableFuture<>();
    private volatile DeviceLoop loop;

    DeviceProbe(VdiConfig request, JobDevice device) throws Exception {
        String name = TestData.setName();
        client = VirtualDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).config(request).create();
        server = ServerDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).open();
        server.beginConfiguration(ServerAnswer.builder()
                .features(request.features() | Features.WRITE_MEDIA | Features.READ_MEDIA).blockSize(BLOCK)
                .maxTransferSize(TRANSFER).timeout(Duration.ofSeconds(PATIENCE_SECONDS)).build());
        server.requestBuffers(TRANSFER, 0, 1);
        server.endConfiguration();
        VdiConfig agreed = client.awaitConfiguration(Duration.ofSeconds(PATIENCE_SECONDS)).orElseThrow();
        server.startCompletionAgent();
        this.device = server.openDevice(name);
        buffer = server.allocateBuffer(TRANSFER, 0);
        Thread.ofPlatform().daemon().name("probe-" + name).start(() -> serve(name, device, agreed));
    }

    private void serve(String name, JobDevice jobDevice, VdiConfig agreed) {
        try (CommandHandler handler = jobDevice.open(agreed)) {
            loop = new DeviceLoop(client.openDevice(name), handler);
            loop.run();
            served.complete(loop);
        } catch (Exception | Error failure) {
            served.completeExceptionally(failure);
        }
    }

    Answer send(CommandCode code) throws Exception {
        return send(code, 0, 0);
    }

    Answer send(CommandCode code, int size, long position) throws Exception {
        return exchange(command.set(code, size, position));
    }

    Answer sendRaw(int code) throws Exception {
        return exchange(command.set(code, 0, 0));
    }

    Answer write(byte[] data, long position) throws Exception {
        MemorySegment.copy(data, 0, buffer, ValueLayout.JAVA_BYTE, 0, data.length);
        return exchange(command.set(CommandCode.WRITE, data.length, position, buffer));
    }

    Answer read(int size, long position) throws Exception {
        return exchange(command.set(CommandCode.READ, size, position, buffer));
    }

    private Answer exchange(ServerCommand filled) throws Exception {
        device.send(filled);
        ServerCommand answered = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (answered == null) {
            throw new AssertionError(
                    String.format(Locale.ROOT, "%s was not answered within %d s", filled, PATIENCE_SECONDS));
        }
        int count = answered.bytesTransferred();
        byte[] data = answered.code() == CommandCode.READ
                ? buffer.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE) : new byte[0];
        return new Answer(answered.completionCode(), count, answered.outPosition(), data);
    }

    /** Closes the device and gives the loop that served it. */
    DeviceLoop finish() throws Exception {
        device.close();
        return served.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        server.close();
        client.close();
    }
}
