package io.github.sqlvdi;

/**
 * The commands a server sends to a device ({@code VDC_*}, VDI reference 5.2 and 8). Which of them a device gets depends
 * on its features (VDI reference 8.1); a command that the client does not know is completed with
 * {@link CompletionCodes#NOT_SUPPORTED} and 0 bytes.
 */
public enum CommandCode {

    /** A number that is no command known to this library. The command object keeps the number. */
    UNKNOWN(0, "unknown command"),
    /** {@code VDC_Read} = 1: fill the buffer, on restore; always supported (VDI reference 8.3). */
    READ(1, "VDC_Read"),
    /** {@code VDC_Write} = 2: store the buffer, on backup; always supported (VDI reference 8.4). */
    WRITE(2, "VDC_Write"),
    /**
     * {@code VDC_ClearError} = 3: leave the error state after a failed command; always supported (VDI reference 8.5).
     */
    CLEAR_ERROR(3, "VDC_ClearError"),
    /** {@code VDC_Rewind} = 4: go to the beginning of the medium; with {@link Features#REWIND} (VDI reference 8.7). */
    REWIND(4, "VDC_Rewind"),
    /** {@code VDC_WriteMark} = 5: write one filemark; with {@link Features#FILE_MARKS} (VDI reference 8.7). */
    WRITE_MARK(5, "VDC_WriteMark"),
    /**
     * {@code VDC_SkipMarks} = 6: move over {@code size} filemarks, signed; {@link Features#FILE_MARKS} (VDI reference
     * 8.7).
     */
    SKIP_MARKS(6, "VDC_SkipMarks"),
    /**
     * {@code VDC_SkipBlocks} = 7: move over {@code size} blocks, signed; with {@link Features#SKIP_BLOCKS} (VDI
     * reference 8.7).
     */
    SKIP_BLOCKS(7, "VDC_SkipBlocks"),
    /** {@code VDC_Load} = 8: load the next medium; with {@link Features#REMOVABLE} (VDI reference 8.8). */
    LOAD(8, "VDC_Load"),
    /** {@code VDC_GetPosition} = 9: return the position; POSITION or RANDOM_ACCESS feature (VDI reference 8.9). */
    GET_POSITION(9, "VDC_GetPosition"),
    /**
     * {@code VDC_SetPosition} = 10: go to a position and return it; POSITION or RANDOM_ACCESS feature (VDI reference
     * 8.10).
     */
    SET_POSITION(10, "VDC_SetPosition"),
    /**
     * {@code VDC_Discard} = 11: the stored content may be dropped; with {@link Features#DISCARD} (VDI reference 8.11).
     */
    DISCARD(11, "VDC_Discard"),
    /**
     * {@code VDC_Flush} = 12: make all earlier writes durable; always supported, may come often (VDI reference 8.6).
     */
    FLUSH(12, "VDC_Flush"),
    /** {@code VDC_Snapshot} = 13: take the snapshot now, writes are suspended (VDI reference 8.13). */
    SNAPSHOT(13, "VDC_Snapshot"),
    /** {@code VDC_MountSnapshot} = 14: put the files of the snapshot in place (VDI reference 8.14). */
    MOUNT_SNAPSHOT(14, "VDC_MountSnapshot"),
    /**
     * {@code VDC_PrepareToFreeze} = 15: prepare, because the freeze follows; with {@link Features#SNAPSHOT_PREPARE}
     * (VDI reference 8.12).
     */
    PREPARE_TO_FREEZE(15, "VDC_PrepareToFreeze"),
    /** {@code VDC_FileInfoBegin} = 16: undocumented, for the SQL Writer service (VDI reference 8.15). */
    FILE_INFO_BEGIN(16, "VDC_FileInfoBegin"),
    /** {@code VDC_FileInfoEnd} = 17: undocumented, for the SQL Writer service (VDI reference 8.15). */
    FILE_INFO_END(17, "VDC_FileInfoEnd"),
    /** {@code VDC_GetError} = 18: undocumented, answer it as not supported (VDI reference 8.15). */
    GET_ERROR(18, "VDC_GetError"),
    /** {@code VDC_Complete} = 19: all data was sent, finish the backup; with COMPLETE_ENABLED (VDI reference 8.16). */
    COMPLETE(19, "VDC_Complete");

    private static final CommandCode[] BY_VALUE = values();

    private final int value;
    private final String nativeName;

    CommandCode(int value, String nativeName) {
        this.value = value;
        this.nativeName = nativeName;
    }

    /** {@return the number of the command in a command block: 1..19, or 0 for {@link #UNKNOWN}} */
    public int value() {
        return value;
    }

    /** {@return the name of the command in the interface's headers, for messages, for example {@code VDC_Read}} */
    public String nativeName() {
        return nativeName;
    }

    /**
     * Whether the command carries a buffer and a count of bytes: true for {@link #READ} and {@link #WRITE} only
     * (VDI reference 8.2).
     *
     * @return true for a transfer of data
     */
    public boolean transfersData() {
        return this == READ || this == WRITE;
    }

    /**
     * Whether the completion carries a position: {@link #GET_POSITION} and {@link #SET_POSITION} only
     * (VDI reference 8.2 and 8.10).
     *
     * @return true when the position given at completion has a meaning
     */
    public boolean returnsPosition() {
        return this == GET_POSITION || this == SET_POSITION;
    }

    /**
     * Returns the command for a number found in a command block.
     *
     * @param value any number
     * @return the command, {@link #UNKNOWN} for a number outside 1..19
     */
    public static CommandCode of(int value) {
        return value > 0 && value < BY_VALUE.length ? BY_VALUE[value] : UNKNOWN;
    }
}
