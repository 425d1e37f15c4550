package io.github.sqlvdi.emulator.internal.catalog;

/**
 * A file of a database.
 *
 * @param id its number in the database
 * @param logical the logical name
 * @param physical the path
 * @param filegroup the filegroup; empty for a log file
 * @param log whether it is a log file
 * @param size bytes
 * @param restored whether it is in use; false for a file that a partial restore left out
 */
public record DatabaseFile(int id, String logical, String physical, String filegroup, boolean log, long size,
        boolean restored) {

    /** The filegroup of the first data file. */
    public static final String PRIMARY = "PRIMARY";

    /** Bytes of a page. */
    public static final int PAGE = 8192;

    /** {@return the file as it is after a restore of it} */
    public DatabaseFile inUse() {
        return new DatabaseFile(id, logical, physical, filegroup, log, size, true);
    }

    /** {@return how many pages it has} */
    public long pages() {
        return (size + PAGE - 1) / PAGE;
    }
}
