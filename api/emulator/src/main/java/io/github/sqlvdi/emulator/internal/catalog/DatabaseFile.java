package io.github.sqlvdi.emulator.internal.catalog;

/**
 * A file of a database.
 *
 * @param id its number in the database
 * @param logical the logical name
 * @param physical the path
 * @param log whether it is a log file
 * @param size bytes
 * @param restored whether it is in use; false for a file that a partial restore left out
 */
public record DatabaseFile(int id, String logical, String physical, boolean log, long size, boolean restored) {

    /** Bytes of a page. */
    public static final int PAGE = 8192;

    /** {@return how many pages it has} */
    public long pages() {
        return (size + PAGE - 1) / PAGE;
    }
}
