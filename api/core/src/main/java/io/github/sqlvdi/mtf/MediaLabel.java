package io.github.sqlvdi.mtf;

import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * The label of a medium: what RESTORE LABELONLY prints, from the block {@code TAPE} (MTF reference 4). It stands in the
 * first sectors of the stream.
 */
public final class MediaLabel {

    private static final int LONGEST_NAME = 255;
    private static final int MEDIA_LABEL = 0x20000;
    private static final int RAID_SIZE = 32;
    private static final int TAPE_SIZE = 0x5e;

    private final Row row;
    private final long familyId;
    private final int sectorSize;
    private final int logicalBlockSize;

    private MediaLabel(Row row, long familyId, int sectorSize, int logicalBlockSize) {
        this.row = row;
        this.familyId = familyId;
        this.sectorSize = sectorSize;
        this.logicalBlockSize = logicalBlockSize;
    }

    /** Reads the block; {@code raid} is null where its stream is missing. */
    static MediaLabel of(Fields tape, Fields raid, boolean compressed) throws OffenceException {
        tape.require(TAPE_SIZE);
        long family = tape.u32(0x34);
        Row row = new Row(LabelColumns.ALL)
                .set(LabelColumns.MEDIA_NAME, tape.text(0x44, LONGEST_NAME))
                .set(LabelColumns.MEDIA_FAMILY_ID, new UUID(family << 32, 0))
                .set(LabelColumns.MEDIA_SEQUENCE_NUMBER, tape.u16(0x3c))
                .set(LabelColumns.MEDIA_LABEL_PRESENT, (tape.i32(0x04) & MEDIA_LABEL) != 0 ? 1 : 0)
                .set(LabelColumns.MEDIA_DESCRIPTION, tape.text(0x48, LONGEST_NAME))
                .set(LabelColumns.SOFTWARE_NAME, tape.text(0x50, LONGEST_NAME))
                .set(LabelColumns.SOFTWARE_VENDOR_ID, tape.u16(0x56))
                .set(LabelColumns.MEDIA_DATE, tape.date(0x58))
                .set(LabelColumns.IS_COMPRESSED, compressed);
        if (raid != null) {
            raid.require(RAID_SIZE);
            row.set(LabelColumns.MEDIA_SET_ID, raid.guid(0x00))
                    .set(LabelColumns.FAMILY_COUNT, raid.u16(0x14))
                    .set(LabelColumns.FAMILY_SEQUENCE_NUMBER, raid.u16(0x18))
                    .set(LabelColumns.MIRROR_COUNT, raid.u16(0x1e));
        }
        return new MediaLabel(row, family, sectorSize(tape), tape.u16(0x54));
    }

    /** The size of a sector of the media, which positions of filemarks are multiples of. */
    static int sectorSize(Fields tape) {
        return 512 * tape.u16(0x40);
    }

    /**
     * The value of a column.
     *
     * @param <T> its type
     * @param column one of {@link LabelColumns}
     * @return the value
     * @throws IllegalArgumentException if the column belongs to another result set
     */
    public <T> ColumnValue<T> get(Column<T> column) {
        return row.get(column);
    }

    /** {@return all columns, in the order of the result set} */
    public List<Column<?>> columns() {
        return row.columns();
    }

    /** {@return the id of the media set; not in the stream where a label has none} */
    public ColumnValue<UUID> mediaSetId() {
        return get(LabelColumns.MEDIA_SET_ID);
    }

    /** {@return how many stripes the set has; empty where the label does not say it} */
    public OptionalInt familyCount() {
        return number(LabelColumns.FAMILY_COUNT);
    }

    /** {@return which of the stripes this is, from 1; empty where the label does not say it} */
    public OptionalInt familySequenceNumber() {
        return number(LabelColumns.FAMILY_SEQUENCE_NUMBER);
    }

    /** {@return which medium of its family this is, from 1} */
    public int mediaSequenceNumber() {
        return get(LabelColumns.MEDIA_SEQUENCE_NUMBER).get();
    }

    /** {@return the id of the media family, an unsigned number of 32 bits (TAPE 0x34)} */
    public long mediaFamilyNumber() {
        return familyId;
    }

    /** {@return bytes of a sector of the media: positions of filemarks are multiples of it (TAPE 0x40)} */
    public int sectorSize() {
        return sectorSize;
    }

    /** {@return bytes of a logical block, the unit of addresses in the stream (TAPE 0x54)} */
    public int logicalBlockSize() {
        return logicalBlockSize;
    }

    private OptionalInt number(Column<Integer> column) {
        Integer value = get(column).orNull();
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
