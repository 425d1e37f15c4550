package io.github.sqlvdi.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiAbortedException;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.internal.platform.ScriptedClient;
import io.github.sqlvdi.internal.platform.ScriptedDevice;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VirtualDeviceTest {

    private static final int READ = CommandCode.READ.value();
    private static final int WRITE = CommandCode.WRITE.value();

    private final ScriptedClient vdi = new ScriptedClient();
    private final VirtualDeviceSet set =
            VirtualDeviceSet.builder("full").provider(vdi).create();
    private final VirtualDevice device = set.openDevice("full");
    private final ScriptedDevice server = vdi.device("full");

    @AfterEach
    void close() {
        set.close();
    }

    private Command fetch() {
        assertEquals(CommandResult.COMMAND, device.getCommand(Duration.ZERO));
        return device.command();
    }

    @Test
    void timeoutIsAValueAndNothingChanges() {
        assertEquals(CommandResult.TIMEOUT, device.getCommand(Duration.ofMillis(5)));
        assertEquals(5, server.lastTimeout);
        server.send(CommandCode.FLUSH, null);
        assertEquals(CommandCode.FLUSH, fetch().code());
    }

    @Test
    void negativeTimeoutWaitsWithoutLimit() {
        server.send(CommandCode.FLUSH, null);
        device.getCommand();
        assertEquals(0xFFFF_FFFF, server.lastTimeout);
    }

    @Test
    void closedStaysClosed() {
        server.end(Hresults.VD_E_CLOSE);
        assertEquals(CommandResult.CLOSED, device.getCommand());
        server.end(Hresults.VD_E_PROTOCOL);
        assertEquals(CommandResult.CLOSED, device.getCommand(), "the library is not asked again");
    }

    @Test
    void abortIsAnExceptionThatNamesTheDevice() {
        server.end(Hresults.VD_E_ABORT);
        VdiAbortedException e = assertThrows(VdiAbortedException.class, () -> device.getCommand(Duration.ZERO));
        assertTrue(e.getMessage().startsWith("GetCommand of device \"full\" failed: VD_E_ABORT (0x80770004)"),
                e.getMessage());
    }

    @Test
    void commandBeforeTheFirstFetchSaysWhatIsMissing() {
        String message = assertThrows(IllegalStateException.class, device::command).getMessage();
        assertTrue(message.contains("getCommand()"), message);
    }

    @Test
    void secondThreadIsRefusedWithBothNames() throws Exception {
        server.send(CommandCode.FLUSH, null);
        Command command = fetch();
        FutureTask<Void> other = new FutureTask<>(() -> {
            for (var use : new org.junit.jupiter.api.function.Executable[]{
                () -> device.getCommand(Duration.ZERO), device::command, command::complete}) {
                String message = assertThrows(WrongThreadException.class, use).getMessage();
                assertTrue(message.contains("\"intruder\""), message);
                assertTrue(message.contains("\"" + "owner-of-full" + "\""), message);
            }
        }, null);
        String before = Thread.currentThread().getName();
        Thread.currentThread().setName("owner-of-full");
        try {
            Thread.ofPlatform().name("intruder").start(other).join();
        } finally {
            Thread.currentThread().setName(before);
        }
        other.get();
        command.complete();
        assertEquals(1, server.completions.size());
    }

    @Test
    void deviceOfAnEndedThreadPassesToTheNext() throws Exception {
        server.send(CommandCode.FLUSH, null);
        FutureTask<Command> first = new FutureTask<>(this::fetch);
        Thread.ofPlatform().start(first).join();
        first.get().complete();
        assertEquals(CommandResult.TIMEOUT, device.getCommand(Duration.ZERO));
    }

    @Test
    void severalCommandsAreHeldAndCompletedInAnyOrder() {
        long one = server.send(CommandCode.WRITE, Arena.global().allocate(512));
        long two = server.send(CommandCode.WRITE, Arena.global().allocate(1024));
        Command first = fetch();
        Command second = fetch();
        assertNotSame(first, second);
        second.complete();
        assertTrue(first.isActive());
        first.complete();
        assertEquals(two, server.completions.get(0).command());
        assertEquals(1024, server.completions.get(0).bytes());
        assertEquals(one, server.completions.get(1).command());
        assertEquals(512, server.completions.get(1).bytes());
    }

    @Test
    void recurringBlocksAndBuffersGiveTheSameObjects() {
        MemorySegment buffer = Arena.global().allocate(65_536);
        long whole = ScriptedDevice.block(WRITE, 65_536, 0, buffer.address()).address();
        long part = ScriptedDevice.block(WRITE, 512, 0, buffer.address()).address();
        server.send(whole);
        Command first = fetch();
        MemorySegment data = first.data();
        var bytes = first.buffer();
        first.complete();
        server.send(part);
        assertEquals(512, fetch().data().byteSize(), "the same buffer at another size");
        device.command().complete();
        server.send(whole);
        assertSame(first, fetch());
        assertSame(data, first.data());
        bytes.position(100);
        assertSame(bytes, first.buffer());
        assertEquals(0, bytes.position(), "set back");
    }

    @Test
    void serverThatNeverRepeatsABufferDoesNotFillTheHeap() {
        MemorySegment memory = Arena.global().allocate(65_536 + 10_000);
        for (int i = 0; i < 10_000; i++) {
            server.send(ScriptedDevice.block(READ, 512, 0, memory.address() + 64 + i).address());
            Command command = fetch();
            assertEquals(memory.address() + 64 + i, command.data().address());
            command.complete();
        }
        assertEquals(10_000, server.completions.size());
    }

    @ParameterizedTest
    @CsvSource({"-1, 4096", "1048577, 4096", "2147483647, 4096", "512, 0"})
    void transferThatCannotBeAbortsTheSet(int size, long buffer) {
        server.send(ScriptedDevice.block(WRITE, size, 0, buffer).address());
        VdiException e = assertThrows(VdiException.class, () -> device.getCommand(Duration.ZERO));
        assertEquals(Hresults.VD_E_UNEXPECTED, e.hresult());
        assertTrue(e.getMessage().contains("VDC_Write"), e.getMessage());
        assertTrue(vdi.log.contains("SignalAbort"), vdi.log.toString());
    }

    @Test
    void commandWithoutABlockAbortsTheSet() {
        server.send(0);
        assertEquals(Hresults.VD_E_UNEXPECTED,
                assertThrows(VdiException.class, () -> device.getCommand(Duration.ZERO)).hresult());
        assertTrue(vdi.log.contains("SignalAbort"), vdi.log.toString());
    }

    @Test
    void blockOfAnActiveCommandIsNotTakenForAnother() {
        long block = server.send(CommandCode.FLUSH, null);
        Command command = fetch();
        server.send(block);
        assertThrows(VdiException.class, () -> device.getCommand(Duration.ZERO));
        assertTrue(command.isActive());
    }
}
