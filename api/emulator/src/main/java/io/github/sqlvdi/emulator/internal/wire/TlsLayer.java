package io.github.sqlvdi.emulator.internal.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * The server side of one TLS session over a {@link TlsPort}. Takes exactly one TLS record at a time from the port, because
 * the bytes behind the record that ends LOGIN7 may be plain TDS. One thread reads, another may write.
 */
final class TlsLayer {

    private final SSLEngine engine;
    private final TlsPort handshakePort;
    private final TlsPort recordPort;
    private final ReentrantLock writing = new ReentrantLock();
    private ByteBuffer received = ByteBuffer.allocate(0);
    private ByteBuffer clear = ByteBuffer.allocate(0);

    /** Reads and writes TLS bytes: inside TDS packets while TDS 7.x shakes hands, straight on the connection otherwise. */
    interface TlsPort {

        /** Returns the next bytes of the client; an empty array at the end of the connection. */
        byte[] receive() throws IOException;

        void send(byte[] bytes) throws IOException;
    }

    TlsLayer(SSLEngine engine, TlsPort handshakePort, TlsPort recordPort) {
        this.engine = engine;
        this.handshakePort = handshakePort;
        this.recordPort = recordPort;
        engine.setUseClientMode(false);
    }

    /** Shakes hands. A failure is an {@link SSLException}; its alert was sent if that was possible. */
    void handshake() throws IOException {
        engine.beginHandshake();
        ByteArrayOutputStream flight = new ByteArrayOutputStream();
        clear = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()).flip();
        try {
            while (true) {
                switch (engine.getHandshakeStatus()) {
                    case NEED_TASK -> runTasks();
                    case NEED_WRAP -> wrap(ByteBuffer.allocate(0), flight);
                    case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                        flush(flight);
                        unwrapHandshake();
                    }
                    case FINISHED, NOT_HANDSHAKING -> {
                        flush(flight);
                        return;
                    }
                    default -> throw new SSLException("Unexpected state " + engine.getHandshakeStatus());
                }
            }
        } catch (SSLException failure) {
            sendAlert(flight);
            throw failure;
        }
    }

    private void runTasks() {
        for (Runnable task; (task = engine.getDelegatedTask()) != null;) {
            task.run();
        }
    }

    private void unwrapHandshake() throws IOException {
        clear.clear();
        SSLEngineResult result = engine.unwrap(received, clear);
        clear.flip();
        switch (result.getStatus()) {
            case BUFFER_UNDERFLOW -> receive(handshakePort);
            case CLOSED -> throw new SSLException("The client closed the TLS session during the handshake");
            case BUFFER_OVERFLOW -> throw new SSLException("A handshake record brought data that does not fit");
            default -> { // the state of the engine says what follows
            }
        }
    }

    private void receive(TlsPort port) throws IOException {
        byte[] more = port.receive();
        if (more.length == 0) {
            throw new SSLException("The connection ended during the TLS handshake");
        }
        if (received.remaining() + more.length > 4 * engine.getSession().getPacketBufferSize()) {
            throw new SSLException("The client sends TLS bytes that make no record");
        }
        received = ByteBuffer.allocate(received.remaining() + more.length).put(received).put(more).flip();
    }

    /** Reads clear bytes; -1 at the end of the connection or of the TLS session. */
    int read(byte[] target, int offset, int length) throws IOException {
        while (!clear.hasRemaining()) {
            clear.clear();
            SSLEngineResult result;
            try {
                result = engine.unwrap(received, clear);
            } finally {
                clear.flip();
            }
            if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                return -1;
            }
            if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
                clear = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()).flip();
            } else if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
                byte[] more = recordPort.receive();
                if (more.length == 0) {
                    return -1;
                }
                received = ByteBuffer.allocate(received.remaining() + more.length).put(received).put(more).flip();
            }
            afterRecord(result.getHandshakeStatus());
        }
        int count = Math.min(length, clear.remaining());
        clear.get(target, offset, count);
        return count;
    }

    /** Answers a key update or another message that TLS sends after the handshake. */
    private void afterRecord(HandshakeStatus status) throws IOException {
        if (status == HandshakeStatus.NEED_TASK) {
            runTasks();
        }
        if (status == HandshakeStatus.NEED_WRAP) {
            write(new byte[0], 0, 0);
        }
    }

    /** Encrypts bytes and sends them. */
    void write(byte[] source, int offset, int length) throws IOException {
        writing.lock();
        try {
            ByteArrayOutputStream records = new ByteArrayOutputStream();
            ByteBuffer rest = ByteBuffer.wrap(source, offset, length);
            do {
                wrap(rest, records);
            } while (rest.hasRemaining());
            recordPort.send(records.toByteArray());
        } finally {
            writing.unlock();
        }
    }

    private void wrap(ByteBuffer source, ByteArrayOutputStream target) throws SSLException {
        ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        SSLEngineResult result = engine.wrap(source, record);
        if (result.getStatus() == SSLEngineResult.Status.CLOSED && source.hasRemaining()) {
            throw new SSLException("The TLS session is closed");
        }
        target.write(record.array(), 0, record.position());
    }

    private void flush(ByteArrayOutputStream flight) throws IOException {
        if (flight.size() > 0) {
            handshakePort.send(flight.toByteArray());
            flight.reset();
        }
    }

    private void sendAlert(ByteArrayOutputStream flight) {
        try {
            engine.closeOutbound();
            wrap(ByteBuffer.allocate(0), flight);
            flush(flight);
        } catch (IOException unsent) {
            // The connection is gone. The failure of the handshake is the one to report.
            return;
        }
    }
}
