package io.github.sqlvdi.conformance;

import static io.github.sqlvdi.conformance.Code.NOERROR;
import static io.github.sqlvdi.conformance.Code.VD_E_INSTANCE_NAME;
import static io.github.sqlvdi.conformance.Code.VD_E_INVALID;
import static io.github.sqlvdi.conformance.Code.VD_E_PROTOCOL;

import io.github.sqlvdi.conformance.State.Client;
import io.github.sqlvdi.conformance.State.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Open and Close of the server set (VDI reference 3.7.1, 3.7.13). */
final class ServerOpenRows {

    private ServerOpenRows() {
    }

    static List<Case> cases() {
        List<Case> rows = new ArrayList<>();
        for (String instance : new String[]{null, "", "MSSQLSERVER"}) {
            rows.add(open("instance " + instance + ", the default one", NOERROR,
                    s -> s.server().open(instance, s.name)));
        }
        rows.add(open("no set of that name", VD_E_INVALID, s -> s.server().open(null, Stage.freshName())));
        rows.add(open("name in capitals", VD_E_INVALID,
                s -> s.server().open(null, s.name.toUpperCase(Locale.ROOT))));
        rows.add(open("set of another instance", VD_E_INVALID, s -> s.server().open("OTHER", s.name)));
        rows.add(open("name NULL", VD_E_INVALID, s -> s.server().open(null, null)));
        rows.add(open("name empty", VD_E_INVALID, s -> s.server().open(null, "")));
        rows.add(open("name with a backslash", VD_E_INVALID, s -> s.server().open(null, "a\\b")));
        rows.add(open("ill-formed instance", VD_E_INSTANCE_NAME, s -> s.server().open("1 a", s.name))
                .orAlso(VD_E_INVALID));
        rows.add(open("set closed by its client", VD_E_INVALID, s -> {
            Stage.ok("client Close", s.client.close());
            return s.server().open(null, s.name);
        }));
        rows.add(open("after a refused Open", NOERROR, s -> {
            Stage.code("Open", VD_E_INVALID, s.server().open(null, Stage.freshName()));
            return s.server().open(null, s.name);
        }));
        rows.add(open("named instance on both sides", NOERROR, s -> {
            ClientHalf other = s.anotherClient();
            String name = Stage.freshName();
            Stage.ok("CreateEx", other.createEx("SQL2019", name, s.setup.request()));
            return s.server().open("SQL2019", name);
        }));
        // A set has one server; the reference leaves open which code a second one gets.
        rows.add(Row.of(Method.SERVER_OPEN, Server.CONNECTED, "another server object, same set", VD_E_PROTOCOL, s -> {
            ServerHalf2 second = s.vdi.newServer();
            return s.releasing(second, second::release).open(null, s.name);
        }).orAlso(VD_E_INVALID));
        rows.add(open("set aborted by its client", Code.VD_E_ABORT, s -> {
            Stage.ok("SignalAbort", s.client.signalAbort());
            return s.server().open(null, s.name);
        }).section("2.8").orAlso(NOERROR, VD_E_INVALID));
        rows.add(Row.of(Method.SERVER_CLOSE, Server.ACTIVE, "devices open", VD_E_PROTOCOL, s -> s.server().close())
                .covers("11.4 server Close with open devices"));
        rows.add(Row.of(Method.SERVER_CLOSE, Server.NORMALLY_TERMINATED, "buffers not freed", NOERROR,
                s -> s.server().close()).section("11.1"));
        rows.add(Row.of(Method.SERVER_OPEN, Server.CLOSED, "a second set with the same object", VD_E_PROTOCOL, s -> {
            Stage other = s.another(s.setup).created();
            return s.server().open(null, other.name);
        }).section("3.7.13"));
        return rows;
    }

    private static Row open(String argument, int expected, Row.Call call) {
        return Row.of(Method.SERVER_OPEN, Client.CONFIGURABLE, argument, expected, call);
    }
}
