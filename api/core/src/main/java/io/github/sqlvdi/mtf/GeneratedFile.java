package io.github.sqlvdi.mtf;

import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

/**
 * A file of a {@link GeneratedDatabase}.
 *
 * @param id the file id: 1 for the first data file, 2 for the log file
 * @param logicalName the logical name, 1..128 characters
 * @param physicalName the path on the server, 1..260 characters
 * @param filegroup the filegroup, 1..128 characters; empty for the log file
 * @param size bytes, a multiple of 65,536
 * @param log whether it is the log file
 * @param uniqueId the file's own id
 */
public record GeneratedFile(int id, String logicalName, String physicalName, String filegroup, long size, boolean log,
        UUID uniqueId) {

    /** The filegroup of the first data file. */
    static final String PRIMARY = "PRIMARY";

    static final int EXTENT = 65_536;
    static final int PAGES_PER_EXTENT = 8;

    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_PATH = 260;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of its range; the message names it
     */
    public GeneratedFile {
        requireLength("logicalName", logicalName, LONGEST_NAME);
        requireLength("physicalName", physicalName, LONGEST_PATH);
        if (!log) {
            requireLength("filegroup", filegroup, LONGEST_NAME);
        } else if (!filegroup.isEmpty()) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "log file %s is in filegroup %s: expected none", logicalName, filegroup));
        }
        Objects.requireNonNull(uniqueId, "uniqueId");
        if (size < EXTENT || size % EXTENT != 0 || size / EXTENT > Integer.MAX_VALUE / PAGES_PER_EXTENT) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "the size of file %s is %,d bytes: expected a multiple of %,d up to 16 TB", logicalName, size,
                    EXTENT));
        }
    }

    static void requireLength(String name, String text, int longest) {
        if (text.isEmpty() || text.length() > longest) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s has %d characters: expected 1 to %d", name, text.length(),
                            longest));
        }
    }

    /** {@return the number of its extents of eight pages} */
    int extents() {
        return (int) (size / EXTENT);
    }
}
