package io.github.sqlvdi.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.server.ServerAnswer;
import io.github.sqlvdi.server.ServerCommand;
import io.github.sqlvdi.server.ServerDevice;
import io.github.sqlvdi.server.ServerDeviceSet;
import io.github.sqlvdi.testing.Patience;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client of the tests tells data that its server never sent from a fault of the library. */
@Timeout(60)
class ClientRoleTest {
    private static final int SIZE = 4_096;

    @ParameterizedTest
    @CsvSource({"READ,255", "WRITE,255", "READ,8192", "WRITE,8192", "WRITE,4096"})
    void commandThatTheServerNeverSendsIsWrongData(CommandCode code, int size) throws Exception {
        String name = "role " + System.nanoTime();
        Lines lines = new Lines("the primary of " + name);
        ClientRole primary = new ClientRole(name, List.of(0), 1, SIZE, lines);
        primary.allowClose();
        Thread thread = Thread.ofPlatform().start(() -> primary.primary(VdiConfig.builder().deviceCount(1).build()));
        lines.await("created");
        Semaphore done = new Semaphore(0);
        try (ServerDeviceSet set = ServerDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).open()) {
            set.beginConfiguration(ServerAnswer.builder().features(Features.READ_MEDIA | Features.WRITE_MEDIA)
                    .blockSize(512).maxTransferSize(65_536).timeout(Patience.LONG).build());
            set.requestBuffers(2 * SIZE, 0, 1);
            set.endConfiguration();
            set.startCompletionAgent();
            ServerDevice device = set.openDevice(name);
            device.send(new ServerCommand(ended -> done.release())
                    .set(code, size, 0, set.allocateBuffer(2 * SIZE, 0)));
            assertTrue(done.tryAcquire(Patience.SECONDS, TimeUnit.SECONDS), "the command is not called back");
        }
        thread.join();
        assertEquals("wrong_data",
                lines.await("ended").split(" ")[1].replaceFirst("^.*Exception:_(wrong_data).*", "$1"));
    }
}
