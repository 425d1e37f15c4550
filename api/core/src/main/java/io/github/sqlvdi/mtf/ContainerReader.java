package io.github.sqlvdi.mtf;

import io.github.sqlvdi.internal.mtf.DamagedDataException;
import io.github.sqlvdi.internal.mtf.HeaderChecksum;
import io.github.sqlvdi.internal.mtf.LittleEndian;
import io.github.sqlvdi.internal.mtf.XpressHuffman;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Reads the container of compressed backups (MTF reference 12) and feeds the stream in it to a {@link MtfWalker}. A chunk
 * in which the walker would look at nothing is not expanded.
 */
final class ContainerReader extends PieceReader {

    static final String MAGIC = "MSSQLBAK";

    private static final int HEADER = 0x1e0;
    private static final int KNOWN_VERSION = 2;
    private static final int FLAGS_XPRESS = 3;
    private static final int FLAG_ENCRYPTED = 4;
    private static final int COMPRESSED = 0x21;
    private static final int RAW = 0x24;
    private static final int RAW_WITH_INDEX = 0x2c;
    private static final int CHUNK_KINDS = 0x20;
    private static final int RAW_HEADER = 24;
    private static final int COMPRESSED_HEADER = 28;
    private static final int INDEX_HEADER = 16;
    private static final int INDEX_ENTRY = 16;
    private static final int UNIT = 512;
    private static final int MOST_EXPANDED = 255 * UNIT;
    private static final int ZSTD_MAGIC = 0xfd2fb528;
    private static final int MARK_COUNT = 0x38;
    private static final int LAST_MARK = 2;

    private enum Step { HEADER, CHUNK, CHUNK_REST, PAYLOAD, UNSEEN_PAYLOAD, GAP, RAW, RAW_REST }

    private final MtfWalker walker;
    private final StreamContents contents;
    private final Consumer<MemorySegment> expandedBytes;
    private final XpressHuffman xpress = new XpressHuffman();
    private final byte[] expanded = new byte[MOST_EXPANDED];
    private final MemorySegment expandedSegment = MemorySegment.ofArray(expanded);

    private Step step = Step.HEADER;
    private int kind;
    private int size;
    private long chunkStart;
    private String opaque;
    private boolean lastMark;
    private long end = -1;

    ContainerReader(MtfWalker walker, StreamContents contents, Consumer<MemorySegment> expandedBytes) {
        this.walker = walker;
        this.contents = contents;
        this.expandedBytes = expandedBytes;
        gather(HEADER);
    }

    /** Where the chunk begins that is being read. */
    long chunkStart() {
        return chunkStart;
    }

    /** Why the chunks could not be expanded, null where they could. */
    String opaque() {
        return opaque;
    }

    @Override
    boolean isComplete() {
        return step == Step.CHUNK && missing() == RAW_HEADER && isStreamComplete();
    }

    private boolean isStreamComplete() {
        return opaque != null ? lastMark : walker.isComplete();
    }

    /** Where the container ended; -1 before its last chunk has passed. */
    long end() {
        return end;
    }

    /** Whether a byte stands behind the end. */
    boolean isBehindEnd() {
        return step == Step.CHUNK && missing() < RAW_HEADER && isStreamComplete();
    }

    /** Where the reader is, for a container that ended here. */
    String place() {
        if (step == Step.HEADER) {
            return "inside the header of the container";
        }
        String inside = opaque != null ? "" : ", " + walker.place();
        return step == Step.CHUNK && missing() == RAW_HEADER ? "where a chunk must begin" + inside
                : String.format(Locale.ROOT, "inside the chunk that begins at byte %d", chunkStart) + inside;
    }

    @Override
    boolean isWatched() {
        return false;
    }

    @Override
    void passing(MemorySegment segment, long from, long to) {
        throw new AssertionError();
    }

    @Override
    void gathered(byte[] bytes, int length) throws OffenceException {
        switch (step) {
            case HEADER -> header(bytes);
            case CHUNK -> chunk(bytes);
            case CHUNK_REST -> chunkRest(bytes);
            case PAYLOAD -> {
                expand(bytes, length);
                nextChunk();
            }
            case RAW -> raw(bytes);
            case RAW_REST -> {
                deliver(MemorySegment.ofArray(bytes), length);
                nextChunk();
            }
            default -> throw new AssertionError(step);
        }
    }

    @Override
    void passed() throws OffenceException {
        if (step == Step.GAP) {
            step = Step.RAW;
            gather(UNIT);
        } else {
            if (opaque == null) {
                walker.skip(size);
            }
            nextChunk();
        }
    }

    private void header(byte[] bytes) throws OffenceException {
        long version = LittleEndian.u32(bytes, 0x08);
        int flags = LittleEndian.i32(bytes, 0x0c);
        if (flags == FLAGS_XPRESS) {
            contents.container("MS_XPRESS", false);
        } else {
            contents.container(String.format(Locale.ROOT, "unknown (0x%x)", flags), (flags & FLAG_ENCRYPTED) != 0);
            opaque = (flags & FLAG_ENCRYPTED) != 0
                    ? String.format(Locale.ROOT, "the container says 0x%x, which means an encrypted backup", flags)
                    : String.format(Locale.ROOT, "the container says 0x%x, which this version does not know", flags);
        }
        if (version != KNOWN_VERSION) {
            throw OffenceException.unknown(String.format(Locale.ROOT,
                    "the container is of version %d: this version reads %d", version, KNOWN_VERSION));
        }
        if ((flags & FLAG_ENCRYPTED) != 0) {
            throw OffenceException.unknown(opaque);
        }
        nextChunk();
    }

    private void nextChunk() {
        chunkStart = position();
        end = isStreamComplete() ? chunkStart : -1;
        step = Step.CHUNK;
        gather(RAW_HEADER);
    }

    private void chunk(byte[] bytes) throws OffenceException {
        contents.chunk(chunkStart);
        kind = LittleEndian.u8(bytes, 0);
        if (isStreamComplete()) {
            throw OffenceException.damaged("bytes stand behind the end of the stream");
        }
        step = Step.CHUNK_REST;
        switch (kind) {
            case COMPRESSED -> gatherOn(RAW_HEADER, COMPRESSED_HEADER);
            case RAW_WITH_INDEX -> gatherOn(RAW_HEADER, RAW_HEADER + INDEX_HEADER);
            case RAW -> gap(LittleEndian.u16(bytes, 2));
            default -> {
                String words = String.format(Locale.ROOT,
                        "a chunk of kind 0x%02x stands in the container, which this version does not know", kind);
                throw (kind & 0xf0) == CHUNK_KINDS ? OffenceException.unknown(words) : OffenceException.damaged(words);
            }
        }
    }

    private void chunkRest(byte[] bytes) throws OffenceException {
        if (kind == RAW_WITH_INDEX) {
            long entries = LittleEndian.u32(bytes, RAW_HEADER + 4);
            long distance = LittleEndian.u32(bytes, RAW_HEADER + 8);
            long index = INDEX_HEADER + entries * INDEX_ENTRY;
            if (distance < index || distance - index >= contents.sectorSize()) {
                throw OffenceException.damaged(String.format(Locale.ROOT,
                        "the index of the container has %d entries and ends %d bytes behind its", entries, distance)
                        + " beginning");
            }
            gap(distance - INDEX_HEADER);
            return;
        }
        size = LittleEndian.u8(bytes, 1) * UNIT;
        int payload = LittleEndian.u16(bytes, 2);
        if (size == 0 || payload == 0) {
            throw OffenceException
                    .damaged(String.format(Locale.ROOT, "a chunk of %d bytes stands for %d bytes", payload, size));
        }
        boolean unseen = opaque != null && size != 2 * UNIT
                || opaque == null && expandedBytes == null && walker.skippable() >= size;
        step = unseen ? Step.UNSEEN_PAYLOAD : Step.PAYLOAD;
        if (unseen) {
            pass(payload);
        } else {
            gather(payload);
        }
    }

    /** Bytes up to a raw block, which stands on a sector of the container. */
    private void gap(long distance) throws OffenceException {
        long target = position() + distance;
        if (kind == RAW && distance >= contents.sectorSize() || target % contents.sectorSize() != 0) {
            throw OffenceException.damaged(String.format(Locale.ROOT,
                    "a raw block stands at byte %d of the container, but sectors have %d bytes", target,
                    contents.sectorSize()));
        }
        step = Step.GAP;
        pass(distance);
    }

    /** The raw block is a filemark; it says itself how long it is. */
    private void raw(byte[] bytes) throws OffenceException {
        String tag = Tag.read(bytes, 0);
        int length = LittleEndian.u16(bytes, 8);
        if (!tag.equals("SFMB") || length < UNIT) {
            throw OffenceException.damaged(String.format(Locale.ROOT,
                    "\"%s\" of %d bytes stands raw in the container: expected SFMB", Tag.printable(tag), length));
        }
        if (HeaderChecksum.of(bytes, 0, MtfWalker.BLOCK_CHECKSUM / 2) != LittleEndian.u16(bytes,
                MtfWalker.BLOCK_CHECKSUM)) {
            throw OffenceException
                    .damaged("the header checksum of a block SFMB that stands raw in the container differs");
        }
        contents.chunk(position() - UNIT);
        lastMark = LittleEndian.u32(bytes, MARK_COUNT) == LAST_MARK;
        step = Step.RAW_REST;
        if (length > UNIT) {
            gatherOn(UNIT, length);
        } else {
            gathered(bytes, length);
        }
    }

    private void expand(byte[] payload, int length) throws OffenceException {
        if (length >= Integer.BYTES && LittleEndian.i32(payload, 0) == ZSTD_MAGIC) {
            contents.container("ZSTD", false);
            opaque = "the container is compressed with ZSTD, which this version does not expand";
        }
        if (opaque != null) {
            return;
        }
        try {
            xpress.expand(payload, 0, length, expanded, size);
        } catch (DamagedDataException e) {
            throw OffenceException.damaged("a chunk cannot be expanded: " + e.getMessage());
        }
        deliver(expandedSegment, size);
    }

    private void deliver(MemorySegment bytes, int length) throws OffenceException {
        if (opaque == null) {
            if (expandedBytes != null) {
                expandedBytes.accept(bytes.asSlice(0, length).asReadOnly());
            }
            walker.accept(bytes, 0, length, false);
        }
    }
}
