package io.github.sqlvdi.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiAbortedException;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.internal.memory.HeldData;
import io.github.sqlvdi.internal.platform.ScriptedClient;
import io.github.sqlvdi.internal.platform.ScriptedDevice;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class VirtualDeviceSetTest {

    private static final VdiConfig ASKED = VdiConfig.builder().deviceCount(2).prefixZoneSize(32).build();

    private final ScriptedClient vdi = new ScriptedClient();

    private VirtualDeviceSet create() {
        return VirtualDeviceSet.builder("full").provider(vdi).config(ASKED).create();
    }

    @Test
    void createPassesNamesAndConfigurationOn() {
        VirtualDeviceSet.builder("voll-äöü").instance("SQL2019").provider(vdi).config(ASKED).create().close();
        assertEquals("CreateEx SQL2019 voll-äöü", vdi.log.getFirst());
        assertEquals(ASKED, vdi.requested());
        create().close();
        assertTrue(vdi.log.contains("CreateEx null full"), "no instance is NULL, not an empty string: " + vdi.log);
    }

    @Test
    void missingOrImpossibleArgumentsAreNamed() {
        assertNamed("name", () -> VirtualDeviceSet.builder(null).config(ASKED).create());
        assertNamed("config", () -> VirtualDeviceSet.builder("full").config(null).create());
        assertNamed("provider",
                () -> VirtualDeviceSet.builder("full").provider((VdiProvider) null).config(ASKED).create());
        assertNamed("name", () -> VirtualDeviceSet.builder(null).provider(VdiProvider.EMBEDDED).openInSecondary());
        assertThrows(IllegalArgumentException.class, () -> VirtualDeviceSet.builder("a\\b").config(ASKED).create());
        try (VirtualDeviceSet set = create()) {
            assertNamed("timeout", () -> set.awaitConfiguration(null));
            assertNamed("deviceName", () -> set.openDevice(null));
            assertNamed("command", () -> set.bufferHandle(null));
        }
    }

    private static void assertNamed(String parameter, Executable call) {
        assertEquals(parameter, assertThrows(NullPointerException.class, call).getMessage());
    }

    @Test
    void refusedCreateSaysWhyAndGivesTheObjectBack() {
        vdi.results.put("CreateEx", Hresults.VD_E_PROTOCOL);
        VdiException e = assertThrows(VdiException.class, this::create);
        assertEquals(Hresults.VD_E_PROTOCOL, e.hresult());
        assertTrue(e.getMessage().startsWith("CreateEx of set \"full\" failed: VD_E_PROTOCOL (0x8077000C)"),
                e.getMessage());
        assertEquals(List.of("CreateEx null full", "Release"), vdi.log);
    }

    @Test
    void secondaryJoinsAndClosesForItself() {
        try (VirtualDeviceSet set = VirtualDeviceSet.builder("full").instance("I1").provider(vdi).openInSecondary()) {
            assertEquals("full", set.name());
        }
        assertEquals(List.of("OpenInSecondaryEx I1 full", "Close", "Release"), vdi.log);
    }

    @Test
    void configurationIsAValueWhenItComesAndEmptyWhenTheTimeIsOver() {
        try (VirtualDeviceSet set = create()) {
            vdi.results.put("GetConfiguration", Hresults.VD_E_TIMEOUT);
            assertEquals(Optional.empty(), set.awaitConfiguration(Duration.ofNanos(1)));
            vdi.results.remove("GetConfiguration");
            assertEquals(ScriptedClient.AGREED, set.awaitConfiguration());
            assertTrue(vdi.log.containsAll(List.of("GetConfiguration 1", "GetConfiguration -1")), vdi.log.toString());
        }
    }

    @Test
    void abortOfTheServerIsAnExceptionOfItsOwn() {
        try (VirtualDeviceSet set = create()) {
            vdi.results.put("GetConfiguration", Hresults.VD_E_ABORT);
            assertThrows(VdiAbortedException.class, () -> set.awaitConfiguration(Duration.ZERO));
        }
    }

    @Test
    void refusedOpenNamesTheDevice() {
        try (VirtualDeviceSet set = create()) {
            vdi.results.put("OpenDevice", Hresults.VD_E_INVALID);
            VdiException e = assertThrows(VdiException.class, () -> set.openDevice("full-7"));
            assertTrue(e.getMessage().startsWith("OpenDevice \"full-7\" of set \"full\" failed: VD_E_INVALID"),
                    e.getMessage());
        }
    }

    @Test
    void closeAfterEveryDeviceWasClosedDoesNotAbort() {
        VirtualDeviceSet set = create();
        for (String name : List.of("full", "full-2")) {
            VirtualDevice device = set.openDevice(name);
            vdi.device(name).end(Hresults.VD_E_CLOSE);
            assertEquals(CommandResult.CLOSED, device.getCommand(Duration.ZERO));
        }
        set.close();
        assertFalse(vdi.log.contains("SignalAbort"), vdi.log.toString());
        assertEquals(List.of("Close", "Release full", "Release full-2", "Release"), vdi.log.subList(
                vdi.log.size() - 4, vdi.log.size()));
    }

    @Test
    void closeWithAnOpenDeviceAbortsFirstAndIsNoError() {
        VirtualDeviceSet set = create();
        set.openDevice("full");
        vdi.results.put("Close", Hresults.VD_E_OPEN);
        set.close();
        assertEquals(List.of("SignalAbort", "Close", "Release full", "Release"),
                vdi.log.subList(vdi.log.size() - 4, vdi.log.size()));
    }

    @Test
    void failureOfCloseIsToldAndTheSetIsClosedNevertheless() {
        VirtualDeviceSet set = create();
        vdi.results.put("Close", Hresults.VD_E_UNEXPECTED);
        assertThrows(VdiException.class, set::close);
        assertEquals("Release", vdi.log.getLast());
        int calls = vdi.log.size();
        set.close();
        assertEquals(calls, vdi.log.size(), "the second close does nothing");
    }

    @Test
    void closedSetRefusesEverythingButAbortAndClose() {
        VirtualDeviceSet set = create();
        VirtualDevice device = set.openDevice("full");
        vdi.device("full").send(CommandCode.WRITE, Arena.global().allocate(512));
        device.getCommand(Duration.ZERO);
        Command command = device.command();
        set.close();
        for (Executable use : List.<Executable>of(
                () -> set.awaitConfiguration(Duration.ZERO),
                () -> set.openDevice("full-2"),
                () -> set.mapBuffer(1, 512),
                () -> set.bufferHandle(command),
                () -> device.getCommand(Duration.ZERO),
                command::complete,
                command::data,
                command::buffer,
                command::prefixZone)) {
            String message = assertThrows(IllegalStateException.class, use).getMessage();
            assertTrue(message.contains("closed"), message);
        }
        assertFalse(command.isActive());
        int calls = vdi.log.size();
        set.abort();
        set.close();
        assertEquals(calls, vdi.log.size());
    }

    @Test
    void dataEndsBeforeTheLibraryUnmapsIt() {
        VirtualDeviceSet set = create();
        VirtualDevice device = set.openDevice("full");
        vdi.device("full").send(CommandCode.WRITE, Arena.global().allocate(512));
        device.getCommand(Duration.ZERO);
        MemorySegment data = device.command().data();
        var buffer = device.command().buffer();
        FutureTask<Boolean> aliveAtClose = new FutureTask<>(() -> data.scope().isAlive());
        vdi.onClose = aliveAtClose;
        set.close();
        assertFalse(assertDoesNotFail(aliveAtClose));
        assertThrows(IllegalStateException.class, () -> data.get(ValueLayout.JAVA_BYTE, 0));
        assertThrows(IllegalStateException.class, () -> buffer.get(0));
    }

    private static <T> T assertDoesNotFail(FutureTask<T> task) {
        try {
            return task.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void closeEndsAThreadThatWaitsWithoutLimit() throws Exception {
        VirtualDeviceSet set = create();
        VirtualDevice device = set.openDevice("full");
        FutureTask<CommandResult> server = new FutureTask<>(() -> device.getCommand());
        Thread thread = Thread.ofPlatform().start(server);
        vdi.device("full").awaitWaiter();
        set.close();
        thread.join();
        assertEquals(VdiAbortedException.class,
                assertThrows(ExecutionException.class, server::get).getCause().getClass());
        assertTrue(vdi.log.indexOf("SignalAbort") < vdi.log.indexOf("Close"));
    }

    @Test
    void closeWaitsForAnOperationThatUsesTheData() throws Exception {
        VirtualDeviceSet set = create();
        HeldData held = holdData(set);
        FutureTask<Void> close = new FutureTask<>(set::close, null);
        Thread closer = Thread.ofPlatform().start(close);
        while (closer.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertFalse(vdi.log.contains("Close"), "the write is in progress");
        held.letGo();
        closer.join();
        close.get();
        assertTrue(vdi.log.contains("Close"));
        held.close();
    }

    /** Makes a write of a command's data that does not end by itself. */
    private HeldData holdData(VirtualDeviceSet set) throws Exception {
        VirtualDevice device = set.openDevice("full");
        vdi.device("full").send(ScriptedDevice.block(CommandCode.WRITE.value(), HeldData.BYTES, 0,
                Arena.global().allocate(HeldData.BYTES).address()).address());
        device.getCommand(Duration.ZERO);
        return HeldData.hold(device.command().buffer());
    }

    @Test
    void handleOfACommandsBufferCanBeMappedElsewhere() {
        try (VirtualDeviceSet set = create()) {
            VirtualDevice device = set.openDevice("full");
            MemorySegment buffer = Arena.global().allocate(512);
            vdi.device("full").send(CommandCode.READ, buffer);
            device.getCommand(Duration.ZERO);
            assertEquals(77, set.bufferHandle(device.command()));
            assertTrue(vdi.log.contains("GetBufferHandle " + buffer.address()));
            vdi.mapped = buffer.address();
            MemorySegment mapped = set.mapBuffer(77, 512);
            mapped.set(ValueLayout.JAVA_BYTE, 511, (byte) 9);
            assertEquals(9, buffer.get(ValueLayout.JAVA_BYTE, 511));
            assertEquals(512, mapped.byteSize());
        }
    }

    @Test
    void mapBufferRefusesSizesThatNoTransferHas() {
        try (VirtualDeviceSet set = create()) {
            for (long size : new long[]{0, -1, (1 << 20) + 1, Long.MAX_VALUE}) {
                String message =
                        assertThrows(IllegalArgumentException.class, () -> set.mapBuffer(1, size)).getMessage();
                assertTrue(message.startsWith("size is ") && message.endsWith("expected 1 to 1,048,576 bytes"),
                        message);
            }
        }
    }

    @Test
    void bufferHandleRefusesACommandOfAnotherSet() {
        try (VirtualDeviceSet set = create();
                VirtualDeviceSet other = VirtualDeviceSet.builder("other").provider(vdi).config(ASKED).create()) {
            VirtualDevice device = set.openDevice("full");
            vdi.device("full").send(CommandCode.READ, Arena.global().allocate(512));
            device.getCommand(Duration.ZERO);
            String message = assertThrows(IllegalArgumentException.class, () -> other.bufferHandle(device.command()))
                    .getMessage();
            assertTrue(message.contains("\"full\"") && message.contains("\"other\""), message);
        }
    }

    @Test
    void abortReachesTheLibraryAndItsFailureTheCaller() {
        try (VirtualDeviceSet set = create()) {
            set.abort();
            assertEquals("SignalAbort", vdi.log.getLast());
            vdi.results.put("SignalAbort", Hresults.VD_E_UNEXPECTED);
            assertNotNull(assertThrows(VdiException.class, set::abort).getMessage());
        }
    }

    @Test
    void configurationIsFetchedByWhoeverNeedsItFirst() {
        Consumer<VirtualDeviceSet> secondary = set -> {
            VirtualDevice device = set.openDevice("full");
            vdi.device("full").send(CommandCode.WRITE, Arena.global().allocate(512));
            device.getCommand(Duration.ZERO);
            assertEquals(ScriptedClient.AGREED.prefixZoneSize(), device.command().prefixZone().byteSize());
        };
        try (VirtualDeviceSet set = VirtualDeviceSet.builder("full").provider(vdi).openInSecondary()) {
            secondary.accept(set);
        }
    }
}
