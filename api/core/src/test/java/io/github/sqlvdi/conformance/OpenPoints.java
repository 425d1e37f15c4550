package io.github.sqlvdi.conformance;

import io.github.sqlvdi.conformance.State.Server;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of the reference's tables that no case of this suite produces, each with the reason. They are listed in the
 * report; one that is produced after all, or that is no row of any table, makes the suite fail, so that this list can
 * neither hide anything nor grow old.
 */
final class OpenPoints {

    private static final Map<String, String> REASONS = reasons();

    private OpenPoints() {
    }

    /** Key of the row to the reason. */
    static Map<String, String> all() {
        return REASONS;
    }

    private static Map<String, String> reasons() {
        Map<String, String> open = new LinkedHashMap<>();
        open.put(Method.CREATE_EX.pair(Code.VD_E_MEMORY), "inferred in 3.5.1, with no cause that a caller could make");
        open.put(Method.CREATE_EX.pair(Code.VD_E_UNEXPECTED),
                "inferred in 3.5.1, with no cause that a caller could make");
        open.put(Method.CREATE_EX.pair(Code.E_ACCESSDENIED),
                "Windows only: a process without administrator's rights, which a test cannot choose");
        for (Method method : List.of(Method.SEND_COMMAND, Method.CLOSE_DEVICE)) {
            for (Server state : List.of(Server.CONNECTED, Server.CONFIGURABLE, Server.INITIALIZING)) {
                open.put(StateTable.key("server", method, state),
                        "no server device exists before Active, and a server object has one set only (3.7.13)");
            }
        }
        open.put("8.18 rule 3", "a rule for the server that sends: nothing that the interface enforces");
        open.put("8.18 rule 6", "a rule for the client that serves: nothing that the interface enforces");
        open.put("8.18 rule 7", "a rule for the client that serves: nothing that the interface enforces");
        open.put("8.18 rule 8", "a rule for the client; what breaking it gives is 11.4");
        open.put("11.5 BeginConfiguration dwTimeout",
                "bounds a wait for areas that no published client method can declare (3.7.3)");
        open.put("11.6 client exits", "needs a client that is killed: ProcessDeathIT does it");
        return open;
    }
}
