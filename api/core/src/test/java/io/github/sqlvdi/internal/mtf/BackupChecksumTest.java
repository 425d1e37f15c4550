package io.github.sqlvdi.internal.mtf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.sqlvdi.internal.mtf.BackupChecksum.DifferingPage;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sums of (MTF reference 9), for portions of any size; each page's own checksum comes out of the same pass. */
class BackupChecksumTest {

    private static final int PAGE = PageChecksum.PAGE_SIZE;

    private final BackupChecksum sum = new BackupChecksum();

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** The formula of the reference, word by word. */
    private static int expected(byte[] bytes) {
        int sum = 0;
        for (int sector = 0; sector < bytes.length; sector += 512) {
            int words = 0;
            for (int at = sector; at < Math.min(bytes.length, sector + 512); at++) {
                words ^= (bytes[at] & 0xff) << 8 * (at & 3);
            }
            sum = Integer.rotateLeft(sum, 1) ^ words;
        }
        return sum;
    }

    /** Pages that carry checksums, but for every fifth. */
    private static byte[] pages(int count) {
        byte[] bytes = random(count * PAGE);
        for (int page = 0; page < count; page++) {
            int at = page * PAGE;
            LittleEndian.putU16(bytes, at + 4, page % 5 == 4 ? 0 : 0x200);
            LittleEndian.putU32(bytes, at + 0x20, 1000 + page);
            LittleEndian.putU16(bytes, at + 0x24, 3);
            LittleEndian.putU32(bytes, at + PageChecksum.OFFSET, PageChecksum.of(bytes, at));
        }
        return bytes;
    }

    private void update(byte[] bytes, int portion) {
        MemorySegment segment = MemorySegment.ofArray(bytes);
        for (int next = 0; next < bytes.length; next += portion) {
            sum.update(segment, next, Math.min(bytes.length, next + portion));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 511, 512, 513, 8191, 8192, 8193, 20_000, 100_000})
    void sumDoesNotDependOnThePortions(int portion) {
        for (int length : new int[]{0, 1, 511, 512, 513, 8191, 8192, 8193, 16_384, 65_536, 70_001}) {
            sum.reset(false);
            update(random(length), portion);
            assertEquals(expected(random(length)), sum.value(), length + " bytes");
            assertEquals(expected(random(length)), sum.value(), "a second time");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 700, 8192, 30_000, 1_000_000})
    void pagesAreCheckedInTheSamePass(int portion) {
        byte[] bytes = pages(20);
        sum.reset(true);
        update(bytes, portion);
        assertEquals(expected(bytes), sum.value());
        assertEquals(16, sum.checkedPages());
        assertEquals(0, sum.differingPages());
        assertNull(sum.firstDiffering());
    }

    @Test
    void firstPageThatDiffersIsNamed() {
        byte[] bytes = pages(20);
        int right = PageChecksum.of(bytes, 7 * PAGE);
        bytes[7 * PAGE + 5000] ^= 0x10;
        bytes[12 * PAGE + 100] ^= 1;
        bytes[4 * PAGE + 100] ^= 1; // this page has no checksum
        sum.reset(true);
        update(bytes, 10_000);
        assertEquals(16, sum.checkedPages());
        assertEquals(2, sum.differingPages());
        assertEquals(new DifferingPage(7 * PAGE, 3, 1007, right, PageChecksum.of(bytes, 7 * PAGE)),
                sum.firstDiffering());
        sum.reset(true);
        assertNull(sum.firstDiffering());
        assertEquals(2, sum.differingPages(), "the counts go on");
    }

    @Test
    void everyFlippedBitOfAPageIsFoundButTheOneThatSaysThatThereIsAChecksum() {
        byte[] bytes = pages(1);
        MemorySegment segment = MemorySegment.ofArray(bytes);
        for (int bit = 0; bit < 8 * PAGE; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            sum.reset(true);
            sum.update(segment, 0, PAGE);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            assertEquals(bit == 8 * 4 + 9, sum.firstDiffering() == null, "bit " + bit);
        }
    }

    @Test
    void logIsNotTakenForPages() {
        byte[] bytes = pages(3);
        bytes[100] ^= 1;
        sum.reset(false);
        update(bytes, PAGE);
        assertEquals(0, sum.checkedPages());
        assertEquals(expected(bytes), sum.value());
    }
}
