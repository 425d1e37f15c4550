package io.github.sqlvdi.emulator.internal.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;

/**
 * Puts the packets of a client together to messages. Never reads past the end of a message, because TLS may begin or end
 * there. Used by one thread.
 */
public final class MessageReader {

    /** Length of a packet's header. */
    static final int HEADER = 8;
    /** Longest packet of TDS. */
    static final int MAX_PACKET = 32_767;
    /** Longest message while nobody is logged in. Every LOGIN7 of a known client is below 4 KiB. */
    private static final int LOGIN_LIMIT = 128 * 1024;
    /** Longest request of a session. Bounds the memory that one client can take. */
    private static final int REQUEST_LIMIT = 4 * 1024 * 1024;

    private final InputStream in;
    private final byte[] header = new byte[HEADER];
    private int limit = LOGIN_LIMIT;

    /**
     * Makes a reader.
     *
     * @param in the client's bytes
     */
    public MessageReader(InputStream in) {
        this.in = in;
    }

    /** Allows messages of the size that requests may have, after a login. */
    public void loggedIn() {
        limit = REQUEST_LIMIT;
    }

    /**
     * Waits for the next message.
     *
     * @return the message; null when the client closed the connection between two messages
     * @throws ProtocolException for a header or a size that TDS does not allow
     * @throws IOException if the connection ends within a message
     */
    public Message next() throws IOException {
        byte[] data = new byte[0];
        int length = 0;
        int type = -1;
        int firstStatus = 0;
        while (true) {
            if (!readHeader(type < 0)) {
                return null;
            }
            int status = header[1] & 0xFF;
            int size = packetSize() - HEADER;
            if (type < 0) {
                type = header[0] & 0xFF;
                firstStatus = status;
                requireKnown(type);
            } else if (type != (header[0] & 0xFF)) {
                throw new ProtocolException(String.format(Locale.ROOT,
                        "A packet of type %d came within a message of type %d", header[0] & 0xFF, type));
            }
            if (length + size > limit) {
                throw new ProtocolException(
                        String.format(Locale.ROOT, "A message of more than %d bytes was received", limit));
            }
            if (data.length < length + size) {
                data = Arrays.copyOf(data, length == 0 ? size : Math.min(limit, 2 * (length + size)));
            }
            readFully(data, length, size);
            length += size;
            if ((status & Message.END) != 0) {
                int bits = (firstStatus | status & Message.IGNORE) & ~Message.END;
                return new Message(type, bits, length == data.length ? data : Arrays.copyOf(data, length));
            }
        }
    }

    private static void requireKnown(int type) throws ProtocolException {
        if (!Message.isKnown(type)) {
            throw new ProtocolException(
                    String.format(Locale.ROOT, "Packet type %d is not one that a server receives", type));
        }
    }

    private int packetSize() throws ProtocolException {
        int size = (header[2] & 0xFF) << 8 | header[3] & 0xFF;
        if (size < HEADER || size > MAX_PACKET) {
            throw new ProtocolException(
                    String.format(Locale.ROOT, "Packet length %d is not within %d..%d", size, HEADER, MAX_PACKET));
        }
        return size;
    }

    private boolean readHeader(boolean mayEnd) throws IOException {
        int read = in.readNBytes(header, 0, HEADER);
        if (read == 0 && mayEnd) {
            return false;
        }
        if (read < HEADER) {
            throw new EOFException(
                    String.format(Locale.ROOT, "The connection ended within a packet header, after %d bytes", read));
        }
        return true;
    }

    private void readFully(byte[] target, int offset, int size) throws IOException {
        int read = in.readNBytes(target, offset, size);
        if (read < size) {
            throw new EOFException(String.format(Locale.ROOT,
                    "The connection ended within a packet, after %d of %d bytes", read, size));
        }
    }
}
