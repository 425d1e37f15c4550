package io.github.sqlvdi.jdbc;

import io.github.sqlvdi.mtf.BackupStreamReader;
import io.github.sqlvdi.mtf.MediaLabel;
import io.github.sqlvdi.mtf.StreamReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

    static StreamReport of(Path file) throws IOException {
        BackupStreamReader reader = read(file, report -> report.header().isPresent());
        StreamReport report = reader.report();
        if (report.header().isEmpty()) {
            throw new IOException(String.format(Locale.ROOT,
                    "%s has no header of a backup that can be read: %s", file, reader.finish().verdict()));
        }
        return report;
    }

    /** Returns the label; empty if the file does not begin with one. */
    static Optional<MediaLabel> label(Path file) throws IOException {
        return read(file, report -> report.label().isPresent()).report().label();
    }

    private static BackupStreamReader read(Path file, Predicate<StreamReport> enough) throws IOException {
        BackupStreamReader reader = BackupStreamReader.builder().checksums(false).build();
        ByteBuffer portion = ByteBuffer.allocate(PORTION);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (!enough.test(reader.report()) && reader.report().offence().isEmpty() && channel.position() < LONGEST
                    && channel.read(portion.clear()) >= 0) {
                reader.feed(portion.flip());
            }
        }
        return reader;
    }
}
