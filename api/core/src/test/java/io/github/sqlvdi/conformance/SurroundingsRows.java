package io.github.sqlvdi.conformance;

import static io.github.sqlvdi.conformance.Code.NOERROR;
import static io.github.sqlvdi.conformance.Code.VD_E_INSTANCE_NAME;
import static io.github.sqlvdi.conformance.Code.VD_E_INVALID;
import static io.github.sqlvdi.conformance.Code.VD_E_SECURITY;

import io.github.sqlvdi.conformance.State.Client;
import java.util.List;

/**
 * What the process around a client decides: _VIRTUAL_SERVER_NAME_ and the security environment (VDI reference 3.5.1,
 * 3.5.2).
 */
final class SurroundingsRows {

    private SurroundingsRows() {
    }

    static List<Case> cases() {
        return List.of(
                row(Method.CREATE, "_VIRTUAL_SERVER_NAME_ names an instance", NOERROR, s -> {
                    int code = create(s, Surroundings.OTHER_INSTANCE);
                    Stage.code("Open in the default instance", VD_E_INVALID, s.server().open(null, s.name));
                    Stage.ok("Open in the instance named", s.server().open(Surroundings.INSTANCE, s.name));
                    return code;
                }).needs(Capability.SERVER),
                row(Method.CREATE, "_VIRTUAL_SERVER_NAME_ ill-formed", VD_E_INSTANCE_NAME,
                        s -> create(s, Surroundings.ILL_FORMED_INSTANCE)),
                row(Method.CREATE_EX, "_VIRTUAL_SERVER_NAME_ ill-formed, which CreateEx does not read", NOERROR,
                        s -> createEx(s, Surroundings.ILL_FORMED_INSTANCE)),
                row(Method.CREATE_EX, "no security environment", VD_E_SECURITY, s -> createEx(s, Surroundings.UNSAFE)));
    }

    private static Row row(Method method, String argument, int expected, Row.Call call) {
        return Row.of(method, Client.DNE, argument, expected, call).needs(Capability.SURROUNDINGS);
    }

    private static int create(Stage stage, Surroundings surroundings) {
        return client(stage, surroundings).create(stage.name, stage.setup.request());
    }

    private static int createEx(Stage stage, Surroundings surroundings) {
        return client(stage, surroundings).createEx(null, stage.name, stage.setup.request());
    }

    private static ClientHalf client(Stage stage, Surroundings surroundings) {
        ClientHalf client = stage.vdi.newClientAmid(surroundings);
        return stage.releasing(client, client::release);
    }
}
