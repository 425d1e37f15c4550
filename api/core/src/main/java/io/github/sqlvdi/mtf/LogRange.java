package io.github.sqlvdi.mtf;

/**
 * A virtual log file of the database and what of it the backup covers (MTF reference 8, block {@code MSTL}).
 *
 * @param fileId the file id of the log file
 * @param sequence the sequence number of the virtual log file, 0 when it is not in use
 * @param fileOffset where the virtual log file begins in its log file, in bytes
 * @param start where the covered range begins in the log file, in bytes; 0 when nothing of it is covered
 * @param end where the covered range ends in the log file, in bytes; 0 when nothing of it is covered
 */
public record LogRange(long fileId, long sequence, long fileOffset, long start, long end) {

    /** {@return whether the backup covers anything of this virtual log file} */
    public boolean isCovered() {
        return start != 0 || end != 0;
    }
}
