package io.github.sqlvdi.mtf;

/**
 * What became of the checksums of {@code WITH CHECKSUM} (MTF reference 9).
 *
 * @param present how many the stream has
 * @param agreed how many were computed and agree
 * @param differing how many were computed and differ
 */
public record DataChecksums(long present, long agreed, long differing) {

    /** {@return whether the stream has any, and all were computed and agree} */
    public boolean areProven() {
        return present > 0 && agreed == present;
    }
}
