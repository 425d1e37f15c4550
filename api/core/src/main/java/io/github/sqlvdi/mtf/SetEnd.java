package io.github.sqlvdi.mtf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Filemarks, and the blocks that close a backup set, which repeat what stood before (MTF reference 4, 10). */
final class SetEnd {

    private static final int FIRST_WITH_POSITIONS = 10;
    private static final int MARK_POSITIONS = 0x48;
    private static final int ESET_SIZE = 0x55;
    private static final int MAP_SIZE = 0x5d;

    private final Findings findings;
    private final List<Long> marks = new ArrayList<>();
    private long closingPosition = -1;
    private boolean mapped;

    SetEnd(Findings findings) {
        this.findings = findings;
    }

    /** Takes a filemark; {@code fedPosition} is its place in what was fed, {@code set} is null before the first set. */
    void filemark(MtfBlock block, Fields fields, long fedPosition, MediaLabel label, SetStart set)
            throws OffenceException {
        fields.require(MARK_POSITIONS);
        int size = label.sectorSize();
        if (fields.length() != size || block.position() % size != 0) {
            throw OffenceException.damaged(
                    String.format(Locale.ROOT, "a filemark of %d bytes stands at byte %d, but sectors have %d bytes",
                            fields.length(), block.position(), size));
        }
        if (fields.u32(0x38) != marks.size()) {
            throw OffenceException.damaged(String.format(Locale.ROOT,
                    "a filemark says that %d stand before it: there are %d", fields.u32(0x38), marks.size()));
        }
        if (set != null && set.major >= FIRST_WITH_POSITIONS) {
            for (int mark = 0; mark < marks.size() && MARK_POSITIONS + 8 * (mark + 1) <= fields.length(); mark++) {
                long expected = marks.get(marks.size() - 1 - mark);
                if (fields.i64(MARK_POSITIONS + 8 * mark) != expected) {
                    throw OffenceException.damaged(String.format(Locale.ROOT,
                            "a filemark says that one before it stands at byte %d: it is at %d",
                            fields.i64(MARK_POSITIONS + 8 * mark), expected));
                }
            }
        }
        marks.add(fedPosition);
    }

    /** Takes a block ESET; in a container the position in it is one of the container. */
    void closing(MtfBlock block, Fields fields, boolean container, MediaLabel label, SetStart set)
            throws OffenceException {
        fields.require(ESET_SIZE);
        if (block.position() % label.sectorSize() != 0) {
            throw OffenceException.damaged(String.format(Locale.ROOT,
                    "a block ESET stands at byte %d, but sectors have %d bytes", block.position(), label.sectorSize()));
        }
        if (fields.u16(0x4e) != set.number) {
            throw OffenceException.damaged(String.format(Locale.ROOT,
                    "a block ESET closes the backup set %d: expected %d", fields.u16(0x4e), set.number));
        }
        if (closingPosition < 0) {
            closingPosition = block.position();
        } else if (!container && set.major >= FIRST_WITH_POSITIONS && fields.i64(0x3c) != closingPosition) {
            throw OffenceException.damaged(String.format(Locale.ROOT,
                    "the second block ESET says that the first stands at byte %d: it is at %d", fields.i64(0x3c),
                    closingPosition));
        }
    }

    /** Takes the set map, which stands in the first block ESET. */
    void map(Fields map, MediaLabel label, SetStart set) throws OffenceException {
        map.require(MAP_SIZE);
        mapped = true;
        if (map.u32(0x00) != label.mediaFamilyNumber()) {
            throw OffenceException
                    .damaged(String.format(Locale.ROOT, "the set map is of media family 0x%08x: expected 0x%08x",
                            map.u32(0x00), label.mediaFamilyNumber()));
        }
        if (map.u32(0x04) != 1) {
            findings.remark(String.format(Locale.ROOT,
                    "the set map has %d backup sets: this version reads the first one only", map.u32(0x04)));
            return;
        }
        if (map.i64(0x14) != set.position || map.i32(0x10) != set.attributes || map.rawDate(0x58) != set.rawDate
                || map.u16(0x44) != set.number) {
            throw OffenceException.damaged(String.format(Locale.ROOT,
                    "the set map describes another backup set than SSET at byte %d", set.position));
        }
    }

    /** The streams of a block ESET have passed. */
    void requireMap() throws OffenceException {
        if (!mapped) {
            throw OffenceException.damaged("the first block ESET has no set map");
        }
    }
}
