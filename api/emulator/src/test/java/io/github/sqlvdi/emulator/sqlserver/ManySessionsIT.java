package io.github.sqlvdi.emulator.sqlserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.statement.Verdict;
import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.testing.Looking;
import io.github.sqlvdi.testing.Patience;
import io.github.sqlvdi.testing.TestData;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Hundreds of sessions at once, and thousands one after the other. */
class ManySessionsIT {

    private static final int CONNECTIONS = Integer.getInteger("sqlvdi.test.connections", 500);
    private static final int SESSIONS = 200;
    private static final int BACKUPS = 64;

    /** Takes the bytes of a backup. The first ones wait until all backups are there, and the test has looked. */
    private static final class HeldTarget implements WritableByteChannel {

        private final CountDownLatch arrived;
        private final CountDownLatch released;
        private boolean waited;
        private long bytes;

        HeldTarget(CountDownLatch arrived, CountDownLatch released) {
            this.arrived = arrived;
            this.released = released;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            if (!waited) {
                waited = true;
                arrived.countDown();
                try {
                    if (!released.await(Patience.SECONDS, TimeUnit.SECONDS)) {
                        throw new IOException("the other backups do not come");
                    }
                } catch (InterruptedException cancelled) {
                    throw new IOException("cancelled", cancelled);
                }
            }
            int count = source.remaining();
            source.position(source.limit());
            bytes += count;
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    private static JobResult backUp(EmulatedSqlServer server, String database, WritableByteChannel target) {
        String set = TestData.setName();
        return DeviceJob.backup(set).device(JobDevice.toChannel(target)).manifest(false).readAlong(false)
                .statement(() -> {
                    try (Connection connection = DriverManager.getConnection(server.jdbcUrl())) {
                        connection.createStatement().execute("BACKUP DATABASE " + database + " TO VIRTUAL_DEVICE = '"
                                + set + "' WITH MAXTRANSFERSIZE = 65536, BUFFERCOUNT = 2");
                    }
                    return new Verdict(true, List.of(), OptionalLong.empty());
                }).build().run();
    }

    @Test
    void sixtyFourBackupsRunAtOnceBesideTwoHundredSessions() throws Exception {
        EmulatedSqlServer.Builder builder = EmulatedSqlServer.builder();
        for (int index = 0; index < BACKUPS; index++) {
            builder.database("db" + index, 1);
        }
        CountDownLatch arrived = new CountDownLatch(BACKUPS);
        CountDownLatch released = new CountDownLatch(1);
        List<HeldTarget> targets = new ArrayList<>();
        List<Future<JobResult>> jobs = new ArrayList<>();
        List<Connection> connections = new ArrayList<>();
        try (EmulatedSqlServer server = builder.start();
                ExecutorService clients = Executors.newFixedThreadPool(BACKUPS)) {
            for (int index = 0; index < SESSIONS; index++) {
                connections.add(DriverManager.getConnection(server.jdbcUrl()));
            }
            for (int index = 0; index < BACKUPS; index++) {
                String database = "db" + index;
                HeldTarget target = new HeldTarget(arrived, released);
                targets.add(target);
                jobs.add(clients.submit(() -> backUp(server, database, target)));
            }
            try {
                assertTrue(arrived.await(Patience.SECONDS, TimeUnit.SECONDS),
                        () -> arrived.getCount() + " are missing");
                assertEquals(SESSIONS + BACKUPS, server.connections());
                for (Connection connection : connections) {
                    try (ResultSet result = connection.createStatement().executeQuery(
                            "SELECT COUNT(*) FROM sys.dm_exec_requests WHERE command = 'BACKUP DATABASE'")) {
                        assertTrue(result.next());
                        assertEquals(BACKUPS, result.getInt(1));
                    }
                }
            } finally {
                released.countDown();
            }
            for (Future<JobResult> job : jobs) {
                JobResult result = job.get(Patience.SECONDS, TimeUnit.SECONDS);
                assertTrue(result.good(), () -> result.failures().toString());
            }
            for (Connection connection : connections) {
                connection.close();
            }
        }
        targets.forEach(target -> assertTrue(target.bytes > 8 << 20, () -> target.bytes + " bytes"));
        requireNoServerThread();
    }

    private static void requireNoServerThread() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Patience.SECONDS);
        List<String> left;
        do {
            left = Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                    .filter(name -> name.startsWith("sqlvdi-tds")).toList();
            assertTrue(left.isEmpty() || System.nanoTime() < end, left::toString);
            Looking.pause();
        } while (!left.isEmpty());
    }

    @Test
    void shortConnectionsLeaveNothing() throws Exception {
        var threads = ManagementFactory.getThreadMXBean();
        try (EmulatedSqlServer server = EmulatedSqlServer.builder().encryption(Encryption.NONE).start()) {
            long before = -1;
            int threadsBefore = threads.getThreadCount();
            threads.resetPeakThreadCount();
            for (int round = 0; round < CONNECTIONS; round++) {
                try (Connection connection = DriverManager.getConnection(server.jdbcUrl())) {
                    connection.createStatement().execute("SELECT 1");
                }
                if (round == CONNECTIONS / 10) { // caches are warm
                    before = HostileClientsTest.usedHeap();
                }
            }
            HostileClientsTest.requireNoConnection(server);
            HostileClientsTest.requireBounded(before, threadsBefore);
        }
        requireNoServerThread();
    }
}
