package io.github.sqlvdi.emulator.internal.catalog;

import io.github.sqlvdi.mtf.BackupFile;
import io.github.sqlvdi.mtf.BackupHeader;
import io.github.sqlvdi.mtf.BackupType;
import io.github.sqlvdi.mtf.Column;
import io.github.sqlvdi.mtf.ColumnValue;
import io.github.sqlvdi.mtf.HeaderColumns;
import io.github.sqlvdi.mtf.LabelColumns;
import io.github.sqlvdi.mtf.Lsn;
import io.github.sqlvdi.mtf.MediaLabel;
import io.github.sqlvdi.mtf.RecoveryModel;
import io.github.sqlvdi.mtf.StreamReport;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * A backup set as its stream tells of it: values by column, without those that are NULL or not in the stream.
 *
 * @param type the kind; a full backup where the stream does not say
 * @param recoveryModel that of the database, null where the stream does not say
 * @param timeZone quarters of an hour that the server's time was ahead of UTC, null where the stream does not say
 * @param compression the algorithm of a compressed stream, null without
 * @param label the label of the first stripe
 * @param header the header
 * @param files the files of the database
 */
public record BackupContents(BackupType type, RecoveryModel recoveryModel, Integer timeZone, String compression,
        Map<Column<?>, Object> label, Map<Column<?>, Object> header, List<BackedUpFile> files) {

    private static final int SECONDS_PER_QUARTER = 900;

    /**
     * Takes the contents of a report.
     *
     * @param report a report with label and header
     * @return the contents
     */
    public static BackupContents of(StreamReport report) {
        BackupHeader header = report.header().orElseThrow();
        List<BackedUpFile> files = new ArrayList<>();
        for (BackupFile file : report.files()) {
            files.add(new BackedUpFile(file.isLog(), file.pagesInBackup(), values(file.columns(), file::get)));
        }
        return new BackupContents(header.type().orElse(BackupType.FULL), header.recoveryModel().orElse(null),
                header.utcOffset().map(offset -> offset.getTotalSeconds() / SECONDS_PER_QUARTER).orElse(null),
                report.compressionAlgorithm().orElse(null), label(report.label().orElseThrow()),
                values(header.columns(), header::get), List.copyOf(files));
    }

    /**
     * Takes the values of a label.
     *
     * @param label the label
     * @return the values by column
     */
    public static Map<Column<?>, Object> label(MediaLabel label) {
        return values(label.columns(), label::get);
    }

    private static Map<Column<?>, Object> values(List<Column<?>> columns, Function<Column<?>, ColumnValue<?>> row) {
        Map<Column<?>, Object> values = new HashMap<>();
        for (Column<?> column : columns) {
            row.apply(column).toOptional().ifPresent(value -> values.put(column, value));
        }
        return Map.copyOf(values);
    }

    /** {@return the letter of the kind in msdb.dbo.backupset} */
    public String letter() {
        return String.valueOf(type.letter());
    }

    /** {@return whether it holds chosen files only, which are restored into a database that exists} */
    public boolean ofFiles() {
        return type == BackupType.FILE || type == BackupType.FILE_DIFFERENTIAL;
    }

    /** {@return whether a database can be restored from it alone} */
    public boolean beginsRestore() {
        return type == BackupType.FULL || type == BackupType.PARTIAL;
    }

    /** {@return the family of the database} */
    public UUID family() {
        return get(HeaderColumns.FAMILY_GUID);
    }

    /** {@return the id of the backup set} */
    public UUID id() {
        return get(HeaderColumns.BACKUP_SET_GUID);
    }

    /** {@return the id of the media set; null where the label has none} */
    public UUID mediaSet() {
        return (UUID) label.get(LabelColumns.MEDIA_SET_ID);
    }

    /** {@return the recovery model of the database as its enum names it; FULL where the stream does not say} */
    public String recoveryModelName() {
        return Optional.ofNullable(recoveryModel).orElse(RecoveryModel.FULL).name();
    }

    /**
     * A value of the header.
     *
     * @param column the column
     * @param <T> its class
     * @return the value, null for NULL and for a value that the stream does not hold
     */
    public <T> T get(Column<T> column) {
        return column.type().cast(header.get(column));
    }

    /**
     * A text of the header.
     *
     * @param column the column
     * @return the text, empty for none
     */
    public String text(Column<String> column) {
        String text = get(column);
        return text == null ? "" : text;
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
