package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.mtf.BackupStreamReader;
import io.github.sqlvdi.mtf.StreamReport;
import io.github.sqlvdi.stream.Pipeline;
import io.github.sqlvdi.stream.StoredContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.file.FileSystemException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A file whose stream was read to its end, or to the place where its wrapping is damaged.
 *
 * @param name as on the command line
 * @param wrapping the names of the formats around the stream, the outermost first, or empty
 * @param broken the damage of the wrapping in words; empty if there is none
 * @param report the report on the stream
 */
record InspectedFile(String name, String wrapping, String broken, StreamReport report) {

    private static final int BUFFER = 1 << 20;

    /** Reads a file. {@code opened} gets its channel; closing the channel ends the read. */
    static InspectedFile read(String name, boolean checksums, Pipeline pipeline, Consumer<Channel> opened)
            throws IOException {
        try (StoredContent content = StoredPaths.of(StorePath.of(name), Optional.of(pipeline)).open(opened)) {
            BackupStreamReader reader = BackupStreamReader.builder().checksums(checksums).build();
            String wrapping = String.join(", ", content.formats());
            String broken = "";
            try {
                ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
                while (content.read(buffer.clear()) >= 0) {
                    reader.feed(buffer.flip());
                }
            } catch (IOException failure) {
                if (content.isUnreadable() || content.formats().isEmpty()) {
                    throw failure;
                }
                // The report has the name of the file beside the damage.
                broken = failure instanceof FileSystemException named && named.getReason() != null
                        ? named.getReason() : failure.getMessage();
            }
            return new InspectedFile(name, wrapping, broken, reader.finish());
        }
    }

    /** {@return whether stream and wrapping are whole} */
    boolean isWhole() {
        return broken.isEmpty() && report.isWhole();
    }

    /** {@return the verdict on stream and wrapping} */
    String verdict() {
        return broken.isEmpty() ? report.verdict() : "damaged: " + broken + "; the stream in it is " + report.verdict();
    }
}
