package io.github.sqlvdi.conformance;

import static io.github.sqlvdi.conformance.Code.NOERROR;
import static io.github.sqlvdi.conformance.Code.SHARED;
import static io.github.sqlvdi.conformance.Code.VD_E_ABORT;
import static io.github.sqlvdi.conformance.Code.VD_E_INVALID;
import static io.github.sqlvdi.conformance.Code.VD_E_MEMORY;
import static io.github.sqlvdi.conformance.Code.VD_E_OPEN;
import static io.github.sqlvdi.conformance.Code.VD_E_PROTOCOL;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sqlvdi.conformance.State.Client;
import java.util.ArrayList;
import java.util.List;

/**
 * IServerVirtualDeviceSet, the interface of SQL Server 7.0: the same rules, one SetConfiguration (VDI reference 3.8).
 */
final class LegacyRows {

    private static final int SIZE = Setup.MAX_TRANSFER;
    private static final RawConfig ANSWER = RawConfig.request(1, FeatureBits.WRITE_MEDIA)
            .withServerFields(512, 4, SIZE, 4 * SIZE);

    private LegacyRows() {
    }

    static List<Case> cases() {
        List<Case> rows = new ArrayList<>();
        opening(rows);
        configuring(rows);
        buffers(rows);
        ending(rows);
        return rows;
    }

    /** A call on the legacy interface. */
    @FunctionalInterface
    interface LegacyCall {
        int call(Stage stage, LegacyServerHalf server) throws Exception;
    }

    private enum Reached { NEW, OPENED, CONFIGURED }

    private static Row row(Method method, Reached reached, String argument, int expected, LegacyCall call) {
        return Row.of(method, Client.CONFIGURABLE, reached + ", " + argument, expected, s -> {
            LegacyServerHalf server = s.vdi.newLegacyServer();
            s.releasing(server, server::release);
            if (reached != Reached.NEW) {
                Stage.ok("legacy Open", server.open(s.name));
            }
            if (reached == Reached.CONFIGURED) {
                Stage.ok("SetConfiguration", server.setConfiguration(ANSWER));
            }
            return call.call(s, server);
        }).needs(Capability.LEGACY_SERVER);
    }

    private static void opening(List<Case> rows) {
        Method open = Method.LEGACY_OPEN;
        rows.add(row(open, Reached.NEW, "a set of the default instance", NOERROR, (s, l) -> l.open(s.name)));
        rows.add(row(open, Reached.NEW, "no set of that name", VD_E_INVALID, (s, l) -> l.open(Stage.freshName())));
        rows.add(row(open, Reached.NEW, "name NULL", VD_E_INVALID, (s, l) -> l.open(null)));
        rows.add(row(open, Reached.OPENED, "again", VD_E_PROTOCOL, (s, l) -> l.open(s.name)));
        Method get = Method.LEGACY_GET_CONFIGURATION;
        rows.add(row(get, Reached.NEW, "not open", VD_E_PROTOCOL, (s, l) -> l.getConfiguration().code()));
        rows.add(row(get, Reached.OPENED, "what the client asked for", NOERROR, (s, l) -> {
            Reply.OfConfig reply = l.getConfiguration();
            assertEquals(s.setup.request(), reply.config());
            return reply.code();
        }));
        rows.add(row(get, Reached.OPENED, "pCfg NULL", VD_E_INVALID, (s, l) -> l.getConfiguration(Out.NULL).code()));
        rows.add(row(get, Reached.OPENED, "after an abort", VD_E_ABORT, (s, l) -> {
            Stage.ok("SignalAbort", l.signalAbort());
            return l.getConfiguration().code();
        }));
    }

    private static void configuring(List<Case> rows) {
        Method set = Method.SET_CONFIGURATION;
        rows.add(row(set, Reached.NEW, "not open", VD_E_PROTOCOL, (s, l) -> l.setConfiguration(ANSWER)));
        rows.add(row(set, Reached.OPENED, "fixes everything in one step", NOERROR, (s, l) -> {
            int code = l.setConfiguration(ANSWER);
            RawConfig config = s.client.getConfiguration(Bounded.MILLIS).config();
            assertEquals(512, config.blockSize(), "blockSize");
            assertEquals(SIZE, config.maxTransferSize(), "maxTransferSize");
            assertEquals(FeatureBits.WRITE_MEDIA, config.features(), "features");
            return code;
        }));
        rows.add(row(set, Reached.OPENED, "pCfg NULL", VD_E_INVALID, (s, l) -> l.setConfiguration(null)));
        rows.add(row(set, Reached.OPENED, "blockSize 500", VD_E_INVALID,
                (s, l) -> l.setConfiguration(ANSWER.withServerFields(500, 4, SIZE, 4 * SIZE))));
        rows.add(row(set, Reached.OPENED, "maxTransferSize 1000", VD_E_INVALID,
                (s, l) -> l.setConfiguration(ANSWER.withServerFields(512, 4, 1000, 4 * SIZE))));
        rows.add(row(set, Reached.OPENED, "area of 0 bytes", NOERROR,
                (s, l) -> l.setConfiguration(ANSWER.withServerFields(512, 4, SIZE, 0))).orAlso(VD_E_INVALID));
        rows.add(row(set, Reached.CONFIGURED, "again", VD_E_PROTOCOL, (s, l) -> l.setConfiguration(ANSWER)));
        rows.add(row(set, Reached.OPENED, "after an abort", VD_E_ABORT, (s, l) -> {
            Stage.ok("SignalAbort", l.signalAbort());
            return l.setConfiguration(ANSWER);
        }).orAlso(VD_E_PROTOCOL));
        Method open = Method.LEGACY_OPEN_DEVICE;
        rows.add(row(open, Reached.OPENED, "not configured", VD_E_PROTOCOL, (s, l) -> l.openDevice(s.name).code()));
        rows.add(row(open, Reached.CONFIGURED, "the first", NOERROR, (s, l) -> l.openDevice(s.name).code()));
        rows.add(row(open, Reached.CONFIGURED, "one too many", VD_E_OPEN, (s, l) -> {
            Stage.ok("OpenDevice", l.openDevice(s.name).code());
            return l.openDevice("more").code();
        }));
        rows.add(row(open, Reached.CONFIGURED, "after an abort", VD_E_ABORT, (s, l) -> {
            Stage.ok("SignalAbort", l.signalAbort());
            return l.openDevice(s.name).code();
        }));
    }

    private static void buffers(List<Case> rows) {
        Method allocate = Method.LEGACY_ALLOCATE_BUFFER;
        rows.add(row(allocate, Reached.OPENED, "not configured", VD_E_PROTOCOL,
                (s, l) -> l.allocateBuffer(SIZE, 512).code()));
        rows.add(row(allocate, Reached.CONFIGURED, "as usual", NOERROR, (s, l) -> l.allocateBuffer(SIZE, 512).code()));
        rows.add(row(allocate, Reached.CONFIGURED, "size 0", VD_E_INVALID, (s, l) -> l.allocateBuffer(0, 512).code()));
        rows.add(row(allocate, Reached.CONFIGURED, "area spent", VD_E_MEMORY, (s, l) -> {
            int code = NOERROR;
            for (int i = 0; i < 1000 && code == NOERROR; i++) {
                code = l.allocateBuffer(SIZE, 512).code();
            }
            return code;
        }));
        rows.add(row(allocate, Reached.CONFIGURED, "after an abort", VD_E_ABORT, (s, l) -> {
            Stage.ok("SignalAbort", l.signalAbort());
            return l.allocateBuffer(SIZE, 512).code();
        }).orAlso(VD_E_PROTOCOL));
        Method free = Method.LEGACY_FREE_BUFFER;
        rows.add(row(free, Reached.OPENED, "not configured", VD_E_PROTOCOL, (s, l) -> l.freeBuffer(0x10000, SIZE)));
        rows.add(row(free, Reached.CONFIGURED, "as allocated", NOERROR,
                (s, l) -> l.freeBuffer(l.allocateBuffer(SIZE, 512).value(), SIZE)));
        rows.add(row(free, Reached.CONFIGURED, "an address of nobody", VD_E_INVALID,
                (s, l) -> l.freeBuffer(0x10000, SIZE)));
        Method shared = Method.LEGACY_IS_SHARED_BUFFER;
        rows.add(row(shared, Reached.CONFIGURED, "a buffer", SHARED,
                (s, l) -> l.isSharedBuffer(l.allocateBuffer(SIZE, 512).value())));
        rows.add(row(shared, Reached.CONFIGURED, "no buffer", NOERROR, (s, l) -> l.isSharedBuffer(0x10000)));
    }

    private static void ending(List<Case> rows) {
        Method agent = Method.LEGACY_EXECUTE_COMPLETION_AGENT;
        rows.add(row(agent, Reached.OPENED, "not configured", VD_E_PROTOCOL, (s, l) -> {
            l.startAgent();
            return l.agentResult();
        }));
        rows.add(row(agent, Reached.CONFIGURED, "carries a command, runs until Close", NOERROR, (s, l) -> {
            l.startAgent();
            carry(s, l);
            Stage.ok("legacy Close", l.close());
            return l.agentResult();
        }));
        rows.add(row(agent, Reached.CONFIGURED, "after an abort", VD_E_ABORT, (s, l) -> {
            Stage.ok("SignalAbort", l.signalAbort());
            l.startAgent();
            return l.agentResult();
        }).orAlso(NOERROR));
        Method abort = Method.LEGACY_SIGNAL_ABORT;
        rows.add(row(abort, Reached.NEW, "not open", VD_E_PROTOCOL, (s, l) -> l.signalAbort()));
        rows.add(row(abort, Reached.OPENED, "seen by the client", NOERROR, (s, l) -> {
            int code = l.signalAbort();
            Stage.code("client GetConfiguration", VD_E_ABORT, s.client.getConfiguration(Bounded.MILLIS).code());
            return code;
        }));
        Method close = Method.LEGACY_CLOSE;
        rows.add(row(close, Reached.NEW, "not open", VD_E_PROTOCOL, (s, l) -> l.close()));
        rows.add(row(close, Reached.OPENED, "as usual", NOERROR, (s, l) -> l.close()));
        rows.add(row(close, Reached.CONFIGURED, "a device open", VD_E_PROTOCOL, (s, l) -> {
            Stage.ok("OpenDevice", l.openDevice(s.name).code());
            return l.close();
        }));
    }

    /** One Write of the legacy server, stored by the client, and the orderly end of the device. */
    private static void carry(Stage stage, LegacyServerHalf server) {
        Stage.ok("client GetConfiguration", stage.client.getConfiguration(Bounded.MILLIS).code());
        long sender = server.openDevice(stage.name).value();
        long receiver = stage.clientOpensDevice(0);
        long buffer = server.allocateBuffer(SIZE, 512).value();
        Sending sending = Stage.sending(CommandNumbers.WRITE, SIZE, buffer);
        Stage.ok("SendCommand", server.sendCommand(sender, sending));
        long command = stage.fetch(receiver).pointer();
        Stage.ok("CompleteCommand", stage.client.completeCommand(receiver, command, 0, SIZE, 0));
        assertEquals(SIZE, server.awaitCompletion(sending.tag()).bytes(), "bytesTransferred");
        Stage.ok("CloseDevice", server.closeDevice(sender));
        Stage.code("GetCommand", Code.VD_E_CLOSE, stage.client.getCommand(receiver, Bounded.MILLIS).code());
    }
}
