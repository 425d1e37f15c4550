package io.github.sqlvdi.mtf;

/** The recovery model of a database, with the words of HEADERONLY's column {@code RecoveryModel}. */
public enum RecoveryModel {
    /** The log is kept until it is backed up. */
    FULL("FULL", 0),
    /** As {@link #FULL}, but some operations are logged in less detail. */
    BULK_LOGGED("BULK-LOGGED", 4),
    /** The log is not kept; there are no log backups. */
    SIMPLE("SIMPLE", 8);

    private final String columnText;
    private final int status;

    RecoveryModel(String columnText, int status) {
        this.columnText = columnText;
        this.status = status;
    }

    /** {@return the words in the column {@code RecoveryModel}} */
    public String columnText() {
        return columnText;
    }

    /** The bits of the database's status in the stream (MTF reference 6.1, {@code SCIN} 0xf4). */
    int status() {
        return status;
    }

    static RecoveryModel ofStatus(int status) {
        return (status & SIMPLE.status) != 0 ? SIMPLE : (status & BULK_LOGGED.status) != 0 ? BULK_LOGGED : FULL;
    }
}
