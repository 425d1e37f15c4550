package io.github.sqlvdi.mtf;

/**
 * What became of the checksums that database pages carry themselves, {@code PAGE_VERIFY CHECKSUM} (MTF reference 9). They
 * are checked in every backup, also in one made without {@code WITH CHECKSUM}.
 *
 * @param checked how many pages carry one and were computed
 * @param differing how many of them do not fit it
 */
public record PageChecksums(long checked, long differing) {
}
