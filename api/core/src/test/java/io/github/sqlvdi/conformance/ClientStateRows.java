package io.github.sqlvdi.conformance;

import static io.github.sqlvdi.conformance.Code.NOERROR;
import static io.github.sqlvdi.conformance.Code.VD_E_ABORT;
import static io.github.sqlvdi.conformance.Code.VD_E_PROTOCOL;

import io.github.sqlvdi.conformance.State.Client;
import java.util.ArrayList;
import java.util.List;

/** The client's state table of VDI reference 3.4. */
final class ClientStateRows {

    private static final String SIDE = "client";

    private ClientStateRows() {
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>(setMethods());
        cases.addAll(deviceMethods());
        return cases;
    }

    private static List<Row> setMethods() {
        // GetBufferHandle, MapBufferHandle and OpenInSecondary have no line of their own in VDI reference 3.4; what VDI
        // reference 3.5.7 to 3.5.9 say about "set not open" is in their tables, the rest is open and listed by
        // OpenPoints.
        return new StateTable(SIDE, Setup.devices(1), Client.DNE, Client.CLOSED, Client.CONFIGURABLE,
                Client.INITIALIZING, Client.ACTIVE, Client.NORMALLY_TERMINATED, Client.ABNORMALLY_TERMINATED)
                .line(Method.CREATE_EX, "ok>Configurable ok>Configurable P P P P P",
                        s -> s.client.createEx(null, Stage.freshName(), s.setup.request()))
                .line(Method.CREATE, "ok>Configurable ok>Configurable P P P P P",
                        s -> s.client.create(Stage.freshName(), s.setup.request()))
                .line(Method.CLIENT_GET_CONFIGURATION, "P P T>Configurable ok ok ok A",
                        s -> s.client.getConfiguration(0).code())
                .line(Method.CLIENT_OPEN_DEVICE, "P P P ok>Active P P A", ClientStateRows::openDevice)
                .line(Method.CLIENT_SIGNAL_ABORT, "P P ok>AT ok>AT ok>AT ok>AT ok>AT", s -> s.client.signalAbort())
                .line(Method.CLIENT_CLOSE, "P P ok>DNE ok>DNE O>DNE ok>DNE ok>DNE", s -> s.client.close())
                .rows();
    }

    /** In Initializing the server opens the device first, so that the client's call has nothing to wait for. */
    private static int openDevice(Stage stage) {
        boolean waiting = stage.serverDevices.isEmpty() && stage.client.getConfiguration(0).code() == NOERROR;
        if (waiting) {
            stage.serverOpensDevice();
        }
        Reply reply = stage.client.openDevice(stage.name);
        if (reply.code() == NOERROR) {
            stage.clientDevices.add(reply.value());
        }
        return reply.code();
    }

    private static List<Row> deviceMethods() {
        List<Row> rows = new ArrayList<>();
        for (Client state : List.of(Client.DNE, Client.CONFIGURABLE, Client.INITIALIZING)) {
            // Before Active there is no device; the one that is called here is left over from an earlier set.
            rows.add(device(Method.GET_COMMAND, state, "device of an earlier set", VD_E_PROTOCOL, s -> {
                long past = s.deviceOfPastSet();
                state.arrange(s);
                return s.client.getCommand(past, 0).code();
            }));
            rows.add(device(Method.COMPLETE_COMMAND, state, "device of an earlier set", VD_E_PROTOCOL, s -> {
                long past = s.deviceOfPastSet();
                state.arrange(s);
                return s.client.completeCommand(past, 0, 0, 0, 0);
            }));
        }
        rows.add(device(Method.GET_COMMAND, Client.ACTIVE, "no command queued, poll", Code.VD_E_TIMEOUT, s -> {
            s.active();
            return s.client.getCommand(s.clientDevice(), 0).code();
        }));
        rows.add(device(Method.GET_COMMAND, Client.NORMALLY_TERMINATED, "after VD_E_CLOSE", VD_E_PROTOCOL, s -> {
            s.normallyTerminated();
            return s.client.getCommand(s.clientDevice(), 0).code();
        }));
        rows.add(device(Method.GET_COMMAND, Client.ABNORMALLY_TERMINATED, "after SignalAbort", VD_E_ABORT, s -> {
            s.aborted();
            return s.client.getCommand(s.clientDevice(), 0).code();
        }));
        rows.add(device(Method.COMPLETE_COMMAND, Client.ACTIVE, "an active command", NOERROR, s -> {
            long command = s.active().outstanding(Stage.sending(CommandNumbers.FLUSH)).pointer();
            return s.client.completeCommand(s.clientDevice(), command, 0, 0, 0);
        }));
        rows.add(device(Method.COMPLETE_COMMAND, Client.NORMALLY_TERMINATED, "after VD_E_CLOSE", VD_E_PROTOCOL, s -> {
            long command = s.active().outstanding(Stage.sending(CommandNumbers.FLUSH)).pointer();
            Stage.ok("CompleteCommand", s.client.completeCommand(s.clientDevice(), command, 0, 0, 0));
            s.normallyTerminated();
            return s.client.completeCommand(s.clientDevice(), command, 0, 0, 0);
        }));
        rows.add(device(Method.COMPLETE_COMMAND, Client.ABNORMALLY_TERMINATED, "command fetched before", VD_E_ABORT,
                s -> {
                    long command = s.active().outstanding(Stage.sending(CommandNumbers.FLUSH)).pointer();
                    s.aborted();
                    return s.client.completeCommand(s.clientDevice(), command, 0, 0, 0);
                }));
        return rows;
    }

    /** A line whose call arranges the state itself, because something has to happen on the way there. */
    private static Row device(Method method, Client state, String argument, int expected, Row.Call call) {
        Row row = Row.of(method, state, argument, expected, call).needs(Capability.SERVER).section("3.4")
                .covers(StateTable.key(SIDE, method, state));
        return row.arrangedByCall();
    }
}
