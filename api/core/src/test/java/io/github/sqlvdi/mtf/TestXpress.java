package io.github.sqlvdi.mtf;

import java.util.Arrays;

/**
 * Compresses with LZ77 and a fixed table of Huffman codes, all 9 bits long, as [MS-XCA] 2.2 describes: poor, but a second
 * opinion on the format.
 */
final class TestXpress {

    private static final int LENGTH_OF_CODES = 9;
    private static final int LONGEST_OFFSET = 32_767;

    /** Positions of the two 16-bit words that the next bits go to, and the bits so far. */
    private byte[] bytes = new byte[1 << 18];
    private int first;
    private int second;
    private int next;
    private int bits;
    private int free = 16;

    static byte[] compress(byte[] source, int from, int size) {
        return new TestXpress().run(source, from, size);
    }

    private byte[] run(byte[] source, int from, int size) {
        Arrays.fill(bytes, 0, 256, (byte) (LENGTH_OF_CODES << 4 | LENGTH_OF_CODES));
        first = 256;
        second = 258;
        next = 260;
        int[] last = new int[1 << 15];
        Arrays.fill(last, -1);
        int at = 0;
        while (at < size) {
            int length = 0;
            int distance = 0;
            if (at + 3 <= size) {
                int hash = ((source[from + at] & 0xff) << 10 ^ (source[from + at + 1] & 0xff) << 5
                        ^ source[from + at + 2] & 0xff) & 0x7fff;
                int candidate = last[hash];
                last[hash] = at;
                if (candidate >= 0 && at - candidate <= LONGEST_OFFSET) {
                    distance = at - candidate;
                    while (at + length < size && source[from + candidate + length] == source[from + at + length]) {
                        length++;
                    }
                }
            }
            if (length >= 3) {
                match(length, distance);
                at += length;
            } else {
                write(source[from + at] & 0xff, LENGTH_OF_CODES);
                at++;
            }
        }
        flush();
        return Arrays.copyOf(bytes, next);
    }

    private void match(int length, int distance) {
        int offsetBits = 31 - Integer.numberOfLeadingZeros(distance);
        int base = length - 3;
        write(256 + (offsetBits << 4 | Math.min(base, 15)), LENGTH_OF_CODES);
        if (base >= 15) {
            if (base - 15 < 255) {
                bytes[next++] = (byte) (base - 15);
            } else {
                bytes[next++] = (byte) 255;
                bytes[next++] = (byte) base;
                bytes[next++] = (byte) (base >> 8);
            }
        }
        write(distance ^ 1 << offsetBits, offsetBits);
    }

    /** As [MS-XCA] 2.1.4.3: two words are always reserved, so that bytes in between come where the reader expects them. */
    private void write(int value, int count) {
        if (count == 0) {
            return;
        }
        if (count <= free) {
            free -= count;
            bits = bits << count | value;
        } else {
            int rest = count - free;
            bits = bits << free | value >>> rest;
            putWord(first, bits);
            first = second;
            second = next;
            next += 2;
            free = 16 - rest;
            bits = value & (1 << rest) - 1;
        }
    }

    private void flush() {
        putWord(first, bits << free);
        putWord(second, 0);
    }

    private void putWord(int position, int word) {
        bytes[position] = (byte) word;
        bytes[position + 1] = (byte) (word >> 8);
    }
}
