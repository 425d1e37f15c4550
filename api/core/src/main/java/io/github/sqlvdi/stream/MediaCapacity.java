package io.github.sqlvdi.stream;

import java.util.Locale;

/**
 * The size of a medium, and how the device behaves at its end (VDI reference 8.17).
 *
 * <pre>
 *   0                                    bytes - warningZone              bytes
 *   |---------------- Write: 0 -----------------|-- Write: 1100, stored --|-- past the end
 * </pre>
 *
 * A Write past the end is cut: it stores the whole blocks that still fit, and the answer is {@code ERROR_END_OF_MEDIA}
 * (1100) with the number of bytes that were stored. For each later Write this number is 0. The server then repeats the
 * rest on the next medium. With {@code shortWrites} false such a Write stores nothing and the answer is
 * {@code ERROR_EOM_OVERFLOW} (1129), which ends the backup.
 *
 * @param bytes capacity of the data area in bytes; {@link Long#MAX_VALUE} for no limit
 * @param shortWrites whether a Write past the end is cut instead of refused
 */
public record MediaCapacity(long bytes, boolean shortWrites) {

    private static final MediaCapacity UNLIMITED = new MediaCapacity(Long.MAX_VALUE, true);

    /**
     * Checks the capacity.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public MediaCapacity {
        if (bytes <= 0) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "bytes is %,d: expected a capacity of at least 1 byte", bytes));
        }
    }

    /**
     * Returns a capacity without a limit. The operating system may still report a full disk.
     *
     * @return no limit
     */
    public static MediaCapacity unlimited() {
        return UNLIMITED;
    }

    /**
     * Returns a capacity with short writes at the end of the medium.
     *
     * @param bytes capacity in bytes, at least 1
     * @return the capacity
     * @throws IllegalArgumentException if it is not positive
     */
    public static MediaCapacity of(long bytes) {
        return new MediaCapacity(bytes, true);
    }

    /** Returns how many of {@code size} bytes at {@code position} fit. If not all fit, counts whole blocks only. */
    int fitting(long position, int size, int blockSize) {
        long room = Math.max(0, bytes - position);
        return room >= size ? size : (int) (room / blockSize * blockSize);
    }

    /** Whether a transfer that ended at {@code end} reached the warning zone. */
    boolean warns(long end, int warningZone) {
        return bytes != Long.MAX_VALUE && end > bytes - warningZone;
    }
}
