package io.github.sqlvdi.mtf;

import io.github.sqlvdi.internal.mtf.HeaderChecksum;
import java.util.ArrayList;
import java.util.List;

/** Puts blocks, data streams and paddings one behind the other, and knows where it is (MTF reference 1 to 3). */
final class StreamParts {

    static final int LOGICAL_BLOCK = 1024;

    private static final int STREAM_HEADER = 22;
    private static final int STREAM_CHECKSUM = 0x14;
    private static final int BLOCK_CHECKSUM = 0x32;
    private static final int OPERATING_SYSTEM = 0x0e;
    private static final int PAD = 0x80;
    private static final int DATA_PREFIX = 2;

    /** A part of the stream: bytes, or data that is made while it is read. */
    sealed interface Part {
    }

    /** Bytes as they are. */
    record Bytes(byte[] bytes) implements Part {
    }

    /** So many zeros. */
    record Zeros(int count) implements Part {
    }

    /** The pages of a stripe. */
    record Pages() implements Part {
    }

    /** A range of the log, in bytes. */
    record Log(long from, long bytes) implements Part {
    }

    /** The checksum of the data before, which is computed while it is read. */
    record Sum() implements Part {
    }

    private final List<Part> parts = new ArrayList<>();
    private final int unit;
    private long position;
    private long setStart;
    private long controlBlock;

    /** Paddings go up to the larger of a sector and a logical block. */
    StreamParts(int sectorSize) {
        unit = Math.max(sectorSize, LOGICAL_BLOCK);
    }

    List<Part> parts() {
        return List.copyOf(parts);
    }

    long position() {
        return position;
    }

    /** Blocks from here on belong to the backup set. */
    void beginSet() {
        setStart = position;
        controlBlock = 0;
    }

    /** Adds a block of the backup set; {@code withTexts} says that it may have texts. */
    void blockOfSet(RecordWriter block, boolean withTexts) {
        block.i64(0x14, (position - setStart) / LOGICAL_BLOCK).u32(0x24, controlBlock);
        controlBlock++;
        block(block, withTexts);
    }

    /** Adds a block whose data streams follow. */
    void block(RecordWriter block, boolean withTexts) {
        block.append(new byte[-block.length() & 3]);
        block.u16(0x08, block.length()).u8(0x0a, OPERATING_SYSTEM).u8(0x0b, 1).u8(0x30, withTexts ? 2 : 0);
        add(block.u16(BLOCK_CHECKSUM, HeaderChecksum.of(block.toBytes(), 0, BLOCK_CHECKSUM / 2)).toBytes());
    }

    /** Adds a data stream with its data. */
    void stream(String id, int attributes, byte[] data) {
        header(id, attributes, data.length);
        add(data);
        align();
    }

    /** Adds a data stream of database pages or log; with a checksum behind it where one is wanted. */
    void data(String id, int attributes, Part data, long length, boolean checksum) {
        // The data behind its two leading bytes begins on a sector of the media.
        int distance = STREAM_HEADER + STREAM_HEADER + DATA_PREFIX;
        int room = (int) (-(position - setStart + distance) & unit - 1);
        stream("APAD", PAD, new byte[room - (room & 3)]);
        header(id, attributes | (checksum ? 0x100 : 0), length + DATA_PREFIX);
        add(new byte[DATA_PREFIX]);
        parts.add(data);
        position += length;
        align();
        if (checksum) {
            header("CSUM", 0, Integer.BYTES);
            parts.add(new Sum());
            position += Integer.BYTES;
            align();
        }
    }

    /** Adds the padding that ends a block, up to a logical block of the set. */
    void pad() {
        padTo("SPAD", LOGICAL_BLOCK, setStart);
    }

    /** Adds the padding that ends a block, up to a sector of the media. */
    void padToSector() {
        padTo("SPAD", unit, 0);
    }

    /** Adds a filler up to a sector of the media. */
    void fill(String id) {
        padTo(id, unit, 0);
    }

    private void padTo(String id, int boundary, long origin) {
        int room = (int) (-(position - origin + STREAM_HEADER) & boundary - 1);
        header(id, 0, room);
        parts.add(new Zeros(room));
        position += room;
    }

    private void header(String id, int attributes, long length) {
        RecordWriter header = new RecordWriter(id, STREAM_HEADER).u16(0x06, attributes).i64(0x08, length);
        add(header.u16(STREAM_CHECKSUM, HeaderChecksum.of(header.toBytes(), 0, STREAM_CHECKSUM / 2)).toBytes());
    }

    private void align() {
        add(new byte[(int) (-position & 3)]);
    }

    private void add(byte[] bytes) {
        if (bytes.length > 0) {
            parts.add(new Bytes(bytes));
            position += bytes.length;
        }
    }
}
