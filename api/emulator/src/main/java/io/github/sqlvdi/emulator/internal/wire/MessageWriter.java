package io.github.sqlvdi.emulator.internal.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes the server's messages, little-endian, in packets of the agreed size. Holds at most one packet: a full packet goes
 * to the client at once. Used by one thread at a time.
 */
public final class MessageWriter {

    /** Packet size until a login agrees on another. */
    public static final int DEFAULT_PACKET = 4096;
    /** Smallest packet size of TDS. */
    public static final int MIN_PACKET = 512;

    private final OutputStream out;
    private final int type;
    private byte[] packet = new byte[DEFAULT_PACKET];
    private int position = MessageReader.HEADER;
    private int packetId;
    private int spid;

    /**
     * Makes a writer.
     *
     * @param out the connection
     * @param type the packet type of its messages
     */
    public MessageWriter(OutputStream out, int type) {
        this.out = out;
        this.type = type;
    }

    /**
     * Sets the session id, which the headers carry.
     *
     * @param id 1 to 32,767
     */
    public void spid(int id) {
        spid = id;
    }

    /**
     * Sets the packet size. Between messages only.
     *
     * @param bytes the size with the header, 512 to 32,767
     */
    public void packetSize(int bytes) {
        if (position != MessageReader.HEADER || packetId != 0) {
            throw new IllegalStateException("The packet size may change between messages only");
        }
        packet = new byte[Math.clamp(bytes, MIN_PACKET, MessageReader.MAX_PACKET)];
    }

    /**
     * Writes a byte.
     *
     * @param value its low 8 bits count
     * @throws IOException if the connection fails
     */
    public void u8(int value) throws IOException {
        if (position == packet.length) {
            send(0);
        }
        packet[position++] = (byte) value;
    }

    /**
     * Writes 16 bits.
     *
     * @param value its low 16 bits count
     * @throws IOException if the connection fails
     */
    public void u16(int value) throws IOException {
        u8(value);
        u8(value >>> 8);
    }

    /**
     * Writes 32 bits.
     *
     * @param value the number
     * @throws IOException if the connection fails
     */
    public void i32(int value) throws IOException {
        u16(value);
        u16(value >>> 16);
    }

    /**
     * Writes 32 bits, big-endian.
     *
     * @param value the number
     * @throws IOException if the connection fails
     */
    public void i32BigEndian(int value) throws IOException {
        i32(Integer.reverseBytes(value));
    }

    /**
     * Writes 64 bits.
     *
     * @param value the number
     * @throws IOException if the connection fails
     */
    public void i64(long value) throws IOException {
        i32((int) value);
        i32((int) (value >>> 32));
    }

    /**
     * Writes bytes.
     *
     * @param data all of them are written
     * @throws IOException if the connection fails
     */
    public void bytes(byte[] data) throws IOException {
        for (int done = 0; done < data.length;) {
            if (position == packet.length) {
                send(0);
            }
            int count = Math.min(data.length - done, packet.length - position);
            System.arraycopy(data, done, packet, position, count);
            position += count;
            done += count;
        }
    }

    /**
     * Writes UTF-16LE text without a length.
     *
     * @param text the text
     * @throws IOException if the connection fails
     */
    public void text(String text) throws IOException {
        bytes(text.getBytes(StandardCharsets.UTF_16LE));
    }

    /**
     * Writes text behind an 8-bit count.
     *
     * @param text up to 255 characters
     * @throws IOException if the connection fails
     */
    public void shortText(String text) throws IOException {
        u8(text.length());
        text(text);
    }

    /**
     * Sends the bytes that wait for a full packet, without ending the message.
     *
     * @throws IOException if the connection fails
     */
    public void flush() throws IOException {
        if (position > MessageReader.HEADER) {
            send(0);
        }
    }

    /**
     * Ends the message and sends its last packet.
     *
     * @throws IOException if the connection fails
     */
    public void end() throws IOException {
        send(Message.END);
        packetId = 0;
    }

    private void send(int status) throws IOException {
        packet[0] = (byte) type;
        packet[1] = (byte) status;
        packet[2] = (byte) (position >>> 8);
        packet[3] = (byte) position;
        packet[4] = (byte) (spid >>> 8);
        packet[5] = (byte) spid;
        packet[6] = (byte) ++packetId;
        packet[7] = 0;
        out.write(packet, 0, position);
        out.flush();
        position = MessageReader.HEADER;
    }
}
