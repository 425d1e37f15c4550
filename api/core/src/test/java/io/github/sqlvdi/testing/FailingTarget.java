package io.github.sqlvdi.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Takes some bytes and then fails, as a full disk does. */
public class FailingTarget implements WritableByteChannel {

    private final IOException failure;
    private long room;
    private boolean open = true;

    public FailingTarget(long room, IOException failure) {
        this.room = room;
        this.failure = failure;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        if (room < source.remaining()) {
            throw failure;
        }
        int count = source.remaining();
        source.position(source.limit());
        room -= count;
        return count;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }
}
