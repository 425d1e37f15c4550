package io.github.sqlvdi.jdbc;

import io.github.sqlvdi.mtf.BackupStreamReader;
import io.github.sqlvdi.mtf.MediaLabel;
import io.github.sqlvdi.mtf.StreamReport;
import io.github.sqlvdi.stream.StoredContent;
import io.github.sqlvdi.stream.StoredStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads a stream up to its label, header and file list, which stand before the data. */
final class StreamHead {

    private static final int PORTION = 64 << 10;
    /** The head grows with the number of files; that of 160 real backups has less than 100 KB. */
    private static final long LONGEST = 64L << 20;

    private StreamHead() {
    }

    static StreamReport of(StoredStream stream) throws IOException {
        BackupStreamReader reader = read(stream, report -> report.header().isPresent());
        StreamReport report = reader.report();
        if (report.header().isEmpty()) {
            throw new IOException(String.format(Locale.ROOT,
                    "%s has no header of a backup that can be read: %s", stream, reader.finish().verdict()));
        }
        return report;
    }

    /** Returns the label; empty if the stream does not begin with one. */
    static Optional<MediaLabel> label(StoredStream stream) throws IOException {
        return read(stream, report -> report.label().isPresent()).report().label();
    }

    private static BackupStreamReader read(StoredStream stream, Predicate<StreamReport> enough) throws IOException {
        BackupStreamReader reader = BackupStreamReader.builder().checksums(false).build();
        ByteBuffer portion = ByteBuffer.allocate(PORTION);
        long length = 0;
        try (StoredContent content = stream.open()) {
            while (!enough.test(reader.report()) && reader.report().offence().isEmpty() && length < LONGEST
                    && content.read(portion.clear()) >= 0) {
                length += portion.position();
                reader.feed(portion.flip());
            }
        }
        return reader;
    }
}
