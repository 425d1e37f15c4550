package io.github.sqlvdi.emulator.internal.wire;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Locale;
import javax.net.ssl.SSLEngine;

/**
 * One connection below TDS packets, plain or with TLS. TLS can be switched on, and off again after the login. Its streams
 * follow the switch.
 */
final class Transport {

    /** The first byte of a TLS handshake record. */
    private static final int TLS_HANDSHAKE = 0x16;
    private static final int RECORD_HEADER = 5;
    private static final int MAX_RECORD = 16_384 + 2_048;

    private final BufferedInputStream plainIn;
    private final OutputStream plainOut;
    private volatile TlsLayer tls;
    final InputStream in = new Input();
    final OutputStream out = new Output();

    Transport(Socket socket) throws IOException {
        plainIn = new BufferedInputStream(socket.getInputStream());
        plainOut = socket.getOutputStream();
    }

    /** Waits for the first byte and tells whether it begins TLS, without consuming it. */
    boolean startsWithTls() throws IOException {
        plainIn.mark(1);
        int first = plainIn.read();
        plainIn.reset();
        return first == TLS_HANDSHAKE;
    }

    /** TDS 8.0: the whole connection is TLS. */
    void beginStrict(SSLEngine engine) throws IOException {
        Records records = new Records();
        TlsLayer layer = new TlsLayer(engine, records, records);
        layer.handshake();
        tls = layer;
    }

    /** TDS 7.x: the handshake travels in pre-login packets, what follows is TLS. */
    void beginInPackets(SSLEngine engine) throws IOException {
        TlsLayer layer = new TlsLayer(engine, new Packets(), new Records());
        layer.handshake();
        tls = layer;
    }

    /** Ends TLS without a word to the client, as a login-only encryption does. */
    void endTls() {
        tls = null;
    }

    /** TLS records on the bare connection. */
    private final class Records implements TlsLayer.TlsPort {

        @Override
        public byte[] receive() throws IOException {
            byte[] header = plainIn.readNBytes(RECORD_HEADER);
            if (header.length == 0) {
                return header;
            }
            if (header.length < RECORD_HEADER) {
                throw new EOFException("The connection ended within a TLS record");
            }
            int length = (header[3] & 0xFF) << 8 | header[4] & 0xFF;
            if (length > MAX_RECORD) {
                throw new ProtocolException(
                        String.format(Locale.ROOT, "A TLS record claims %d bytes, more than TLS allows", length));
            }
            byte[] record = new byte[RECORD_HEADER + length];
            System.arraycopy(header, 0, record, 0, RECORD_HEADER);
            if (plainIn.readNBytes(record, RECORD_HEADER, length) < length) {
                throw new EOFException("The connection ended within a TLS record");
            }
            return record;
        }

        @Override
        public void send(byte[] bytes) throws IOException {
            plainOut.write(bytes);
            plainOut.flush();
        }
    }

    /** TLS bytes as the data of pre-login messages. */
    private final class Packets implements TlsLayer.TlsPort {

        private final MessageReader reader = new MessageReader(plainIn);
        private final MessageWriter writer = new MessageWriter(plainOut, Message.PRELOGIN);

        @Override
        public byte[] receive() throws IOException {
            Message message = reader.next();
            if (message == null) {
                return new byte[0];
            }
            if (message.type() != Message.PRELOGIN) {
                throw new ProtocolException(
                        String.format(Locale.ROOT, "Packet type %d came during the TLS handshake", message.type()));
            }
            return message.data();
        }

        @Override
        public void send(byte[] bytes) throws IOException {
            writer.bytes(bytes);
            writer.end();
        }
    }

    private final class Input extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            TlsLayer layer = tls;
            return layer == null ? plainIn.read(target, offset, length) : layer.read(target, offset, length);
        }
    }

    private final class Output extends OutputStream {

        @Override
        public void write(int value) throws IOException {
            write(new byte[]{(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            TlsLayer layer = tls;
            if (layer == null) {
                plainOut.write(source, offset, length);
            } else {
                layer.write(source, offset, length);
            }
        }

        @Override
        public void flush() throws IOException {
            plainOut.flush();
        }
    }
}
