package io.github.sqlvdi.internal.engine.host.linux;

import io.github.sqlvdi.internal.engine.host.members.Link;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.attribute.UserPrincipal;
import jdk.net.ExtendedSocketOptions;

/**
 * A connected Unix-domain socket.
 *
 * @param channel the socket, non-blocking
 */
record SocketLink(SocketChannel channel) implements Link {

    /** Takes over a connection that another process opened, if it is this user's. */
    static SocketLink incoming(SocketChannel channel, OpenFile folder) throws IOException {
        requireSameUser(channel, folder);
        channel.configureBlocking(false);
        return new SocketLink(channel);
    }

    static SocketLink connect(OpenFile folder, int slot) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.configureBlocking(false);
            // On a Unix-domain socket this succeeds or fails at once, whatever the other process is doing.
            channel.connect(Slot.address(folder, slot));
            requireSameUser(channel, folder);
            return new SocketLink(channel);
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    private static void requireSameUser(SocketChannel channel, OpenFile folder) throws IOException {
        UserPrincipal user = channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        UserPrincipal owner = Files.getOwner(folder.path());
        if (!user.equals(owner)) {
            throw new IOException("the process at the other end belongs to user " + user + "; expected " + owner);
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return channel.read(target);
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        channel.write(source);
        if (source.hasRemaining()) {
            throw new IOException("the process at the other end does not read");
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
