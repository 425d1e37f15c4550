package io.github.sqlvdi.benchmarks.pipeline;

import io.github.sqlvdi.stream.BackupTarget;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A target that counts its bytes and drops them. */
final class Nowhere implements BackupTarget {

    private long bytes;

    long bytes() {
        return bytes;
    }

    @Override
    public void begin() {
        // has nothing to open
    }

    @Override
    public WritableByteChannel channel() {
        return new WritableByteChannel() {
            @Override
            public int write(ByteBuffer source) {
                int count = source.remaining();
                source.position(source.limit());
                bytes += count;
                return count;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
                // has nothing to close
            }
        };
    }

    @Override
    public void finish() {
        // has nothing to keep
    }

    @Override
    public void keep() {
        // has nothing to keep
    }

    @Override
    public void undo() {
        // has nothing to remove
    }
}
