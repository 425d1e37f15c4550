package io.github.sqlvdi.emulator.internal.wire;

import java.io.IOException;
import java.net.Socket;
import java.util.Locale;

/**
 * A client's connection from its first byte to LOGIN7, and the messages after it. One thread reads; one thread writes.
 */
public final class Connection implements AutoCloseable {

    private final Socket socket;
    private final Transport transport;
    private final MessageReader reader;
    private final MessageWriter writer;
    private boolean strict;

    /**
     * Takes an accepted connection.
     *
     * @param socket the client's socket, closed by {@link #close}
     * @throws IOException if it has no streams
     */
    public Connection(Socket socket) throws IOException {
        this.socket = socket;
        transport = new Transport(socket);
        reader = new MessageReader(transport.in);
        writer = new MessageWriter(transport.out, Message.RESULT);
    }

    /** {@return the writer of the server's messages} */
    public MessageWriter writer() {
        return writer;
    }

    /** {@return whether the whole connection is TLS, as TDS 8.0 demands} */
    public boolean isStrict() {
        return strict;
    }

    /** {@return the client's address} */
    public String remote() {
        return String.valueOf(socket.getRemoteSocketAddress());
    }

    /**
     * Reads pre-login and LOGIN7, with TLS as agreed.
     *
     * @param policy the encryption of the server
     * @param certificate the certificate, null without TLS
     * @param version major, minor, build, revision of the server
     * @param instance the name of the server's instance
     * @return the login; null if the client closed the connection before
     * @throws IOException if the client breaks the protocol, or the connection ends
     */
    public Login login(Encryption policy, ServerCertificate certificate, int[] version, String instance)
            throws IOException {
        strict = transport.startsWithTls();
        if (strict) {
            requireTls(policy);
            transport.beginStrict(certificate.engineStrict());
        } else if (policy == Encryption.STRICT) {
            throw new ProtocolException("The client does not begin with TLS, which strict encryption demands");
        }
        Message message = reader.next();
        int agreed = Encryption.NOT_SUPPORTED;
        if (message != null && message.type() == Message.PRELOGIN) {
            Prelogin prelogin = Prelogin.read(message.payload());
            agreed = strict ? Encryption.ON : policy.answer(prelogin.encryption());
            prelogin.answer(writer, version, agreed, instance);
            if (!strict && agreed != Encryption.NOT_SUPPORTED) {
                transport.beginInPackets(certificate.engineInPackets());
            }
            message = reader.next();
        } else if (!strict && policy == Encryption.REQUIRED) {
            throw new ProtocolException("The client logs in without a pre-login, but encryption is required");
        }
        if (message == null) {
            return null;
        }
        if (message.type() != Message.LOGIN) {
            throw new ProtocolException(
                    String.format(Locale.ROOT, "Packet type %d came instead of a login", message.type()));
        }
        Login login = Login.read(message.payload());
        if (!strict && agreed == Encryption.OFF) {
            transport.endTls();
        }
        return login;
    }

    private static void requireTls(Encryption policy) throws ProtocolException {
        if (policy == Encryption.NONE) {
            throw new ProtocolException("The client begins with TLS, which this server does not have");
        }
    }

    /** Allows messages of the size of requests. */
    public void loggedIn() {
        reader.loggedIn();
    }

    /**
     * Waits for the next request.
     *
     * @return the message; null when the client closed the connection
     * @throws IOException if the connection fails, or the client breaks the protocol
     */
    public Message next() throws IOException {
        return reader.next();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
