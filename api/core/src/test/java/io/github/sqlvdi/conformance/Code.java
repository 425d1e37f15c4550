package io.github.sqlvdi.conformance;

import java.util.Locale;
import java.util.Map;

/**
 * HRESULTs and completion codes as the reference prints them (VDI reference 5.4, 5.5). Written down here a second time
 * on purpose: the suite must not take the numbers it checks from the code under test.
 */
final class Code {

    static final int NOERROR = 0;
    /** TRUE of IsSharedBuffer, which returns a BOOL in its HRESULT (VDI reference 3.7.11). */
    static final int SHARED = 1;
    static final int VD_E_NOTOPEN = 0x80770002;
    static final int VD_E_TIMEOUT = 0x80770003;
    static final int VD_E_ABORT = 0x80770004;
    static final int VD_E_SECURITY = 0x80770005;
    static final int VD_E_INVALID = 0x80770006;
    static final int VD_E_INSTANCE_NAME = 0x80770007;
    static final int VD_E_NOTSUPPORTED = 0x80770009;
    static final int VD_E_MEMORY = 0x8077000A;
    static final int VD_E_UNEXPECTED = 0x8077000B;
    static final int VD_E_PROTOCOL = 0x8077000C;
    static final int VD_E_OPEN = 0x8077000D;
    static final int VD_E_CLOSE = 0x8077000E;
    static final int VD_E_BUSY = 0x8077000F;
    static final int E_NOINTERFACE = 0x80004002;
    static final int E_POINTER = 0x80004003;
    static final int E_ACCESSDENIED = 0x80070005;

    /** Names without a published number (VDI reference 3.9.1); the embedded VDI's own choice. */
    static final int VD_E_QUEUE_FULL = 0x80770001;
    static final int VD_E_IO_ERROR = 0x80770008;

    static final int ERROR_SUCCESS = 0;
    static final int ERROR_INVALID_HANDLE = 6;
    static final int ERROR_INVALID_PARAMETER = 87;
    static final int ERROR_OPERATION_ABORTED = 995;
    static final int ERROR_IO_DEVICE = 1117;
    static final int ERROR_NO_SYSTEM_RESOURCES = 1450;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(NOERROR, "NOERROR"), Map.entry(SHARED, "TRUE"), Map.entry(VD_E_NOTOPEN, "VD_E_NOTOPEN"),
            Map.entry(VD_E_TIMEOUT, "VD_E_TIMEOUT"), Map.entry(VD_E_ABORT, "VD_E_ABORT"),
            Map.entry(VD_E_SECURITY, "VD_E_SECURITY"), Map.entry(VD_E_INVALID, "VD_E_INVALID"),
            Map.entry(VD_E_INSTANCE_NAME, "VD_E_INSTANCE_NAME"), Map.entry(VD_E_NOTSUPPORTED, "VD_E_NOTSUPPORTED"),
            Map.entry(VD_E_MEMORY, "VD_E_MEMORY"), Map.entry(VD_E_UNEXPECTED, "VD_E_UNEXPECTED"),
            Map.entry(VD_E_PROTOCOL, "VD_E_PROTOCOL"), Map.entry(VD_E_OPEN, "VD_E_OPEN"),
            Map.entry(VD_E_CLOSE, "VD_E_CLOSE"), Map.entry(VD_E_BUSY, "VD_E_BUSY"),
            Map.entry(E_NOINTERFACE, "E_NOINTERFACE"), Map.entry(E_POINTER, "E_POINTER"),
            Map.entry(E_ACCESSDENIED, "E_ACCESSDENIED"), Map.entry(VD_E_QUEUE_FULL, "VD_E_QUEUE_FULL"),
            Map.entry(VD_E_IO_ERROR, "VD_E_IO_ERROR"));

    private Code() {
    }

    /** @return the symbolic name, or the number in hex when it has none */
    static String name(int code) {
        return NAMES.getOrDefault(code, String.format(Locale.ROOT, "0x%08X", code));
    }
}
