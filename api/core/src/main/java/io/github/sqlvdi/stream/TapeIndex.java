package io.github.sqlvdi.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * The content of a tape medium: runs of data and filemarks in the order of the tape. A medium is a file that starts
 * with the bytes of its data, as the server sent them, and ends with this index:
 *
 * <pre>
 *   0                        dataEnd          dataEnd + 8 * count
 *   | data and soft marks ... | entry | entry ... | footer, 40 bytes |
 *
 *   entry    u64  bytes &lt;&lt; 1 | isMark         a hard filemark has 0 bytes, a soft one its block
 *   footer    0   8 bytes "SQLVTAPE"
 *             8   u32  version = 1
 *            12   u32  block size in bytes
 *            16   u64  dataEnd
 *            24   u64  count of entries
 *            32   u32  CRC-32C of the entries and of the footer before this field
 *            36   u32  0
 * </pre>
 *
 * All numbers are little-endian. A block address counts the blocks and filemarks before a place: a run of n bytes has
 * ceil(n / blockSize) blocks, of which the last may be short; a filemark counts as one. An index that was read is used
 * only if its checksum and the sum of its entries are correct.
 */
final class TapeIndex {

    private static final byte[] MAGIC = "SQLVTAPE".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int FOOTER = 40;
    private static final int CHECKED_FOOTER = 32;
    private static final long MAX_ENTRIES = 1 << 24;

    private final int blockSize;
    private long[] lengths = new long[16];
    private boolean[] marks = new boolean[16];
    private int count;

    TapeIndex(int blockSize) {
        this.blockSize = blockSize;
    }

    int blockSize() {
        return blockSize;
    }

    int count() {
        return count;
    }

    boolean isMark(int entry) {
        return marks[entry];
    }

    long length(int entry) {
        return lengths[entry];
    }

    /** Returns the number of blocks of a run, 1 for a mark. */
    long blocks(int entry) {
        return marks[entry] ? 1 : blocksIn(lengths[entry]);
    }

    long blocksIn(long bytes) {
        return (bytes + blockSize - 1) / blockSize;
    }

    /**
     * Adds data at the end. If the last run ends with a short block, the data becomes a run of its own, because it
     * begins a new block.
     */
    void addData(long bytes) {
        if (count > 0 && !marks[count - 1] && lengths[count - 1] % blockSize == 0) {
            lengths[count - 1] += bytes;
        } else {
            add(bytes, false);
        }
    }

    void addMark(int bytes) {
        add(bytes, true);
    }

    /** Removes everything after the first {@code kept} bytes of an entry, as a Write in the middle of a tape does. */
    void truncate(int entry, long kept) {
        if (kept == 0) {
            count = Math.min(count, entry);
        } else {
            lengths[entry] = kept;
            count = entry + 1;
        }
    }

    private void add(long bytes, boolean mark) {
        if (count == lengths.length) {
            lengths = Arrays.copyOf(lengths, count * 2);
            marks = Arrays.copyOf(marks, count * 2);
        }
        lengths[count] = bytes;
        marks[count] = mark;
        count++;
    }

    /** Writes the index after the data and cuts off the file after the index. */
    void save(FileChannel file, long dataEnd) throws IOException {
        ByteBuffer image = ByteBuffer.allocate(Math.addExact(Math.multiplyExact(count, Long.BYTES), FOOTER))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int entry = 0; entry < count; entry++) {
            image.putLong(lengths[entry] << 1 | (marks[entry] ? 1 : 0));
        }
        image.put(MAGIC).putInt(VERSION).putInt(blockSize).putLong(dataEnd).putLong(count);
        image.putInt(checkSum(image.array(), image.position())).putInt(0).flip();
        int size = image.remaining();
        ChannelTransfer.writeFully(file, image, dataEnd);
        file.truncate(dataEnd + size);
    }

    static TapeIndex load(FileChannel file) throws IOException {
        long size = file.size();
        ByteBuffer footer = read(file, size - FOOTER, FOOTER, size);
        byte[] magic = new byte[MAGIC.length];
        footer.get(magic);
        int version = footer.getInt();
        if (!Arrays.equals(magic, MAGIC) || version != VERSION) {
            throw new IOException(String.format(Locale.ROOT,
                    "The file of %,d bytes does not end with the index of a tape medium: it was not ", size)
                    + "written by a tape device, or its backup did not reach the first Flush");
        }
        int blockSize = footer.getInt();
        long dataEnd = footer.getLong();
        long entries = footer.getLong();
        if (blockSize <= 0 || entries < 0 || entries > MAX_ENTRIES || dataEnd < 0
                || dataEnd != size - FOOTER - entries * Long.BYTES) {
            throw damaged(
                    String.format(Locale.ROOT, "block size %d, %d entries, data end %d", blockSize, entries, dataEnd),
                    size);
        }
        ByteBuffer image = read(file, dataEnd, (int) (size - dataEnd), size);
        int expected = image.getInt(image.limit() - FOOTER + CHECKED_FOOTER);
        if (expected != checkSum(image.array(), image.limit() - FOOTER + CHECKED_FOOTER)) {
            throw damaged("the check sum does not agree", size);
        }
        TapeIndex index = new TapeIndex(blockSize);
        long sum = 0;
        for (long entry = 0; entry < entries; entry++) {
            long word = image.getLong();
            long bytes = word >>> 1;
            boolean mark = (word & 1) != 0;
            if (bytes > dataEnd - sum || bytes == 0 && !mark) {
                throw damaged(String.format(Locale.ROOT, "entry %d has %d bytes", entry, bytes), size);
            }
            index.add(bytes, mark);
            sum += bytes;
        }
        if (sum != dataEnd) {
            throw damaged(String.format(Locale.ROOT, "the entries have %d bytes, the data %d", sum, dataEnd), size);
        }
        return index;
    }

    private static ByteBuffer read(FileChannel file, long position, int length, long size) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        if (position < 0) {
            throw new IOException(
                    String.format(Locale.ROOT, "The file has %,d bytes, too few for the index of a tape medium", size));
        }
        ChannelTransfer.readFully(file, buffer, position);
        if (buffer.hasRemaining()) {
            throw damaged("the file became shorter while it was read", size);
        }
        return buffer.flip();
    }

    private static int checkSum(byte[] bytes, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, length);
        return (int) sum.getValue();
    }

    private static IOException damaged(String what, long size) {
        return new IOException(
                String.format(Locale.ROOT, "The index of the tape medium of %,d bytes is damaged: %s", size, what));
    }
}
