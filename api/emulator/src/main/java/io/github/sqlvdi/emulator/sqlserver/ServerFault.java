package io.github.sqlvdi.emulator.sqlserver;

import io.github.sqlvdi.emulator.internal.statements.Fault;
import java.util.Locale;

/**
 * A fault that the next BACKUP or RESTORE of an {@link EmulatedSqlServer} has. Bytes are those of all devices of the
 * statement together. In T-SQL: {@code EXEC sqlvdi.fault 'fail', 1048576}, with the kinds fail, hang, drop, slow, refuse,
 * no_complete and cut.
 */
public final class ServerFault {

    private final Fault fault;

    private ServerFault(Fault.Kind kind, long after) {
        if (after < 0) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "bytes is %d: expected 0 or more", after));
        }
        fault = new Fault(kind, after);
    }

    /**
     * The server cannot read the database on a backup (message 3203), or write it on a restore (3202).
     *
     * @param bytes after how many bytes
     * @return the fault
     */
    public static ServerFault failAfter(long bytes) {
        return new ServerFault(Fault.Kind.FAIL, bytes);
    }

    /**
     * The server sends no more commands until the statement is cancelled.
     *
     * @param bytes after how many bytes
     * @return the fault
     */
    public static ServerFault hangAfter(long bytes) {
        return new ServerFault(Fault.Kind.HANG, bytes);
    }

    /**
     * The connection of the session ends without a word, and so does the statement.
     *
     * @param bytes after how many bytes
     * @return the fault
     */
    public static ServerFault dropConnectionAfter(long bytes) {
        return new ServerFault(Fault.Kind.DROP, bytes);
    }

    /**
     * The server is slow.
     *
     * @param bytesPerSecond at most so many bytes a second
     * @return the fault
     */
    public static ServerFault slow(long bytesPerSecond) {
        return new ServerFault(Fault.Kind.SLOW, bytesPerSecond);
    }

    /** {@return the device set cannot be opened: messages 18210 and 3201} */
    public static ServerFault refuseDevices() {
        return new ServerFault(Fault.Kind.REFUSE, 0);
    }

    /** {@return the server sends no VDC_Complete, as versions before 2012 do} */
    public static ServerFault noComplete() {
        return new ServerFault(Fault.Kind.NO_COMPLETE, 0);
    }

    /**
     * The stream of a backup ends early and the statement succeeds all the same: a backup that cannot be restored.
     *
     * @param bytes after how many bytes
     * @return the fault
     */
    public static ServerFault cutAfter(long bytes) {
        return new ServerFault(Fault.Kind.CUT, bytes);
    }

    Fault fault() {
        return fault;
    }
}
