package io.github.sqlvdi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.Features;
import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiAbortedException;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.internal.memory.HeldData;
import io.github.sqlvdi.internal.platform.ScriptedClient;
import io.github.sqlvdi.internal.platform.ScriptedServer;
import io.github.sqlvdi.testing.Patience;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ServerDeviceSetTest {

    private final ScriptedServer vdi = new ScriptedServer();

    private ServerDeviceSet open() {
        return ServerDeviceSet.builder("full").provider(vdi).open();
    }

    private static void assertRefused(Class<? extends RuntimeException> kind, String part, Executable use) {
        String message = assertThrows(kind, use).getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void openThatFindsNoSetSaysWhyAndGivesTheObjectBack() {
        vdi.results.put("Open", Hresults.VD_E_INVALID);
        VdiException e = assertThrows(VdiException.class,
                () -> ServerDeviceSet.builder("full").instance("I1").provider(vdi).open());
        assertTrue(e.getMessage().startsWith("Open of set \"full\" failed: VD_E_INVALID"), e.getMessage());
        assertEquals(List.of("Open I1 full", "Release"), vdi.log);
    }

    @Test
    void configurationGoesThroughInTheOrderOfTheHeader() {
        try (ServerDeviceSet set = open()) {
            assertEquals(ScriptedClient.AGREED, set.configuration());
            set.beginConfiguration(ServerAnswer.builder().features(Features.WRITE_MEDIA).alignment(4096)
                    .maxTransferSize(1 << 20).timeout(Duration.ofSeconds(3)).build());
            set.requestBuffers(65_536, 0, 8);
            set.endConfiguration();
            assertEquals(3, set.availableBuffers(65_536, 8192));
        }
        assertEquals(List.of("Open null full", "GetConfiguration", "BeginConfiguration 65536 512 4096 1048576 3000",
                "RequestBuffers 65536 0 8", "EndConfiguration", "QueryAvailableBuffers 65536 8192", "Close", "Release"),
                vdi.log);
    }

    @Test
    void missingOrImpossibleArgumentsAreNamed() {
        try (ServerDeviceSet set = open()) {
            assertRefused(IllegalArgumentException.class, "blockSize is 500", () -> begin(set, 500, 0, 65_536));
            assertRefused(IllegalArgumentException.class, "alignment is 256", () -> begin(set, 512, 256, 65_536));
            assertRefused(IllegalArgumentException.class, "maxTransferSize is 1,000", () -> begin(set, 512, 0, 1000));
            assertRefused(IllegalArgumentException.class, "size is 0", () -> set.requestBuffers(0, 0, 1));
            assertRefused(IllegalArgumentException.class, "count is -1", () -> set.requestBuffers(512, 0, -1));
            assertRefused(IllegalArgumentException.class, "alignment is 3", () -> set.allocateBuffer(512, 3));
            assertRefused(IllegalArgumentException.class, "alignment is -2,147,483,648",
                    () -> set.availableBuffers(512, Integer.MIN_VALUE));
            assertRefused(NullPointerException.class, "buffer", () -> set.freeBuffer(null));
            assertRefused(NullPointerException.class, "buffer", () -> set.isSharedBuffer(null));
            assertRefused(NullPointerException.class, "deviceName", () -> set.openDevice(null));
        }
        assertRefused(NullPointerException.class, "name",
                () -> ServerDeviceSet.builder(null).provider(VdiProvider.EMBEDDED).open());
        assertEquals(List.of("Open null full", "Close", "Release"), vdi.log, "nothing of it reached the library");
    }

    private static void begin(ServerDeviceSet set, int blockSize, int alignment, int maxTransferSize) {
        set.beginConfiguration(ServerAnswer.builder().features(0).blockSize(blockSize).alignment(alignment)
                .maxTransferSize(maxTransferSize).timeout(Duration.ZERO).build());
    }

    @Test
    void refusalsCarryTheirCode() {
        try (ServerDeviceSet set = open()) {
            vdi.results.put("EndConfiguration", Hresults.VD_E_MEMORY);
            assertEquals(Hresults.VD_E_MEMORY, assertThrows(VdiException.class, set::endConfiguration).hresult());
            vdi.results.put("AllocateBuffer", Hresults.VD_E_ABORT);
            assertThrows(VdiAbortedException.class, () -> set.allocateBuffer(512, 0));
        }
    }

    @Test
    void bufferIsExactlyItsSizeUntilItIsFreedOnce() {
        try (ServerDeviceSet set = open()) {
            MemorySegment buffer = set.allocateBuffer(1000, 512);
            assertEquals(1000, buffer.byteSize());
            buffer.set(ValueLayout.JAVA_BYTE, 999, (byte) 1);
            assertThrows(IndexOutOfBoundsException.class, () -> buffer.get(ValueLayout.JAVA_BYTE, 1000));
            set.freeBuffer(buffer);
            assertTrue(vdi.log.contains("FreeBuffer 1000"));
            assertRefused(IllegalArgumentException.class, "was freed", () -> set.freeBuffer(buffer));
            assertRefused(IllegalArgumentException.class, "is no buffer of set",
                    () -> set.freeBuffer(Arena.global().allocate(8)));
        }
    }

    @Test
    void sharedBufferIsABoolAndNotAnHresult() {
        try (ServerDeviceSet set = open()) {
            MemorySegment any = Arena.global().allocate(8);
            vdi.results.put("IsSharedBuffer", 1);
            assertTrue(set.isSharedBuffer(any));
            vdi.results.put("IsSharedBuffer", 0);
            assertFalse(set.isSharedBuffer(any));
            vdi.results.put("IsSharedBuffer", 1);
            assertFalse(set.isSharedBuffer(MemorySegment.ofArray(new byte[8])), "the Java heap is never shared");
            vdi.results.put("IsSharedBuffer", Hresults.VD_E_PROTOCOL);
            assertThrows(VdiException.class, () -> set.isSharedBuffer(any));
        }
    }

    @Test
    void agentRunsOnADaemonThreadOfItsOwnAndEndsWithTheSet() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        Thread[] callbackThread = new Thread[1];
        ServerDeviceSet set = open();
        CompletionAgent agent = set.startCompletionAgent();
        assertTrue(agent.isRunning());
        assertThrows(IllegalStateException.class, agent::end);
        ServerDevice device = set.openDevice("full");
        device.send(new ServerCommand(command -> {
            callbackThread[0] = Thread.currentThread();
            called.countDown();
        }).set(CommandCode.FLUSH));
        vdi.complete(vdi.sent.getFirst(), 0, 0, 0);
        called.await();
        assertEquals("sqlvdi-agent-full", callbackThread[0].getName());
        assertTrue(callbackThread[0].isDaemon());
        assertFalse(callbackThread[0].isVirtual());
        device.close();
        vdi.results.put("ExecuteCompletionAgent", Hresults.S_OK);
        set.close();
        assertTrue(agent.join(Patience.LONG));
        assertEquals(AgentEnd.CLOSED, agent.end());
        assertEquals(List.of("CloseDevice", "Close", "Release full", "Release"),
                vdi.log.subList(vdi.log.size() - 4, vdi.log.size()));
    }

    @Test
    void secondAgentIsRefusedWithTheNameOfTheFirst() throws Exception {
        try (ServerDeviceSet set = open()) {
            set.startCompletionAgent();
            while (!vdi.log.contains("ExecuteCompletionAgent")) {
                Thread.onSpinWait();
            }
            assertRefused(IllegalStateException.class, "sqlvdi-agent-full", set::executeCompletionAgent);
        }
    }

    @Test
    void closeWithAnOpenDeviceAbortsAndWaitsForTheAgentBeforeTheMemoryEnds() throws Exception {
        ServerDeviceSet set = open();
        CompletionAgent agent = set.startCompletionAgent();
        set.openDevice("full");
        MemorySegment buffer = set.allocateBuffer(512, 0);
        vdi.results.put("Close", Hresults.VD_E_PROTOCOL); // devices were open: all is released nevertheless
        set.close();
        assertTrue(agent.join(Patience.LONG));
        assertTrue(vdi.log.indexOf("SignalAbort") > 0, vdi.log.toString());
        assertEquals(List.of("Close", "Release full", "Release"),
                vdi.log.subList(vdi.log.size() - 3, vdi.log.size()));
        assertThrows(IllegalStateException.class, () -> buffer.get(ValueLayout.JAVA_BYTE, 0));
    }

    @Test
    void closeWaitsForAnOperationThatUsesABuffer() throws Exception {
        ServerDeviceSet set = open();
        MemorySegment buffer = set.allocateBuffer(HeldData.BYTES, 0);
        HeldData held = HeldData.hold(buffer.asByteBuffer());
        FutureTask<Void> close = new FutureTask<>(set::close, null);
        Thread closer = Thread.ofPlatform().start(close);
        while (closer.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertFalse(vdi.log.contains("Close"), "the write is in progress");
        held.letGo();
        close.get();
        assertTrue(vdi.log.contains("Close"));
        held.close();
    }

    @Test
    void closeFromACallbackIsRefusedAndAbortsTheSet() throws Exception {
        ServerDeviceSet set = open();
        CompletionAgent agent = set.startCompletionAgent();
        ServerDevice device = set.openDevice("full");
        device.send(new ServerCommand(command -> set.close()).set(CommandCode.FLUSH));
        vdi.complete(vdi.sent.getFirst(), 0, 0, 0);
        assertTrue(agent.join(Patience.LONG), "the exception of the callback aborts the set");
        assertTrue(vdi.log.contains("SignalAbort"));
        assertFalse(vdi.log.contains("Close"));
        set.close();
        assertTrue(vdi.log.contains("Close"));
    }

    @Test
    void closedSetRefusesEverythingButAbortAndClose() {
        ServerDeviceSet set = open();
        ServerDevice device = set.openDevice("full");
        MemorySegment buffer = set.allocateBuffer(512, 0);
        set.close();
        ServerCommand flush = new ServerCommand(command -> {}).set(CommandCode.FLUSH);
        for (Executable use : List.<Executable>of(
                set::configuration, () -> begin(set, 512, 0, 65_536), () -> set.requestBuffers(1, 0, 1),
                () -> set.availableBuffers(1, 0), set::endConfiguration, set::startCompletionAgent,
                set::executeCompletionAgent, () -> set.openDevice("x"), () -> set.allocateBuffer(1, 0),
                () -> set.freeBuffer(buffer), () -> set.isSharedBuffer(buffer), () -> device.send(flush))) {
            assertRefused(IllegalStateException.class, "closed", use);
        }
        int calls = vdi.log.size();
        set.abort();
        set.close();
        device.close();
        assertEquals(calls, vdi.log.size());
        assertFalse(flush.isOutstanding());
    }
}
