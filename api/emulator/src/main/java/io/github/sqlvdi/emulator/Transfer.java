package io.github.sqlvdi.emulator;

import io.github.sqlvdi.server.CompletionCallback;
import io.github.sqlvdi.server.ServerCommand;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * One shared buffer and the command that carries it, reused for every transfer. Commands that have no data use a
 * transfer without a buffer. The lock of the {@link TransferPool} guards the fields. The content of the buffer belongs
 * to the thread or device that holds the transfer.
 */
final class Transfer implements CompletionCallback {

    private static final long COPY_SLICE = 1 << 20;

    final ServerCommand command = new ServerCommand(this);
    final MemorySegment buffer;
    final ByteBuffer bytes;
    DeviceLink link;
    /** The order in which the device got its commands. */
    long sequence;
    boolean done;
    int code;
    int count;

    Transfer(MemorySegment buffer) {
        this.buffer = buffer;
        this.bytes = buffer == null ? null : buffer.asByteBuffer();
    }

    @Override
    public void completed(ServerCommand answered) {
        link.completed(this);
    }

    /** Moves the bytes from {@code from} to {@code to} to the front of the buffer. */
    void moveToFront(int from, int to) {
        // A large copy is slow in one piece. Copying upwards, no slice overwrites bytes that a later slice reads.
        for (long moved = 0; moved < to - from; moved += COPY_SLICE) {
            MemorySegment.copy(buffer, from + moved, buffer, moved, Math.min(COPY_SLICE, to - from - moved));
        }
    }
}
