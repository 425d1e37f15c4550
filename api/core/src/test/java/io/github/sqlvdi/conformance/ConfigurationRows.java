package io.github.sqlvdi.conformance;

import static io.github.sqlvdi.conformance.Code.NOERROR;
import static io.github.sqlvdi.conformance.Code.VD_E_ABORT;
import static io.github.sqlvdi.conformance.Code.VD_E_INVALID;
import static io.github.sqlvdi.conformance.Code.VD_E_TIMEOUT;

import io.github.sqlvdi.conformance.State.Client;
import io.github.sqlvdi.conformance.State.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/** GetConfiguration of both sides and BeginConfiguration (VDI reference 3.5.3, 3.7.2, 3.7.3). */
final class ConfigurationRows {

    private static final int INFINITE = -1;

    private ConfigurationRows() {
    }

    static List<Case> cases() {
        List<Case> rows = new ArrayList<>();
        clientGets(rows);
        serverGets(rows);
        blockAndAlignment(rows);
        transferAndFeatures(rows);
        return rows;
    }

    private static void clientGets(List<Case> rows) {
        Method method = Method.CLIENT_GET_CONFIGURATION;
        rows.add(Row.of(method, Client.CONFIGURABLE, "dwTimeOut 0", VD_E_TIMEOUT,
                s -> s.client.getConfiguration(0).code()).covers("11.5 GetConfiguration dwTimeOut 0"));
        rows.add(Row.of(method, Client.CONFIGURABLE, "dwTimeOut 20", VD_E_TIMEOUT,
                s -> s.client.getConfiguration(20).code()).covers("11.5 GetConfiguration dwTimeOut"));
        rows.add(Row.of(method, Server.CONNECTED, "server has opened", VD_E_TIMEOUT,
                s -> s.client.getConfiguration(0).code()));
        rows.add(Row.of(method, Server.CONFIGURABLE, "server has begun", VD_E_TIMEOUT,
                s -> s.client.getConfiguration(0).code()));
        rows.add(Row.of(method, Server.CONFIGURABLE, "server has ended", NOERROR, s -> {
            s.ended();
            return s.client.getConfiguration(0).code();
        }));
        rows.add(Row.of(method, Client.INITIALIZING, "again and again", NOERROR, s -> {
            Stage.ok("GetConfiguration", s.client.getConfiguration(INFINITE).code());
            return s.client.getConfiguration(INFINITE).code();
        }));
        rows.add(Row.of(method, Client.CONFIGURABLE, "pCfg NULL", VD_E_INVALID,
                s -> s.client.getConfiguration(0, Out.NULL).code()));
        rows.add(Row.of(method, Client.INITIALIZING, "pCfg NULL", VD_E_INVALID,
                s -> s.client.getConfiguration(0, Out.NULL).code()));
        rows.add(Row.of(method, Server.CONFIGURABLE, "dwTimeOut INFINITE, released by EndConfiguration", NOERROR, s -> {
            Future<Reply.OfConfig> waiting = waiting(s);
            s.ended();
            return Bounded.await("GetConfiguration", waiting).code();
        }).covers("11.5 GetConfiguration dwTimeOut INFINITE"));
        rows.add(Row.of(method, Client.CONFIGURABLE, "dwTimeOut INFINITE, released by SignalAbort", VD_E_ABORT, s -> {
            Future<Reply.OfConfig> waiting = waiting(s);
            Stage.ok("SignalAbort", s.client.signalAbort());
            return Bounded.await("GetConfiguration", waiting).code();
        }));
        rows.add(Row.of(method, Server.CONFIGURABLE, "dwTimeOut INFINITE, server aborts", VD_E_ABORT, s -> {
            Future<Reply.OfConfig> waiting = waiting(s);
            Stage.ok("server SignalAbort", s.server().signalAbort());
            return Bounded.await("GetConfiguration", waiting).code();
        }));
    }

    private static Future<Reply.OfConfig> waiting(Stage stage) {
        return Bounded.start("conformance-waiting", () -> stage.client.getConfiguration(INFINITE));
    }

    private static void serverGets(List<Case> rows) {
        rows.add(Row.of(Method.SERVER_GET_CONFIGURATION, Server.CONNECTED, "pCfg NULL", VD_E_INVALID,
                s -> s.server().getConfiguration(Out.NULL).code()));
    }

    private static void blockAndAlignment(List<Case> rows) {
        for (int block = 512; block <= 65536; block *= 2) {
            begin(rows, "blockSize " + block, NOERROR, 0, block, 0, 65536);
        }
        for (int block : new int[]{0, 256, 513, 1000, 131072, -1}) {
            begin(rows, "blockSize " + Integer.toUnsignedString(block), VD_E_INVALID, 0, block, 0, 65536);
        }
        for (int alignment = 4096; alignment <= 65536; alignment *= 2) {
            begin(rows, "blockSize 4096, alignment " + alignment, NOERROR, 0, 4096, alignment, 65536);
        }
        for (int alignment : new int[]{1, 2048, 3000, 5000, 131072, -1}) {
            begin(rows, "blockSize 4096, alignment " + Integer.toUnsignedString(alignment), VD_E_INVALID, 0, 4096,
                    alignment, 65536);
        }
    }

    private static void transferAndFeatures(List<Case> rows) {
        for (int size : new int[]{65536, 131072, 196608, 4194304}) {
            begin(rows, "maxTransferSize " + size, NOERROR, 0, 512, 0, size);
        }
        for (int size : new int[]{0, 1, 512, 65535, 65537, 100000}) {
            begin(rows, "maxTransferSize " + size, VD_E_INVALID, 0, 512, 0, size);
        }
        // VDI reference 3.7.3 says "multiple of 65536" only, VDI reference 6.2 limits it to 4 MiB.
        rows.add(begin("maxTransferSize 4259840", VD_E_INVALID, 0, 512, 0, 4259840).orAlso(NOERROR).section("6.2"));
        begin(rows, "WriteMedia and ReadMedia together", NOERROR, FeatureBits.READ_MEDIA, 512, 0, 65536);
        rows.add(begin("CompleteEnabled not requested", VD_E_INVALID, FeatureBits.COMPLETE_ENABLED, 512, 0, 65536)
                .orAlso(NOERROR).section("6.4"));
        rows.add(begin("RandomAccess that the client did not set", VD_E_INVALID, FeatureBits.RANDOM_ACCESS, 512, 0,
                65536)
                .orAlso(NOERROR).section("6.2"));
        rows.add(Row.of(Method.BEGIN_CONFIGURATION, Server.CONNECTED, "neither WriteMedia nor ReadMedia", VD_E_INVALID,
                s -> s.server().beginConfiguration(0, 512, 0, 65536, 0)).orAlso(NOERROR));
        rows.add(Row.of(Method.BEGIN_CONFIGURATION, Server.CONNECTED, "dwTimeout INFINITE", NOERROR,
                s -> s.server().beginConfiguration(FeatureBits.WRITE_MEDIA, 512, 0, 65536, INFINITE)));
        rows.add(Row.of(Method.BEGIN_CONFIGURATION, Server.CONNECTED, "after a refused one", NOERROR, s -> {
            Stage.code("BeginConfiguration", VD_E_INVALID,
                    s.server().beginConfiguration(FeatureBits.WRITE_MEDIA, 1, 0, 65536, 0));
            return s.server().beginConfiguration(FeatureBits.WRITE_MEDIA, 512, 0, 65536, 0);
        }));
    }

    private static void begin(List<Case> rows, String argument, int expected, int extra, int block, int alignment,
            int transfer) {
        rows.add(begin(argument, expected, extra, block, alignment, transfer));
    }

    private static Row begin(String argument, int expected, int extra, int block, int alignment, int transfer) {
        return Row.of(Method.BEGIN_CONFIGURATION, Server.CONNECTED, argument, expected, s -> s.server()
                .beginConfiguration(FeatureBits.WRITE_MEDIA | extra, block, alignment, transfer, 10_000));
    }
}
