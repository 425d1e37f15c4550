package io.github.sqlvdi.conformance;

import static io.github.sqlvdi.conformance.Code.NOERROR;
import static io.github.sqlvdi.conformance.Code.VD_E_ABORT;
import static io.github.sqlvdi.conformance.Code.VD_E_INVALID;
import static io.github.sqlvdi.conformance.Code.VD_E_OPEN;
import static io.github.sqlvdi.conformance.Code.VD_E_PROTOCOL;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sqlvdi.conformance.State.Client;
import io.github.sqlvdi.conformance.State.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/** OpenDevice of both sides, and the race between them (VDI reference 3.5.4, 3.7.8, 15.2). */
final class DeviceRows {

    private static final Setup TWO = Setup.devices(2);

    private DeviceRows() {
    }

    static List<Case> cases() {
        List<Case> rows = new ArrayList<>();
        client(rows);
        race(rows);
        server(rows);
        return rows;
    }

    private static void client(List<Case> rows) {
        Method method = Method.CLIENT_OPEN_DEVICE;
        rows.add(Row.of(method, Server.INITIALIZING, "name of no device, all devices named", VD_E_INVALID, s -> {
            s.serverOpensDevice();
            return refused(s, "nobody", Out.VALID);
        }));
        rows.add(Row.of(method, Server.INITIALIZING, "device 0 of two, not the others' turn", NOERROR, s -> {
            s.serverOpensDevice();
            return s.client.openDevice(s.name).code();
        }).setup(TWO));
        rows.add(Row.of(method, Server.INITIALIZING, "second device first", NOERROR, s -> {
            s.serverOpensDevice();
            s.serverOpensDevice();
            return s.client.openDevice(s.deviceName(1)).code();
        }).setup(TWO));
        rows.add(Row.of(method, Server.INITIALIZING, "name in capitals", VD_E_INVALID, s -> {
            s.serverOpensDevice();
            return refused(s, s.name.toUpperCase(java.util.Locale.ROOT), Out.VALID);
        }));
        rows.add(Row.of(method, Server.INITIALIZING, "name NULL", VD_E_INVALID, s -> {
            s.serverOpensDevice();
            return refused(s, null, Out.VALID);
        }));
        rows.add(Row.of(method, Server.INITIALIZING, "name empty", VD_E_INVALID, s -> {
            s.serverOpensDevice();
            return refused(s, "", Out.VALID);
        }));
        rows.add(Row.of(method, Server.INITIALIZING, "ppVirtualDevice NULL", VD_E_INVALID, s -> {
            s.serverOpensDevice();
            return s.client.openDevice(s.name, Out.NULL).code();
        }));
        rows.add(Row.of(method, Client.ACTIVE, "any other name when all are open", VD_E_OPEN,
                s -> refused(s, "another", Out.VALID)));
        rows.add(Row.of(method, Client.ACTIVE, "the same device again", VD_E_PROTOCOL,
                s -> refused(s, s.name, Out.VALID)));
        rows.add(Row.of(method, Client.ACTIVE, "the same device again, of two", VD_E_PROTOCOL,
                s -> refused(s, s.deviceName(1), Out.VALID)).setup(TWO));
        rows.add(Row.of(method, Server.INITIALIZING, "the same device again while another is not open", VD_E_PROTOCOL,
                s -> {
                    s.serverOpensDevice();
                    s.serverOpensDevice();
                    s.clientOpensDevice(0);
                    return refused(s, s.name, Out.VALID);
                }).setup(TWO));
        rows.add(Row.of(method, Client.ABNORMALLY_TERMINATED, "aborted", VD_E_ABORT,
                s -> refused(s, s.name, Out.VALID)));
    }

    /** A failed OpenDevice leaves NULL behind the out-pointer. */
    private static int refused(Stage stage, String name, Out out) {
        Reply reply = stage.client.openDevice(name, out);
        assertEquals(0, reply.value(), "*ppVirtualDevice after " + Code.name(reply.code()));
        return reply.code();
    }

    private static void race(List<Case> rows) {
        Method method = Method.CLIENT_OPEN_DEVICE;
        rows.add(Row.of(method, Client.INITIALIZING, "before the server opens the device", NOERROR, s -> {
            Future<Reply> waiting = waiting(s, s.name);
            s.serverOpensDevice();
            return Bounded.await("OpenDevice", waiting).code();
        }).section("15.2"));
        rows.add(Row.of(method, Client.INITIALIZING, "unknown name before the server named all", VD_E_INVALID, s -> {
            Future<Reply> waiting = waiting(s, "nobody");
            s.serverOpensDevice();
            s.serverOpensDevice();
            return Bounded.await("OpenDevice", waiting).code();
        }).setup(TWO).section("15.2"));
        rows.add(Row.of(method, Client.INITIALIZING, "waiting for a name when the client aborts", VD_E_ABORT, s -> {
            Future<Reply> waiting = waiting(s, s.name);
            Stage.ok("SignalAbort", s.client.signalAbort());
            return Bounded.await("OpenDevice", waiting).code();
        }).section("15.2"));
        rows.add(Row.of(method, Client.INITIALIZING, "waiting for a name when the server aborts", VD_E_ABORT, s -> {
            Future<Reply> waiting = waiting(s, s.name);
            Stage.ok("server SignalAbort", s.server().signalAbort());
            return Bounded.await("OpenDevice", waiting).code();
        }).section("15.2"));
    }

    private static Future<Reply> waiting(Stage stage, String name) {
        return Bounded.start("conformance-waiting", () -> stage.client.openDevice(name));
    }

    private static void server(List<Case> rows) {
        Method method = Method.SERVER_OPEN_DEVICE;
        rows.add(Row.of(method, Server.INITIALIZING, "name NULL", VD_E_INVALID,
                s -> s.server().openDevice(null).code()));
        rows.add(Row.of(method, Server.INITIALIZING, "ppVirtualDevice NULL", VD_E_INVALID,
                s -> s.server().openDevice(s.name, Out.NULL).code()));
        rows.add(Row.of(method, Server.INITIALIZING, "the second of two", NOERROR, s -> {
            s.serverOpensDevice();
            return s.server().openDevice(s.deviceName(1)).code();
        }).setup(TWO));
        rows.add(Row.of(method, Server.ACTIVE, "after all have been opened", VD_E_OPEN,
                s -> s.server().openDevice("one too many").code()).setup(TWO));
        // "Need only be unique within the set" (VDI reference 1.1): the result of a second use of a name is left open.
        rows.add(Row.of(method, Server.INITIALIZING, "a name used before in the set", VD_E_INVALID, s -> {
            s.serverOpensDevice();
            return s.server().openDevice(s.name).code();
        }).setup(TWO).orAlso(VD_E_PROTOCOL));
        rows.add(Row.of(method, Server.INITIALIZING, "64 devices", NOERROR, s -> {
            s.active();
            return NOERROR;
        }).setup(Setup.devices(64)).section("1.1"));
    }
}
