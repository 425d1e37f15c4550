package io.github.sqlvdi.conformance;

import static io.github.sqlvdi.conformance.Code.NOERROR;
import static io.github.sqlvdi.conformance.Code.VD_E_ABORT;
import static io.github.sqlvdi.conformance.Code.VD_E_PROTOCOL;
import static io.github.sqlvdi.conformance.Code.VD_E_TIMEOUT;

/** Tells the state of a set from outside, by calls that answer differently in every state. */
final class StateProbe {

    private StateProbe() {
    }

    static void expect(Stage stage, String side, String state) {
        if (side.equals("client")) {
            client(stage, state);
        } else {
            server(stage, state);
        }
    }

    private static void client(Stage stage, String state) {
        ClientHalf client = stage.client;
        switch (state) {
            case "DNE" -> {
                probe(state, "GetConfiguration", VD_E_PROTOCOL, client.getConfiguration(0).code());
                probe(state, "SignalAbort", VD_E_PROTOCOL, client.signalAbort());
            }
            case "Configurable" -> probe(state, "GetConfiguration", VD_E_TIMEOUT, client.getConfiguration(0).code());
            case "Active" -> probe(state, "GetCommand", VD_E_TIMEOUT,
                    client.getCommand(stage.clientDevices.getLast(), 0).code());
            case "AT" -> probe(state, "GetConfiguration", VD_E_ABORT, client.getConfiguration(0).code());
            default -> throw new IllegalArgumentException(state);
        }
    }

    private static void server(Stage stage, String state) {
        ServerHalf2 server = stage.server();
        switch (state) {
            case "DNE" -> {
                probe(state, "GetConfiguration", VD_E_PROTOCOL, server.getConfiguration().code());
                probe(state, "Close", VD_E_PROTOCOL, server.close());
            }
            case "Connected" -> {
                probe(state, "RequestBuffers", VD_E_PROTOCOL, server.requestBuffers(Setup.BLOCK, 0, 1));
                probe(state, "GetConfiguration", NOERROR, server.getConfiguration().code());
            }
            case "Configurable" -> {
                probe(state, "BeginConfiguration", VD_E_PROTOCOL, begin(stage));
                probe(state, "EndConfiguration", NOERROR, server.endConfiguration());
            }
            case "Initializing" -> {
                probe(state, "EndConfiguration", VD_E_PROTOCOL, server.endConfiguration());
                probe(state, "OpenDevice", NOERROR, server.openDevice(stage.name).code());
            }
            case "Active" -> probe(state, "CloseDevice", NOERROR,
                    server.closeDevice(stage.serverDevices.getLast()));
            case "AT" -> probe(state, "GetConfiguration", VD_E_ABORT, server.getConfiguration().code());
            default -> throw new IllegalArgumentException(state);
        }
    }

    static int begin(Stage stage) {
        Setup setup = stage.setup;
        return stage.server().beginConfiguration(setup.request().features() | setup.serverFeatures(),
                setup.blockSize(), setup.alignment(), setup.maxTransfer(), 10_000);
    }

    private static void probe(String state, String method, int expected, int code) {
        Stage.code(method + ", which shows that the set is in " + state + ",", expected, code);
    }
}
