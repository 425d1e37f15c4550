package io.github.sqlvdi.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiAbortedException;
import io.github.sqlvdi.Whence;
import io.github.sqlvdi.internal.platform.ScriptedClient;
import io.github.sqlvdi.internal.platform.ScriptedDevice;
import io.github.sqlvdi.internal.platform.ScriptedDevice.Completion;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class CommandTest {

    private static final int PREFIX = ScriptedClient.AGREED.prefixZoneSize();

    private final ScriptedClient vdi = new ScriptedClient();
    private final VirtualDeviceSet set =
            VirtualDeviceSet.builder("full").provider(vdi).create();
    private final VirtualDevice device = set.openDevice("full");
    private final ScriptedDevice server = vdi.device("full");
    private final MemorySegment area = Arena.global().allocate(4096 + PREFIX);
    private final MemorySegment zone = area.asSlice(PREFIX);

    @AfterEach
    void close() {
        set.close();
    }

    private Command fetch(CommandCode code) {
        return fetch(code.value(), 4096, 0);
    }

    private Command fetch(int code, int size, long position) {
        server.send(ScriptedDevice.block(code, size, position, zone.address()).address());
        assertEquals(CommandResult.COMMAND, device.getCommand(Duration.ZERO));
        return device.command();
    }

    private static void assertRefused(Class<? extends RuntimeException> kind, String part, Executable use) {
        String message = assertThrows(kind, use).getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void valuesAreThoseOfTheBlock() {
        Command command = fetch(CommandCode.SET_POSITION.value(), 2, -512);
        assertEquals(CommandCode.SET_POSITION, command.code());
        assertEquals(10, command.rawCode());
        assertEquals(Whence.END.value(), command.size());
        assertEquals(-512, command.position());
        assertTrue(command.isActive());
        assertEquals("VDC_SetPosition", command.toString());
    }

    @Test
    void unknownNumberIsKept() {
        Command command = fetch(4711, 1, 0);
        assertEquals(CommandCode.UNKNOWN, command.code());
        assertEquals(4711, command.rawCode());
        command.complete(CompletionCodes.NOT_SUPPORTED, 0, 99);
        assertEquals(99, server.completions.getFirst().position(), "nobody knows what an unknown command returns");
    }

    @Test
    void writeShowsTheServersPagesReadOnly() {
        zone.set(ValueLayout.JAVA_BYTE, 0, (byte) 7);
        Command command = fetch(CommandCode.WRITE);
        assertEquals(zone.address(), command.data().address());
        assertEquals(4096, command.data().byteSize());
        assertEquals(7, command.data().get(ValueLayout.JAVA_BYTE, 0));
        zone.set(ValueLayout.JAVA_BYTE, 0, (byte) 8);
        assertEquals(8, command.buffer().get(0), "no copy");
        assertTrue(command.data().isReadOnly());
        assertThrows(ReadOnlyBufferException.class, () -> command.buffer().put(0, (byte) 1));
    }

    @Test
    void readIsFilledInPlace() {
        Command command = fetch(CommandCode.READ);
        command.data().set(ValueLayout.JAVA_BYTE, 4095, (byte) 3);
        command.buffer().put(0, (byte) 4);
        assertEquals(3, zone.get(ValueLayout.JAVA_BYTE, 4095));
        assertEquals(4, zone.get(ValueLayout.JAVA_BYTE, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> command.data().get(ValueLayout.JAVA_BYTE, 4096));
    }

    @Test
    void bufferIsSetBackToBigEndianAndItsFullSize() {
        Command command = fetch(CommandCode.READ);
        command.buffer().order(ByteOrder.LITTLE_ENDIAN).position(17).limit(20);
        assertEquals(0, command.buffer().position());
        assertEquals(4096, command.buffer().limit());
        assertEquals(ByteOrder.BIG_ENDIAN, command.buffer().order());
    }

    @Test
    void prefixZoneLiesDirectlyBeforeTheDataAndIsWritable() {
        Command command = fetch(CommandCode.WRITE);
        assertEquals(PREFIX, command.prefixZone().byteSize());
        assertEquals(area.address(), command.prefixZone().address());
        command.prefixZone().set(ValueLayout.JAVA_BYTE, 0, (byte) 5);
        assertEquals(5, area.get(ValueLayout.JAVA_BYTE, 0));
    }

    @Test
    void onlyTransfersCarryData() {
        Command flush = fetch(CommandCode.FLUSH);
        assertRefused(IllegalStateException.class, "data of VDC_Flush: expected VDC_Read or VDC_Write", flush::data);
        assertRefused(IllegalStateException.class, "buffer of VDC_Flush", flush::buffer);
        assertRefused(IllegalStateException.class, "prefixZone of VDC_Flush", flush::prefixZone);
    }

    @Test
    void completeMeansSuccessWithAllBytes() {
        fetch(CommandCode.WRITE).complete();
        assertEquals(4096, server.completions.getFirst().bytes());
        fetch(CommandCode.FLUSH).complete();
        Completion flush = server.completions.getLast();
        assertEquals(new Completion(flush.command(), 0, 0, 0), flush);
    }

    @Test
    void completionPassesEveryValueOn() {
        fetch(CommandCode.READ).complete(CompletionCodes.HANDLE_EOF, 100);
        Completion read = server.completions.getLast();
        assertEquals(new Completion(read.command(), 38, 100, 0), read);
        fetch(CommandCode.GET_POSITION).complete(CompletionCodes.SUCCESS, 0, -1L);
        assertEquals(-1L, server.completions.getLast().position());
        fetch(CommandCode.WRITE).fail(CompletionCodes.DISK_FULL);
        Completion full = server.completions.getLast();
        assertEquals(new Completion(full.command(), 112, 0, 0), full);
    }

    @Test
    void secondCompletionIsRefusedInWords() {
        Command command = fetch(CommandCode.WRITE);
        command.complete();
        assertFalse(command.isActive());
        assertRefused(IllegalStateException.class, "VD_E_INVALID", command::complete);
        assertRefused(IllegalStateException.class, "completed before", () -> command.fail(31));
        assertEquals(1, server.completions.size());
    }

    @Test
    void dataAfterTheCompletionIsRefusedInWords() {
        Command command = fetch(CommandCode.WRITE);
        command.complete();
        assertRefused(IllegalStateException.class, "belongs to the server again", command::data);
        assertRefused(IllegalStateException.class, "belongs to the server again", command::buffer);
        assertRefused(IllegalStateException.class, "belongs to the server again", command::prefixZone);
    }

    @Test
    void bytesOutsideTheCommandAreRefusedAndTheCommandStaysActive() {
        Command write = fetch(CommandCode.WRITE);
        assertRefused(IllegalArgumentException.class, "bytesTransferred is 4,097: expected 0 to 4,096 for VDC_Write",
                () -> write.complete(0, 4097));
        assertRefused(IllegalArgumentException.class, "bytesTransferred is -1", () -> write.complete(0, -1));
        assertTrue(write.isActive());
        Command flush = fetch(CommandCode.FLUSH);
        assertRefused(IllegalArgumentException.class, "bytesTransferred is 1: expected 0 to 0 for VDC_Flush",
                () -> flush.complete(0, 1));
        assertTrue(server.completions.isEmpty());
    }

    @Test
    void hresultIsNoCompletionCode() {
        Command command = fetch(CommandCode.WRITE);
        assertRefused(IllegalArgumentException.class, "0x80770004 (VD_E_ABORT), an HRESULT",
                () -> command.fail(Hresults.VD_E_ABORT));
        assertRefused(IllegalArgumentException.class, "ERROR_SUCCESS", () -> command.fail(0));
        assertTrue(command.isActive());
    }

    @Test
    void endlessReadIsRefused() {
        Command command = fetch(CommandCode.READ);
        assertRefused(IllegalArgumentException.class, "reads for ever", () -> command.complete(0, 0));
        command.complete(CompletionCodes.HANDLE_EOF, 0);
        assertEquals(38, server.completions.getFirst().code());
    }

    @Test
    void positionIsRefusedWhereNoneIsReturned() {
        Command command = fetch(CommandCode.WRITE);
        assertRefused(IllegalArgumentException.class, "position is 5: expected 0", () -> command.complete(0, 4096, 5));
    }

    @Test
    void completionThatAnAbortOvertookIsToldAndEndsTheCommand() {
        Command command = fetch(CommandCode.WRITE);
        server.completionResult = Hresults.VD_E_ABORT;
        VdiAbortedException e = assertThrows(VdiAbortedException.class, command::complete);
        assertTrue(e.getMessage().startsWith("CompleteCommand of VDC_Write of 4,096 bytes on device \"full\""),
                e.getMessage());
        assertFalse(command.isActive());
    }
}
