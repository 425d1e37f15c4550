package io.github.sqlvdi.emulator.sqlserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Garbage, mutated conversations, many sessions: other sessions go on, and nothing is left. */
class HostileClientsTest {

    private static final int MUTATIONS = Integer.getInteger("sqlvdi.test.mutations", 2_000);
    private static final int CONNECTIONS = Integer.getInteger("sqlvdi.test.connections", 300);
    private static final int SESSIONS = 200;

    private static EmulatedSqlServer server() throws IOException {
        return EmulatedSqlServer.builder().encryption(Encryption.NONE).loginTimeout(Duration.ofSeconds(5)).start();
    }

    private static void requireAlive(EmulatedSqlServer server) throws Exception {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                ResultSet result = connection.createStatement().executeQuery("SELECT 1")) {
            assertTrue(result.next());
        }
    }

    private static void requireNoConnection(EmulatedSqlServer server) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (server.connections() > 0) {
            assertTrue(System.nanoTime() < end, () -> server.connections() + " connections are left");
            Thread.onSpinWait();
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
            Random random = new Random(17);
            for (int round = 0; round < MUTATIONS; round++) {
                byte[] mutated = original.clone();
                for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                    mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
                }
                send(server, mutated, random.nextInt(10) == 0 ? random.nextInt(mutated.length) : mutated.length);
            }
            requireNoConnection(server);
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

    @Test
    void shortConnectionsLeaveNothing() throws Exception {
        try (EmulatedSqlServer server = server()) {
            for (int round = 0; round < CONNECTIONS; round++) {
                DriverManager.getConnection(server.jdbcUrl()).close();
            }
            requireNoConnection(server);
        }
    }

    @Test
    void twoHundredSessionsWorkAtOnce() throws Exception {
        try (EmulatedSqlServer server = server()) {
            List<Connection> connections = new ArrayList<>();
            for (int index = 0; index < SESSIONS; index++) {
                connections.add(DriverManager.getConnection(server.jdbcUrl()));
            }
            try (ResultSet result = connections.getLast().createStatement()
                    .executeQuery("SELECT COUNT(*) FROM sys.dm_exec_sessions")) {
                assertTrue(result.next());
                assertEquals(SESSIONS, result.getInt(1));
            }
            for (Connection connection : connections) {
                assertTrue(connection.isValid(5));
                connection.close();
            }
            requireNoConnection(server);
        }
    }
}
