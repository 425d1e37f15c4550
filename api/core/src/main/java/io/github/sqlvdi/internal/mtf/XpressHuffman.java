package io.github.sqlvdi.internal.mtf;

import java.util.Arrays;

/**
 * Expands LZ77 with Huffman codes, the algorithm MS_XPRESS of compressed backups ([MS-XCA] 2.2). Symbol 256 is an
 * ordinary match and no end: a chunk of a backup ends when it has produced its size. One object may expand one chunk
 * after the other; it is not safe for several threads at once.
 */
public final class XpressHuffman {

    private static final int SYMBOLS = 512;
    private static final int LITERALS = 256;
    private static final int TABLE_BYTES = SYMBOLS / 2;
    private static final int LONGEST_CODE = 15;
    private static final int TABLE_SIZE = 1 << LONGEST_CODE;
    private static final int SYMBOL_BITS = 9;
    private static final int SHORTEST_MATCH = 3;
    private static final int TABLE_SPAN = 65_536;
    private static final int WORDS_AHEAD = 2;

    /** For each 15 bits that may come next: the symbol, and above it the length of its code; 0 where no code begins. */
    private final short[] table = new short[TABLE_SIZE];
    private final byte[] lengths = new byte[SYMBOLS];

    private byte[] input;
    private int next;
    private int end;
    private int bits;
    private int extra;
    private int wordsBehindTheEnd;

    /**
     * Expands one chunk.
     *
     * @param compressed holds the payload of the chunk
     * @param from where the payload begins
     * @param to where it ends; bytes that are not needed may stand before it
     * @param expanded receives the bytes from its beginning on
     * @param size the bytes that the chunk stands for
     * @throws DamagedDataException if the payload is no such chunk; the message says why
     */
    public void expand(byte[] compressed, int from, int to, byte[] expanded, int size) throws DamagedDataException {
        input = compressed;
        next = from;
        end = to;
        wordsBehindTheEnd = 0;
        int produced = 0;
        while (produced < size) {
            int span = Math.min(size, produced + TABLE_SPAN);
            readTable();
            produced = expandSpan(expanded, produced, span);
        }
    }

    /** One table of codes is good for 64 KB of expanded bytes. */
    private int expandSpan(byte[] expanded, int start, int span) throws DamagedDataException {
        bits = nextWord() << 16;
        bits |= nextWord();
        extra = 16;
        int produced = start;
        while (produced < span) {
            int entry = table[bits >>> 32 - LONGEST_CODE] & 0xffff;
            int length = entry >>> SYMBOL_BITS;
            if (length == 0) {
                throw new DamagedDataException("no Huffman code fits the bits");
            }
            take(length);
            int symbol = entry & SYMBOLS - 1;
            if (symbol < LITERALS) {
                expanded[produced++] = (byte) symbol;
            } else {
                produced = copyMatch(symbol - LITERALS, expanded, produced, span);
            }
        }
        return produced;
    }

    private int copyMatch(int match, byte[] expanded, int produced, int span) throws DamagedDataException {
        long length = match & 15;
        if (length == 15) {
            length = longLength();
        }
        length += SHORTEST_MATCH;
        int offsetBits = match >>> 4;
        int distance = 1 << offsetBits;
        if (offsetBits > 0) {
            distance |= bits >>> 32 - offsetBits;
            take(offsetBits);
        }
        if (distance > produced) {
            throw new DamagedDataException("a match reaches back before its chunk");
        }
        if (length > span - produced) {
            throw new DamagedDataException("a match reaches beyond its chunk");
        }
        int target = produced + (int) length;
        if (distance >= length) {
            System.arraycopy(expanded, produced - distance, expanded, produced, (int) length);
        } else {
            for (int at = produced; at < target; at++) {
                expanded[at] = expanded[at - distance];
            }
        }
        return target;
    }

    private long longLength() throws DamagedDataException {
        long length = nextByte();
        if (length < 255) {
            return length + 15;
        }
        length = nextByte() | nextByte() << 8;
        if (length == 0) {
            length = nextByte() | nextByte() << 8 | nextByte() << 16 | (long) nextByte() << 24;
        }
        if (length < 15) {
            throw new DamagedDataException("the long form of a match length says " + length);
        }
        return length;
    }

    private void take(int count) throws DamagedDataException {
        bits <<= count;
        extra -= count;
        if (extra < 0) {
            bits |= nextWord() << -extra;
            extra += 16;
        }
    }

    /** Two words behind the end are zeros: the decoder looks so far ahead of what it needs. */
    private int nextWord() throws DamagedDataException {
        int word = 0;
        if (next + 1 < end) {
            word = LittleEndian.u16(input, next);
        } else if (next < end) {
            word = input[next] & 0xff;
        } else if (++wordsBehindTheEnd > WORDS_AHEAD) {
            throw new DamagedDataException("the payload ends before its chunk is complete");
        }
        next = Math.min(next + 2, end);
        return word;
    }

    private int nextByte() throws DamagedDataException {
        if (next >= end) {
            throw new DamagedDataException("the payload ends inside a match");
        }
        return input[next++] & 0xff;
    }

    private void readTable() throws DamagedDataException {
        if (end - next < TABLE_BYTES) {
            throw new DamagedDataException("the payload has " + (end - next) + " bytes where a table of codes has "
                    + TABLE_BYTES);
        }
        for (int index = 0; index < TABLE_BYTES; index++) {
            lengths[2 * index] = (byte) (input[next + index] & 15);
            lengths[2 * index + 1] = (byte) (input[next + index] >> 4 & 15);
        }
        next += TABLE_BYTES;
        int filled = 0;
        for (int length = 1; length <= LONGEST_CODE; length++) {
            int width = TABLE_SIZE >>> length;
            for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                if (lengths[symbol] == length) {
                    if (filled + width > TABLE_SIZE) {
                        throw new DamagedDataException("the Huffman codes need more room than there is");
                    }
                    short entry = (short) (length << SYMBOL_BITS | symbol);
                    Arrays.fill(table, filled, filled + width, entry);
                    filled += width;
                }
            }
        }
        Arrays.fill(table, filled, TABLE_SIZE, (short) 0);
    }
}
