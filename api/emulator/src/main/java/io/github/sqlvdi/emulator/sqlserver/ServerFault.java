package io.github.sqlvdi.emulator.sqlserver;

import io.github.sqlvdi.emulator.internal.statements.Fault;
import java.util.Locale;

/**
 * A fault that the next BACKUP or RESTORE of an {@link EmulatedSqlServer} has. Bytes are those of all devices of the
 * statement together. In T-SQL: {@code EXEC sqlvdi.fault 'fail', 1048576}, with the kinds fail, hang, drop, slow, refuse,
 * no_complete, cut, lengthen, in_use, log_full, kill and
 * no_room.
 */
public final class ServerFault {

    /**
     * In the place of a number of bytes: after the devices of a BACKUP have ended, and before the server says how the
     * statement has ended. For fail (message 3271), hang, drop and kill.
     */
    public static final long AT_END = Fault.AT_END;

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

    /**
     * The stream that ends first has bytes behind its end, and the backup succeeds all the same: a stream of a wrong size.
     *
     * @param bytes how many bytes
     * @return the fault
     */
    public static ServerFault lengthenBy(long bytes) {
        return new ServerFault(Fault.Kind.LENGTHEN, bytes);
    }

    /** {@return the database is in use: message 3023 on a backup (inferred), 3101 on a restore} */
    public static ServerFault databaseInUse() {
        return new ServerFault(Fault.Kind.IN_USE, 0);
    }

    /** {@return the transaction log of the database is full: message 9002 (inferred for BACKUP and RESTORE)} */
    public static ServerFault logFull() {
        return new ServerFault(Fault.Kind.LOG_FULL, 0);
    }

    /**
     * The server ends without a word, as if its process were killed: all connections end, and no new ones are accepted.
     * Devices of statements that run are aborted.
     *
     * @param bytes after how many bytes
     * @return the fault
     */
    public static ServerFault killServerAfter(long bytes) {
        return new ServerFault(Fault.Kind.KILL, bytes);
    }

    /**
     * The server has no memory for more buffers (message 18210 of AllocateBuffer), for all statements that follow, until
     * the faults are cleared.
     *
     * @param bytes for all buffers of a statement together
     * @return the fault
     */
    public static ServerFault noRoomAbove(long bytes) {
        return new ServerFault(Fault.Kind.NO_ROOM, bytes);
    }

    Fault fault() {
        return fault;
    }
}
