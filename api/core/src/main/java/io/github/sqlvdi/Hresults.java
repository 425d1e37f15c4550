package io.github.sqlvdi;

import java.util.Locale;

/**
 * The results of the interface's methods: VDI's own codes (facility 0x77) and the COM and Win32 codes that occur
 * together with them (VDI reference 5.4). A negative number is a failure.
 *
 * @see CodeExplanation#ofHresult(int)
 */
public final class Hresults {

    /** Success, the same number as {@code NOERROR} (VDI reference 5.4). */
    public static final int S_OK = 0x0000_0000;
    /** Success that means no, or that there was nothing to do: COM was initialised before (VDI reference 16). */
    public static final int S_FALSE = 0x0000_0001;
    /**
     * The device's command queue is full (VDI reference 3.9.1). No value was ever published for this name: 0x80770001
     * is this library's choice, a number that no header uses.
     */
    public static final int VD_E_QUEUE_FULL = 0x8077_0001;
    /** The object was not open (VDI reference 5.4). */
    public static final int VD_E_NOTOPEN = 0x8077_0002;
    /** The wait timed out, nothing changed (VDI reference 3.5.3 and 3.6.1). */
    public static final int VD_E_TIMEOUT = 0x8077_0003;
    /** An abort was requested: the set can only be closed now (VDI reference 11.2). */
    public static final int VD_E_ABORT = 0x8077_0004;
    /** The security environment could not be set up (VDI reference 3.5.1 and 12). */
    public static final int VD_E_SECURITY = 0x8077_0005;
    /** A parameter is not valid (VDI reference 5.4). */
    public static final int VD_E_INVALID = 0x8077_0006;
    /** The SQL Server instance name is not known (VDI reference 3.5.1). */
    public static final int VD_E_INSTANCE_NAME = 0x8077_0007;
    /**
     * The device is in its I/O-error state until it is cleared (VDI reference 3.9.1). No value was ever published for
     * this name: 0x80770008 is this library's choice, a number that no header uses.
     */
    public static final int VD_E_IO_ERROR = 0x8077_0008;
    /** The requested configuration is not valid or not supported (VDI reference 3.5.1). */
    public static final int VD_E_NOTSUPPORTED = 0x8077_0009;
    /** Out of memory, or the buffer areas are used up (VDI reference 3.7.6 and 3.7.9). */
    public static final int VD_E_MEMORY = 0x8077_000A;
    /** An unexpected internal error (VDI reference 5.4). */
    public static final int VD_E_UNEXPECTED = 0x8077_000B;
    /** The call is not legal in this state (VDI reference 3.4). */
    public static final int VD_E_PROTOCOL = 0x8077_000C;
    /** All devices are open already, or devices are still open at close (VDI reference 3.5.4 and 3.5.5). */
    public static final int VD_E_OPEN = 0x8077_000D;
    /** The device is now closed: the normal end of a device's commands (VDI reference 3.6.1). */
    public static final int VD_E_CLOSE = 0x8077_000E;
    /** A resource is busy (VDI reference 5.4). */
    public static final int VD_E_BUSY = 0x8077_000F;
    /** COM: the method is not implemented (VDI reference 5.4). */
    public static final int E_NOTIMPL = 0x8000_4001;
    /** COM: the object does not have the interface asked for (VDI reference 5.4). */
    public static final int E_NOINTERFACE = 0x8000_4002;
    /** COM: a pointer that must not be NULL is NULL (VDI reference 5.4). */
    public static final int E_POINTER = 0x8000_4003;
    /** COM: a failure without further detail (VDI reference 5.4). */
    public static final int E_FAIL = 0x8000_4005;
    /** COM: an unexpected failure (VDI reference 5.4). */
    public static final int E_UNEXPECTED = 0x8000_FFFF;
    /** Win32 error 2 as HRESULT: a name does not exist (VDI reference 3.7.1 and 5.4). */
    public static final int E_FILE_NOT_FOUND = 0x8007_0002;
    /** Win32 error 5 as HRESULT: access denied (VDI reference 3.5.1 and 12). */
    public static final int E_ACCESSDENIED = 0x8007_0005;
    /** Win32 error 6 as HRESULT: a handle is not valid (VDI reference 5.4). */
    public static final int E_HANDLE = 0x8007_0006;
    /** Win32 error 14 as HRESULT: out of memory (VDI reference 5.4). */
    public static final int E_OUTOFMEMORY = 0x8007_000E;
    /** Win32 error 87 as HRESULT: an argument is not valid (VDI reference 5.4). */
    public static final int E_INVALIDARG = 0x8007_0057;
    /** Win32 error 126 as HRESULT: a library was not found (VDI reference 3.2). */
    public static final int E_MOD_NOT_FOUND = 0x8007_007E;
    /** Win32 error 127 as HRESULT: a library lacks a function (VDI reference 3.2). */
    public static final int E_PROC_NOT_FOUND = 0x8007_007F;
    /** Win32 error 193 as HRESULT: a library of the wrong bitness (VDI reference 3.2 and 15.6). */
    public static final int E_BAD_EXE_FORMAT = 0x8007_00C1;
    /** COM: the class cannot be aggregated (VDI reference 3.2). */
    public static final int CLASS_E_NOAGGREGATION = 0x8004_0110;
    /** COM: the registered library does not supply the class (VDI reference 3.2). */
    public static final int CLASS_E_CLASSNOTAVAILABLE = 0x8004_0111;
    /** COM: the class is not registered for this bitness (VDI reference 3.2). */
    public static final int REGDB_E_CLASSNOTREG = 0x8004_0154;
    /** COM is not initialised on this thread (VDI reference 3.2). */
    public static final int CO_E_NOTINITIALIZED = 0x8004_01F0;
    /**
     * COM: the pointer does not lead to a live object; this library returns it for a call on a released object (VDI
     * reference 3.2).
     */
    public static final int CO_E_OBJNOTCONNECTED = 0x8004_01FD;
    /** COM is initialised on this thread as a single-threaded apartment (VDI reference 3.2). */
    public static final int RPC_E_CHANGED_MODE = 0x8001_0106;

    private Hresults() {
    }

    /**
     * Whether a result is a failure.
     *
     * @param hresult a result
     * @return true for a negative number
     */
    public static boolean failed(int hresult) {
        return hresult < 0;
    }

    /**
     * Returns the name of a result.
     *
     * @param hresult a result
     * @return for example {@code VD_E_ABORT}; for a number without a name the class that it belongs to, for example
     *     {@code Win32 error 1450}
     */
    public static String name(int hresult) {
        return CodeExplanation.ofHresult(hresult).name();
    }

    /**
     * Returns the name and the number of a result, for messages.
     *
     * @param hresult a result
     * @return for example {@code VD_E_ABORT (0x80770004)}
     */
    public static String describe(int hresult) {
        return String.format(Locale.ROOT, "%s (0x%08X)", name(hresult), hresult);
    }
}
