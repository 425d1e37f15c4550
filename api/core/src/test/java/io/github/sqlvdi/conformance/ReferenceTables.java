package io.github.sqlvdi.conformance;

import io.github.sqlvdi.conformance.State.Client;
import io.github.sqlvdi.conformance.State.Server;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The rows of the reference's own tables, as the keys that {@link Coverage} counts. */
final class ReferenceTables {

    private static final Map<String, List<String>> TABLES = tables();

    private ReferenceTables() {
    }

    /** Title of a table to the keys of its rows. */
    static Map<String, List<String>> all() {
        return TABLES;
    }

    private static Map<String, List<String>> tables() {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        tables.put("3.3 IUnknown slots", iunknown());
        tables.put("3.4 states seen by a client", clientStates());
        tables.put("3.4 states seen by the server", serverStates());
        for (Method method : Method.values()) {
            tables.put(method.section() + " " + method.iface() + "." + method.method(),
                    method.documented().stream().map(method::pair).toList());
        }
        tables.put("4 structures", List.of("4.1 VDConfig", "4.2 VDC_Command", "4.3 VDS_Command"));
        tables.put("5.1 features", keys("5.1 VDF_", "LikePipe", "Removable", "Rewind", "Position", "SkipBlocks",
                "ReversePosition", "Discard", "FileMarks", "RandomAccess", "SnapshotPrepare", "EnumFrozenFiles",
                "VSSWriter", "RequestComplete", "WriteMedia", "ReadMedia", "CompleteEnabled", "LatchStats",
                "LikeTape", "LikeDisk"));
        tables.put("5.2 commands", commands("5.2 "));
        tables.put("5.3 whence", keys("5.3 VDC_", "Beginning", "Current", "End"));
        tables.put("5.5 completion codes", keys("5.5 ", "0", "6", "7", "19", "21", "23", "29", "30", "31", "38", "39",
                "50", "87", "112", "995", "1100", "1101", "1102", "1103", "1104", "1106", "1110", "1111", "1112",
                "1117", "1129", "1450"));
        tables.put("6.2 configuration fields", keys("6.2 ", "deviceCount", "features", "prefixZoneSize", "alignment",
                "softFileMarkBlockSize", "EOMWarningSize", "serverTimeOut", "blockSize", "maxIODepth",
                "maxTransferSize", "bufferAreaSize"));
        tables.put("8.2 fields in and out", commands("8.2 "));
        tables.put("8.18 ordering and concurrency", keys("8.18 rule ", "1", "2", "3", "4", "5", "6", "7", "8"));
        tables.put("9 device classes", keys("9 VDF_", "LikePipe", "LikeTape", "LikeDisk"));
        tables.put("11.2 effects of an abort", keys("11.2 ", "functions in progress", "no new command",
                "no new buffers", "outstanding commands", "completions are ignored", "buffers stay mapped",
                "SignalAbort again"));
        tables.put("11.4 close with open devices", keys("11.4 ", "client Close with open devices",
                "server Close with open devices"));
        tables.put("11.5 time-outs", keys("11.5 ", "GetConfiguration dwTimeOut", "GetConfiguration dwTimeOut 0",
                "GetConfiguration dwTimeOut INFINITE", "GetCommand dwTimeOut", "GetCommand dwTimeOut 0",
                "GetCommand dwTimeOut INFINITE", "serverTimeOut", "BeginConfiguration dwTimeout"));
        tables.put("11.6 what each peer sees", keys("11.6 ", "normal end", "client failure code", "client SignalAbort",
                "server SignalAbort", "client Close too early", "client exits"));
        tables.put("16.10 what a server must reproduce", keys("16.10 ", "one callback per SendCommand",
                "VD_E_CLOSE after all commands"));
        return tables;
    }

    private static List<String> iunknown() {
        return Stream.of(Method.values()).map(Method::iface).distinct().flatMap(
                iface -> Stream.of("QueryInterface", "AddRef", "Release").map(method -> "3.3 " + iface + " " + method))
                .toList();
    }

    private static List<String> clientStates() {
        List<String> keys = new ArrayList<>();
        for (Method method : List.of(Method.CREATE_EX, Method.CREATE, Method.CLIENT_GET_CONFIGURATION,
                Method.CLIENT_OPEN_DEVICE, Method.GET_COMMAND, Method.COMPLETE_COMMAND, Method.CLIENT_SIGNAL_ABORT,
                Method.CLIENT_CLOSE)) {
            for (Client state : Client.values()) {
                if (state != Client.CLOSED) {
                    keys.add(StateTable.key("client", method, state));
                }
            }
        }
        keys.add(StateTable.key("client", Method.OPEN_IN_SECONDARY_EX, Client.DNE));
        return keys;
    }

    private static List<String> serverStates() {
        List<String> keys = new ArrayList<>();
        for (Method method : List.of(Method.SERVER_OPEN, Method.SERVER_GET_CONFIGURATION, Method.BEGIN_CONFIGURATION,
                Method.REQUEST_BUFFERS, Method.QUERY_AVAILABLE_BUFFERS, Method.END_CONFIGURATION,
                Method.SERVER_OPEN_DEVICE, Method.EXECUTE_COMPLETION_AGENT, Method.ALLOCATE_BUFFER,
                Method.FREE_BUFFER, Method.SEND_COMMAND, Method.CLOSE_DEVICE, Method.SERVER_SIGNAL_ABORT,
                Method.SERVER_CLOSE)) {
            for (Server state : Server.values()) {
                if (state != Server.CLOSED) {
                    keys.add(StateTable.key("server", method, state));
                }
            }
        }
        return keys;
    }

    private static List<String> commands(String prefix) {
        return IntStream.rangeClosed(1, CommandNumbers.LAST).mapToObj(command -> prefix + CommandNumbers.name(command))
                .toList();
    }

    private static List<String> keys(String prefix, String... rows) {
        return Stream.of(rows).map(row -> prefix + row).toList();
    }
}
