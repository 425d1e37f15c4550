package io.github.sqlvdi;

import java.util.Locale;
import java.util.Optional;

/**
 * The rules of a configuration, for the builder of a request and for the receiver of a request or an answer. Each check
 * returns the first problem in words: the name of the value, the value, and the expected range. Values that the
 * reference leaves undefined are refused, so that a mistake is found when the set is made and not during a backup.
 */
public final class ConfigRules {

    /** The smallest unit of transfer, in bytes (VDI reference 3.7.3). */
    public static final int MIN_BLOCK_SIZE = 512;
    /** The largest unit of transfer, in bytes (VDI reference 3.7.3). */
    public static final int MAX_BLOCK_SIZE = 65_536;
    /** The strictest alignment of a data zone, in bytes (VDI reference 3.7.3). */
    public static final int MAX_ALIGNMENT = 65_536;
    /** The largest transfer is a multiple of this number of bytes (VDI reference 3.7.3). */
    public static final int TRANSFER_UNIT = 65_536;
    /** The limit of the largest transfer, in bytes (VDI reference 6.2). */
    public static final int MAX_TRANSFER_SIZE = 4_194_304;

    private ConfigRules() {
    }

    /**
     * Checks a client's request (VDI reference 3.5.1 and 6.2). The interface refuses a request with a problem with
     * {@code VD_E_NOTSUPPORTED}. The server's values are ignored, as in the interface.
     *
     * @param config the request
     * @return the first problem, or empty
     */
    public static Optional<String> requestProblem(VdiConfig config) {
        int features = config.features();
        int unknown = Features.unknownBits(features);
        if (config.deviceCount() < 1 || config.deviceCount() > VdiConfig.MAX_DEVICES) {
            return problem("deviceCount", config.deviceCount(), "1 to " + VdiConfig.MAX_DEVICES);
        }
        if (unknown != 0) {
            return Optional.of(String.format(Locale.ROOT,
                    "features has the unassigned bits 0x%X: expected none of them", unknown));
        }
        if ((features & Features.SERVER_ANSWERS) != 0) {
            return Optional.of(String.format(Locale.ROOT,
                    "features is %s: VDF_WriteMedia, VDF_ReadMedia and VDF_CompleteEnabled are for the ",
                    Features.describe(features)) + "server's answer only, expected none of them");
        }
        if (!Features.isLikePipe(features) && !Features.isLikeTape(features) && !Features.isLikeDisk(features)) {
            return Optional.of(String.format(Locale.ROOT,
                    "features is %s: expected the bits of one class, VDF_LikePipe (0), VDF_LikeTape (0x173) ",
                    Features.describe(features)) + "or VDF_LikeDisk (0x200), with optional extras");
        }
        if (config.prefixZoneSize() < 0) {
            return problem("prefixZoneSize", config.prefixZoneSize(), "0 to 2,147,483,647 bytes");
        }
        if (config.alignment() != 0 && !isPowerOfTwo(config.alignment(), 1, MAX_ALIGNMENT)) {
            return problem("alignment", config.alignment(), "0 or a power of two up to 65,536 bytes");
        }
        if (config.softFileMarkBlockSize() < 0) {
            return problem("softFileMarkBlockSize", config.softFileMarkBlockSize(), "0 to 2,147,483,647 bytes");
        }
        if (config.softFileMarkBlockSize() != 0 && (features & Features.FILE_MARKS) == 0) {
            return problem("softFileMarkBlockSize", config.softFileMarkBlockSize(), "0, as there is no VDF_FileMarks");
        }
        return Optional.empty();
    }

    /**
     * Checks a server's answer (VDI reference 3.7.3). The interface refuses an answer with a problem with
     * {@code VD_E_INVALID}.
     *
     * @param blockSize the unit of transfer in bytes
     * @param alignment the alignment in bytes, 0 for the block size
     * @param maxTransferSize the largest transfer in bytes
     * @return the first problem, or empty
     */
    public static Optional<String> answerProblem(int blockSize, int alignment, int maxTransferSize) {
        if (!isPowerOfTwo(blockSize, MIN_BLOCK_SIZE, MAX_BLOCK_SIZE)) {
            return problem("blockSize", blockSize, "a power of two from 512 to 65,536 bytes");
        }
        if (alignment != 0 && !isPowerOfTwo(alignment, blockSize, MAX_ALIGNMENT)) {
            return problem("alignment", alignment,
                    "0 or a power of two from the block size (" + blockSize + ") to 65,536 bytes");
        }
        if (maxTransferSize <= 0 || maxTransferSize % TRANSFER_UNIT != 0 || maxTransferSize > MAX_TRANSFER_SIZE) {
            return problem("maxTransferSize", maxTransferSize, "a multiple of 65,536 bytes up to 4,194,304");
        }
        return Optional.empty();
    }

    /**
     * Checks the requested alignment of a buffer (VDI reference 3.7.4 and 3.7.9).
     *
     * @param alignment bytes, 0 for the basic alignment
     * @return whether the alignment is 0 or a power of two up to 65,536
     */
    public static boolean isBufferAlignment(int alignment) {
        return alignment == 0 || isPowerOfTwo(alignment, 1, MAX_ALIGNMENT);
    }

    private static boolean isPowerOfTwo(int value, int min, int max) {
        return value >= min && value <= max && Integer.bitCount(value) == 1;
    }

    private static Optional<String> problem(String field, int value, String expected) {
        String unsigned = value < 0 ? String.format(Locale.ROOT, " (%,d unsigned)", Integer.toUnsignedLong(value)) : "";
        return Optional.of(String.format(Locale.ROOT, "%s is %,d%s: expected %s", field, value, unsigned, expected));
    }
}
