package io.github.sqlvdi.stream;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One tape in a drive: a file with data and filemarks, and the position of the head. The head is in front of an entry
 * of the index or inside a run of data; the place after the last entry is the end of the recorded data. Used by one
 * thread.
 */
final class TapeMedium implements Closeable {

    private static final byte[] SOFT_MARK = "SOFT FILEMARK".getBytes(StandardCharsets.US_ASCII);

    private final FileChannel file;
    private final TapeIndex index;
    private boolean dirty;

    /**
     * The position of the head: the entry, the number of bytes inside it, and the sums of bytes and blocks of all
     * entries before it.
     */
    private int entry;
    private long inside;
    private long bytesBefore;
    private long blocksBefore;

    private TapeMedium(FileChannel file, TapeIndex index) {
        this.file = file;
        this.index = index;
    }

    /**
     * Opens a tape. An empty file is a blank tape; any other file must be a recorded tape. Otherwise closes the file
     * and throws an exception.
     */
    static TapeMedium open(FileChannel file, int blockSize) throws IOException {
        try {
            return file.size() == 0
                    ? new TapeMedium(file, new TapeIndex(blockSize))
                    : new TapeMedium(file, TapeIndex.load(file));
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    /** Returns the number of bytes in front of the head. */
    long offset() {
        return bytesBefore + inside;
    }

    /** Returns the block address of the head; inside a block, the address of that block. */
    long address() {
        return blocksBefore + inside / index.blockSize();
    }

    private boolean atEnd() {
        return entry == index.count();
    }

    /** Reads until the buffer is full, a filemark was passed, or the data ends. */
    TapeStop read(ByteBuffer target) throws IOException {
        int limit = target.limit();
        while (target.hasRemaining()) {
            if (atEnd()) {
                return TapeStop.END_OF_DATA;
            }
            if (index.isMark(entry)) {
                enter(entry + 1);
                return TapeStop.FILEMARK;
            }
            int count = (int) Math.min(target.remaining(), index.length(entry) - inside);
            target.limit(target.position() + count);
            ChannelTransfer.readFully(file, target, offset());
            if (target.hasRemaining()) {
                throw new IOException(String.format(Locale.ROOT,
                        "The file of the medium ends inside of its data, %,d bytes are missing at %,d",
                        target.remaining(), offset()));
            }
            target.limit(limit);
            advance(count);
        }
        return TapeStop.NONE;
    }

    void write(ByteBuffer data) throws IOException {
        int count = data.remaining();
        if (count == 0) {
            return;
        }
        beginWriting();
        ChannelTransfer.writeFully(file, data, offset());
        index.addData(count);
        toEnd(count, index.blocksIn(count));
    }

    /** Writes a filemark: no bytes for a hard one, a block of the given size for a soft one. */
    void writeMark(int softSize) throws IOException {
        beginWriting();
        if (softSize > 0) {
            ByteBuffer block = ByteBuffer.allocate(softSize);
            block.put(SOFT_MARK, 0, Math.min(softSize, SOFT_MARK.length)).rewind();
            ChannelTransfer.writeFully(file, block, offset());
        }
        index.addMark(softSize);
        toEnd(softSize, 1);
    }

    /** Makes the position of the head the end of the recorded data. */
    private void beginWriting() {
        dirty = true;
        index.truncate(entry, inside);
        if (inside > 0) {
            enter(entry + 1);
        }
    }

    void rewind() {
        entry = 0;
        inside = 0;
        bytesBefore = 0;
        blocksBefore = 0;
    }

    /** Moves forward to the place after the n-th mark, or backward to the place in front of it. */
    TapeStop skipMarks(int marks) {
        long left = Math.abs((long) marks);
        while (left > 0) {
            if (marks > 0 && atEnd()) {
                return TapeStop.END_OF_DATA;
            }
            if (marks < 0 && offsetIsBeginning()) {
                return TapeStop.BEGINNING;
            }
            if (marks > 0) {
                left -= index.isMark(entry) ? 1 : 0;
                enter(entry + 1);
            } else {
                back();
                left -= index.isMark(entry) ? 1 : 0;
            }
        }
        return TapeStop.NONE;
    }

    /** Moves over blocks, forward or backward. Stops after the first filemark that it passes. */
    TapeStop skipBlocks(int blocks) {
        long left = Math.abs((long) blocks);
        while (left > 0) {
            if (blocks > 0) {
                if (atEnd()) {
                    return TapeStop.END_OF_DATA;
                }
                if (index.isMark(entry)) {
                    enter(entry + 1);
                    return TapeStop.FILEMARK;
                }
                left -= skipInRun(left);
            } else {
                if (offsetIsBeginning()) {
                    return TapeStop.BEGINNING;
                }
                if (inside == 0) {
                    back();
                    if (index.isMark(entry)) {
                        return TapeStop.FILEMARK;
                    }
                    inside = index.length(entry);
                }
                left -= skipBackInRun(left);
            }
        }
        return TapeStop.NONE;
    }

    private long skipInRun(long blocks) {
        long from = inside / index.blockSize();
        long step = Math.min(blocks, index.blocks(entry) - from);
        advance(Math.min(index.length(entry), (from + step) * index.blockSize()) - inside);
        return step;
    }

    private long skipBackInRun(long blocks) {
        long from = index.blocksIn(inside);
        long step = Math.min(blocks, from);
        inside = (from - step) * index.blockSize();
        return step;
    }

    /** Moves to a block address. For an address after the end of the data it moves to the end. */
    TapeStop seek(long address) {
        rewind();
        if (address < 0) {
            return TapeStop.BEGINNING;
        }
        while (!atEnd() && blocksBefore + index.blocks(entry) <= address) {
            enter(entry + 1);
        }
        if (atEnd()) {
            return blocksBefore == address ? TapeStop.NONE : TapeStop.END_OF_DATA;
        }
        inside = (address - blocksBefore) * index.blockSize();
        return TapeStop.NONE;
    }

    /** Makes the data and the index durable. */
    void sync() throws IOException {
        if (dirty) {
            index.save(file, dataEnd());
            file.force(true);
            dirty = false;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private long dataEnd() {
        long sum = 0;
        for (int each = 0; each < index.count(); each++) {
            sum += index.length(each);
        }
        return sum;
    }

    private boolean offsetIsBeginning() {
        return entry == 0 && inside == 0;
    }

    private void advance(long bytes) {
        inside += bytes;
        if (inside == index.length(entry)) {
            enter(entry + 1);
        }
    }

    /** Moves the head to the front of the next entry, whose number is {@code next}. */
    private void enter(int next) {
        bytesBefore += index.length(entry);
        blocksBefore += index.blocks(entry);
        entry = next;
        inside = 0;
    }

    /** Moves the head to the front of its entry, or from there to the front of the previous entry. */
    private void back() {
        if (inside == 0) {
            entry--;
            bytesBefore -= index.length(entry);
            blocksBefore -= index.blocks(entry);
        }
        inside = 0;
    }

    /** Moves the head to the end after a write. The data may have become a new entry or part of the last one. */
    private void toEnd(long bytes, long blocks) {
        bytesBefore += bytes;
        blocksBefore += blocks;
        entry = index.count();
    }
}
