package io.github.sqlvdi.conformance;

import static io.github.sqlvdi.conformance.Code.E_ACCESSDENIED;
import static io.github.sqlvdi.conformance.Code.NOERROR;
import static io.github.sqlvdi.conformance.Code.SHARED;
import static io.github.sqlvdi.conformance.Code.VD_E_ABORT;
import static io.github.sqlvdi.conformance.Code.VD_E_CLOSE;
import static io.github.sqlvdi.conformance.Code.VD_E_INSTANCE_NAME;
import static io.github.sqlvdi.conformance.Code.VD_E_INVALID;
import static io.github.sqlvdi.conformance.Code.VD_E_IO_ERROR;
import static io.github.sqlvdi.conformance.Code.VD_E_MEMORY;
import static io.github.sqlvdi.conformance.Code.VD_E_NOTSUPPORTED;
import static io.github.sqlvdi.conformance.Code.VD_E_OPEN;
import static io.github.sqlvdi.conformance.Code.VD_E_PROTOCOL;
import static io.github.sqlvdi.conformance.Code.VD_E_QUEUE_FULL;
import static io.github.sqlvdi.conformance.Code.VD_E_SECURITY;
import static io.github.sqlvdi.conformance.Code.VD_E_TIMEOUT;
import static io.github.sqlvdi.conformance.Code.VD_E_UNEXPECTED;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Every method of the six interfaces: its slot (VDI reference 3.3) and every code that its own section (VDI reference
 * 3.5 to 3.9) or the state tables (VDI reference 3.4) document for it. The suite must produce each of these pairs.
 */
enum Method {

    CREATE("IClientVirtualDeviceSet", "Create", 3, "3.5.2",
            NOERROR, VD_E_NOTSUPPORTED, VD_E_PROTOCOL, VD_E_INVALID, VD_E_INSTANCE_NAME),
    CLIENT_GET_CONFIGURATION("IClientVirtualDeviceSet", "GetConfiguration", 4, "3.5.3",
            NOERROR, VD_E_TIMEOUT, VD_E_ABORT, VD_E_PROTOCOL),
    CLIENT_OPEN_DEVICE("IClientVirtualDeviceSet", "OpenDevice", 5, "3.5.4",
            NOERROR, VD_E_ABORT, VD_E_OPEN, VD_E_PROTOCOL, VD_E_INVALID),
    CLIENT_CLOSE("IClientVirtualDeviceSet", "Close", 6, "3.5.5", NOERROR, VD_E_PROTOCOL, VD_E_OPEN),
    CLIENT_SIGNAL_ABORT("IClientVirtualDeviceSet", "SignalAbort", 7, "3.5.6", NOERROR, VD_E_PROTOCOL),
    OPEN_IN_SECONDARY("IClientVirtualDeviceSet", "OpenInSecondary", 8, "3.5.7", NOERROR, VD_E_PROTOCOL, VD_E_ABORT),
    GET_BUFFER_HANDLE("IClientVirtualDeviceSet", "GetBufferHandle", 9, "3.5.8",
            NOERROR, VD_E_PROTOCOL, VD_E_INVALID),
    MAP_BUFFER_HANDLE("IClientVirtualDeviceSet", "MapBufferHandle", 10, "3.5.9",
            NOERROR, VD_E_PROTOCOL, VD_E_INVALID),
    CREATE_EX("IClientVirtualDeviceSet2", "CreateEx", 11, "3.5.1", NOERROR, VD_E_NOTSUPPORTED, VD_E_PROTOCOL,
            VD_E_INSTANCE_NAME, VD_E_SECURITY, VD_E_INVALID, VD_E_MEMORY, VD_E_UNEXPECTED, E_ACCESSDENIED),
    OPEN_IN_SECONDARY_EX("IClientVirtualDeviceSet2", "OpenInSecondaryEx", 12, "3.5.7",
            NOERROR, VD_E_PROTOCOL, VD_E_ABORT),

    GET_COMMAND("IClientVirtualDevice", "GetCommand", 3, "3.6.1",
            NOERROR, VD_E_TIMEOUT, VD_E_CLOSE, VD_E_ABORT, VD_E_PROTOCOL),
    COMPLETE_COMMAND("IClientVirtualDevice", "CompleteCommand", 4, "3.6.2",
            NOERROR, VD_E_INVALID, VD_E_ABORT, VD_E_PROTOCOL),

    SERVER_OPEN("IServerVirtualDeviceSet2", "Open", 3, "3.7.1", NOERROR, VD_E_INVALID, VD_E_PROTOCOL),
    SERVER_GET_CONFIGURATION("IServerVirtualDeviceSet2", "GetConfiguration", 4, "3.7.2",
            NOERROR, VD_E_PROTOCOL, VD_E_ABORT),
    BEGIN_CONFIGURATION("IServerVirtualDeviceSet2", "BeginConfiguration", 5, "3.7.3",
            NOERROR, VD_E_ABORT, VD_E_PROTOCOL, VD_E_INVALID),
    END_CONFIGURATION("IServerVirtualDeviceSet2", "EndConfiguration", 6, "3.7.6",
            NOERROR, VD_E_ABORT, VD_E_PROTOCOL, VD_E_MEMORY),
    REQUEST_BUFFERS("IServerVirtualDeviceSet2", "RequestBuffers", 7, "3.7.4",
            NOERROR, VD_E_ABORT, VD_E_PROTOCOL, VD_E_MEMORY),
    QUERY_AVAILABLE_BUFFERS("IServerVirtualDeviceSet2", "QueryAvailableBuffers", 8, "3.7.5",
            NOERROR, VD_E_PROTOCOL),
    EXECUTE_COMPLETION_AGENT("IServerVirtualDeviceSet2", "ExecuteCompletionAgent", 9, "3.7.7",
            NOERROR, VD_E_PROTOCOL, VD_E_ABORT),
    SERVER_OPEN_DEVICE("IServerVirtualDeviceSet2", "OpenDevice", 10, "3.7.8",
            NOERROR, VD_E_OPEN, VD_E_PROTOCOL, VD_E_ABORT),
    ALLOCATE_BUFFER("IServerVirtualDeviceSet2", "AllocateBuffer", 11, "3.7.9",
            NOERROR, VD_E_MEMORY, VD_E_INVALID, VD_E_PROTOCOL, VD_E_ABORT),
    FREE_BUFFER("IServerVirtualDeviceSet2", "FreeBuffer", 12, "3.7.10", NOERROR, VD_E_INVALID, VD_E_PROTOCOL),
    IS_SHARED_BUFFER("IServerVirtualDeviceSet2", "IsSharedBuffer", 13, "3.7.11", NOERROR, SHARED),
    SERVER_SIGNAL_ABORT("IServerVirtualDeviceSet2", "SignalAbort", 14, "3.7.12", NOERROR, VD_E_PROTOCOL),
    SERVER_CLOSE("IServerVirtualDeviceSet2", "Close", 15, "3.7.13", NOERROR, VD_E_PROTOCOL),

    LEGACY_OPEN("IServerVirtualDeviceSet", "Open", 3, "3.8", NOERROR, VD_E_INVALID, VD_E_PROTOCOL),
    LEGACY_GET_CONFIGURATION("IServerVirtualDeviceSet", "GetConfiguration", 4, "3.8",
            NOERROR, VD_E_PROTOCOL, VD_E_ABORT),
    SET_CONFIGURATION("IServerVirtualDeviceSet", "SetConfiguration", 5, "3.8",
            NOERROR, VD_E_PROTOCOL, VD_E_INVALID, VD_E_ABORT),
    LEGACY_EXECUTE_COMPLETION_AGENT("IServerVirtualDeviceSet", "ExecuteCompletionAgent", 6, "3.8",
            NOERROR, VD_E_PROTOCOL, VD_E_ABORT),
    LEGACY_OPEN_DEVICE("IServerVirtualDeviceSet", "OpenDevice", 7, "3.8",
            NOERROR, VD_E_OPEN, VD_E_PROTOCOL, VD_E_ABORT),
    LEGACY_ALLOCATE_BUFFER("IServerVirtualDeviceSet", "AllocateBuffer", 8, "3.8",
            NOERROR, VD_E_MEMORY, VD_E_INVALID, VD_E_PROTOCOL, VD_E_ABORT),
    LEGACY_FREE_BUFFER("IServerVirtualDeviceSet", "FreeBuffer", 9, "3.8", NOERROR, VD_E_INVALID, VD_E_PROTOCOL),
    LEGACY_IS_SHARED_BUFFER("IServerVirtualDeviceSet", "IsSharedBuffer", 10, "3.8", NOERROR, SHARED),
    LEGACY_SIGNAL_ABORT("IServerVirtualDeviceSet", "SignalAbort", 11, "3.8", NOERROR, VD_E_PROTOCOL),
    LEGACY_CLOSE("IServerVirtualDeviceSet", "Close", 12, "3.8", NOERROR, VD_E_PROTOCOL),

    SEND_COMMAND("IServerVirtualDevice", "SendCommand", 3, "3.9.1",
            NOERROR, VD_E_QUEUE_FULL, VD_E_IO_ERROR, VD_E_PROTOCOL, VD_E_ABORT),
    CLOSE_DEVICE("IServerVirtualDevice", "CloseDevice", 4, "3.9.2", NOERROR, VD_E_CLOSE, VD_E_ABORT, VD_E_PROTOCOL);

    private final String iface;
    private final String method;
    private final int slot;
    private final String section;
    private final List<Integer> documented;

    Method(String iface, String method, int slot, String section, int... documented) {
        this.iface = iface;
        this.method = method;
        this.slot = slot;
        this.section = section;
        this.documented = IntStream.of(documented).boxed().toList();
    }

    String iface() {
        return iface;
    }

    String method() {
        return method;
    }

    int slot() {
        return slot;
    }

    String section() {
        return section;
    }

    List<Integer> documented() {
        return documented;
    }

    boolean ofServer() {
        return iface.startsWith("IServer");
    }

    /** The key under which {@link Coverage} counts that this method returned this code. */
    String pair(int code) {
        String result = iface.startsWith("IServer") && method.equals("IsSharedBuffer") && code == NOERROR
                ? "FALSE" : Code.name(code);
        return iface + "." + method + " " + result;
    }
}
