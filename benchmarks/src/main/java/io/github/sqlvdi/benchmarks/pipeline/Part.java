package io.github.sqlvdi.benchmarks.pipeline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;

/** A part of a file as the stream of one device. */
final class Part implements ReadableByteChannel {

    private final FileChannel file;
    private final long end;
    private long position;

    private Part(FileChannel file, long begin, long end) {
        this.file = file;
        this.position = begin;
        this.end = end;
    }

    static Part of(Path path, int part, int parts) throws IOException {
        FileChannel file = FileChannel.open(path);
        long size = file.size();
        return new Part(file, size * part / parts, size * (part + 1) / parts);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (position == end) {
            return -1;
        }
        int limit = target.limit();
        target.limit((int) Math.min(limit, target.position() + end - position));
        int count = file.read(target, position);
        target.limit(limit);
        position += Math.max(count, 0);
        return count;
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
