package io.github.sqlvdi.emulator.internal.session;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Listens for clients. Each connection has one virtual thread, and one platform thread after its login. */
public final class TdsServer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(TdsServer.class.getName());
    private static final int BACKLOG = 512;
    private static final long PAUSE_MILLIS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ServerSettings settings;
    private final ServerSocket listener;
    private final Set<Session> open = ConcurrentHashMap.newKeySet();
    private final Set<Thread> readers = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sqlvdi-tds-clock").factory());
    private final Thread acceptor;

    /**
     * Starts listening.
     *
     * @param settings what the sessions share
     * @param address where; port 0 for any free one
     * @throws IOException if the address cannot be used
     */
    public TdsServer(ServerSettings settings, InetSocketAddress address) throws IOException {
        this.settings = settings;
        listener = new ServerSocket();
        try {
            listener.bind(address, BACKLOG);
        } catch (IOException failure) {
            listener.close();
            clock.shutdown();
            throw new IOException(String.format(Locale.ROOT, "Cannot listen on %s: %s", address, failure.getMessage()),
                    failure);
        }
        acceptor = Thread.ofPlatform().daemon().name("sqlvdi-tds-accept").start(this::accept);
    }

    /** {@return the port} */
    public int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                begin(listener.accept());
            } catch (IOException failure) {
                if (!listener.isClosed()) { // for example no file descriptor is left: later one may be
                    LOG.log(System.Logger.Level.WARNING, "Cannot accept a connection: {0}", failure.getMessage());
                    pause();
                }
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void begin(Socket socket) throws IOException {
        if (open.size() >= settings.maxConnections()) {
            LOG.log(System.Logger.Level.WARNING, "A connection was refused: there are {0} already",
                    settings.maxConnections());
            socket.close();
            return;
        }
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        Session session = new Session(settings, clock, socket);
        open.add(session);
        Thread reader = Thread.ofVirtual().name("sqlvdi-tds-read").unstarted(() -> {
            try {
                session.run();
            } finally {
                open.remove(session);
                readers.remove(Thread.currentThread());
            }
        });
        readers.add(reader);
        reader.start();
    }

    /** {@return how many connections are open} */
    public int connections() {
        return open.size();
    }

    /** Ends all connections, as a server that is killed does; it goes on listening. */
    public void dropConnections() {
        open.forEach(Session::close);
    }

    /** Ends the server: closes every connection, cancels every statement, and waits for the threads, up to 30 seconds. */
    @Override
    public void close() throws IOException {
        listener.close();
        boolean interrupted = false;
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            acceptor.join(PATIENCE);
            dropConnections();
            for (Thread reader : readers) {
                reader.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
        } catch (InterruptedException signal) {
            interrupted = true;
        }
        clock.shutdownNow();
        try {
            clock.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException signal) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
