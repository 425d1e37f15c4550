package io.github.sqlvdi.internal.memory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** An I/O operation that holds a buffer until a test lets it go: a write to a connection that nobody reads. */
public final class HeldData implements AutoCloseable {

    /** More than such a connection takes at once. */
    public static final int BYTES = 1 << 20;

    /** Given to both ends, as a system makes buffers grow otherwise, up to 32 MiB. */
    private static final int SOCKET_BUFFER_BYTES = 1 << 14;

    private final SocketChannel sink = SocketChannel.open();
    private final SocketChannel source;
    private final FutureTask<Integer> write;
    private final Thread writer;

    private HeldData(ByteBuffer data) throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            sink.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
            sink.connect(listener.getLocalAddress());
            source = listener.accept();
        }
        write = new FutureTask<>(() -> sink.write(data));
        writer = Thread.ofPlatform().daemon().name("held-write").start(write);
    }

    /** Starts the write and returns when the connection has taken its first byte. */
    public static HeldData hold(ByteBuffer data) throws IOException {
        HeldData held = new HeldData(data);
        held.source.read(ByteBuffer.allocate(1));
        return held;
    }

    /** Reads the connection empty; the write has ended, and so has its hold, when this returns. */
    public void letGo() throws IOException, ExecutionException, InterruptedException {
        ByteBuffer target = ByteBuffer.allocateDirect(1 << 20);
        source.configureBlocking(false);
        while (writer.isAlive()) {
            target.clear();
            if (source.read(target) == 0) {
                Thread.onSpinWait();
            }
        }
        write.get();
    }

    @Override
    public void close() throws IOException {
        source.close(); // a write that still waits fails
        sink.close();
    }
}
