package io.github.sqlvdi.samples.cli;

import io.github.sqlvdi.codec.Decoders;
import io.github.sqlvdi.stream.BackupSource;
import io.github.sqlvdi.stream.Pipeline;
import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** The one place where files are opened to be read here, through their codecs. */
final class Sources implements Closeable {

    /** The name of standard input. */
    static final String STANDARD_INPUT = "-";

    private final Watched stored;
    private final Decoders.Decoded decoded;

    private Sources(Watched stored, Decoders.Decoded decoded) {
        this.stored = stored;
        this.decoded = decoded;
    }

    /**
     * Opens a file and decodes it as far as the pipeline knows its formats.
     *
     * @param name of a file, or {@value #STANDARD_INPUT}
     * @param opened gets the channel of the file itself; closing it ends a read that waits
     */
    static Sources open(String name, Pipeline pipeline, Consumer<Channel> opened) throws IOException {
        ReadableByteChannel file = file(name);
        opened.accept(file);
        Watched stored = new Watched(file);
        return new Sources(stored, pipeline.decode(stored));
    }

    @SuppressWarnings("resource") // the channel closes the stream, which ends a read that hangs
    private static ReadableByteChannel file(String name) throws IOException {
        if (name.equals(STANDARD_INPUT)) {
            return new FileInputStream(FileDescriptor.in).getChannel();
        }
        Path file = StorePath.of(name);
        if (file instanceof StorePath place) {
            BackupSource source = place.source();
            source.begin();
            return source.channel();
        }
        return FileChannel.open(file);
    }

    /** {@return the names of the formats, the outermost first} */
    List<String> formats() {
        return decoded.formats();
    }

    /** {@return the decoded bytes} */
    ReadableByteChannel plain() {
        return decoded.plain();
    }

    /** {@return whether a read of the file itself failed, so that the content is not to blame} */
    boolean isUnreadable() {
        return stored.failed;
    }

    @Override
    public void close() throws IOException {
        decoded.plain().close();
    }

    /** Remembers whether the file could not be read. */
    private static final class Watched implements ReadableByteChannel {

        private final ReadableByteChannel file;
        private boolean failed;

        Watched(ReadableByteChannel file) {
            this.file = file;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            try {
                return file.read(target);
            } catch (IOException failure) {
                failed = true;
                throw failure;
            }
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
