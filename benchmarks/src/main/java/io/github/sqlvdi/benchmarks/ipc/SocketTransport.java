package io.github.sqlvdi.benchmarks.ipc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A stream socket, Unix-domain or loopback TCP, with direct buffers; the kernel makes the two copies. */
final class SocketTransport implements Transport {

    private static final int UNIX_BUFFER = 1 << 20;

    private final boolean unix;

    SocketTransport(boolean unix) {
        this.unix = unix;
    }

    @Override
    public void produce(TransferPlan plan) throws IOException {
        SocketAddress address = unix
                ? UnixDomainSocketAddress.of(socket(plan))
                : new InetSocketAddress(InetAddress.getLoopbackAddress(),
                        Integer.parseInt(Files.readString(port(plan))));
        plan.placement().take(1);
        try (SocketChannel channel = SocketChannel.open(address)) {
            if (unix) {
                channel.setOption(StandardSocketOptions.SO_SNDBUF, UNIX_BUFFER);
            }
            ByteBuffer source = Buffers.own(plan.size()).asByteBuffer();
            ChannelPump.produce(source, channel);
        }
    }

    @Override
    public void consume(TransferPlan plan, Runnable ready, Meter meter) throws IOException {
        try (ServerSocketChannel listener = listen(plan)) {
            ready.run();
            plan.placement().take(0);
            try (SocketChannel channel = listener.accept()) {
                ChannelPump.consume(Buffers.own(plan.size()).asByteBuffer(), channel, meter);
            }
        }
    }

    private ServerSocketChannel listen(TransferPlan plan) throws IOException {
        if (unix) {
            return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket(plan)));
        }
        ServerSocketChannel listener =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Files.writeString(port(plan), String.valueOf(((InetSocketAddress) listener.getLocalAddress()).getPort()));
        return listener;
    }

    private static Path socket(TransferPlan plan) {
        return plan.folder().resolve("socket");
    }

    private static Path port(TransferPlan plan) {
        return plan.folder().resolve("port");
    }
}
