package io.github.sqlvdi.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.client.CommandResult;
import io.github.sqlvdi.client.VirtualDevice;
import io.github.sqlvdi.client.VirtualDeviceSet;
import io.github.sqlvdi.server.ServerAnswer;
import io.github.sqlvdi.server.ServerCommand;
import io.github.sqlvdi.server.ServerDevice;
import io.github.sqlvdi.server.ServerDeviceSet;
import io.github.sqlvdi.testing.Patience;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hostile process wipes the number of a record that nobody has read yet, or the tail that tells of it once more. */
class WipedNumbersTest {
    private final String name = "wiped numbers " + System.nanoTime();
    private final Semaphore callback = new Semaphore(0);
    private final ServerCommand command =
            new ServerCommand(done -> callback.release()).set(CommandCode.FLUSH);
    private VirtualDeviceSet client;
    private ServerDeviceSet server;
    private ServerDevice sender;
    private VirtualDevice device;

    @BeforeEach
    void sendACommand() {
        client = VirtualDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).create();
        server = ServerDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).open();
        server.beginConfiguration(ServerAnswer.builder().features(Features.WRITE_MEDIA).timeout(Patience.LONG).build());
        server.endConfiguration();
        client.awaitConfiguration(Patience.LONG).orElseThrow();
        sender = server.openDevice(name);
        device = client.openDevice(name);
        sender.send(command);
    }

    @AfterEach
    void close() {
        server.close();
        client.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.001S", "PT10S"})
    void commandIsFoundWithoutItsNumber(Duration timeout) throws Exception {
        try (RegionMutator hostile = RegionMutator.of(name, new Random(1))) {
            hostile.wipeNumbers();
        }
        assertEquals(CommandResult.COMMAND, device.getCommand(timeout));
        assertEquals(CommandCode.FLUSH, device.command().code());
    }

    @Test
    void commandIsFoundWithoutTheTail() throws Exception {
        try (RegionMutator hostile = RegionMutator.of(name, new Random(1))) {
            hostile.wipeTails();
        }
        assertEquals(CommandResult.COMMAND, device.getCommand(Duration.ZERO));
    }

    @Test
    void completionIsFoundWithoutItsNumber() throws Exception {
        assertEquals(CommandResult.COMMAND, device.getCommand(Patience.LONG));
        device.command().complete();
        try (RegionMutator hostile = RegionMutator.of(name, new Random(1))) {
            hostile.wipeNumbers();
        }
        server.startCompletionAgent();
        assertTrue(callback.tryAcquire(Patience.SECONDS, TimeUnit.SECONDS));
        assertEquals(CompletionCodes.SUCCESS, command.completionCode());
    }

    @Test
    void deviceIsNotClosedBeforeACommandWithoutItsNumberWasFetched() throws Exception {
        try (RegionMutator hostile = RegionMutator.of(name, new Random(1))) {
            hostile.wipeNumbers();
        }
        sender.close();
        assertEquals(CommandResult.COMMAND, device.getCommand(Patience.LONG));
        device.command().complete();
        assertEquals(CommandResult.CLOSED, device.getCommand(Patience.LONG));
    }
}
