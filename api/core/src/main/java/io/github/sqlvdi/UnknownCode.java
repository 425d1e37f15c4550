package io.github.sqlvdi;

import io.github.sqlvdi.CodeExplanation.Kind;
import java.util.Locale;

/** Explains a code that is not in the table: gives its number and names the class of codes that it belongs to. */
final class UnknownCode {

    private static final int FACILITY_NULL = 0;
    private static final int FACILITY_RPC = 1;
    private static final int FACILITY_ITF = 4;
    private static final int FACILITY_WIN32 = 7;
    private static final int FACILITY_VDI = 0x77;

    private UnknownCode() {
    }

    static CodeExplanation hresult(int code) {
        int number = code & 0xFFFF;
        if (code >= 0) {
            return unknown(Kind.HRESULT, code, hex(code), "A success code that is not part of the interface.",
                    "The native library has more success codes than the reference lists.",
                    "Nothing; a number that is not negative is a success.");
        }
        return switch (code >>> 16 & 0x1FFF) {
            case FACILITY_VDI -> unknown(Kind.HRESULT, code, hex(code),
                    "A failure of the Virtual Device Interface with a number (" + number + ") that no header names.",
                    "A version of the native library that is newer or older than the published headers.",
                    "Treat it as a failure: abort the set, close it, and read the statement's messages.");
            case FACILITY_WIN32 -> win32(code, number);
            case FACILITY_NULL, FACILITY_RPC, FACILITY_ITF -> unknown(Kind.HRESULT, code, hex(code),
                    "A failure of COM itself, not of the Virtual Device Interface.",
                    "Initialising COM or creating the object failed: registration, rights, threading.",
                    "Look the number up in Microsoft's list of COM error codes, and check that sqlvdi.dll is registered"
                            + " for the bitness of this JVM.");
            default -> unknown(Kind.HRESULT, code, hex(code),
                    "A failure of facility " + (code >>> 16 & 0x1FFF) + ", not of the Virtual Device Interface.",
                    "Another component below the native library failed.",
                    "Abort the set and close it; look the number up in Microsoft's list of HRESULT values.");
        };
    }

    private static CodeExplanation win32(int code, int number) {
        CodeExplanation completion = ExplanationTable.COMPLETION_CODES.get(number);
        String alias = completion == null ? "" : " (" + completion.name() + ")";
        return unknown(Kind.HRESULT, code, "Win32 error " + number,
                "The operating system refused something with its error " + number + alias + ".",
                "A call of the native library to the operating system failed.",
                "Show the error's text with \"net helpmsg " + number
                        + "\" on Windows, remove its cause, and try again.");
    }

    static CodeExplanation completionCode(int code) {
        if (code < 0) {
            return unknown(Kind.COMPLETION_CODE, code, Hresults.name(code),
                    "An HRESULT (" + hex(code) + ") that was used as a completion code.",
                    "The client completed a command with the result of a method instead of a Win32 error number.",
                    "Complete commands with a Win32 error number such as 1117 (ERROR_IO_DEVICE); to abort the whole"
                            + " set, call SignalAbort.");
        }
        return unknown(Kind.COMPLETION_CODE, code, "Win32 error " + code,
                "A Win32 error number to which the interface gives no meaning of its own; it fails the command.",
                "The client completed a command with the number its storage gave it.",
                "Show the error's text with \"net helpmsg " + code
                        + "\" on Windows, and look into the client's own log.");
    }

    static CodeExplanation sqlMessage(int number) {
        return unknown(Kind.SQL_MESSAGE, number, "Msg " + number,
                "A message of SQL Server that is not about backup devices, or that this table does not have.",
                "The statement met a condition outside the data path.",
                "Read its text on the server: SELECT text FROM sys.messages WHERE message_id = " + number
                        + " AND language_id = 1033.");
    }

    private static CodeExplanation unknown(Kind kind, int code, String name, String meaning, String cause,
            String cure) {
        return new CodeExplanation(kind, code, name, meaning, cause, cure);
    }

    private static String hex(int code) {
        return String.format(Locale.ROOT, "0x%08X", code);
    }
}
