package io.github.sqlvdi.server;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.Features;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** The example of the package's documentation, compiled and run by the tests. */
public final class ServerExample {

    private ServerExample() {
    }

    // @start region="backup"
    /** Sends a stream to the client of a set, as a BACKUP statement does, one transfer at a time. */
    public static void sendBackup(String name, ReadableByteChannel source) throws IOException {
        try (ServerDeviceSet set = ServerDeviceSet.builder(name).open()) {
            int features = set.configuration().features() | Features.WRITE_MEDIA;
            set.beginConfiguration(ServerAnswer.builder().features(features).timeout(Duration.ofSeconds(10)).build());
            set.requestBuffers(65_536, 0, 1);
            set.endConfiguration();
            set.startCompletionAgent();
            ServerDevice device = set.openDevice(name);
            MemorySegment buffer = set.allocateBuffer(65_536, 0);
            Semaphore completed = new Semaphore(0);
            ServerCommand command = new ServerCommand(answered -> completed.release());
            for (int size = source.read(buffer.asByteBuffer()); size > 0; size = source.read(buffer.asByteBuffer())) {
                device.send(command.set(CommandCode.WRITE, size, 0, buffer));
                completed.acquireUninterruptibly();
                if (command.completionCode() != CompletionCodes.SUCCESS) {
                    throw new IOException("the client answered " + CompletionCodes.name(command.completionCode()));
                }
            }
            device.send(command.set(CommandCode.FLUSH));
            completed.acquireUninterruptibly();
            device.close();
        }
    }
    // @end
}
