package io.github.sqlvdi.mtf;

import io.github.sqlvdi.internal.mtf.PageChecksum;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a stream was found to hold so far, and the rules between its blocks (MTF reference 4 to 11): whatever stands twice
 * in a stream must be the same.
 */
final class StreamContents {

    private static final int MOST_REMARKS = 16;
    private static final int MOST_LOG_RANGES = 10_000;
    private static final int SECTOR = 512;
    private static final int FIRST_WITH_POSITIONS = 10;
    private static final int MARK_POSITIONS = 0x48;
    private static final int ESET_SIZE = 0x55;
    private static final int MSTL_SIZE = 0x70;
    private static final int MAP_SIZE = 0x5d;
    private static final int VENDOR = 0x1200;
    private static final String SOFTWARE = "Microsoft SQL Server";

    private final StreamListener listener;
    private final List<String> remarks = new ArrayList<>();
    private final List<LogRange> logRanges = new ArrayList<>();
    private final List<Long> marks = new ArrayList<>();

    private Fields tape;
    private Fields raid;
    private MediaLabel label;
    private SetStart set;
    private ConfigurationReader reading;
    private Configuration first;
    private Configuration last;
    private boolean container;
    private boolean encrypted;
    private String algorithm;
    private long chunkPosition;
    private long closingPosition = -1;
    private boolean mapped;
    private long configurationPosition;
    private long blocks;
    private long pages;
    private long logBytes;
    private long logRangeCount;
    private long sums;
    private long agreed;
    private long differing;
    private Wholeness verdict = Wholeness.FLOWING;
    private Offence offence;

    StreamContents(StreamListener listener) {
        this.listener = listener;
    }

    void container(String name, boolean isEncrypted) {
        container = true;
        algorithm = name;
        encrypted = isEncrypted;
    }

    /** From here on the bytes come from this place of the container. */
    void chunk(long position) {
        chunkPosition = position;
    }

    void remark(String words) {
        if (remarks.size() < MOST_REMARKS && !remarks.contains(words)) {
            remarks.add(words);
        }
    }

    /** Only the first offence counts. */
    void offence(Wholeness kind, long position, String words) {
        if (offence == null) {
            verdict = kind;
            offence = new Offence(position, words);
        }
    }

    boolean isOffended() {
        return offence != null;
    }

    void whole() {
        verdict = Wholeness.WHOLE;
    }

    /** The place of an expanded byte in what was fed. */
    private long fedPosition(long position) {
        return container ? chunkPosition : position;
    }

    /** The logical address that a block at this position has, -1 where none fits. */
    long logicalAddress(long position) {
        long distance = position - set.position;
        return distance % label.logicalBlockSize() == 0 ? distance / label.logicalBlockSize() : -1;
    }

    /** The size of a sector of the media, as far as it is known yet. */
    int sectorSize() {
        return label == null ? SECTOR : label.sectorSize();
    }

    void block(MtfBlock block) {
        blocks++;
        listener.block(block);
    }

    void blockFields(MtfBlock block, Fields fields) throws OffenceException {
        switch (block.type()) {
            case "TAPE" -> tape = fields;
            case "SFMB" -> filemark(block, fields);
            case "SSET" -> {
                set = new SetStart(fields);
                if (set.position != block.position()) {
                    throw OffenceException.damaged(String.format(Locale.ROOT,
                            "SSET says that it stands at byte %d: it stands at %d", set.position, block.position()));
                }
            }
            case "VOLB" -> set.volume(fields);
            case "MSTL" -> logRange(fields);
            case "MSLS" -> configurationPosition = block.position();
            case "ESET" -> closing(block, fields);
            default -> {
                // nothing but streams
            }
        }
    }

    void stream(MtfBlock block, MtfStream stream, int encryption, int compression) {
        if (encryption != 0 || compression != 0) {
            remark(String.format(Locale.ROOT,
                    "stream %s in block %s says that it is encrypted with algorithm %d and compressed with algorithm %d",
                    stream.id(), block.type(), encryption, compression));
        }
        listener.stream(block, stream);
    }

    void raid(Fields fields) {
        raid = fields;
    }

    void beginConfiguration(boolean isLast) throws OffenceException {
        if (reading != null) {
            throw OffenceException.damaged("a block has two configurations");
        }
        reading = new ConfigurationReader(isLast, set, container, algorithm);
    }

    boolean record(String tag, Fields record) throws OffenceException {
        return reading.record(tag, record);
    }

    /** So many bytes of pages or log passed. */
    void data(MtfBlock block, long length) {
        if (block.type().equals("MSDA")) {
            pages += length / PageChecksum.PAGE_SIZE;
        } else {
            logBytes += length;
        }
    }

    /** A checksum of the data before it; {@code computed} is null where nothing was computed. */
    void checksum(MtfStream stream, MtfBlock block, int stored, Integer computed) {
        sums++;
        if (computed == null) {
            return;
        }
        if (computed == stored) {
            agreed++;
        } else {
            differing++;
            offence(Wholeness.DAMAGED, fedPosition(stream.position()),
                    String.format(Locale.ROOT,
                            "the backup checksum of the data before, in block %s that begins at byte %d, is 0x%08x: computed 0x%08x",
                            block.type(), block.position(), stored, computed));
        }
    }

    void endBlock(MtfBlock block) throws OffenceException {
        switch (block.type()) {
            case "TAPE" -> endLabel();
            case "MSCI" -> {
                first = endConfiguration(block);
                listener.configuration(first.header(), first.files());
            }
            case "MSLS" -> {
                last = endConfiguration(block);
                last.requireSameBackup(first);
                checkLogRanges();
                checkSize();
                listener.configuration(last.header(), last.files());
            }
            case "ESET" -> {
                if (!mapped) {
                    throw OffenceException.damaged("the first block ESET has no set map");
                }
            }
            default -> {
                // nothing that ends
            }
        }
    }

    private void endLabel() throws OffenceException {
        label = MediaLabel.of(tape, raid, container);
        if (label.sectorSize() == 0 || label.logicalBlockSize() == 0) {
            throw OffenceException.damaged(
                    String.format(Locale.ROOT, "the label says that sectors have %d bytes and logical blocks %d",
                            label.sectorSize(), label.logicalBlockSize()));
        }
        String software = label.get(LabelColumns.SOFTWARE_NAME).orNull();
        if (!SOFTWARE.equals(software) && label.get(LabelColumns.SOFTWARE_VENDOR_ID).get() != VENDOR) {
            throw OffenceException.unknown(
                    String.format(Locale.ROOT, "the media were written by \"%s\", not by SQL Server", software));
        }
        if (raid == null) {
            remark("the label does not say how many media families the set has");
        }
        listener.label(label);
    }

    private Configuration endConfiguration(MtfBlock block) throws OffenceException {
        if (reading == null) {
            throw OffenceException.damaged(String.format(Locale.ROOT, "block %s has no configuration", block.type()));
        }
        Configuration configuration =
                new Configuration(reading.header(), reading.files(), reading.filegroups());
        reading = null;
        return configuration;
    }

    private void filemark(MtfBlock block, Fields fields) throws OffenceException {
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
        marks.add(fedPosition(block.position()));
    }

    private void logRange(Fields fields) throws OffenceException {
        fields.require(MSTL_SIZE);
        logRangeCount++;
        if (logRanges.size() < MOST_LOG_RANGES) {
            logRanges.add(new LogRange(fields.u32(0x4c), fields.u32(0x5c), fields.i64(0x68), fields.i64(0x3c),
                    fields.i64(0x44)));
        }
    }

    /** The first and last LSN stand in the log part, too, as offsets in the log file. */
    private void checkLogRanges() throws OffenceException {
        Lsn from = last.header().firstLsn();
        Lsn to = last.header().lastLsn();
        for (LogRange range : logRanges) {
            if (range.isCovered() && range.sequence() == from.sequence()
                    && range.start() != range.fileOffset() + from.block() * SECTOR) {
                throw OffenceException.damaged(
                        String.format(Locale.ROOT, "the log begins at byte %d of its file, but FirstLSN %s is at %d",
                                range.start(), from, range.fileOffset() + from.block() * SECTOR));
            }
            if (range.isCovered() && range.sequence() == to.sequence()
                    && range.end() != range.fileOffset() + to.block() * SECTOR) {
                throw OffenceException.damaged(
                        String.format(Locale.ROOT, "the log ends at byte %d of its file, but LastLSN %s is at %d",
                                range.end(), to, range.fileOffset() + to.block() * SECTOR));
            }
        }
    }

    private void checkSize() {
        long size = last.header().get(HeaderColumns.BACKUP_SIZE).get();
        long expected = configurationPosition - label.sectorSize();
        if (set.major >= FIRST_WITH_POSITIONS && label.familyCount().orElse(0) == 1 && size != expected) {
            remark(String.format(Locale.ROOT, "BackupSize is %d: the blocks before the last configuration make %d",
                    size, expected));
        }
    }

    private void closing(MtfBlock block, Fields fields) throws OffenceException {
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

    void setMap(Fields map) throws OffenceException {
        map.require(MAP_SIZE);
        mapped = true;
        if (map.u32(0x00) != label.mediaFamilyNumber()) {
            throw OffenceException
                    .damaged(String.format(Locale.ROOT, "the set map is of media family 0x%08x: expected 0x%08x",
                            map.u32(0x00), label.mediaFamilyNumber()));
        }
        if (map.u32(0x04) != 1) {
            remark(String.format(Locale.ROOT, "the set map has %d backup sets: this version reads the first one only",
                    map.u32(0x04)));
            return;
        }
        if (map.i64(0x14) != set.position || map.i32(0x10) != set.attributes || map.rawDate(0x58) != set.rawDate
                || map.u16(0x44) != set.number) {
            throw OffenceException.damaged(String.format(Locale.ROOT,
                    "the set map describes another backup set than SSET at byte %d", set.position));
        }
    }

    /** A snapshot for the user. */
    StreamReport report(long length, long expandedLength) {
        return new StreamReport(verdict, offence, remarks, length, expandedLength, container, encrypted, algorithm,
                label, first, last, logRanges, logRangeCount, blocks, pages, logBytes,
                new DataChecksums(sums, agreed, differing));
    }
}
