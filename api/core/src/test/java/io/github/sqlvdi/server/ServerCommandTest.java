package io.github.sqlvdi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiAbortedException;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.bindings.VDS_Command;
import io.github.sqlvdi.internal.memory.Memory;
import io.github.sqlvdi.internal.platform.ScriptedServer;
import io.github.sqlvdi.testing.Patience;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerCommandTest {

    private final ScriptedServer vdi = new ScriptedServer();
    private final ServerDeviceSet set = ServerDeviceSet.builder("full").provider(vdi).open();
    private final CompletionAgent agent = set.startCompletionAgent();
    private final ServerDevice device = set.openDevice("full");
    private final MemorySegment buffer = set.allocateBuffer(4096, 0);
    private final BlockingQueue<ServerCommand> completed = new ArrayBlockingQueue<>(1000);

    @AfterEach
    void close() {
        set.close();
    }

    private static void assertRefused(Class<? extends RuntimeException> kind, String part, Executable use) {
        String message = assertThrows(kind, use).getMessage();
        assertTrue(message.contains(part), message);
    }

    private ServerCommand awaitCallback() throws InterruptedException {
        ServerCommand command = completed.poll(Patience.SECONDS, TimeUnit.SECONDS);
        assertTrue(command != null, "no callback");
        return command;
    }

    private MemorySegment lastSent() {
        return Memory.ALL.asSlice(vdi.sent.getLast(), VDS_Command.sizeof());
    }

    @Test
    void blockHoldsWhatWasSetAndTheCallbackWhatWasAnswered() throws Exception {
        ServerCommand command = new ServerCommand(completed::add).set(CommandCode.READ, 512, -7, buffer);
        device.send(command);
        assertTrue(command.isOutstanding());
        assertEquals(1, VDS_Command.commandCode(lastSent()));
        assertEquals(512, VDS_Command.size(lastSent()));
        assertEquals(-7, VDS_Command.inPosition(lastSent()));
        assertEquals(buffer.address(), VDS_Command.buffer(lastSent()).address());
        vdi.complete(vdi.sent.getLast(), CompletionCodes.HANDLE_EOF, 100, 99);
        assertSame(command, awaitCallback());
        assertFalse(command.isOutstanding());
        assertEquals(CompletionCodes.HANDLE_EOF, command.completionCode());
        assertEquals(100, command.bytesTransferred());
        assertEquals(99, command.outPosition());
        assertSame(buffer, command.buffer());
        assertEquals(512, command.size());
        assertEquals(-7, command.position());
        assertEquals(CommandCode.READ, command.code());
    }

    @Test
    void manyCommandsFindTheirOwnCallbacks() throws Exception {
        List<ServerCommand> commands = new ArrayList<>();
        for (int i = 0; i < 700; i++) { // more than one chunk of the table
            ServerCommand command = new ServerCommand(completed::add).set(CommandCode.SKIP_MARKS, i, 0);
            commands.add(command);
            device.send(command);
        }
        for (int i = 699; i >= 0; i--) {
            vdi.complete(vdi.sent.get(i), 0, 0, i);
            assertSame(commands.get(i), awaitCallback());
            assertEquals(i, commands.get(i).outPosition());
        }
    }

    @Test
    void commandMayBeSentAgainFromItsCallback() throws Exception {
        int[] left = {100};
        ServerCommand command = new ServerCommand(c -> {
            completed.add(c);
            if (--left[0] > 0) {
                device.send(c.set(CommandCode.FLUSH));
                vdi.complete(vdi.sent.getLast(), 0, 0, 0);
            }
        }).set(CommandCode.FLUSH);
        device.send(command);
        vdi.complete(vdi.sent.getLast(), 0, 0, 0);
        for (int i = 0; i < 100; i++) {
            awaitCallback();
        }
        assertEquals(100, vdi.sent.size());
        assertEquals(1, vdi.sent.stream().distinct().count(), "one block for all");
    }

    @Test
    void commandThatIsOutIsLeftAlone() throws Exception {
        ServerCommand command = new ServerCommand(completed::add).set(CommandCode.FLUSH);
        device.send(command);
        for (Executable use : List.<Executable>of(() -> device.send(command), () -> command.set(CommandCode.FLUSH),
                command::completionCode, command::bytesTransferred, command::outPosition)) {
            assertRefused(IllegalStateException.class, "VDC_Flush is still with the client", use);
        }
        assertEquals(1, vdi.sent.size());
        vdi.complete(vdi.sent.getLast(), 0, 0, 0);
        awaitCallback();
    }

    @Test
    void emptyCommandIsNotSent() {
        assertRefused(IllegalStateException.class, "no content", () -> device.send(new ServerCommand(c -> {})));
        assertRefused(NullPointerException.class, "command", () -> device.send(null));
        assertRefused(NullPointerException.class, "callback", () -> new ServerCommand(null));
        assertTrue(vdi.sent.isEmpty());
    }

    @Test
    void contentThatCannotBeIsNamed() {
        ServerCommand command = new ServerCommand(c -> {});
        assertRefused(NullPointerException.class, "code", () -> command.set(null, 0, 0));
        assertRefused(IllegalArgumentException.class, "code is UNKNOWN", () -> command.set(CommandCode.UNKNOWN));
        assertRefused(IllegalArgumentException.class, "no buffer is given", () -> command.set(CommandCode.WRITE));
        assertRefused(IllegalArgumentException.class, "size is 4,097: expected 0 to 4,096",
                () -> command.set(CommandCode.WRITE, 4097, 0, buffer));
        assertRefused(IllegalArgumentException.class, "size is -1",
                () -> command.set(CommandCode.WRITE, -1, 0, buffer));
        assertRefused(IllegalArgumentException.class, "Java heap",
                () -> command.set(CommandCode.WRITE, 1, 0, MemorySegment.ofArray(new byte[1])));
        assertThrows(IllegalStateException.class, command::buffer);
    }

    @Test
    void numberThatNobodyKnowsIsSentAsItIs() throws Exception {
        device.send(new ServerCommand(completed::add).set(4711, -3, 5));
        assertEquals(4711, VDS_Command.commandCode(lastSent()));
        assertEquals(-3, VDS_Command.size(lastSent()));
        vdi.complete(vdi.sent.getLast(), CompletionCodes.NOT_SUPPORTED, 0, 0);
        assertEquals(CommandCode.UNKNOWN, awaitCallback().code());
        assertRefused(IllegalArgumentException.class, "no buffer is given",
                () -> new ServerCommand(c -> {}).set(CommandCode.READ.value(), 1, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {Hresults.VD_E_QUEUE_FULL, Hresults.VD_E_IO_ERROR, Hresults.VD_E_PROTOCOL, Hresults.VD_E_ABORT})
    void refusedCommandIsToldToTheSenderAndToTheCallback(int hresult) throws Exception {
        vdi.results.put("SendCommand", hresult);
        vdi.refusal = 1450;
        ServerCommand command = new ServerCommand(completed::add).set(CommandCode.FLUSH);
        VdiException e = assertThrows(VdiException.class, () -> device.send(command));
        assertEquals(hresult, e.hresult());
        assertEquals(hresult == Hresults.VD_E_ABORT, e instanceof VdiAbortedException);
        assertTrue(e.getMessage().startsWith("SendCommand of VDC_Flush on device \"full\" failed"), e.getMessage());
        assertSame(command, awaitCallback());
        assertEquals(1450, command.completionCode());
        assertFalse(command.isOutstanding());
    }

    @Test
    void callThatNeverReachedVdiLeavesTheCommandFree() {
        vdi.results.put("SendCommand", Hresults.E_POINTER);
        ServerCommand command = new ServerCommand(completed::add).set(CommandCode.FLUSH);
        assertThrows(VdiException.class, () -> device.send(command));
        assertFalse(command.isOutstanding());
        assertTrue(completed.isEmpty());
    }

    @Test
    void failureOfACallbackAbortsTheSet() throws Exception {
        ServerCommand command = new ServerCommand(c -> {
            throw new IllegalArgumentException("thrown by the test's callback");
        }).set(CommandCode.FLUSH);
        device.send(command);
        vdi.complete(vdi.sent.getLast(), 0, 0, 0);
        assertTrue(agent.join(Patience.LONG));
        assertTrue(vdi.log.contains("SignalAbort"), vdi.log.toString());
    }

    @Test
    void secondCallbackForOneSendIsIgnored() throws Exception {
        ServerCommand command = new ServerCommand(completed::add).set(CommandCode.FLUSH);
        device.send(command);
        vdi.complete(vdi.sent.getLast(), 0, 0, 0);
        vdi.complete(vdi.sent.getLast(), 0, 0, 0);
        awaitCallback();
        vdi.endAgent();
        assertTrue(agent.join(Patience.LONG));
        assertTrue(completed.isEmpty());
    }

    @Test
    void callbackWithAForeignContextIsIgnored() throws Exception {
        ServerCommand command = new ServerCommand(completed::add).set(CommandCode.FLUSH);
        device.send(command);
        MemorySegment block = lastSent();
        long context = block.get(ValueLayout.JAVA_LONG_UNALIGNED, VDS_Command.completionContext$offset());
        for (long wrong : new long[]{-1, Long.MAX_VALUE, 1 << 19, context + 1}) {
            block.set(ValueLayout.JAVA_LONG_UNALIGNED, VDS_Command.completionContext$offset(), wrong);
            vdi.complete(block.address(), 0, 0, 0);
            ServerCommand next = new ServerCommand(completed::add).set(CommandCode.FLUSH);
            device.send(next);
            vdi.complete(vdi.sent.getLast(), 0, 0, 0);
            assertSame(next, awaitCallback(),
                    String.format(Locale.ROOT, "the one with context %d before it came to nothing", wrong));
        }
        assertTrue(command.isOutstanding());
        block.set(ValueLayout.JAVA_LONG_UNALIGNED, VDS_Command.completionContext$offset(), context);
        vdi.complete(block.address(), 0, 0, 0);
        assertSame(command, awaitCallback());
    }

    @Test
    void closedDeviceTakesNoCommand() {
        device.close();
        device.close();
        assertEquals(1, vdi.log.stream().filter("CloseDevice"::equals).count());
        ServerCommand command = new ServerCommand(c -> {}).set(CommandCode.FLUSH);
        assertRefused(IllegalStateException.class, "device \"full\" is closed", () -> device.send(command));
        assertFalse(command.isOutstanding());
    }

    @Test
    void closingAnAbortedDeviceIsNoError() {
        vdi.results.put("CloseDevice", Hresults.VD_E_ABORT);
        device.close();
        assertTrue(device.isClosed());
    }
}
