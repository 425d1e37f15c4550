package io.github.sqlvdi.conformance;

import static io.github.sqlvdi.conformance.Code.NOERROR;
import static io.github.sqlvdi.conformance.Code.VD_E_INVALID;
import static io.github.sqlvdi.conformance.Code.VD_E_MEMORY;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sqlvdi.conformance.State.Server;
import java.util.ArrayList;
import java.util.List;

/** RequestBuffers and EndConfiguration: what they take, and memory that is not there (VDI reference 3.7.4, 3.7.6). */
final class RequestBuffersRows {

    private static final int SIZE = Setup.MAX_TRANSFER;
    private static final int LARGEST = 4 << 20;
    /** 2^31 - 1 buffers of 4 MiB are 8 PiB: no machine has them. */
    private static final int ENDLESS = Integer.MAX_VALUE;
    private static final Setup LARGE = Setup.devices(1).blocks(512, 0, LARGEST);

    private RequestBuffersRows() {
    }

    static List<Case> cases() {
        List<Case> rows = new ArrayList<>();
        for (Server state : List.of(Server.CONFIGURABLE, Server.INITIALIZING)) {
            request(rows, state, "size 0", VD_E_INVALID, 0, 0, 1);
            request(rows, state, "count 0", VD_E_INVALID, SIZE, 0, 0);
            request(rows, state, "more than maxTransferSize", VD_E_INVALID, SIZE + 1, 0, 1);
            for (int alignment : new int[]{3, 513, 131072, -1}) {
                request(rows, state, "alignment " + Integer.toUnsignedString(alignment), VD_E_INVALID, SIZE,
                        alignment, 1);
            }
            request(rows, state, "alignment 0", NOERROR, SIZE, 0, 1);
            request(rows, state, "small buffers for metadata", NOERROR, 512, 0, 8);
            request(rows, state, "strictest alignment", NOERROR, SIZE, 65536, 2);
        }
        rows.add(Row.of(Method.REQUEST_BUFFERS, Server.INITIALIZING, "more than the machine has", VD_E_MEMORY,
                s -> s.server().requestBuffers(LARGEST, 0, ENDLESS)).setup(LARGE));
        rows.add(Row.of(Method.REQUEST_BUFFERS, Server.INITIALIZING, "after more than the machine has", NOERROR, s -> {
            Stage.code("RequestBuffers", VD_E_MEMORY, s.server().requestBuffers(LARGEST, 0, ENDLESS));
            return s.server().requestBuffers(SIZE, 0, 1);
        }).setup(LARGE));
        rows.add(Row.of(Method.REQUEST_BUFFERS, Server.CONFIGURABLE, "more than the machine has, only declared",
                NOERROR, s -> s.server().requestBuffers(LARGEST, 0, ENDLESS)).setup(LARGE).orAlso(VD_E_MEMORY));
        end(rows);
        rows.add(Row.of(Method.QUERY_AVAILABLE_BUFFERS, Server.CONFIGURABLE, "no area yet", NOERROR, s -> {
            Stage.ok("RequestBuffers", s.server().requestBuffers(SIZE, 0, 4));
            Reply reply = s.server().queryAvailableBuffers(SIZE, 0);
            assertEquals(0, reply.value(), "buffers before EndConfiguration");
            return reply.code();
        }));
        return rows;
    }

    private static void request(List<Case> rows, Server state, String argument, int expected, int size, int alignment,
            int count) {
        rows.add(Row.of(Method.REQUEST_BUFFERS, state, argument, expected,
                s -> s.server().requestBuffers(size, alignment, count)));
    }

    private static void end(List<Case> rows) {
        Method method = Method.END_CONFIGURATION;
        rows.add(Row.of(method, Server.CONFIGURABLE, "several requests in one area", NOERROR, s -> {
            Stage.ok("RequestBuffers", s.server().requestBuffers(SIZE, 0, 2));
            Stage.ok("RequestBuffers", s.server().requestBuffers(4096, 4096, 3));
            int code = s.server().endConfiguration();
            for (int i = 0; i < 2; i++) {
                Stage.ok("AllocateBuffer", s.server().allocateBuffer(SIZE, 512).code());
            }
            for (int i = 0; i < 3; i++) {
                Stage.ok("AllocateBuffer", s.server().allocateBuffer(4096, 4096).code());
            }
            return code;
        }));
        rows.add(Row.of(method, Server.CONFIGURABLE, "no buffers requested", NOERROR,
                s -> s.server().endConfiguration()));
        rows.add(Row.of(method, Server.CONFIGURABLE, "more than the machine has", VD_E_MEMORY, s -> tooMuch(s))
                .setup(LARGE));
        rows.add(Row.of(method, Server.CONFIGURABLE, "less after more than the machine has", NOERROR, s -> {
            Stage.code("EndConfiguration", VD_E_MEMORY, tooMuch(s));
            Stage.code("client GetConfiguration", Code.VD_E_TIMEOUT, s.client.getConfiguration(0).code());
            Stage.ok("RequestBuffers", s.server().requestBuffers(LARGEST, 0, 2));
            int code = s.server().endConfiguration();
            Stage.ok("AllocateBuffer", s.server().allocateBuffer(LARGEST, 512).code());
            Stage.ok("AllocateBuffer", s.server().allocateBuffer(LARGEST, 512).code());
            return code;
        }).setup(LARGE));
        rows.add(Row.of(method, Server.CONFIGURABLE, "abort after more than the machine has", Code.VD_E_ABORT, s -> {
            Stage.code("EndConfiguration", VD_E_MEMORY, tooMuch(s));
            Stage.ok("server SignalAbort", s.server().signalAbort());
            return s.server().endConfiguration();
        }).setup(LARGE));
    }

    private static int tooMuch(Stage stage) {
        Stage.ok("RequestBuffers", stage.server().requestBuffers(LARGEST, 0, ENDLESS));
        return stage.server().endConfiguration();
    }
}
