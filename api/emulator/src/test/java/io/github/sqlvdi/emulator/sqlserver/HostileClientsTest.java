package io.github.sqlvdi.emulator.sqlserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.testing.Looking;
import io.github.sqlvdi.testing.Patience;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Garbage, mutated conversations, wrong TLS, slow writers: other sessions go on, and nothing is left. */
class HostileClientsTest {

    private static final int MUTATIONS = Integer.getInteger("sqlvdi.test.mutations", 1_000);
    private static final long HEAP_GROWTH = 64 << 20;
    private static final int MORE_THREADS = 100;

    /** A pre-login message that asks for encryption of everything. */
    private static final byte[] PRELOGIN =
            {0x12, 1, 0, 26, 0, 0, 1, 0, 0, 0, 11, 0, 6, 1, 0, 17, 0, 1, (byte) 0xFF, 0x11, 0, 0,
                0, 0, 0, 1};

    private static EmulatedSqlServer server() throws IOException {
        return server(Patience.LONG);
    }

    private static EmulatedSqlServer server(Duration loginTimeout) throws IOException {
        return EmulatedSqlServer.builder().encryption(Encryption.NONE).loginTimeout(loginTimeout).start();
    }

    private static void requireAlive(EmulatedSqlServer server) throws Exception {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                ResultSet result = connection.createStatement().executeQuery("SELECT 1")) {
            assertTrue(result.next());
        }
    }

    static void requireNoConnection(EmulatedSqlServer server) {
        long end = System.nanoTime() + Patience.LONG.toNanos();
        while (server.connections() > 0) {
            assertTrue(System.nanoTime() < end, () -> server.connections() + " connections are left");
            Looking.pause();
        }
    }

    /** The bytes that a driver sends in a conversation, taken on their way. */
    private static byte[] conversation(EmulatedSqlServer server) throws Exception {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        try (ServerSocket between = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread relay = Thread.ofVirtual().start(() -> {
                try (Socket client = between.accept(); Socket to = new Socket("localhost", server.port())) {
                    Thread back = Thread.ofVirtual().start(() -> copy(to, client, null));
                    copy(client, to, sent);
                    to.shutdownOutput();
                    back.join();
                } catch (IOException | InterruptedException ended) {
                    return;
                }
            });
            String url = server.jdbcUrl().replace(":" + server.port(), ":" + between.getLocalPort());
            try (Connection connection = DriverManager.getConnection(url);
                    var statement =
                            connection.prepareStatement("SELECT name, ? FROM sys.databases WHERE database_id > ?")) {
                statement.setString(1, "x");
                statement.setInt(2, 1);
                statement.executeQuery().close();
                connection.createStatement().execute("DECLARE @a int = 1 IF @a = 1 SELECT 'yes' ELSE PRINT 'no'");
            }
            relay.join();
        }
        return sent.toByteArray();
    }

    private static void copy(Socket from, Socket to, OutputStream kept) {
        try {
            InputStream in = from.getInputStream();
            byte[] portion = new byte[8192];
            for (int count; (count = in.read(portion)) >= 0;) {
                if (kept != null) {
                    kept.write(portion, 0, count);
                }
                to.getOutputStream().write(portion, 0, count);
            }
        } catch (IOException ended) {
            return;
        }
    }

    @Test
    void mutatedConversationsEndTheirOwnSessionOnly() throws Exception {
        try (EmulatedSqlServer server = server()) {
            byte[] original = conversation(server);
            assertTrue(original.length > 500, () -> original.length + " bytes were recorded");
            long heapBefore = usedHeap();
            int threadsBefore = ManagementFactory.getThreadMXBean().getThreadCount();
            ManagementFactory.getThreadMXBean().resetPeakThreadCount();
            Random random = new Random(17);
            for (int round = 0; round < MUTATIONS; round++) {
                byte[] mutated = original.clone();
                for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                    mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
                }
                send(server, mutated, random.nextInt(10) == 0 ? random.nextInt(mutated.length) : mutated.length);
            }
            requireNoConnection(server);
            requireBounded(heapBefore, threadsBefore);
            requireAlive(server);
        }
    }

    private static void send(EmulatedSqlServer server, byte[] bytes, int length) {
        try (Socket socket = new Socket("localhost", server.port())) {
            socket.getOutputStream().write(bytes, 0, length);
            socket.shutdownOutput();
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException refused) {
            return; // the server ended the connection
        }
    }

    @Test
    void garbageIsRefused() throws Exception {
        try (EmulatedSqlServer server = server()) {
            Random random = new Random(1);
            for (int round = 0; round < 200; round++) {
                byte[] garbage = new byte[1 + random.nextInt(5000)];
                random.nextBytes(garbage);
                send(server, garbage, garbage.length);
            }
            send(server, "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII), 18);
            requireNoConnection(server);
            requireAlive(server);
        }
    }

    @Test
    void silentClientIsDroppedAfterTheLoginTimeout() throws Exception {
        try (EmulatedSqlServer server = EmulatedSqlServer.builder().loginTimeout(Duration.ofMillis(300)).start();
                Socket silent = new Socket("localhost", server.port())) {
            assertEquals(-1, silent.getInputStream().read());
            requireNoConnection(server);
        }
    }

    /** A client that sends a byte now and then must not hold its connection beyond the time for the login. */
    @Test
    void slowWriterIsDroppedAfterTheLoginTimeout() throws Exception {
        byte[] original;
        try (EmulatedSqlServer patient = server()) {
            original = conversation(patient);
        }
        try (EmulatedSqlServer server = server(Duration.ofMillis(500))) {
            int sent = 0;
            try (Socket slow = new Socket("localhost", server.port())) {
                slow.setSoTimeout(20); // the pause between two bytes
                while (sent < original.length && isOpen(slow)) {
                    slow.getOutputStream().write(original[sent++]);
                }
            } catch (SocketException dropped) {
                System.out.println("dropped after " + sent + " bytes");
            }
            assertTrue(sent < original.length, () -> "all " + original.length + " bytes were taken");
            requireNoConnection(server);
            requireAnswer(server);
        }
    }

    /** A busy machine may need longer for a login than this server has for one: it answers one of several pre-logins. */
    private static void requireAnswer(EmulatedSqlServer server) throws IOException {
        long end = System.nanoTime() + Patience.LONG.toNanos();
        while (true) {
            try (Socket socket = new Socket("localhost", server.port())) {
                socket.getOutputStream().write(PRELOGIN);
                if (socket.getInputStream().read() >= 0) {
                    return;
                }
            } catch (SocketException dropped) {
                assertTrue(System.nanoTime() < end, () -> "no answer: " + dropped);
            }
            assertTrue(System.nanoTime() < end, "no answer");
        }
    }

    private static boolean isOpen(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException nothingYet) {
            return true;
        }
    }

    @Test
    void wrongTlsIsRefused() throws Exception {
        for (Encryption encryption : List.of(Encryption.OPTIONAL, Encryption.REQUIRED, Encryption.STRICT)) {
            try (EmulatedSqlServer server = EmulatedSqlServer.builder().encryption(encryption).start()) {
                Random random = new Random(3);
                for (int round = 0; round < 100; round++) {
                    byte[] garbage = new byte[5 + random.nextInt(3000)];
                    random.nextBytes(garbage);
                    byte[] record = {0x16, 3, 3, (byte) (garbage.length - 5 >> 8), (byte) (garbage.length - 5)};
                    System.arraycopy(record, 0, garbage, 0, round % 2 == 0 ? 1 : record.length);
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    if (encryption != Encryption.STRICT) {
                        bytes.write(PRELOGIN);
                        bytes.write(
                                new byte[]{0x12, 1, (byte) (garbage.length + 8 >> 8), (byte) (garbage.length + 8), 0, 0,
                                    1, 0});
                    }
                    bytes.write(garbage);
                    send(server, bytes.toByteArray(), bytes.size());
                }
                requireNoConnection(server);
            }
        }
    }

    @Test
    void requestWithoutEndIsRefused() throws Exception {
        try (EmulatedSqlServer server = server()) {
            String text = "SELECT '" + "x".repeat(8 << 20) + "'";
            try (Connection connection = DriverManager.getConnection(server.jdbcUrl())) {
                assertThrows(SQLException.class, () -> connection.createStatement().execute(text));
            }
            requireNoConnection(server);
            requireAlive(server);
        }
    }

    /** {@return bytes of the heap that are in use after a collection} */
    static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Fails if the heap has grown, or there were many more threads at once than before. */
    static void requireBounded(long heapBefore, int threadsBefore) {
        long growth = usedHeap() - heapBefore;
        assertTrue(growth < HEAP_GROWTH, () -> "the heap has grown by " + growth + " bytes");
        int peak = ManagementFactory.getThreadMXBean().getPeakThreadCount();
        assertTrue(peak < threadsBefore + MORE_THREADS, () -> "there were " + peak + " threads");
    }
}
