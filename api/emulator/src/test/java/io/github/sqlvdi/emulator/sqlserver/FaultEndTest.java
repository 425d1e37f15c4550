package io.github.sqlvdi.emulator.sqlserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.client.CommandResult;
import io.github.sqlvdi.client.VirtualDevice;
import io.github.sqlvdi.client.VirtualDeviceSet;
import io.github.sqlvdi.testing.Looking;
import io.github.sqlvdi.testing.Patience;
import io.github.sqlvdi.testing.TestData;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A fault that holds a statement ends with the client's device set, with the request, with the session and with the server. */
class FaultEndTest {

    /** What ends a statement that a fault holds. */
    private enum End {
        SET_IS_ABORTED, SET_IS_CLOSED, ATTENTION, CONNECTION_IS_LOST, SESSION_IS_KILLED, CONNECTIONS_ARE_DROPPED,
        SERVER_CLOSES
    }

    /** A fault that holds a statement for longer than any test waits. */
    private enum Hold {
        HANG(ServerFault.hangAfter(1)), SLOW(ServerFault.slow(1));

        private final ServerFault fault;

        Hold(ServerFault fault) {
            this.fault = fault;
        }
    }

    @TempDir
    private Path folder;
    private EmulatedSqlServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeEach
    void start() throws IOException {
        // Over TLS the driver's abort would wait for the thread that reads the answer of the statement.
        server = EmulatedSqlServer.builder().encryption(Encryption.NONE).database("sales", 8 << 20).start();
    }

    @AfterEach
    void stop() {
        threads.shutdown();
        server.close();
    }

    static Stream<Arguments> ends() {
        return Stream.of(Hold.values()).flatMap(hold -> Stream.of(End.values())
                .flatMap(end -> Stream.of(Arguments.of(hold, end, true), Arguments.of(hold, end, false))));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void heldStatementEnds(Hold hold, End end, boolean backup) throws Exception {
        Path full = folder.resolve("full");
        JdbcStatement.run(server.jdbcUrl(), "BACKUP DATABASE sales TO @", null, full);
        server.inject(hold.fault);
        String name = TestData.setName();
        CountDownLatch held = new CountDownLatch(1);
        try (VirtualDeviceSet set = VirtualDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).create();
                Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement()) {
            int spid = spid(connection);
            Future<?> device = threads.submit(() -> serve(set, name, full, held));
            Future<SQLException> failure = threads.submit(() -> failureOf(statement, backup
                    ? "BACKUP DATABASE sales TO VIRTUAL_DEVICE = '" + name + "'"
                    : "RESTORE DATABASE copy FROM VIRTUAL_DEVICE = '" + name
                            + "' WITH MOVE 'sales' TO 'a', MOVE 'sales_log' TO 'b'"));
            assertTrue(held.await(Patience.SECONDS, TimeUnit.SECONDS), "the device was not opened");
            requirePausing();
            end(end, set, statement, spid);
            assertTrue(failure.get(Patience.SECONDS, TimeUnit.SECONDS) != null, "the statement succeeded");
            device.get(Patience.SECONDS, TimeUnit.SECONDS);
            requireNoThread();
        }
        assertTrue(server.state("copy").isEmpty(), "a database was restored");
        assertEquals(end != End.SERVER_CLOSES, isAlive(), "whether the server accepts a connection");
    }

    private boolean isAlive() {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl())) {
            return connection.isValid(Patience.SECONDS);
        } catch (SQLException refused) {
            return false;
        }
    }

    private static int spid(Connection connection) throws SQLException {
        try (ResultSet result = connection.createStatement().executeQuery("SELECT @@SPID")) {
            assertTrue(result.next());
            return result.getInt(1);
        }
    }

    /** Returns how the statement failed; null if it did not. */
    private static SQLException failureOf(Statement statement, String text) {
        try {
            statement.execute(text);
            return null;
        } catch (SQLException failure) {
            return failure;
        }
    }

    private void end(End end, VirtualDeviceSet set, Statement statement, int spid) throws SQLException {
        switch (end) {
            case SET_IS_ABORTED -> set.abort();
            case SET_IS_CLOSED -> set.close();
            case ATTENTION -> statement.cancel();
            case CONNECTION_IS_LOST -> statement.getConnection().abort(Runnable::run);
            case SESSION_IS_KILLED -> {
                try (Connection other = DriverManager.getConnection(server.jdbcUrl())) {
                    other.createStatement().execute("KILL " + spid);
                }
            }
            case CONNECTIONS_ARE_DROPPED -> server.dropConnections();
            case SERVER_CLOSES -> server.close();
        }
    }

    /** Serves the device of a statement: takes what it is given, and gives the backup. */
    private static void serve(VirtualDeviceSet set, String name, Path backup, CountDownLatch held) {
        try {
            set.awaitConfiguration();
            VirtualDevice device = set.openDevice(name);
            held.countDown();
            byte[] stream = Files.readAllBytes(backup);
            int position = 0;
            while (device.getCommand() == CommandResult.COMMAND) {
                var command = device.command();
                switch (command.code()) {
                    case WRITE -> command.complete(CompletionCodes.SUCCESS, command.size());
                    case READ -> {
                        int count = Math.min(command.size(), stream.length - position);
                        MemorySegment.copy(MemorySegment.ofArray(stream), position, command.data(), 0, count);
                        position += count;
                        command.complete(count == 0 ? CompletionCodes.HANDLE_EOF : CompletionCodes.SUCCESS, count);
                    }
                    default -> command.complete(CompletionCodes.SUCCESS, 0);
                }
            }
        } catch (VdiException | IllegalStateException ended) {
            return; // the set was aborted or closed
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> name.startsWith("sqlvdi-server-") || name.endsWith("-statement")).toList();
    }

    /** Waits until the fault holds the statement: a device thread is in the pause of a cancellation. */
    private static void requirePausing() {
        await(() -> Thread.getAllStackTraces().entrySet().stream()
                .anyMatch(each -> each.getKey().getName().startsWith("sqlvdi-server-")
                        && Stream.of(each.getValue()).anyMatch(frame -> frame.getMethodName().equals("pauseUntil"))),
                "the fault does not hold the statement");
    }

    private static void requireNoThread() {
        await(() -> threads().isEmpty(), "threads of the statement are left");
    }

    private static void await(BooleanSupplier condition, String problem) {
        long end = System.nanoTime() + Patience.LONG.toNanos();
        while (!condition.getAsBoolean()) {
            assertFalse(System.nanoTime() > end, problem);
            Looking.pause();
        }
    }
}
