package io.github.sqlvdi.emulator.internal.statements;

/**
 * A fault that a test wants in the next BACKUP or RESTORE.
 *
 * @param kind what happens
 * @param after after how many bytes of the statement; bytes a second for {@link Kind#SLOW}; the number of bytes for
 *     {@link Kind#LENGTHEN} and {@link Kind#NO_ROOM}; {@link #AT_END}
 */
public record Fault(Kind kind, long after) {

    /** After the devices have ended, and before the server says how the statement has ended. */
    public static final long AT_END = Long.MAX_VALUE;

    /** What can happen. */
    public enum Kind {
        /** The data file cannot be read or written: the statement fails. */
        FAIL,
        /** The server stops to send commands until the statement is cancelled. */
        HANG,
        /** The connection of the session ends. */
        DROP,
        /** The server reads or writes slowly. */
        SLOW,
        /** The device set cannot be opened. */
        REFUSE,
        /** The server sends no VDC_Complete, as versions before 2012 do. */
        NO_COMPLETE,
        /** The stream of a backup ends early, and the statement succeeds all the same. */
        CUT,
        /** The stream of a backup has bytes behind its end, and the statement succeeds all the same. */
        LENGTHEN,
        /** The database is in use: by another backup, or by a session at a restore. */
        IN_USE,
        /** The transaction log is full. */
        LOG_FULL,
        /** The server ends without a word, with all its connections. */
        KILL,
        /** There is no memory for more buffers than these bytes, for all statements that follow. */
        NO_ROOM
    }
}
