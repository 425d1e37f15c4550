package io.github.sqlvdi.mtf;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a {@link BackupStreamReader} found: the verdict on the stream, and what the stream says about its backup. Immutable,
 * for any thread.
 */
public final class StreamReport {

    private final Wholeness wholeness;
    private final Offence offence;
    private final List<String> remarks;
    private final long length;
    private final long padding;
    private final long expandedLength;
    private final boolean container;
    private final boolean encrypted;
    private final String algorithm;
    private final MediaLabel label;
    private final Configuration first;
    private final Configuration last;
    private final List<LogRange> logRanges;
    private final long logRangeCount;
    private final long blocks;
    private final long pages;
    private final long logBytes;
    private final DataChecksums checksums;
    private final PageChecksums pageChecksums;

    StreamReport(Findings findings, long length, long padding, long expandedLength, boolean container,
            boolean encrypted,
            String algorithm, MediaLabel label, Configuration first, Configuration last, List<LogRange> logRanges,
            long logRangeCount, long blocks, DataFindings data) {
        wholeness = findings.verdict();
        offence = findings.offence();
        remarks = List.copyOf(findings.remarks());
        this.length = length;
        this.padding = padding;
        this.expandedLength = expandedLength;
        this.container = container;
        this.encrypted = encrypted;
        this.algorithm = algorithm;
        this.label = label;
        this.first = first;
        this.last = last;
        this.logRanges = List.copyOf(logRanges);
        this.logRangeCount = logRangeCount;
        this.blocks = blocks;
        pages = data.pages();
        logBytes = data.logBytes();
        checksums = data.checksums();
        pageChecksums = data.pageChecksums();
    }

    /** {@return the verdict} */
    public Wholeness wholeness() {
        return wholeness;
    }

    /** {@return what is wrong first; empty for a stream that is whole or still flows without an offence} */
    public Optional<Offence> offence() {
        return Optional.ofNullable(offence);
    }

    /**
     * What is unusual but no offence, for example a block of a later version; at most 16 sentences.
     *
     * @return the sentences, without full stops
     */
    public List<String> remarks() {
        return remarks;
    }

    /** {@return bytes that were fed} */
    public long length() {
        return length;
    }

    /**
     * The zero bytes behind the end of the stream. A stream with them is whole only if they fill the last block of a size
     * that BLOCKSIZE can have, up to 65,536 bytes (MTF reference 16).
     *
     * @return bytes, included in {@link #length()}
     */
    public long paddingLength() {
        return padding;
    }

    /** {@return bytes of the expanded stream that were walked through; as {@link #length()} without compression} */
    public long expandedLength() {
        return expandedLength;
    }

    /** {@return whether the stream came in the container {@code MSSQLBAK}, which compressed and encrypted backups use} */
    public boolean isContainer() {
        return container;
    }

    /** {@return whether the container says that the backup is encrypted (MTF reference 12, a guess)} */
    public boolean isEncrypted() {
        return encrypted;
    }

    /**
     * The compression of the container.
     *
     * @return {@code MS_XPRESS}, {@code ZSTD}, or {@code unknown} with the number in the container; empty without
     *     compression
     */
    public Optional<String> compressionAlgorithm() {
        return Optional.ofNullable(algorithm);
    }

    /** {@return the label; empty as long as it did not pass} */
    public Optional<MediaLabel> label() {
        return Optional.ofNullable(label);
    }

    /** {@return the header: the final values, the preliminary ones as long as those did not pass, else empty} */
    public Optional<BackupHeader> header() {
        return configuration().map(Configuration::header);
    }

    /** {@return the header as it stood before the data; empty as long as it did not pass} */
    public Optional<BackupHeader> preliminaryHeader() {
        return Optional.ofNullable(first).map(Configuration::header);
    }

    /** {@return the files of the database, from the same place as {@link #header()}} */
    public List<BackupFile> files() {
        return configuration().map(Configuration::files).orElse(List.of());
    }

    /** {@return the filegroups of the database, from the same place as {@link #header()}} */
    public List<Filegroup> filegroups() {
        return configuration().map(Configuration::filegroups).orElse(List.of());
    }

    private Optional<Configuration> configuration() {
        return Optional.ofNullable(last != null ? last : first);
    }

    /** {@return the virtual log files that passed, the first 10,000 of {@link #logRangeCount()}} */
    public List<LogRange> logRanges() {
        return logRanges;
    }

    /** {@return how many virtual log files passed} */
    public long logRangeCount() {
        return logRangeCount;
    }

    /** {@return how many blocks passed} */
    public long blockCount() {
        return blocks;
    }

    /** {@return how many database pages passed, those that fill up included} */
    public long pageCount() {
        return pages;
    }

    /** {@return how many bytes of log passed, those that fill up included} */
    public long logBytes() {
        return logBytes;
    }

    /** {@return what became of the backup checksums of the data} */
    public DataChecksums checksums() {
        return checksums;
    }

    /** {@return what became of the checksums that pages carry themselves} */
    public PageChecksums pageChecksums() {
        return pageChecksums;
    }

    /** {@return whether the stream is whole} */
    public boolean isWhole() {
        return wholeness == Wholeness.WHOLE;
    }

    /** {@return the verdict in a sentence} */
    public String verdict() {
        return switch (wholeness) {
            case FLOWING -> "nothing is wrong so far";
            case WHOLE -> checksums.present() == 0 ? "whole, made without checksums" + pages()
                    : checksums.areProven() ? "whole, and its checksums hold"
                            : "whole, its checksums were not computed";
            case INCOMPLETE -> "incomplete: " + offence;
            case DAMAGED -> "damaged: " + offence;
            case UNKNOWN -> "not known: " + offence;
        };
    }

    private String pages() {
        return pageChecksums.checked() == 0 ? ""
                : String.format(Locale.ROOT, "; pages with a checksum of their own: %,d, all hold",
                        pageChecksums.checked());
    }
}
