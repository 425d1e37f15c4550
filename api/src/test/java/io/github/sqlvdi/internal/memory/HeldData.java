package io.github.sqlvdi.internal.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** An I/O operation that holds a buffer until a test lets it go: a write into a pipe that nobody reads. */
public final class HeldData implements AutoCloseable {

    /** More than any pipe takes at once. */
    public static final int BYTES = 4 << 20;

    private final Pipe pipe = Pipe.open();
    private final FutureTask<Integer> write;
    private final Thread writer;

    private HeldData(ByteBuffer data) throws IOException {
        write = new FutureTask<>(() -> pipe.sink().write(data));
        writer = Thread.ofPlatform().daemon().name("held-write").start(write);
    }

    /** Starts the write and returns when the pipe has taken its first byte. */
    public static HeldData hold(ByteBuffer data) throws IOException {
        HeldData held = new HeldData(data);
        held.pipe.source().read(ByteBuffer.allocate(1));
        return held;
    }

    /** Reads the pipe empty; the write has ended, and so has its hold, when this returns. */
    public void letGo() throws IOException, ExecutionException, InterruptedException {
        ByteBuffer sink = ByteBuffer.allocateDirect(1 << 20);
        pipe.source().configureBlocking(false);
        while (writer.isAlive()) {
            sink.clear();
            if (pipe.source().read(sink) == 0) {
                Thread.onSpinWait();
            }
        }
        write.get();
    }

    @Override
    public void close() throws IOException {
        pipe.source().close(); // a write that still waits fails
        pipe.sink().close();
    }
}
