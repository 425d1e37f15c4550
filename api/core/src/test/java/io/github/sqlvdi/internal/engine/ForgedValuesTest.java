package io.github.sqlvdi.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.Features;
import io.github.sqlvdi.VdiAbortedException;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.client.CommandResult;
import io.github.sqlvdi.client.VirtualDevice;
import io.github.sqlvdi.client.VirtualDeviceSet;
import io.github.sqlvdi.internal.engine.host.RegionKey;
import io.github.sqlvdi.internal.engine.host.SharedRegion;
import io.github.sqlvdi.server.ServerAnswer;
import io.github.sqlvdi.server.ServerCommand;
import io.github.sqlvdi.server.ServerDevice;
import io.github.sqlvdi.server.ServerDeviceSet;
import io.github.sqlvdi.testing.Patience;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A hostile process writes a wrong value with a right check word: the set is aborted, and nobody uses the value. */
class ForgedValuesTest {
    private static final int TRANSFER = 65_536;
    private static final int DEVICE_COUNT = 0;
    private static final int PREFIX_ZONE = 2;
    private static final int ALIGNMENT = 3;
    private static final int SERVER_TIME_OUT = 6;
    private static final int BLOCK_SIZE = 7;
    private static final int MAX_TRANSFER = 9;

    private final String name = "forged " + System.nanoTime();
    private final Semaphore callback = new Semaphore(0);
    private VirtualDeviceSet client;
    private ServerDeviceSet server;
    private ServerDevice sender;
    private Forger forger;

    @BeforeEach
    void create() throws IOException {
        client = VirtualDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).create();
        forger = Forger.of(name, new Random(1));
    }

    @AfterEach
    void close() {
        if (server != null) {
            closeQuietly(server);
        }
        closeQuietly(client);
        forger.close();
    }

    private static void closeQuietly(AutoCloseable set) {
        try {
            set.close();
        } catch (Exception e) {
            assertTrue(e instanceof VdiException, e.toString());
        }
    }

    private void configure() {
        server = ServerDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).open();
        server.beginConfiguration(ServerAnswer.builder().features(Features.WRITE_MEDIA).blockSize(512)
                .maxTransferSize(TRANSFER).timeout(Patience.LONG).build());
        server.requestBuffers(TRANSFER, 0, 2);
        server.endConfiguration();
        server.startCompletionAgent();
        sender = server.openDevice(name);
    }

    private ServerCommand send(MemorySegment buffer) {
        ServerCommand command = new ServerCommand(done -> callback.release());
        command.set(CommandCode.WRITE, TRANSFER, 0, buffer);
        sender.send(command);
        return command;
    }

    private void assertCommandIsCalledBackAborted(ServerCommand command) throws InterruptedException {
        assertTrue(callback.tryAcquire(Patience.SECONDS, TimeUnit.SECONDS), "no callback");
        assertEquals(CompletionCodes.OPERATION_ABORTED, command.completionCode());
        assertNotEquals(0, forger.abortWord());
    }

    @ParameterizedTest
    @CsvSource({"2,-2147483648", "2,1", "3,1000", "3,1073741824", "3,0", "7,0", "9,65537", "9,-65536", "9,8388608",
        "0,2", "4,1",
        "6,1", "5,7"})
    void answerThatBreaksTheRulesAbortsTheClient(int field, int value) {
        configure();
        forger.config(true, field, value);
        assertThrows(VdiAbortedException.class, () -> client.awaitConfiguration(Patience.LONG));
        assertNotEquals(0, forger.abortWord());
    }

    @ParameterizedTest
    @CsvSource({"2,-2147483648", "2,-512", "3,1000", "3,1073741824", "0,2", "0,-1", "1,-1", "4,-1"})
    void requestThatBreaksTheRulesAbortsTheServer(int field, int value) {
        forger.config(false, field, value);
        assertThrows(VdiException.class,
                () -> server = ServerDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).open());
        assertNotEquals(0, forger.abortWord());
    }

    @Test
    void answerIsNotReadTwice() {
        configure();
        int prefix = client.awaitConfiguration(Patience.LONG).orElseThrow().prefixZoneSize();
        forger.config(true, PREFIX_ZONE, 4_096);
        assertEquals(prefix, client.awaitConfiguration(Patience.LONG).orElseThrow().prefixZoneSize());
    }

    @Test
    void secondaryBelievesNoAnswerThatContradictsTheRequest() {
        configure();
        client.awaitConfiguration(Patience.LONG).orElseThrow();
        forger.config(true, PREFIX_ZONE, Integer.MIN_VALUE);
        try (VirtualDeviceSet second = VirtualDeviceSet.builder(name).provider(VdiProvider.EMBEDDED)
                .openInSecondary()) {
            assertThrows(VdiException.class, () -> second.mapBuffer(forger.bufferHandle(0), TRANSFER));
            assertThrows(VdiAbortedException.class, () -> second.openDevice(name));
        }
    }

    @ParameterizedTest
    @CsvSource({"-65536,65536", "-9223372036854775808,65536", "0,-1", "0,0", "512,2147483647", "1,65536",
        "131072,65536",
        "9223372036854775807,65536", "0,131072"})
    void bufferOutsideItsAreaAbortsTheClient(long offset, int size) throws Exception {
        configure();
        MemorySegment buffer = server.allocateBuffer(TRANSFER, 0);
        client.awaitConfiguration(Patience.LONG).orElseThrow();
        VirtualDevice device = client.openDevice(name);
        forger.buffer(0, forger.bufferHandle(0), 0, offset, size);
        ServerCommand command = send(buffer);
        assertThrows(VdiAbortedException.class, () -> device.getCommand(Patience.LONG));
        assertCommandIsCalledBackAborted(command);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, 1L << 41, (1L << 46) + 1, Long.MAX_VALUE, 4_096})
    void sizeThatNoAreaHasAbortsTheClient(long bytes) throws Exception {
        configure();
        MemorySegment buffer = server.allocateBuffer(TRANSFER, 0);
        client.awaitConfiguration(Patience.LONG).orElseThrow();
        VirtualDevice device = client.openDevice(name);
        forger.area(0, null, bytes);
        ServerCommand command = send(buffer);
        assertThrows(VdiAbortedException.class, () -> device.getCommand(Patience.LONG));
        assertCommandIsCalledBackAborted(command);
    }

    @Test
    void regionOfAnotherSetIsNoAreaOfThisOne() throws Exception {
        configure();
        MemorySegment buffer = server.allocateBuffer(TRANSFER, 0);
        client.awaitConfiguration(Patience.LONG).orElseThrow();
        VirtualDevice device = client.openDevice(name);
        try (SharedRegion foreign = Hosts.current().createRegion(UUID.randomUUID(), 2 * TRANSFER)) {
            RegionKey key = foreign.key();
            forger.area(0, key, 2 * TRANSFER);
            ServerCommand command = send(buffer);
            assertThrows(VdiAbortedException.class, () -> device.getCommand(Patience.LONG));
            assertCommandIsCalledBackAborted(command);
        }
    }

    @Test
    void stateWithoutItsCheckWordAbortsTheClient() throws Exception {
        configure();
        MemorySegment buffer = server.allocateBuffer(TRANSFER, 0);
        client.awaitConfiguration(Patience.LONG).orElseThrow();
        VirtualDevice device = client.openDevice(name);
        forger.state(0, ControlLayout.DEVICE_CLOSED);
        assertThrows(VdiAbortedException.class, () -> device.getCommand(Patience.LONG));
        client.close();
        ServerCommand command = new ServerCommand(done -> callback.release());
        command.set(CommandCode.WRITE, TRANSFER, 0, buffer);
        assertThrows(VdiAbortedException.class, () -> sender.send(command));
    }

    @Test
    void serverDoesNotBelieveThatADeviceWasClosedWhichItHasOpen() throws Exception {
        configure();
        MemorySegment buffer = server.allocateBuffer(TRANSFER, 0);
        client.awaitConfiguration(Patience.LONG).orElseThrow();
        VirtualDevice device = client.openDevice(name);
        forger.close(0, 0); // with a right check word: the client has to believe it
        assertEquals(CommandResult.CLOSED, device.getCommand(Patience.LONG));
        ServerCommand command = send(buffer);
        client.close();
        assertCommandIsCalledBackAborted(command);
    }

    @Test
    void closingBeforeCommandsThatWereFetchedAbortsTheClient() throws Exception {
        configure();
        MemorySegment buffer = server.allocateBuffer(TRANSFER, 0);
        client.awaitConfiguration(Patience.LONG).orElseThrow();
        VirtualDevice device = client.openDevice(name);
        ServerCommand command = send(buffer);
        assertEquals(CommandResult.COMMAND, device.getCommand(Patience.LONG));
        forger.close(0, 0);
        assertThrows(VdiAbortedException.class, () -> device.getCommand(Patience.LONG));
        assertCommandIsCalledBackAborted(command);
    }

    @Test
    void closingAfterCommandsThatWereNeverSentAbortsTheClientOnceTheServerHasGone() {
        configure();
        client.awaitConfiguration(Patience.LONG).orElseThrow();
        VirtualDevice device = client.openDevice(name);
        sender.close();
        forger.close(0, 7);
        server.close();
        assertThrows(VdiAbortedException.class, () -> device.getCommand(Patience.LONG));
        assertNotEquals(0, forger.abortWord());
    }

    @Test
    void deviceThatIsOpenedAgainAbortsTheClientOnceTheServerHasGone() {
        configure();
        client.awaitConfiguration(Patience.LONG).orElseThrow();
        VirtualDevice device = client.openDevice(name);
        sender.close();
        server.close();
        forger.state(0, ControlLayout.DEVICE_OPEN);
        assertThrows(VdiAbortedException.class, () -> device.getCommand(Patience.LONG));
        assertNotEquals(0, forger.abortWord());
    }

    @Test
    void ownerWithoutItsCheckWordAbortsTheSet() throws Exception {
        configure();
        client.awaitConfiguration(Patience.LONG).orElseThrow();
        forger.owner(0, ControlLayout.PROCESS_SLOTS);
        assertThrows(VdiException.class, () -> client.openDevice("another"));
        assertNotEquals(0, forger.abortWord());
    }

    @Test
    void fieldsAreWhereTheForgerWritesThem() throws Exception {
        forger.config(false, DEVICE_COUNT, 3);
        forger.config(false, PREFIX_ZONE, 4);
        forger.config(false, ALIGNMENT, 5);
        forger.config(false, SERVER_TIME_OUT, 6);
        forger.config(false, BLOCK_SIZE, 7);
        forger.config(false, MAX_TRANSFER, 8);
        assertEquals(3, forger.requested().deviceCount());
        assertEquals(4, forger.requested().prefixZoneSize());
        assertEquals(5, forger.requested().alignment());
        assertEquals(6, forger.requested().serverTimeOut().toMillis());
        assertEquals(7, forger.requested().blockSize());
        assertEquals(8, forger.requested().maxTransferSize());
    }
}
