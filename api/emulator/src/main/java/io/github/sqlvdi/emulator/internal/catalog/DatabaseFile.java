package io.github.sqlvdi.emulator.internal.catalog;

/**
 * A file of a database.
 *
 * @param id its number in the database
 * @param logical the logical name
 * @param physical the path
 * @param log whether it is a log file
 * @param size bytes
 */
public record DatabaseFile(int id, String logical, String physical, boolean log, long size) {

    /** Bytes of a page. */
    public static final int PAGE = 8192;

    /** {@return how many pages it has} */
    public long pages() {
        return (size + PAGE - 1) / PAGE;
    }

    /**
     * Moves the file.
     *
     * @param path the other path
     * @return the file there
     */
    public DatabaseFile at(String path) {
        return new DatabaseFile(id, logical, path, log, size);
    }
}
