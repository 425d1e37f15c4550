package io.github.sqlvdi.mtf;

import io.github.sqlvdi.internal.mtf.BackupChecksum;
import io.github.sqlvdi.internal.mtf.BackupChecksum.DifferingPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a stream was found to hold so far, and the rules between its blocks (MTF reference 4 to 11): whatever stands twice
 * in a stream must be the same.
 */
final class StreamContents {

    private static final int MOST_LOG_RANGES = 10_000;
    private static final int SECTOR = 512;
    private static final int FIRST_WITH_POSITIONS = 10;
    private static final int MSTL_SIZE = 0x70;
    private static final int VENDOR = 0x1200;
    private static final String SOFTWARE = "Microsoft SQL Server";

    private final StreamListener listener;
    private final List<LogRange> logRanges = new ArrayList<>();
    private final Findings findings = new Findings();
    private final DataFindings data = new DataFindings(findings);
    private final SetEnd end = new SetEnd(findings);

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
    private long configurationPosition;
    private long blocks;
    private long logRangeCount;

    StreamContents(StreamListener listener) {
        this.listener = listener;
    }

    Findings findings() {
        return findings;
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
            case "SFMB" -> end.filemark(block, fields, fedPosition(block.position()), label, set);
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
            case "ESET" -> end.closing(block, fields, container, label, set);
            default -> {
                // nothing but streams
            }
        }
    }

    void stream(MtfBlock block, MtfStream stream, int encryption, int compression) {
        if (encryption != 0 || compression != 0) {
            findings.remark(String.format(Locale.ROOT,
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
            case "ESET" -> end.requireMap();
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
            findings.remark("the label does not say how many media families the set has");
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
            findings.remark(
                    String.format(Locale.ROOT, "BackupSize is %d: the blocks before the last configuration make %d",
                            size, expected));
        }
    }

    void setMap(Fields map) throws OffenceException {
        end.map(map, label, set);
    }

    /** So many bytes of pages or log passed; {@code sum} is what was computed of them. */
    void data(MtfBlock block, long length, BackupChecksum sum) {
        data.passed(block, length, sum);
    }

    /** A page does not fit its own checksum; its data begins at a place of the expanded stream. */
    void differingPage(MtfBlock block, long begin, DifferingPage page) {
        data.differingPage(block, fedPosition(begin + page.position()), page);
    }

    /** A backup checksum of the data before it; {@code sum} is null where nothing was computed. */
    void checksum(MtfBlock block, MtfStream stream, int stored, BackupChecksum sum) {
        data.checksum(block, fedPosition(stream.position()), stored, sum);
    }

    /** A snapshot for the user. */
    StreamReport report(long length, long padding, long expandedLength) {
        return new StreamReport(findings, length, padding, expandedLength, container, encrypted, algorithm, label,
                first, last,
                logRanges, logRangeCount, blocks, data);
    }
}
