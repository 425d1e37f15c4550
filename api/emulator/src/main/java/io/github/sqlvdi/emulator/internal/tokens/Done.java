package io.github.sqlvdi.emulator.internal.tokens;

/** The numbers of DONE tokens (MS-TDS 2.2.7.6); curCmd as captured from SQL Server 2022. */
public final class Done {

    /** Another DONE follows in this message. */
    public static final int MORE = 0x01;
    /** The statement failed. */
    public static final int ERROR = 0x02;
    /** A transaction is open. */
    public static final int IN_TRANSACTION = 0x04;
    /** The row count is valid. */
    public static final int COUNT = 0x10;
    /** Acknowledges an attention. */
    public static final int ATTENTION = 0x20;

    /** curCmd of SELECT. */
    public static final int SELECT = 193;
    /** curCmd of SET and what else has none of its own. */
    public static final int OTHER = 0xBE;
    /** curCmd of CREATE DATABASE. */
    public static final int CREATE_DATABASE = 203;
    /** curCmd of ROLLBACK. */
    public static final int ROLLBACK = 210;
    /** curCmd of BEGIN TRANSACTION. */
    public static final int BEGIN = 212;
    /** curCmd of COMMIT. */
    public static final int COMMIT = 213;
    /** curCmd of ALTER DATABASE. */
    public static final int ALTER_DATABASE = 215;
    /** curCmd of EXECUTE and of calls. */
    public static final int EXECUTE = 224;
    /** curCmd of USE. */
    public static final int USE = 226;
    /** curCmd of BACKUP DATABASE. */
    public static final int BACKUP_DATABASE = 228;
    /** curCmd of RESTORE DATABASE and RESTORE LOG. */
    public static final int RESTORE = 229;
    /** curCmd of the rows of HEADERONLY and its like. */
    public static final int RESTORE_ROWS = 230;
    /** curCmd of BACKUP LOG. */
    public static final int BACKUP_LOG = 235;
    /** curCmd of RESTORE HEADERONLY. */
    public static final int HEADER_ONLY = 250;
    /** curCmd of an attention and of a batch that was not compiled. */
    public static final int NONE = 253;
    /** curCmd of RESTORE FILELISTONLY. */
    public static final int FILE_LIST_ONLY = 376;
    /** curCmd of RESTORE VERIFYONLY. */
    public static final int VERIFY_ONLY = 377;

    private Done() {
    }
}
