package io.github.sqlvdi.mtf;

/** Fills the pages of a generated database. Called for any page in any order, by any thread that reads a backup. */
@FunctionalInterface
public interface PageSource {

    /**
     * Fills the body of a page: everything behind its header of 96 bytes, which is written afterwards.
     *
     * @param page 8,192 bytes at the offset, of any content before
     * @param offset where the page begins
     * @param fileId the file
     * @param pageNumber the number of the page in its file
     * @param generation how often its extent was changed since the database was made, from 0
     */
    void fill(byte[] page, int offset, int fileId, int pageNumber, int generation);

    /**
     * Rows of a made-up table: half of each page is text that compresses well, half is random.
     *
     * @param seed other seeds give other pages
     * @return the source
     */
    static PageSource rows(long seed) {
        return (page, offset, fileId, pageNumber, generation) -> GeneratedPage.fillRows(page, offset,
                seed ^ (long) fileId << 56 ^ (long) generation << 32 ^ pageNumber);
    }
}
