package io.github.sqlvdi.storage.store;

import io.github.sqlvdi.stream.BackupSource;
import io.github.sqlvdi.stream.BackupTarget;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Standard output and standard input as a store of one object. Bytes that left cannot be taken back. */
final class StandardStreams implements Store {

    @Override
    public BackupTarget target(StoreLocation place, WriteOptions options) {
        return new Output();
    }

    @Override
    public BackupSource source(StoreLocation place) {
        return new Input();
    }

    @Override
    public List<StoredObject> list(StoreLocation prefix) throws IOException {
        throw new IOException(
                "- is a standard stream, which cannot be listed: expected a folder or s3://bucket/prefix");
    }

    @Override
    public void delete(StoreLocation place) throws IOException {
        throw new IOException("- is a standard stream, which cannot be deleted");
    }

    @Override
    public List<String> cleanUp(StoreLocation prefix, Duration olderThan) {
        return List.of();
    }

    @Override
    public void close() {
        // the streams belong to the process
    }

    private static final class Output implements BackupTarget {

        private final FileChannel output = new FileOutputStream(FileDescriptor.out).getChannel();
        private boolean finished;

        @Override
        public void begin() {
            // the stream is open
        }

        @Override
        public WritableByteChannel channel() {
            return new WritableByteChannel() {
                @Override
                public int write(ByteBuffer source) throws IOException {
                    return output.write(source);
                }

                @Override
                public boolean isOpen() {
                    return output.isOpen();
                }

                @Override
                public void close() {
                    // finish() closes the stream: its end means success
                }
            };
        }

        @Override
        public void finish() throws IOException {
            output.close();
            finished = true;
        }

        @Override
        public void keep() {
            // the bytes have left
        }

        @Override
        public void undo() throws IOException {
            if (finished) {
                throw new IOException(
                        "Standard output was closed before the statement failed: what it went to may look "
                                + "whole, discard it");
            }
        }

        @Override
        public Optional<Object> identity() {
            return Optional.of(FileDescriptor.out);
        }

        @Override
        public String name() {
            return StoreLocation.STANDARD_STREAM;
        }
    }

    private static final class Input implements BackupSource {

        private final FileChannel input = new FileInputStream(FileDescriptor.in).getChannel();

        @Override
        public void begin() {
            // the stream is open
        }

        @Override
        public String name() {
            return StoreLocation.STANDARD_STREAM;
        }

        @Override
        public long size() {
            return -1;
        }

        @Override
        public ReadableByteChannel channel() {
            return input;
        }

        @Override
        public Optional<Object> identity() {
            return Optional.of(FileDescriptor.in);
        }

        @Override
        public void close() throws IOException {
            input.close();
        }
    }
}
