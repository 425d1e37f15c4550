package io.github.sqlvdi.conformance;

import static io.github.sqlvdi.conformance.Code.NOERROR;
import static io.github.sqlvdi.conformance.Code.VD_E_ABORT;
import static io.github.sqlvdi.conformance.Code.VD_E_INSTANCE_NAME;
import static io.github.sqlvdi.conformance.Code.VD_E_INVALID;
import static io.github.sqlvdi.conformance.Code.VD_E_PROTOCOL;

import io.github.sqlvdi.conformance.State.Client;
import io.github.sqlvdi.conformance.State.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** OpenInSecondaryEx and OpenInSecondary, and what a secondary may do (VDI reference 3.5.7, 2.4). */
final class SecondaryRows {

    private static final Setup TWO = Setup.devices(2);

    private SecondaryRows() {
    }

    static List<Case> cases() {
        List<Case> rows = new ArrayList<>();
        both(rows, Client.INITIALIZING, "primary has its configuration", NOERROR, (s, secondary) -> s.name);
        both(rows, Client.ACTIVE, "devices are open", NOERROR, (s, secondary) -> s.name);
        both(rows, Client.NORMALLY_TERMINATED, "devices are closed", NOERROR, (s, secondary) -> s.name, VD_E_PROTOCOL);
        both(rows, Client.DNE, "no set of that name", VD_E_PROTOCOL, (s, secondary) -> s.name);
        both(rows, Client.CONFIGURABLE, "server not there", VD_E_PROTOCOL, (s, secondary) -> s.name);
        both(rows, Server.CONFIGURABLE, "server done, primary has not asked", VD_E_PROTOCOL, (s, secondary) -> {
            s.ended();
            return s.name;
        });
        both(rows, Client.ABNORMALLY_TERMINATED, "being aborted", VD_E_ABORT, (s, secondary) -> s.name);
        both(rows, Client.CONFIGURABLE, "aborted before a server came", VD_E_ABORT, (s, secondary) -> {
            Stage.ok("SignalAbort", s.client.signalAbort());
            return s.name;
        });
        both(rows, Server.ACTIVE, "aborted by the server's Close", VD_E_ABORT, (s, secondary) -> {
            Stage.code("server Close", VD_E_PROTOCOL, s.server().close());
            return s.name;
        });
        both(rows, Client.INITIALIZING, "name in capitals", VD_E_PROTOCOL,
                (s, secondary) -> s.name.toUpperCase(Locale.ROOT));
        both(rows, Client.INITIALIZING, "in this object already", VD_E_PROTOCOL, (s, secondary) -> {
            Stage.ok("OpenInSecondaryEx", secondary.openInSecondaryEx(null, s.name));
            return s.name;
        });
        both(rows, Client.INITIALIZING, "after Close of the secondary", NOERROR, (s, secondary) -> {
            Stage.ok("OpenInSecondaryEx", secondary.openInSecondaryEx(null, s.name));
            Stage.ok("secondary Close", secondary.close());
            return s.name;
        });
        both(rows, Client.INITIALIZING, "name NULL", VD_E_PROTOCOL, (s, secondary) -> null, VD_E_INVALID);
        both(rows, Client.INITIALIZING, "name empty", VD_E_PROTOCOL, (s, secondary) -> "", VD_E_INVALID);
        ex(rows, "the set's own instance by name", "MSSQLSERVER", NOERROR);
        ex(rows, "another instance", "OTHER", VD_E_PROTOCOL);
        ex(rows, "ill-formed instance", "1 a", VD_E_PROTOCOL, VD_E_INSTANCE_NAME, VD_E_INVALID);
        both(rows, Client.INITIALIZING, "in the primary's own object", VD_E_PROTOCOL, null);
        devices(rows);
        return rows;
    }

    /** Brings the secondary where the row wants it and gives the name to open. */
    @FunctionalInterface
    interface Name {
        String of(Stage stage, ClientHalf secondary);
    }

    private static void both(List<Case> rows, State state, String argument, int expected, Name name, int... also) {
        rows.add(Row.of(Method.OPEN_IN_SECONDARY_EX, state, argument, expected, s -> {
            ClientHalf secondary = name == null ? s.client : s.secondary();
            return secondary.openInSecondaryEx(null, name == null ? s.name : name.of(s, secondary));
        }).orAlso(also).covers(StateTable.key("client", Method.OPEN_IN_SECONDARY_EX, Client.DNE)));
        rows.add(Row.of(Method.OPEN_IN_SECONDARY, state, argument, expected, s -> {
            ClientHalf secondary = name == null ? s.client : s.secondary();
            return secondary.openInSecondary(name == null ? s.name : name.of(s, secondary));
        }).orAlso(also));
    }

    private static void ex(List<Case> rows, String argument, String instance, int expected, int... also) {
        rows.add(Row.of(Method.OPEN_IN_SECONDARY_EX, Client.INITIALIZING, argument, expected,
                s -> s.secondary().openInSecondaryEx(instance, s.name)).orAlso(also));
    }

    private static void devices(List<Case> rows) {
        rows.add(Row.of(Method.CLIENT_GET_CONFIGURATION, Client.INITIALIZING, "in a secondary", NOERROR,
                s -> s.joined().getConfiguration(0).code()).section("2.4"));
        rows.add(Row.of(Method.CREATE_EX, Client.INITIALIZING, "in a secondary", VD_E_PROTOCOL,
                s -> s.joined().createEx(null, Stage.freshName(), s.setup.request())).section("3.4"));
        rows.add(Row.of(Method.CLIENT_OPEN_DEVICE, Client.INITIALIZING, "in a secondary", NOERROR, s -> {
            s.serverOpensDevice();
            return s.joined().openDevice(s.name).code();
        }).section("2.4"));
        rows.add(Row.of(Method.CLIENT_OPEN_DEVICE, Client.INITIALIZING, "second device in a secondary", NOERROR, s -> {
            s.serverOpensDevice();
            s.serverOpensDevice();
            s.clientOpensDevice(0);
            return s.joined().openDevice(s.deviceName(1)).code();
        }).setup(TWO).section("2.4"));
        rows.add(Row.of(Method.CLIENT_OPEN_DEVICE, Client.INITIALIZING, "in a secondary, open in the primary",
                VD_E_PROTOCOL, s -> {
                    s.serverOpensDevice();
                    s.serverOpensDevice();
                    s.clientOpensDevice(0);
                    return s.joined().openDevice(s.name).code();
                }).setup(TWO).section("2.4"));
        rows.add(Row.of(Method.CLIENT_OPEN_DEVICE, Client.ACTIVE, "any name in a secondary, all open elsewhere",
                Code.VD_E_OPEN, s -> s.joined().openDevice("another").code()).section("2.4"));
        rows.add(Row.of(Method.CLIENT_CLOSE, Client.INITIALIZING, "a secondary without a device", NOERROR,
                s -> s.joined().close()).section("2.4"));
        rows.add(Row.of(Method.CLIENT_SIGNAL_ABORT, Client.ACTIVE, "in a secondary, seen by all", NOERROR, s -> {
            int code = s.joined().signalAbort();
            Stage.code("GetCommand of the primary", VD_E_ABORT,
                    s.client.getCommand(s.clientDevice(), Bounded.MILLIS).code());
            return code;
        }).section("2.4"));
        rows.add(Row.of(Method.CLIENT_CLOSE, Client.ACTIVE, "the primary's, twice", VD_E_PROTOCOL, s -> {
            Stage.code("Close", Code.VD_E_OPEN, s.client.close());
            return s.client.close();
        }).covers("11.4 client Close with open devices"));
    }
}
