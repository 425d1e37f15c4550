package io.github.sqlvdi.mtf;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/**
 * The columns of RESTORE LABELONLY of SQL Server 2022, in its order, each with its place in the stream.
 */
public final class LabelColumns {

    private static final List<Column<?>> COLUMNS = new ArrayList<>();

    /**
     * {@code MediaName}: the name of the media set; no file at hand had one (TAPE 0x44, MTF reference 4). Guessed.
     */
    public static final Column<String> MEDIA_NAME =
            column("MediaName", "nvarchar(128)", String.class, Evidence.GUESSED);
    /** {@code MediaSetId}: the id of the media set, the same on all its stripes (RAID 0x00, MTF reference 4). */
    public static final Column<UUID> MEDIA_SET_ID =
            column("MediaSetId", "uniqueidentifier", UUID.class, Evidence.CHECKED);
    /** {@code FamilyCount}: how many media families (stripes) the set has (RAID 0x14, MTF reference 4). */
    public static final Column<Integer> FAMILY_COUNT = column("FamilyCount", "int", Integer.class, Evidence.CHECKED);
    /** {@code FamilySequenceNumber}: which of them this is, from 1 (RAID 0x18, MTF reference 4). */
    public static final Column<Integer> FAMILY_SEQUENCE_NUMBER =
            column("FamilySequenceNumber", "int", Integer.class, Evidence.CHECKED);
    /**
     * {@code MediaFamilyId}: the id of the media family: the stream holds its first 32 bits, the others are
     * printed as zeros (TAPE 0x34, MTF reference 4). Guessed.
     */
    public static final Column<UUID> MEDIA_FAMILY_ID =
            column("MediaFamilyId", "uniqueidentifier", UUID.class, Evidence.GUESSED);
    /** {@code MediaSequenceNumber}: which medium of its family this is, from 1 (TAPE 0x3c, MTF reference 4). */
    public static final Column<Integer> MEDIA_SEQUENCE_NUMBER =
            column("MediaSequenceNumber", "int", Integer.class, Evidence.CHECKED);
    /**
     * {@code MediaLabelPresent}: 1 when the description is a label of the Microsoft Tape Format (TAPE 0x04, bit
     * 0x20000, MTF reference 4). Guessed.
     */
    public static final Column<Integer> MEDIA_LABEL_PRESENT =
            column("MediaLabelPresent", "tinyint", Integer.class, Evidence.GUESSED);
    /**
     * {@code MediaDescription}: the description of the media set; no file at hand had one (TAPE 0x48, MTF
     * reference 4). Guessed.
     */
    public static final Column<String> MEDIA_DESCRIPTION =
            column("MediaDescription", "nvarchar(255)", String.class, Evidence.GUESSED);
    /** {@code SoftwareName}: the software that wrote the label (TAPE 0x50, MTF reference 4). */
    public static final Column<String> SOFTWARE_NAME =
            column("SoftwareName", "nvarchar(128)", String.class, Evidence.CHECKED);
    /** {@code SoftwareVendorId}: the vendor of that software, 4608 for SQL Server (TAPE 0x56, MTF reference 4). */
    public static final Column<Integer> SOFTWARE_VENDOR_ID =
            column("SoftwareVendorId", "int", Integer.class, Evidence.CHECKED);
    /** {@code MediaDate}: when the label was written, local time of the server (TAPE 0x58, MTF reference 4). */
    public static final Column<LocalDateTime> MEDIA_DATE =
            column("MediaDate", "datetime", LocalDateTime.class, Evidence.CHECKED);
    /** {@code MirrorCount}: how many mirrors the set has (RAID 0x1e, MTF reference 4). Guessed. */
    public static final Column<Integer> MIRROR_COUNT = column("MirrorCount", "int", Integer.class, Evidence.GUESSED);
    /** {@code IsCompressed}: whether the stream came compressed in a container (MTF reference 12). */
    public static final Column<Boolean> IS_COMPRESSED = column("IsCompressed", "bit", Boolean.class, Evidence.CHECKED);

    /** All columns, in the order of the result set. */
    public static final List<Column<?>> ALL = Collections.unmodifiableList(COLUMNS);

    private LabelColumns() {
    }

    private static <T> Column<T> column(String name, String sqlType, Class<T> type, Evidence evidence) {
        Column<T> column = new Column<>(COLUMNS.size(), name, sqlType, type, evidence);
        COLUMNS.add(column);
        return column;
    }
}
