package io.github.sqlvdi.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.server.ServerAnswer;
import io.github.sqlvdi.server.ServerCommand;
import io.github.sqlvdi.server.ServerDevice;
import io.github.sqlvdi.server.ServerDeviceSet;
import io.github.sqlvdi.statement.Verdict;
import io.github.sqlvdi.testing.Patience;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that agreed to send VDC_Complete and closes its devices in an orderly way. A program that does not read the
 * results of its statement to their end takes a cancelled statement for a good one.
 */
class MissingCompleteTest {

    @TempDir
    Path folder;

    private final String name = UUID.randomUUID().toString();

    private JobResult backup(int answered, CommandCode... commands) {
        return DeviceJob.backup(name).provider(VdiProvider.EMBEDDED).readAlong(false).device(folder.resolve("a"))
                .statement(() -> play(answered, commands)).build().run();
    }

    private Verdict play(int answered, CommandCode... commands) throws InterruptedException {
        try (ServerDeviceSet server = ServerDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).open()) {
            server.beginConfiguration(ServerAnswer.builder()
                    .features(server.configuration().features() | Features.WRITE_MEDIA | answered)
                    .timeout(Patience.LONG).build());
            server.endConfiguration();
            server.startCompletionAgent();
            ServerDevice device = server.openDevice(name);
            for (CommandCode code : commands) {
                CountDownLatch completed = new CountDownLatch(1);
                device.send(new ServerCommand(command -> completed.countDown()).set(code));
                assertTrue(completed.await(Patience.SECONDS, TimeUnit.SECONDS));
            }
            device.close();
        }
        return new Verdict(true, List.of(), OptionalLong.empty());
    }

    @Test
    void backupWithoutTheAgreedCompleteIsNotGood() {
        JobResult result = backup(Features.COMPLETE_ENABLED, CommandCode.FLUSH);
        assertFalse(result.good(), result::toString);
        assertTrue(result.toString().contains("VDC_Complete"), result::toString);
        assertFalse(Files.exists(folder.resolve("a")));
    }

    @Test
    void backupWithCompleteIsGood() {
        JobResult result = backup(Features.COMPLETE_ENABLED, CommandCode.FLUSH, CommandCode.COMPLETE);
        assertTrue(result.good(), result::toString);
        assertEquals(List.of(), result.failures());
    }

    @Test
    void serverThatDoesNotKnowCompleteNeedsNone() {
        assertTrue(backup(0, CommandCode.FLUSH).good());
    }
}
