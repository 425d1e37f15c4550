package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.mtf.BackupStreamReader;
import io.github.sqlvdi.mtf.StreamReport;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file whose stream was read to its end, or to the place where its wrapping is damaged.
 *
 * @param name as on the command line
 * @param wrapping {@code gzip}, or empty
 * @param broken the damage of the wrapping in words; empty if there is none
 * @param report the report on the stream
 */
record InspectedFile(String name, String wrapping, String broken, StreamReport report) {

    /** The name of standard input. */
    static final String STANDARD_INPUT = "-";

    private static final int BUFFER = 1 << 20;
    private static final int GZIP_MAGIC = 0x8b1f;

    /** Reads a file. {@code opened} gets its channel; closing the channel ends the read. */
    static InspectedFile read(String name, boolean checksums, Consumer<FileChannel> opened) throws IOException {
        try (FileChannel channel = open(name)) {
            opened.accept(channel);
            BackupStreamReader reader = BackupStreamReader.builder().checksums(checksums).build();
            ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
            while (buffer.position() < 2 && channel.read(buffer) >= 0) {
                // the first two bytes identify a gzip file
            }
            buffer.flip();
            if (buffer.remaining() >= 2 && (buffer.get(0) & 0xff | (buffer.get(1) & 0xff) << 8) == GZIP_MAGIC) {
                String broken = unpack(reader, buffer, channel);
                return new InspectedFile(name, "gzip", broken, reader.finish());
            }
            reader.feed(buffer);
            copy(reader, channel, buffer);
            return new InspectedFile(name, "", "", reader.finish());
        }
    }

    @SuppressWarnings("resource") // the channel closes the stream, which ends a read that hangs
    private static FileChannel open(String name) throws IOException {
        return name.equals(STANDARD_INPUT) ? new FileInputStream(FileDescriptor.in).getChannel()
                : FileChannel.open(Path.of(name));
    }

    private static void copy(BackupStreamReader reader, ReadableByteChannel channel, ByteBuffer buffer)
            throws IOException {
        while (channel.read(buffer.clear()) >= 0) {
            reader.feed(buffer.flip());
        }
    }

    private static String unpack(BackupStreamReader reader, ByteBuffer begun, FileChannel channel)
            throws IOException {
        byte[] first = new byte[begun.remaining()];
        begun.get(first);
        InputStream file = new SequenceInputStream(new ByteArrayInputStream(first),
                Channels.newInputStream(channel));
        try (InputStream unpacked = new GZIPInputStream(file, BUFFER)) {
            byte[] bytes = new byte[BUFFER];
            for (int count = unpacked.read(bytes); count >= 0; count = unpacked.read(bytes)) {
                reader.feed(ByteBuffer.wrap(bytes, 0, count));
            }
            return "";
        } catch (EOFException e) {
            return "the gzip file ends too early";
        } catch (ZipException e) {
            return "the gzip file is damaged: " + e.getMessage();
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
