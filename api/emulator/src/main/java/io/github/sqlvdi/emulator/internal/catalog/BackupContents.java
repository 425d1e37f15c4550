package io.github.sqlvdi.emulator.internal.catalog;

import io.github.sqlvdi.mtf.BackupFile;
import io.github.sqlvdi.mtf.BackupHeader;
import io.github.sqlvdi.mtf.BackupType;
import io.github.sqlvdi.mtf.Column;
import io.github.sqlvdi.mtf.HeaderColumns;
import io.github.sqlvdi.mtf.Lsn;
import io.github.sqlvdi.mtf.MediaLabel;
import io.github.sqlvdi.mtf.StreamReport;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/**
 * A backup set as its stream tells of it.
 *
 * @param label the label of the first stripe
 * @param header the header
 * @param files the files of the database
 * @param compression the algorithm of a compressed stream, null without
 */
public record BackupContents(MediaLabel label, BackupHeader header, List<BackupFile> files, String compression) {

    /**
     * Takes the contents of a report.
     *
     * @param report a report with label and header
     * @return the contents
     */
    public static BackupContents of(StreamReport report) {
        return new BackupContents(report.label().orElseThrow(), report.header().orElseThrow(), report.files(),
                report.compressionAlgorithm().orElse(null));
    }

    /** {@return the kind; a full backup where the stream does not say} */
    public BackupType type() {
        return header.type().orElse(BackupType.FULL);
    }

    /** {@return the letter of the kind in msdb.dbo.backupset} */
    public String letter() {
        return String.valueOf(type().letter());
    }

    /** {@return the family of the database} */
    public UUID family() {
        return header.get(HeaderColumns.FAMILY_GUID).orNull();
    }

    /**
     * A value of the header.
     *
     * @param column the column
     * @param <T> its class
     * @return the value, null for NULL and for a value that the stream does not hold
     */
    public <T> T get(Column<T> column) {
        return header.get(column).orNull();
    }

    /**
     * A log sequence number of the header.
     *
     * @param column the column
     * @return the number as SQL Server shows it, null for none
     */
    public BigDecimal lsn(Column<Lsn> column) {
        Lsn value = get(column);
        return value == null ? null : value.toBigDecimal();
    }
}
