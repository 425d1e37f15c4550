package io.github.sqlvdi.internal.engine.host.linux;

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
final class RawMember implements AutoCloseable {

    private final SocketChannel channel;

    private RawMember(SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects to a slot of the only set in the private directory. */
    static RawMember connect(Path folder, int slot) throws IOException {
        // By a short link: the address may have 107 bytes only.
        Path link = Files.createTempDirectory(Path.of("/tmp"), "vdi").resolve("s");
        Files.createSymbolicLink(link, folder);
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(link.resolve(slot + ".socket")));
            return new RawMember(channel);
        } finally {
            Files.delete(link);
            Files.delete(link.getParent());
        }
    }

    void send(byte... bytes) throws IOException {
        send(ByteBuffer.wrap(bytes));
    }

    void send(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Reads an answer of the size of a hello; null if the other side closes instead. */
    Hello readHello() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Hello.BYTES);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                return null;
            }
        }
        return Hello.decode(bytes.flip());
    }

    /** Waits until the other side closes the connection, whatever it says before. */
    void awaitEnd() throws IOException {
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
