package io.github.sqlvdi.emulator.internal.statements;

import io.github.sqlvdi.statement.SqlMessage;
import java.util.Locale;

/** The message that ends a statement with DISK devices. */
final class DiskException extends Exception {

    static final int CANNOT_OPEN = 3201;
    static final int WRITE_FAILED = 3202;
    static final int READ_FAILED = 3203;
    static final int ABORTED = 3204;
    static final int OTHER_FAMILIES = 3231;
    static final int NO_BACKUP = 3241;
    static final int NO_SUCH_FILE = 3287;

    private static final long serialVersionUID = 1L;
    private static final int ERROR = 16;

    private final transient SqlMessage reason;

    DiskException(int number, String format, Object... arguments) {
        reason = new SqlMessage(number, ERROR, String.format(Locale.ROOT, format, arguments));
    }

    SqlMessage reason() {
        return reason;
    }
}
