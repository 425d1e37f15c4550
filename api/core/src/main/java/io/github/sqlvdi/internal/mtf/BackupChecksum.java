package io.github.sqlvdi.internal.mtf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The backup checksum of {@code WITH CHECKSUM}: for each sector of 512 bytes the sum is rotated left by one bit, and the
 * exclusive or of the sector's 128 words of 32 bits is added to it by exclusive or. Bytes arrive in portions of any size.
 *
 * <p>A page's own checksum is the same sum over its 16 sectors, with its field as zero. So both come out of one pass: the
 * sum of a page is computed alone, compared where the page has a checksum, and then added to the sum of the data.
 */
public final class BackupChecksum {

    private static final int SECTOR = 512;
    private static final int SECTOR_WORDS = SECTOR / Long.BYTES;
    private static final int PAGE = PageChecksum.PAGE_SIZE;
    private static final int PAGE_WORDS = PAGE / Long.BYTES;
    private static final int PAGE_SECTORS = PAGE / SECTOR;
    /** 16 KB: a copy that stays in the cache nearest to the processor. */
    private static final int PAGES_AT_ONCE = 2;
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Like {@link #begun} null before the first bytes: most readers of streams leave the sums out. */
    private long[] words;
    private byte[] begun;
    private MemorySegment begunPage;
    private int begunBytes;
    private boolean pages;
    private long position;
    private int sum;
    private long checkedPages;
    private long differingPages;
    private DifferingPage firstDiffering;

    /**
     * A page that does not fit its own checksum.
     *
     * @param position where the page begins, in bytes from the beginning of the data
     * @param fileId the id of its file, by its own header
     * @param number its number in the file, by its own header
     * @param stored the checksum in the page
     * @param computed the checksum of what the page holds
     */
    public record DifferingPage(long position, int fileId, long number, int stored, int computed) {
    }

    /**
     * Begins a new sum. The counts of pages go on.
     *
     * @param ofPages whether the data is pages, whose own checksums are checked too
     */
    public void reset(boolean ofPages) {
        pages = ofPages;
        sum = 0;
        begunBytes = 0;
        position = 0;
        firstDiffering = null;
    }

    /** Adds the bytes from one offset of a segment up to another. */
    public void update(MemorySegment segment, long from, long to) {
        if (words == null) {
            words = new long[PAGES_AT_ONCE * PAGE_WORDS];
            begun = new byte[PAGE];
            begunPage = MemorySegment.ofArray(begun);
        }
        long next = from;
        while (next < to) {
            if (begunBytes > 0 || to - next < PAGE) {
                int count = (int) Math.min(PAGE - begunBytes, to - next);
                MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, next, begun, begunBytes, count);
                begunBytes += count;
                next += count;
                if (begunBytes == PAGE) {
                    begunBytes = 0;
                    add(begunPage, 0, 1);
                }
            } else {
                int count = (int) Math.min((to - next) / PAGE, PAGES_AT_ONCE);
                add(segment, next, count);
                next += (long) count * PAGE;
            }
        }
    }

    /** {@return the sum of what was added; a sector that was begun counts as if zeros followed} */
    public int value() {
        if (begunBytes == 0) {
            return sum;
        }
        int sectors = (begunBytes + SECTOR - 1) / SECTOR;
        Arrays.fill(begun, begunBytes, sectors * SECTOR, (byte) 0);
        MemorySegment.copy(begunPage, LONG, 0, words, 0, sectors * SECTOR_WORDS);
        return Integer.rotateLeft(sum, sectors) ^ sumOf(words, 0, sectors);
    }

    /** {@return how many pages had a checksum of their own, since this object was made} */
    public long checkedPages() {
        return checkedPages;
    }

    /** {@return how many of {@link #checkedPages()} did not fit it} */
    public long differingPages() {
        return differingPages;
    }

    /** {@return the first page since {@link #reset} that does not fit its own checksum; null if all fit} */
    public DifferingPage firstDiffering() {
        return firstDiffering;
    }

    private void add(MemorySegment segment, long from, int count) {
        MemorySegment.copy(segment, LONG, from, words, 0, count * PAGE_WORDS);
        for (int page = 0; page < count; page++) {
            int at = page * PAGE_WORDS;
            int ofPage = sumOf(words, at, PAGE_SECTORS);
            sum = Integer.rotateLeft(sum, PAGE_SECTORS) ^ ofPage;
            if (pages && PageChecksum.isPresent(words, at)) {
                check(at, ofPage);
            }
            position += PAGE;
        }
    }

    private void check(int at, int ofPage) {
        int stored = PageChecksum.stored(words, at);
        int computed = ofPage ^ Integer.rotateLeft(stored, PAGE_SECTORS - 1);
        checkedPages++;
        if (computed != stored) {
            differingPages++;
            if (firstDiffering == null) {
                firstDiffering = new DifferingPage(position, PageChecksum.fileId(words, at),
                        PageChecksum.number(words, at), stored, computed);
            }
        }
    }

    /**
     * The loads of a sector are written out: the processor then has many under way at once, and the compiler checks the
     * index once a sector. A loop over the segment itself, with a check for each word, took several times as long.
     */
    private static int sumOf(long[] words, int from, int sectors) {
        int sum = 0;
        for (int sector = 0; sector < sectors; sector++) {
            int at = from + sector * SECTOR_WORDS;
            long all = eight(words, at) ^ eight(words, at + 8) ^ eight(words, at + 16) ^ eight(words, at + 24)
                    ^ eight(words, at + 32) ^ eight(words, at + 40) ^ eight(words, at + 48) ^ eight(words, at + 56);
            sum = Integer.rotateLeft(sum, 1) ^ (int) all ^ (int) (all >>> 32);
        }
        return sum;
    }

    private static long eight(long[] words, int at) {
        return (words[at] ^ words[at + 1] ^ words[at + 2] ^ words[at + 3])
                ^ (words[at + 4] ^ words[at + 5] ^ words[at + 6] ^ words[at + 7]);
    }
}
