package io.github.sqlvdi.internal.engine.host.linux;

import io.github.sqlvdi.internal.engine.host.RawMember;
import io.github.sqlvdi.internal.engine.host.members.Hello;
import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A connection to a member of a set, on which a test says whatever it likes. */
final class SocketMember implements RawMember {

    private final SocketChannel channel;

    private SocketMember(SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects to a socket in a folder whose path may be long. */
    static SocketMember connect(Path folder, String socket) throws IOException {
        // By a short link: the address may have 107 bytes only.
        Path link = Files.createTempDirectory(Path.of("/tmp"), "vdi").resolve("s");
        Files.createSymbolicLink(link, folder);
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(link.resolve(socket)));
            return new SocketMember(channel);
        } finally {
            Files.delete(link);
            Files.delete(link.getParent());
        }
    }

    @Override
    public void send(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public Hello readHello() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Hello.BYTES);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                return null;
            }
        }
        return Hello.decode(bytes.flip());
    }

    @Override
    public void awaitEnd() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(100);
        try {
            while (channel.read(bytes) >= 0) {
                bytes.clear();
            }
        } catch (SocketException e) { // closed with something of ours unread
            if (!"Connection reset".equals(e.getMessage())) {
                throw e;
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
