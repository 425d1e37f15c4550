package io.github.sqlvdi.mtf;

import io.github.sqlvdi.internal.mtf.BackupChecksum;
import io.github.sqlvdi.internal.mtf.BackupChecksum.DifferingPage;
import io.github.sqlvdi.internal.mtf.PageChecksum;
import java.util.Locale;

/** What became of pages and log: how much passed, and whether its checksums hold (MTF reference 7 to 9). */
final class DataFindings {

    private final Findings findings;
    private long pages;
    private long logBytes;
    private long sums;
    private long agreed;
    private long differing;
    private long checkedPages;
    private long differingPages;

    DataFindings(Findings findings) {
        this.findings = findings;
    }

    /** So many bytes of pages or log passed; {@code sum} counts the pages that have a checksum. */
    void passed(MtfBlock block, long length, BackupChecksum sum) {
        if (block.isPages()) {
            pages += length / PageChecksum.PAGE_SIZE;
        } else {
            logBytes += length;
        }
        checkedPages = sum.checkedPages();
        differingPages = sum.differingPages();
    }

    /** A page of data without a backup checksum does not fit its own one; it begins at a place of what was fed. */
    void differingPage(MtfBlock block, long position, DifferingPage page) {
        findings.offence(Wholeness.DAMAGED, position,
                String.format(Locale.ROOT,
                        "the checksum of %s, in block %s that begins at byte %d, is 0x%08x: computed "
                                + "0x%08x",
                        name(page), block.type(), block.position(), page.stored(), page.computed()));
    }

    private static String name(DifferingPage page) {
        return String.format(Locale.ROOT, "page (%d:%d)", page.fileId(), page.number());
    }

    /**
     * A backup checksum of the data before it.
     *
     * @param position its place in what was fed
     * @param sum the computed one, null where nothing was computed
     */
    void checksum(MtfBlock block, long position, int stored, BackupChecksum sum) {
        sums++;
        if (sum == null) {
            return;
        }
        DifferingPage page = sum.firstDiffering();
        if (sum.value() != stored) {
            differing++;
            findings.offence(Wholeness.DAMAGED, position, String.format(Locale.ROOT,
                    "the backup checksum of the data before, in block %s that begins at byte %d, is 0x%08x: computed "
                            + "0x%08x",
                    block.type(), block.position(), stored, sum.value())
                    + (page == null ? "" : "; " + name(page) + " does not fit its own checksum"));
            return;
        }
        agreed++;
        if (page != null) {
            findings.remark(
                    name(page)
                            + " does not fit its own checksum, but the backup checksum holds: the server read it so");
        }
    }

    long pages() {
        return pages;
    }

    long logBytes() {
        return logBytes;
    }

    DataChecksums checksums() {
        return new DataChecksums(sums, agreed, differing);
    }

    PageChecksums pageChecksums() {
        return new PageChecksums(checkedPages, differingPages);
    }
}
