package io.github.sqlvdi.mtf;

import java.util.List;
import java.util.Locale;

/** One of the two configurations of a stream, read to its end. */
record Configuration(BackupHeader header, List<BackupFile> files, List<Filegroup> filegroups) {

    /** What may not change between the beginning and the end of a backup. */
    private static final List<Column<?>> CONSTANT = List.of(HeaderColumns.DATABASE_NAME, HeaderColumns.SERVER_NAME,
            HeaderColumns.BACKUP_TYPE, HeaderColumns.BACKUP_START_DATE, HeaderColumns.DATABASE_VERSION,
            HeaderColumns.FAMILY_GUID, HeaderColumns.SOFTWARE_VERSION_MAJOR, HeaderColumns.SOFTWARE_VERSION_BUILD);

    /** Refuses a final configuration of another backup. */
    void requireSameBackup(Configuration first) throws OffenceException {
        for (Column<?> column : CONSTANT) {
            if (!header.get(column).equals(first.header.get(column))) {
                throw OffenceException.damaged(String.format(Locale.ROOT,
                        "the configurations before and behind the data differ in %s: %s, then %s", column,
                        first.header.get(column), header.get(column)));
            }
        }
    }
}
