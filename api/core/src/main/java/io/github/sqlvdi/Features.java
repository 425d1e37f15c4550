package io.github.sqlvdi;

import java.util.Locale;

/**
 * The feature bits of a configuration ({@code VDF_*}, VDI reference 5.1). With the lower bits the client requests the
 * class of its devices and optional commands; the server answers with the upper bits.
 *
 * <p>Only three classes of devices are defined, each with optional extras (VDI reference 9): {@link #LIKE_PIPE},
 * {@link #LIKE_TAPE} and {@link #LIKE_DISK}.
 */
public final class Features {

    /** Pipe-like, strictly sequential device: no bit at all (VDI reference 9.1). */
    public static final int LIKE_PIPE = 0x0000_0000;
    /** Media can be changed: {@link CommandCode#LOAD} is understood (VDI reference 5.1 and 8.17). */
    public static final int REMOVABLE = 0x0000_0001;
    /** {@link CommandCode#REWIND} is understood (VDI reference 5.1). */
    public static final int REWIND = 0x0000_0002;
    /** Positions are block addresses: GetPosition and SetPosition are understood (VDI reference 5.1). */
    public static final int POSITION = 0x0000_0010;
    /** {@link CommandCode#SKIP_BLOCKS} is understood (VDI reference 5.1). */
    public static final int SKIP_BLOCKS = 0x0000_0020;
    /** The device can position backwards (VDI reference 5.1). */
    public static final int REVERSE_POSITION = 0x0000_0040;
    /** {@link CommandCode#DISCARD} is understood; allowed with every class (VDI reference 5.1). */
    public static final int DISCARD = 0x0000_0080;
    /** The device has filemarks: WriteMark and SkipMarks are understood (VDI reference 5.1). */
    public static final int FILE_MARKS = 0x0000_0100;
    /** Every Read and Write carries a byte position (VDI reference 5.1). */
    public static final int RANDOM_ACCESS = 0x0000_0200;
    /** Send {@link CommandCode#PREPARE_TO_FREEZE} before a freeze (VDI reference 6.4). */
    public static final int SNAPSHOT_PREPARE = 0x0000_0400;
    /** Undocumented: asks for a list of the frozen files (VDI reference 5.1, inferred). */
    public static final int ENUM_FROZEN_FILES = 0x0000_0800;
    /** Undocumented: marks the SQL Writer service as the client (VDI reference 5.1, inferred). */
    public static final int VSS_WRITER = 0x0000_1000;
    /** The client asks for {@link CommandCode#COMPLETE} (VDI reference 6.4). */
    public static final int REQUEST_COMPLETE = 0x0000_2000;
    /** Server's answer: the statement writes the media, a backup (VDI reference 5.1). */
    public static final int WRITE_MEDIA = 0x0001_0000;
    /** Server's answer: the statement reads the media, a restore (VDI reference 5.1). */
    public static final int READ_MEDIA = 0x0002_0000;
    /** Server's answer to {@link #REQUEST_COMPLETE}: VDC_Complete will be sent (VDI reference 6.4). */
    public static final int COMPLETE_ENABLED = 0x0004_0000;
    /** Undocumented: statistics (VDI reference 5.1, inferred). */
    public static final int LATCH_STATS = 0x8000_0000;

    /** Tape-like device: the sum 0x173 of the six tape features (VDI reference 9.2). */
    public static final int LIKE_TAPE =
            FILE_MARKS | REMOVABLE | REWIND | POSITION | SKIP_BLOCKS | REVERSE_POSITION;
    /** Disk-like device: {@link #RANDOM_ACCESS} (VDI reference 9.3). */
    public static final int LIKE_DISK = RANDOM_ACCESS;

    /** The bits that only a server sets, in its answer (VDI reference 6.2). */
    public static final int SERVER_ANSWERS = WRITE_MEDIA | READ_MEDIA | COMPLETE_ENABLED;

    /** The bits that distinguish the classes. {@link #REMOVABLE} is a tape feature but is allowed with every class. */
    private static final int CLASS_BITS = (LIKE_TAPE & ~REMOVABLE) | RANDOM_ACCESS;

    private static final int KNOWN = LIKE_TAPE | DISCARD | RANDOM_ACCESS | SNAPSHOT_PREPARE | ENUM_FROZEN_FILES
            | VSS_WRITER | REQUEST_COMPLETE | SERVER_ANSWERS | LATCH_STATS;

    private static final String[] NAMES = {
        "VDF_Removable", "VDF_Rewind", null, null, "VDF_Position", "VDF_SkipBlocks", "VDF_ReversePosition",
        "VDF_Discard", "VDF_FileMarks", "VDF_RandomAccess", "VDF_SnapshotPrepare", "VDF_EnumFrozenFiles",
        "VDF_VSSWriter", "VDF_RequestComplete", null, null, "VDF_WriteMedia", "VDF_ReadMedia",
        "VDF_CompleteEnabled", null, null, null, null, null, null, null, null, null, null, null, null,
        "VDF_LatchStats"
    };

    private Features() {
    }

    /**
     * Whether a mask describes strictly sequential devices (VDI reference 9.1).
     *
     * @param mask a feature mask, requested or answered
     * @return true when no bit of the tape-like and disk-like classes is set
     */
    public static boolean isLikePipe(int mask) {
        return (mask & CLASS_BITS) == 0;
    }

    /**
     * Whether a mask describes tape-like devices (VDI reference 9.2).
     *
     * @param mask a feature mask, requested or answered
     * @return true when all six tape features are set and random access is not; other bits do not matter
     */
    public static boolean isLikeTape(int mask) {
        return (mask & (CLASS_BITS | REMOVABLE)) == LIKE_TAPE;
    }

    /**
     * Whether a mask describes disk-like devices (VDI reference 9.3).
     *
     * @param mask a feature mask, requested or answered
     * @return true when random access is set and no tape feature except possibly {@link #REMOVABLE}
     */
    public static boolean isLikeDisk(int mask) {
        return (mask & CLASS_BITS) == LIKE_DISK;
    }

    /**
     * Returns the bits of a mask that no feature uses.
     *
     * @param mask a feature mask
     * @return the unassigned bits, 0 if there are none
     */
    public static int unknownBits(int mask) {
        return mask & ~KNOWN;
    }

    /**
     * Describes a mask in words, for messages and logs: the class of the devices, then the other features.
     *
     * @param mask a feature mask
     * @return for example {@code VDF_LikeTape | VDF_WriteMedia (0x00010173)}
     */
    public static String describe(int mask) {
        StringBuilder text = new StringBuilder();
        int rest = mask;
        if (isLikeTape(mask)) {
            text.append("VDF_LikeTape");
            rest &= ~LIKE_TAPE;
        } else if (isLikeDisk(mask)) {
            text.append("VDF_LikeDisk");
            rest &= ~LIKE_DISK;
        } else if (isLikePipe(mask)) {
            text.append("VDF_LikePipe");
        }
        for (int bit = 0; bit < NAMES.length; bit++) {
            if ((rest & 1 << bit) != 0) {
                String name = NAMES[bit];
                text.append(text.isEmpty() ? "" : " | ")
                        .append(name != null ? name : String.format(Locale.ROOT, "0x%X", 1 << bit));
            }
        }
        return text.append(String.format(Locale.ROOT, " (0x%08X)", mask)).toString();
    }
}
