package io.github.sqlvdi.conformance;

import static io.github.sqlvdi.conformance.Code.NOERROR;
import static io.github.sqlvdi.conformance.Code.VD_E_ABORT;
import static io.github.sqlvdi.conformance.Code.VD_E_CLOSE;
import static io.github.sqlvdi.conformance.Code.VD_E_INVALID;
import static io.github.sqlvdi.conformance.Code.VD_E_PROTOCOL;
import static io.github.sqlvdi.conformance.Code.VD_E_TIMEOUT;

import io.github.sqlvdi.conformance.State.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Future;

/** GetCommand and CompleteCommand (VDI reference 3.6). */
final class CommandRows {

    private static final int INFINITE = -1;
    private static final int SIZE = Setup.MAX_TRANSFER;

    private CommandRows() {
    }

    static List<Case> cases() {
        List<Case> rows = new ArrayList<>();
        get(rows);
        getInTheEnd(rows);
        complete(rows);
        return rows;
    }

    private static Row row(Method method, String argument, int expected, Row.Call call) {
        return Row.of(method, Client.ACTIVE, argument, expected, call);
    }

    private static void get(List<Case> rows) {
        Method method = Method.GET_COMMAND;
        rows.add(row(method, "dwTimeOut 0, nothing queued", VD_E_TIMEOUT, s -> get(s, 0))
                .covers("11.5 GetCommand dwTimeOut 0"));
        rows.add(row(method, "dwTimeOut 20, nothing queued", VD_E_TIMEOUT, s -> get(s, 20))
                .covers("11.5 GetCommand dwTimeOut"));
        rows.add(row(method, "dwTimeOut 0, one queued", NOERROR, s -> {
            s.send(s.serverDevice(), Stage.sending(CommandNumbers.FLUSH));
            return get(s, 0);
        }));
        rows.add(row(method, "again before the first is completed", NOERROR, s -> {
            s.send(s.serverDevice(), Stage.sending(CommandNumbers.FLUSH));
            s.send(s.serverDevice(), Stage.sending(CommandNumbers.FLUSH));
            Stage.ok("GetCommand", get(s, 0));
            return get(s, 0);
        }));
        rows.add(row(method, "dwTimeOut INFINITE, sent meanwhile", NOERROR, s -> {
            Future<Integer> waiting = waiting(s);
            s.send(s.serverDevice(), Stage.sending(CommandNumbers.FLUSH));
            return Bounded.await("GetCommand", waiting);
        }).covers("11.5 GetCommand dwTimeOut INFINITE"));
        rows.add(row(method, "ppCmd NULL", VD_E_INVALID,
                s -> s.client.getCommand(s.clientDevice(), 0, Out.NULL).code()));
        rows.add(row(method, "ppCmd NULL takes no command away", NOERROR, s -> {
            s.send(s.serverDevice(), Stage.sending(CommandNumbers.FLUSH));
            Stage.code("GetCommand", VD_E_INVALID, s.client.getCommand(s.clientDevice(), 0, Out.NULL).code());
            return get(s, 0);
        }));
    }

    private static int get(Stage stage, int timeout) {
        return stage.client.getCommand(stage.clientDevice(), timeout).code();
    }

    private static Future<Integer> waiting(Stage stage) {
        return Bounded.start("conformance-waiting", () -> get(stage, INFINITE));
    }

    private static void getInTheEnd(List<Case> rows) {
        Method method = Method.GET_COMMAND;
        rows.add(row(method, "device closed by the server", VD_E_CLOSE, s -> {
            Stage.ok("CloseDevice", s.server().closeDevice(s.serverDevice()));
            return get(s, 0);
        }).covers("11.6 normal end"));
        rows.add(row(method, "dwTimeOut INFINITE, closed meanwhile", VD_E_CLOSE, s -> {
            Future<Integer> waiting = waiting(s);
            Stage.ok("CloseDevice", s.server().closeDevice(s.serverDevice()));
            return Bounded.await("GetCommand", waiting);
        }));
        rows.add(row(method, "a second time after CloseDevice", VD_E_PROTOCOL, s -> {
            Stage.ok("CloseDevice", s.server().closeDevice(s.serverDevice()));
            Stage.code("GetCommand", VD_E_CLOSE, get(s, 0));
            return get(s, 0);
        }));
        rows.add(row(method, "dwTimeOut INFINITE, client aborts", VD_E_ABORT, s -> {
            Future<Integer> waiting = waiting(s);
            Stage.ok("SignalAbort", s.client.signalAbort());
            return Bounded.await("GetCommand", waiting);
        }).covers("11.2 functions in progress"));
        rows.add(row(method, "dwTimeOut INFINITE, server aborts", VD_E_ABORT, s -> {
            Future<Integer> waiting = waiting(s);
            Stage.ok("server SignalAbort", s.server().signalAbort());
            return Bounded.await("GetCommand", waiting);
        }).covers("11.2 functions in progress"));
        rows.add(row(method, "queued before an abort", VD_E_ABORT, s -> {
            s.send(s.serverDevice(), Stage.sending(CommandNumbers.FLUSH));
            Stage.ok("server SignalAbort", s.server().signalAbort());
            return get(s, 0);
        }).covers("11.2 no new command"));
        rows.add(row(method, "one of two devices closed, the other open", VD_E_TIMEOUT, s -> {
            Stage.ok("CloseDevice", s.server().closeDevice(s.serverDevice()));
            Stage.code("GetCommand", VD_E_CLOSE, get(s, 0));
            return s.client.getCommand(s.clientDevices.get(1), 0).code();
        }).setup(Setup.devices(2)));
        rows.add(row(method, "after client Close", VD_E_PROTOCOL, s -> {
            Stage.code("Close", Code.VD_E_OPEN, s.client.close());
            return get(s, 0);
        }));
        rows.add(row(method, "after server Close", VD_E_ABORT, s -> {
            Stage.code("server Close", VD_E_PROTOCOL, s.server().close());
            return get(s, Bounded.MILLIS);
        }).section("11.4"));
    }

    private static void complete(List<Case> rows) {
        Method method = Method.COMPLETE_COMMAND;
        rows.add(row(method, "a fetched command", NOERROR, s -> complete(s, fetched(s))));
        rows.add(row(method, "a second time", VD_E_INVALID, s -> {
            long command = fetched(s);
            Stage.ok("CompleteCommand", complete(s, command));
            return complete(s, command);
        }));
        rows.add(row(method, "nothing fetched, NULL", VD_E_INVALID, s -> complete(s, 0)));
        rows.add(row(method, "queued but not fetched, address of the next block", VD_E_INVALID, s -> {
            long first = fetched(s);
            Stage.ok("CompleteCommand", complete(s, first));
            s.send(s.serverDevice(), Stage.sending(CommandNumbers.FLUSH));
            return complete(s, first);
        }));
        for (long address : new long[]{1, -1, 0x1234_5678_9ABC_DEF0L, Long.MIN_VALUE}) {
            rows.add(row(method, String.format(Locale.ROOT, "address 0x%X", address), VD_E_INVALID, s -> {
                fetched(s);
                return complete(s, address);
            }));
        }
        rows.add(row(method, "inside the command block", VD_E_INVALID, s -> complete(s, fetched(s) + 8)));
        rows.add(row(method, "the block plus 4 GiB", VD_E_INVALID, s -> complete(s, fetched(s) + 0x1_0000_0000L)));
        rows.add(row(method, "an unmapped page", VD_E_INVALID, s -> complete(s, Addresses.unmappedPage())));
        rows.add(row(method, "command of another device", VD_E_INVALID, s -> {
            long command = fetched(s);
            return s.client.completeCommand(s.clientDevices.get(1), command, 0, 0, 0);
        }).setup(Setup.devices(2)));
        rows.add(row(method, "more bytes than the command's size", VD_E_INVALID, s -> {
            long command = s.outstanding(Stage.sending(CommandNumbers.WRITE, SIZE, s.allocate())).pointer();
            return s.client.completeCommand(s.clientDevice(), command, 0, SIZE + 1, 0);
        }).orAlso(NOERROR));
        rows.add(row(method, "bytes on a command without data", NOERROR,
                s -> s.client.completeCommand(s.clientDevice(), fetched(s), 0, 512, 0)).section("8.2")
                .orAlso(VD_E_INVALID));
        rows.add(row(method, "fetched before the server aborts", VD_E_ABORT, s -> {
            long command = fetched(s);
            Stage.ok("server SignalAbort", s.server().signalAbort());
            return complete(s, command);
        }).covers("11.2 completions are ignored"));
        rows.add(row(method, "fetched before client Close", VD_E_PROTOCOL, s -> {
            long command = fetched(s);
            Stage.code("Close", Code.VD_E_OPEN, s.client.close());
            return complete(s, command);
        }));
        rows.add(row(method, "from another thread than the one that fetched", NOERROR, s -> {
            long command = fetched(s);
            return Bounded.await("CompleteCommand", Bounded.start("conformance-other", () -> complete(s, command)));
        }).section("3.11"));
    }

    private static long fetched(Stage stage) {
        return stage.outstanding(Stage.sending(CommandNumbers.FLUSH)).pointer();
    }

    private static int complete(Stage stage, long command) {
        return stage.client.completeCommand(stage.clientDevice(), command, 0, 0, 0);
    }
}
