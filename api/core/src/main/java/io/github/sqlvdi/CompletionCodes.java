package io.github.sqlvdi;

/**
 * The codes with which a client completes a command: Win32 error numbers, not {@code HRESULT}s (VDI reference 5.5). A
 * client may use any Win32 error; SQL Server prints it as "operating system error n".
 *
 * @see CodeExplanation#ofCompletionCode(int)
 */
public final class CompletionCodes {

    /** The command was carried out (VDI reference 5.5). */
    public static final int SUCCESS = 0;
    /** Set by the interface: the command was sent to a device that is not active (VDI reference 3.9.1). */
    public static final int INVALID_HANDLE = 6;
    /** Only defined in the Linux header, no documented use (VDI reference 5.5). */
    public static final int ARENA_TRASHED = 7;
    /** The medium is write-protected (VDI reference 5.5). */
    public static final int WRITE_PROTECT = 19;
    /** The device is not ready, for example after a Load without a medium (VDI reference 8.2). */
    public static final int NOT_READY = 21;
    /** The data of a Read is damaged (VDI reference 8.2). */
    public static final int CRC = 23;
    /** The data of a Write could not be stored (VDI reference 8.2). */
    public static final int WRITE_FAULT = 29;
    /** The data of a Read could not be read (VDI reference 8.2). */
    public static final int READ_FAULT = 30;
    /** A device that is attached does not function (VDI reference 5.5). */
    public static final int GEN_FAILURE = 31;
    /** Read: no more data. The completion has the number of bytes that were read before the end (VDI reference 8.3). */
    public static final int HANDLE_EOF = 38;
    /** No more space; some clients refuse a Flush or Complete with it (VDI reference 5.5). */
    public static final int HANDLE_DISK_FULL = 39;
    /** The command is not implemented by this client (VDI reference 8.1). */
    public static final int NOT_SUPPORTED = 50;
    /** A field of the command is not valid (VDI reference 5.5). */
    public static final int INVALID_PARAMETER = 87;
    /** Write: no more space; SQL Server aborts the backup (VDI reference 8.4). */
    public static final int DISK_FULL = 112;
    /**
     * Set by the interface for every command that an abort ends; a client also uses it to fail a snapshot (VDI
     * reference 11.2).
     */
    public static final int OPERATION_ABORTED = 995;
    /** Write: stored, but the end-of-media warning zone was reached (VDI reference 8.17). */
    public static final int END_OF_MEDIA = 1100;
    /** Read or positioning met a filemark (VDI reference 8.2). */
    public static final int FILEMARK_DETECTED = 1101;
    /** Positioning backwards met the beginning of the medium (VDI reference 8.2). */
    public static final int BEGINNING_OF_MEDIA = 1102;
    /** A setmark; not used by this interface (VDI reference 5.5, inferred). */
    public static final int SETMARK_DETECTED = 1103;
    /** Read or positioning met the end of the recorded data (VDI reference 8.2). */
    public static final int NO_DATA_DETECTED = 1104;
    /** The block length does not fit the medium (VDI reference 5.5). */
    public static final int INVALID_BLOCK_LENGTH = 1106;
    /** The medium was changed (VDI reference 5.5). */
    public static final int MEDIA_CHANGED = 1110;
    /** The bus of the device was reset (VDI reference 5.5). */
    public static final int BUS_RESET = 1111;
    /** Load: there is no medium (VDI reference 8.8). */
    public static final int NO_MEDIA_IN_DRIVE = 1112;
    /** A general I/O error; also set by the interface for a device in its I/O-error state (VDI reference 3.9.1). */
    public static final int IO_DEVICE = 1117;
    /** Write: the physical end of the medium; SQL Server aborts the backup (VDI reference 8.17). */
    public static final int EOM_OVERFLOW = 1129;
    /** Set by the interface: the device's command queue is full (VDI reference 3.9.1). */
    public static final int NO_SYSTEM_RESOURCES = 1450;

    private CompletionCodes() {
    }

    /**
     * Returns the name of a completion code.
     *
     * @param completionCode any number
     * @return for example {@code ERROR_HANDLE_EOF}; for a number without a name {@code Win32 error n}
     */
    public static String name(int completionCode) {
        return CodeExplanation.ofCompletionCode(completionCode).name();
    }

    /**
     * Whether a code says that there is no more data to read (VDI reference 8.3 and 8.17).
     *
     * @param completionCode any number
     * @return true for {@link #HANDLE_EOF} and {@link #NO_DATA_DETECTED}
     */
    public static boolean isEndOfData(int completionCode) {
        return completionCode == HANDLE_EOF || completionCode == NO_DATA_DETECTED;
    }

    /**
     * Whether a code means that the command failed. The codes for a mark or an end ({@link #HANDLE_EOF},
     * {@link #END_OF_MEDIA}, {@link #FILEMARK_DETECTED}, {@link #BEGINNING_OF_MEDIA}, {@link #NO_DATA_DETECTED}) are no
     * failures. {@link #NOT_SUPPORTED} is a failure only for a transfer of data, which every client must support (VDI
     * reference 8.2, second table). The reference does not say which codes bring a device into its I/O-error state.
     * This library uses this method to decide it: exactly the failures do.
     *
     * @param command the command that was completed
     * @param completionCode the code it was completed with
     * @return true for a failure, false for success and for the special codes
     */
    public static boolean isFailure(CommandCode command, int completionCode) {
        return switch (completionCode) {
            case SUCCESS, HANDLE_EOF, END_OF_MEDIA, FILEMARK_DETECTED, BEGINNING_OF_MEDIA, NO_DATA_DETECTED -> false;
            case NOT_SUPPORTED -> command.transfersData();
            default -> true;
        };
    }
}
