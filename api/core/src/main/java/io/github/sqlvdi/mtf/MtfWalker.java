package io.github.sqlvdi.mtf;

import io.github.sqlvdi.internal.mtf.BackupChecksum;
import io.github.sqlvdi.internal.mtf.HeaderChecksum;
import io.github.sqlvdi.internal.mtf.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.Set;

/**
 * Walks through the blocks and data streams of an expanded stream (MTF reference 1 to 3): the next header is where the
 * lengths say, nothing is searched. Checks each header; what the blocks say goes to {@link StreamContents}.
 */
final class MtfWalker extends PieceReader {

    static final int BLOCK_HEADER = 52;
    static final int BLOCK_CHECKSUM = 0x32;
    private static final int DATA_PREFIX = 2;
    private static final int SUM_SIZE = 4;
    private static final int RAID_SIZE = 32;
    private static final int LARGEST_MAP = 128 * 1024;
    private static final int VARIABLE_END = 0x04;
    private static final int SUM_FOLLOWS = 0x100;
    private static final Set<String> BLOCKS =
            Set.of("TAPE", "SFMB", "SSET", "VOLB", "MSCI", "MSDA", "MSTL", "MSLS", "ESET");
    private static final Set<String> PASSED_STREAMS = Set.of("APAD", "OTCP");

    private enum Step {
        BLOCK, BLOCK_REST, STREAM, PREFIX, DATA, RAID, MAP, SUM, RECORD, RECORD_REST, RECORD_PAST, UNSEEN, PAD, ALIGN
    }

    private final StreamContents contents;
    private final boolean checksums;
    private final BlockOrder order = new BlockOrder();
    private final BackupChecksum sum = new BackupChecksum();

    private Step step = Step.BLOCK;
    private MtfBlock block;
    private MtfStream stream;
    private int headerSize;
    private long controlBlocks;
    private boolean sumFollows;
    private boolean dataEnded;
    private String record;
    private int recordSize;
    private long recordsLeft;
    private long end = -1;

    MtfWalker(StreamContents contents, boolean checksums) {
        this.contents = contents;
        this.checksums = checksums;
        gather(BLOCK_HEADER);
    }

    @Override
    boolean isComplete() {
        return order.isAtEnd() && step == Step.BLOCK && missing() == BLOCK_HEADER;
    }

    /** Where the stream ended; -1 before its last block has passed. */
    long end() {
        return end;
    }

    /** Whether a byte stands behind the end. */
    boolean isBehindEnd() {
        return order.isAtEnd() && step == Step.BLOCK && missing() < BLOCK_HEADER;
    }

    /** Where the walk is, for a stream that ended here. */
    String place() {
        if (step == Step.BLOCK) {
            return missing() == BLOCK_HEADER
                    ? String.format(Locale.ROOT, "where a block %s must begin", order.expected())
                    : String.format(Locale.ROOT, "inside the header of a block, where %s must stand", order.expected());
        }
        String inside = String.format(Locale.ROOT, "inside the block %s that begins at byte %d", block.type(),
                block.position());
        return step == Step.BLOCK_REST || step == Step.STREAM ? inside
                : inside + String.format(Locale.ROOT, ", in its stream %s, %d bytes before its end", stream.id(),
                        bytesLeft());
    }

    private long bytesLeft() {
        return switch (step) {
            case PREFIX -> stream.length() - DATA_PREFIX + missing();
            case RECORD, RECORD_REST, RECORD_PAST -> recordsLeft;
            default -> missing();
        };
    }

    @Override
    boolean isWatched() {
        return step == Step.DATA && checksums && (sumFollows || block.isPages());
    }

    @Override
    void passing(MemorySegment segment, long from, long to) {
        sum.update(segment, from, to);
        if (sum.firstDiffering() != null && !sumFollows && !contents.findings().isOffended()) {
            contents.differingPage(block, stream.position() + MtfStream.HEADER + DATA_PREFIX, sum.firstDiffering());
        }
    }

    @Override
    void gathered(byte[] bytes, int length) throws OffenceException {
        switch (step) {
            case BLOCK -> blockHeader(bytes);
            case BLOCK_REST -> blockRest(bytes);
            case STREAM -> streamHeader(bytes);
            case PREFIX -> {
                step = Step.DATA;
                sum.reset(block.isPages());
                pass(stream.length() - DATA_PREFIX);
            }
            case RAID -> {
                contents.raid(new Fields("the stream RAID", bytes, length));
                align();
            }
            case MAP -> {
                contents.setMap(new Fields("the set map", bytes, length));
                align();
            }
            case SUM -> {
                contents.checksum(block, stream, LittleEndian.i32(bytes, 0), checksums ? sum : null);
                align();
            }
            case RECORD -> recordHeader(bytes);
            case RECORD_REST -> {
                if (!contents.record(record, new Fields("a record " + record, bytes, length))) {
                    contents.findings().remark(String.format(Locale.ROOT,
                            "a configuration has a record %s, which this version does not know", record));
                }
                nextRecord();
            }
            default -> throw new AssertionError(step);
        }
    }

    @Override
    void passed() throws OffenceException {
        switch (step) {
            case DATA -> {
                contents.data(block, stream.length() - DATA_PREFIX, sum);
                align();
            }
            case UNSEEN -> align();
            case RECORD_PAST -> nextRecord();
            case PAD -> {
                endBlock();
                nextBlock();
            }
            case ALIGN -> {
                step = Step.STREAM;
                gather(MtfStream.HEADER);
            }
            default -> throw new AssertionError(step);
        }
    }

    private void nextBlock() {
        end = order.isAtEnd() ? position() : -1;
        step = Step.BLOCK;
        gather(BLOCK_HEADER);
    }

    private void align() throws OffenceException {
        step = Step.ALIGN;
        pass(-position() & 3);
    }

    private void blockHeader(byte[] bytes) throws OffenceException {
        String type = Tag.read(bytes, 0);
        long start = position() - BLOCK_HEADER;
        int expected = HeaderChecksum.of(bytes, 0, BLOCK_CHECKSUM / 2);
        boolean sound = expected == LittleEndian.u16(bytes, BLOCK_CHECKSUM);
        if (order.isAtEnd()) {
            throw sound && type.equals("SSET") ? OffenceException.unknown(
                    "another backup set follows behind the end; this version reads the first one only")
                    : OffenceException.damaged("bytes stand behind the end of the stream");
        }
        boolean known = BLOCKS.contains(type);
        if (!known && !(sound && Tag.isPlausible(type) && order.allowsUnknown())) {
            throw OffenceException.damaged(String.format(Locale.ROOT, "\"%s\" is no block: expected %s",
                    Tag.printable(type), order.expected()));
        }
        if (!sound) {
            throw OffenceException.damaged(
                    String.format(Locale.ROOT, "the header checksum of block %s is 0x%04x: computed 0x%04x", type,
                            LittleEndian.u16(bytes, BLOCK_CHECKSUM), expected));
        }
        block = new MtfBlock(type, start, LittleEndian.i32(bytes, 0x04), LittleEndian.i64(bytes, 0x14),
                LittleEndian.u32(bytes, 0x24));
        if (known) {
            order.next(type);
        } else {
            contents.findings().remark(String.format(Locale.ROOT,
                    "a block %s, which this version does not know, begins at byte %d", type, start));
        }
        checkPlace();
        headerSize = LittleEndian.u16(bytes, 0x08);
        if (headerSize < BLOCK_HEADER) {
            throw OffenceException.damaged(String.format(Locale.ROOT,
                    "the first stream of block %s begins at its byte %d: expected %d or more", type, headerSize,
                    BLOCK_HEADER));
        }
        dataEnded = false;
        contents.block(block);
        step = Step.BLOCK_REST;
        if (headerSize > BLOCK_HEADER) {
            gatherOn(BLOCK_HEADER, headerSize);
        } else {
            blockRest(bytes);
        }
    }

    /** Logical addresses count from the backup set, control blocks are numbered in it. */
    private void checkPlace() throws OffenceException {
        boolean inSet = switch (block.type()) {
            case "TAPE", "SFMB", "SSET", "ESET" -> false;
            default -> true;
        };
        if (block.type().equals("SSET")) {
            controlBlocks = 0;
        }
        long number = inSet ? ++controlBlocks : 0;
        if (block.controlBlock() != number) {
            throw OffenceException.damaged(String.format(Locale.ROOT,
                    "block %s has the number %d in its set: expected %d", block.type(), block.controlBlock(), number));
        }
        long address = inSet ? contents.logicalAddress(block.position()) : 0;
        if (block.logicalAddress() != address) {
            throw OffenceException.damaged(String.format(Locale.ROOT,
                    "block %s says that it stands at logical block %d of its set: expected %d", block.type(),
                    block.logicalAddress(), address));
        }
    }

    private void blockRest(byte[] bytes) throws OffenceException {
        contents.blockFields(block, new Fields("the block " + block.type(), bytes, headerSize));
        if (block.type().equals("SFMB")) {
            nextBlock();
        } else {
            sumFollows = false;
            step = Step.STREAM;
            gather(MtfStream.HEADER);
        }
    }

    private void streamHeader(byte[] bytes) throws OffenceException {
        stream = MtfStream.read(bytes, position() - MtfStream.HEADER, block);
        String id = stream.id();
        if (sumFollows != id.equals("CSUM")) {
            throw OffenceException.damaged(sumFollows
                    ? String.format(Locale.ROOT, "stream %s stands in block %s where a checksum must follow", id,
                            block.type())
                    : String.format(Locale.ROOT, "a checksum stands in block %s where there is no data before it",
                            block.type()));
        }
        contents.stream(block, stream, LittleEndian.u16(bytes, 0x10), LittleEndian.u16(bytes, 0x12));
        readStream(id, stream.length());
    }

    private void readStream(String id, long length) throws OffenceException {
        switch (block.type() + " " + id) {
            case "TAPE RAID" -> gatherSized(Step.RAID, RAID_SIZE);
            case "MSDA MQDA", "MSTL MQTL" -> readData(length);
            case "MSDA CSUM", "MSTL CSUM" -> {
                sumFollows = false;
                gatherSized(Step.SUM, SUM_SIZE);
            }
            case "MSCI MQCI", "MSLS MQCI" -> {
                contents.beginConfiguration(block.type().equals("MSLS"));
                recordsLeft = length;
                nextRecord();
            }
            case "ESET TSMP" -> {
                if (length > 0 && length <= LARGEST_MAP) {
                    step = Step.MAP;
                    gather((int) length);
                } else {
                    throw OffenceException.damaged(String.format(Locale.ROOT,
                            "the set map has %d bytes: expected 1 to %d", length, LARGEST_MAP));
                }
            }
            default -> {
                if (!id.equals("SPAD") && !PASSED_STREAMS.contains(id)) {
                    contents.findings().remark(String.format(Locale.ROOT,
                            "block %s has a stream %s, which this version does not know", block.type(), id));
                }
                step = id.equals("SPAD") ? Step.PAD : Step.UNSEEN;
                pass(length);
            }
        }
    }

    private void gatherSized(Step next, int size) throws OffenceException {
        if (stream.length() != size) {
            throw OffenceException
                    .damaged(String.format(Locale.ROOT, "stream %s in block %s has %d bytes: expected %d", stream.id(),
                            block.type(), stream.length(), size));
        }
        step = next;
        gather(size);
    }

    private void readData(long length) throws OffenceException {
        sumFollows = (stream.attributes() & SUM_FOLLOWS) != 0;
        dataEnded |= (stream.attributes() & VARIABLE_END) != 0;
        if (length == 0) {
            sum.reset(block.isPages());
            align();
        } else if (length < DATA_PREFIX) {
            throw OffenceException.damaged(String.format(Locale.ROOT,
                    "stream %s in block %s has 1 byte: expected 0, or 2 or more", stream.id(), block.type()));
        } else {
            step = Step.PREFIX;
            gather(DATA_PREFIX);
        }
    }

    private void nextRecord() throws OffenceException {
        if (recordsLeft == 0) {
            align();
        } else if (recordsLeft < ConfigurationReader.RECORD_HEADER) {
            throw OffenceException.damaged(String.format(Locale.ROOT,
                    "the configuration in block %s has %d bytes behind its last record", block.type(), recordsLeft));
        } else {
            step = Step.RECORD;
            gather(ConfigurationReader.RECORD_HEADER);
        }
    }

    private void recordHeader(byte[] bytes) throws OffenceException {
        record = Tag.read(bytes, 0);
        long size = LittleEndian.u32(bytes, Tag.SIZE);
        if (!Tag.isPlausible(record) || size < ConfigurationReader.RECORD_HEADER || size > recordsLeft) {
            throw OffenceException.damaged(String.format(Locale.ROOT,
                    "a record \"%s\" of %d bytes stands in the configuration in block %s, where ",
                    Tag.printable(record), size, block.type()) + recordsLeft + " bytes are left");
        }
        recordsLeft -= size;
        if (size <= ConfigurationReader.LONGEST_RECORD) {
            recordSize = (int) size;
            step = Step.RECORD_REST;
            if (recordSize > ConfigurationReader.RECORD_HEADER) {
                gatherOn(ConfigurationReader.RECORD_HEADER, recordSize);
            } else {
                gathered(bytes, recordSize);
            }
        } else if (ConfigurationReader.KNOWN.contains(record)) {
            throw OffenceException
                    .damaged(String.format(Locale.ROOT, "a record %s has %d bytes: expected at most %d", record, size,
                            ConfigurationReader.LONGEST_RECORD));
        } else {
            contents.findings().remark(String.format(Locale.ROOT,
                    "a configuration has a record %s, which this version does not know", record));
            step = Step.RECORD_PAST;
            pass(size - ConfigurationReader.RECORD_HEADER);
        }
    }

    private void endBlock() throws OffenceException {
        if (block.isPages() && !dataEnded) {
            throw OffenceException.damaged("block MSDA ends, but its stream MQDA has no end mark");
        }
        contents.endBlock(block);
    }
}
