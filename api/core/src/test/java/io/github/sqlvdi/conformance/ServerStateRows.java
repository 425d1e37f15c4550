package io.github.sqlvdi.conformance;

import static io.github.sqlvdi.conformance.Code.NOERROR;
import static io.github.sqlvdi.conformance.Code.VD_E_ABORT;
import static io.github.sqlvdi.conformance.Code.VD_E_CLOSE;
import static io.github.sqlvdi.conformance.Code.VD_E_PROTOCOL;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sqlvdi.conformance.State.Server;
import java.util.ArrayList;
import java.util.List;

/** The server's state table of VDI reference 3.4. */
final class ServerStateRows {

    private static final String SIDE = "server";
    private static final Setup SETUP = Setup.devices(1).withoutAgent();

    private ServerStateRows() {
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>(setMethods());
        cases.addAll(agent());
        cases.addAll(freeBuffer());
        cases.addAll(deviceMethods());
        return cases;
    }

    private static List<Row> setMethods() {
        return new StateTable(SIDE, SETUP, Server.DNE, Server.CONNECTED, Server.CONFIGURABLE, Server.INITIALIZING,
                Server.ACTIVE, Server.NORMALLY_TERMINATED, Server.ABNORMALLY_TERMINATED, Server.CLOSED)
                .line(Method.SERVER_OPEN, "ok>Connected P P P P P P P", s -> s.server().open(null, s.name))
                .line(Method.SERVER_GET_CONFIGURATION, "P ok ok ok ok ok A P",
                        s -> s.server().getConfiguration().code())
                .line(Method.BEGIN_CONFIGURATION, "P ok>Configurable P P P P A|P P", StateProbe::begin)
                .line(Method.REQUEST_BUFFERS, "P P ok ok ok P A|P P", s -> s.server().requestBuffers(Setup.BLOCK, 0, 1))
                .line(Method.QUERY_AVAILABLE_BUFFERS, "P P ok ok ok P P P",
                        s -> s.server().queryAvailableBuffers(Setup.BLOCK, 0).code())
                .line(Method.END_CONFIGURATION, "P P ok>Initializing P P P A P", s -> s.server().endConfiguration())
                .line(Method.SERVER_OPEN_DEVICE, "P P P ok>Active O P A P", ServerStateRows::openDevice)
                .line(Method.ALLOCATE_BUFFER, "P P P ok ok P A|P P",
                        s -> s.server().allocateBuffer(Setup.BLOCK, Setup.BLOCK).code())
                .line(Method.SERVER_SIGNAL_ABORT, "P ok>AT ok>AT ok>AT ok>AT ok>AT ok>AT P",
                        s -> s.server().signalAbort())
                .line(Method.SERVER_CLOSE, "P ok>DNE ok>DNE ok>DNE P>DNE ok>DNE ok>DNE P", s -> s.server().close())
                .rows();
    }

    private static int openDevice(Stage stage) {
        Reply reply = stage.server().openDevice(stage.name);
        if (reply.code() == NOERROR) {
            stage.serverDevices.add(reply.value());
        }
        return reply.code();
    }

    private static List<Row> agent() {
        List<Row> rows = new ArrayList<>(new StateTable(SIDE, SETUP, Server.DNE, Server.CONNECTED,
                Server.CONFIGURABLE, Server.NORMALLY_TERMINATED, Server.ABNORMALLY_TERMINATED, Server.CLOSED)
                .line(Method.EXECUTE_COMPLETION_AGENT, "P P P P|ok A|ok P", s -> {
                    s.server().startAgent();
                    return s.server().agentResult();
                }).rows());
        rows.add(cell(Method.EXECUTE_COMPLETION_AGENT, Server.INITIALIZING, "runs until Close", NOERROR, s -> {
            s.configured().server().startAgent();
            return runsUntilClose(s.active());
        }));
        rows.add(cell(Method.EXECUTE_COMPLETION_AGENT, Server.ACTIVE, "runs until Close", NOERROR, s -> {
            s.active().server().startAgent();
            return runsUntilClose(s);
        }));
        return rows;
    }

    /** A callback shows that the agent is inside; only then does it mean something that it returns. */
    private static int runsUntilClose(Stage stage) {
        Sending sending = Stage.sending(CommandNumbers.FLUSH);
        long command = stage.outstanding(sending).pointer();
        Stage.ok("CompleteCommand", stage.client.completeCommand(stage.clientDevice(), command, 0, 0, 0));
        assertEquals(0, stage.server().awaitCompletion(sending.tag()).completionCode());
        stage.normallyTerminated();
        Stage.ok("server Close", stage.server().close());
        return stage.server().agentResult();
    }

    private static List<Row> freeBuffer() {
        List<Row> rows = new ArrayList<>(new StateTable(SIDE, SETUP, Server.DNE, Server.CONNECTED,
                Server.CONFIGURABLE)
                .line(Method.FREE_BUFFER, "P P P", s -> s.server().freeBuffer(0x10000, Setup.BLOCK)).rows());
        rows.add(freeIn(Server.INITIALIZING, NOERROR));
        rows.add(freeIn(Server.ACTIVE, NOERROR));
        // The table says P (inferred), the time-line of VDI reference 2.1 frees buffers after CloseDevice: both are
        // permitted.
        rows.add(freeIn(Server.NORMALLY_TERMINATED, NOERROR).orAlso(VD_E_PROTOCOL));
        rows.add(freeIn(Server.ABNORMALLY_TERMINATED, VD_E_ABORT).orAlso(VD_E_PROTOCOL));
        rows.add(freeIn(Server.CLOSED, VD_E_PROTOCOL));
        return rows;
    }

    private static Row freeIn(Server state, int expected) {
        return cell(Method.FREE_BUFFER, state, "a buffer allocated before", expected, s -> {
            long buffer = s.configured().allocate();
            state.arrange(s);
            return s.server().freeBuffer(buffer, s.setup.bufferSize());
        });
    }

    private static List<Row> deviceMethods() {
        List<Row> rows = new ArrayList<>();
        rows.add(cell(Method.SEND_COMMAND, Server.ACTIVE, "Flush", NOERROR, s -> {
            Server.ACTIVE.arrange(s);
            return s.server().sendCommand(s.serverDevice(), Stage.sending(CommandNumbers.FLUSH));
        }));
        rows.add(refused(Server.NORMALLY_TERMINATED, VD_E_PROTOCOL, Code.ERROR_INVALID_HANDLE));
        rows.add(refused(Server.ABNORMALLY_TERMINATED, VD_E_ABORT, Code.ERROR_OPERATION_ABORTED));
        rows.add(refused(Server.CLOSED, VD_E_PROTOCOL, Code.ERROR_INVALID_HANDLE));
        rows.add(closeDevice(Server.ACTIVE, NOERROR));
        rows.add(closeDevice(Server.NORMALLY_TERMINATED, VD_E_CLOSE));
        rows.add(closeDevice(Server.ABNORMALLY_TERMINATED, VD_E_ABORT));
        rows.add(closeDevice(Server.CLOSED, VD_E_PROTOCOL));
        return rows;
    }

    /** SendCommand fails and the callback comes nevertheless, with the code of the table in VDI reference 3.9.1. */
    private static Row refused(Server state, int expected, int completionCode) {
        return cell(Method.SEND_COMMAND, state, "Flush, callback with " + completionCode, expected, s -> {
            state.arrange(s);
            Sending sending = Stage.sending(CommandNumbers.FLUSH);
            int code = s.server().sendCommand(s.serverDevice(), sending);
            assertEquals(completionCode, s.server().awaitCompletion(sending.tag()).completionCode());
            return code;
        }).section("3.9.1");
    }

    private static Row closeDevice(Server state, int expected) {
        return cell(Method.CLOSE_DEVICE, state, "as usual", expected, s -> {
            state.arrange(s);
            return s.server().closeDevice(s.serverDevice());
        });
    }

    /** A line whose call arranges the state itself. */
    private static Row cell(Method method, Server state, String argument, int expected, Row.Call call) {
        return Row.of(method, state, argument, expected, call).section("3.4").setup(SETUP)
                .covers(StateTable.key(SIDE, method, state)).arrangedByCall();
    }
}
