package io.github.sqlvdi.conformance;

import static io.github.sqlvdi.conformance.Code.ERROR_INVALID_PARAMETER;
import static io.github.sqlvdi.conformance.Code.ERROR_IO_DEVICE;
import static io.github.sqlvdi.conformance.Code.ERROR_NO_SYSTEM_RESOURCES;
import static io.github.sqlvdi.conformance.Code.NOERROR;
import static io.github.sqlvdi.conformance.Code.VD_E_INVALID;
import static io.github.sqlvdi.conformance.Code.VD_E_IO_ERROR;
import static io.github.sqlvdi.conformance.Code.VD_E_QUEUE_FULL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.conformance.State.Server;
import java.util.ArrayList;
import java.util.List;

/** SendCommand, its errors and the callback that each of them makes (VDI reference 3.9.1). */
final class SendCommandRows {

    private static final int SIZE = Setup.MAX_TRANSFER;
    /**
     * Far beyond any queue; the reference gives no depth, only that the number of buffers must be accepted (VDI
     * reference 8.18).
     */
    private static final int TOO_MANY = 100_000;

    private SendCommandRows() {
    }

    static List<Case> cases() {
        List<Case> rows = new ArrayList<>();
        rows.add(row("a Flush", NOERROR,
                s -> s.server().sendCommand(s.serverDevice(), Stage.sending(CommandNumbers.FLUSH))));
        rows.add(row("before the client has opened the device", NOERROR, s -> {
            long device = s.configured().serverOpensDevice();
            return s.server().sendCommand(device, Stage.sending(CommandNumbers.FLUSH));
        }).arrangedByCall());
        rows.add(row("pCmd NULL", VD_E_INVALID, s -> s.server().sendNull(s.serverDevice())));
        rows.add(row("queue full", VD_E_QUEUE_FULL, SendCommandRows::fill));
        rows.add(row("queue full, one completed", NOERROR, s -> {
            Stage.code("SendCommand", VD_E_QUEUE_FULL, fill(s));
            Completion first = s.completions().getFirst();
            assertEquals(ERROR_NO_SYSTEM_RESOURCES, first.completionCode());
            Reply.OfCommand command = s.fetch(s.clientDevice());
            Stage.ok("CompleteCommand", s.client.completeCommand(s.clientDevice(), command.pointer(), 0, 0, 0));
            s.server().awaitCompletion(s.lastTag());
            return s.server().sendCommand(s.serverDevice(), Stage.sending(CommandNumbers.FLUSH));
        }));
        ioError(rows);
        buffers(rows);
        unknown(rows);
        return rows;
    }

    private static Row row(String argument, int expected, Row.Call call) {
        return Row.of(Method.SEND_COMMAND, Server.ACTIVE, argument, expected, call);
    }

    /** Sends until it is refused; {@link Stage#lastTag} is the first command's then. */
    private static int fill(Stage stage) {
        long first = 0;
        for (int i = 0; i < TOO_MANY; i++) {
            Sending sending = Stage.sending(CommandNumbers.FLUSH);
            int code = stage.server().sendCommand(stage.serverDevice(), sending);
            if (code != NOERROR) {
                Completion callback = stage.server().awaitCompletion(sending.tag());
                assertEquals(ERROR_NO_SYSTEM_RESOURCES, callback.completionCode(), "callback of a full queue");
                assertTrue(i >= stage.setup.buffers(), "the queue was full after " + i + " commands");
                stage.remember(first);
                return code;
            }
            first = first == 0 ? sending.tag() : first;
        }
        return NOERROR;
    }

    private static void ioError(List<Case> rows) {
        rows.add(row("after the client reported a failure", VD_E_IO_ERROR, s -> {
            complete(s, Stage.sending(CommandNumbers.FLUSH), 1117);
            return refused(s, Stage.sending(CommandNumbers.FLUSH), ERROR_IO_DEVICE);
        }));
        rows.add(row("ClearError after the client reported a failure", NOERROR, s -> {
            complete(s, Stage.sending(CommandNumbers.FLUSH), 1117);
            return s.server().sendCommand(s.serverDevice(), Stage.sending(CommandNumbers.CLEAR_ERROR));
        }).section("8.5"));
        rows.add(row("after a ClearError that succeeded", NOERROR, s -> {
            complete(s, Stage.sending(CommandNumbers.FLUSH), 1117);
            complete(s, Stage.sending(CommandNumbers.CLEAR_ERROR), 0);
            return s.server().sendCommand(s.serverDevice(), Stage.sending(CommandNumbers.FLUSH));
        }).section("8.5"));
        rows.add(row("after a ClearError that failed", VD_E_IO_ERROR, s -> {
            complete(s, Stage.sending(CommandNumbers.FLUSH), 1117);
            complete(s, Stage.sending(CommandNumbers.CLEAR_ERROR), 1117);
            return refused(s, Stage.sending(CommandNumbers.FLUSH), ERROR_IO_DEVICE);
        }).section("8.5"));
        // "Special, not a failure of the operation as such" (VDI reference 8.2): the device is not in an error state
        // afterwards.
        for (int special : new int[]{38, 1100, 1101, 1102, 1104}) {
            rows.add(row("after the special code " + special, NOERROR, s -> {
                complete(s, Stage.sending(CommandNumbers.READ, SIZE, s.allocate()), special);
                return s.server().sendCommand(s.serverDevice(), Stage.sending(CommandNumbers.FLUSH));
            }).section("8.2"));
        }
        rows.add(row("after ERROR_NOT_SUPPORTED", NOERROR, s -> {
            complete(s, Stage.sending(CommandNumbers.FLUSH), 50);
            return s.server().sendCommand(s.serverDevice(), Stage.sending(CommandNumbers.FLUSH));
        }).section("8.2").orAlso(VD_E_IO_ERROR));
        rows.add(row("on another device than the one that failed", NOERROR, s -> {
            complete(s, Stage.sending(CommandNumbers.FLUSH), 1117);
            return s.server().sendCommand(s.serverDevices.get(1), Stage.sending(CommandNumbers.FLUSH));
        }).setup(Setup.devices(2)));
    }

    /** One command there and back, with its callback. */
    private static void complete(Stage stage, Sending sending, int completionCode) {
        long command = stage.outstanding(sending).pointer();
        Stage.ok("CompleteCommand", stage.client.completeCommand(stage.clientDevice(), command, completionCode, 0, 0));
        assertEquals(completionCode, stage.server().awaitCompletion(sending.tag()).completionCode());
    }

    /** A refused command has had exactly one callback, and before SendCommand returned. */
    private static int refused(Stage stage, Sending sending, int completionCode) {
        int code = stage.server().sendCommand(stage.serverDevice(), sending);
        List<Completion> callbacks = stage.completions().stream()
                .filter(completion -> completion.tag() == sending.tag()).toList();
        assertEquals(1, callbacks.size(), "callbacks of a refused command: " + callbacks);
        assertEquals(completionCode, callbacks.getFirst().completionCode(), "code of the callback");
        assertTrue(callbacks.getFirst().insideSending(), "callback on the sender's thread");
        return code;
    }

    private static void buffers(List<Case> rows) {
        for (int command : new int[]{CommandNumbers.READ, CommandNumbers.WRITE}) {
            String name = CommandNumbers.name(command) + ", ";
            rows.add(row(name + "a buffer", NOERROR, s -> s.server().sendCommand(s.serverDevice(),
                    Stage.sending(command, SIZE, s.allocate()))));
            bad(rows, name + "inside a buffer", command, 512, (s, buffer) -> buffer + 512);
            bad(rows, name + "no buffer", command, 512, (s, buffer) -> 0);
            bad(rows, name + "an address of nobody", command, 512, (s, buffer) -> -8);
            bad(rows, name + "size 0", command, 0, (s, buffer) -> buffer);
            bad(rows, name + "more than maxTransferSize", command, SIZE + 512, (s, buffer) -> buffer);
            bad(rows, name + "size 4294967295", command, -1, (s, buffer) -> buffer);
            bad(rows, name + "a freed buffer", command, 512, (s, buffer) -> {
                Stage.ok("FreeBuffer", s.server().freeBuffer(buffer, SIZE));
                return buffer;
            });
            rows.add(row(name + "more than the buffer's size", VD_E_INVALID, s -> {
                Reply buffer = s.server().allocateBuffer(512, 512);
                Stage.ok("AllocateBuffer", buffer.code());
                return refused(s, Stage.sending(command, 1024, buffer.value()), ERROR_INVALID_PARAMETER);
            }));
            rows.add(row(name + "no multiple of blockSize", NOERROR, s -> s.server().sendCommand(s.serverDevice(),
                    Stage.sending(command, 100, s.allocate()))).section("7.2").orAlso(VD_E_INVALID));
        }
    }

    /** What stands in the command instead of the start of a buffer of the set. */
    @FunctionalInterface
    interface Address {
        long of(Stage stage, long buffer);
    }

    private static void bad(List<Case> rows, String argument, int command, int size, Address address) {
        rows.add(row(argument, VD_E_INVALID, s -> refused(s,
                Stage.sending(command, size, address.of(s, s.allocate())), ERROR_INVALID_PARAMETER)).section("7.1"));
    }

    /** The reference numbers commands from 1 to 19 and says nothing about others on the server's side. */
    private static void unknown(List<Case> rows) {
        for (int command : new int[]{0, CommandNumbers.LAST + 1, -1}) {
            rows.add(row("command code " + command, NOERROR,
                    s -> s.server().sendCommand(s.serverDevice(), Stage.sending(command))).section("5.2")
                    .orAlso(VD_E_INVALID));
        }
    }
}
