package io.github.sqlvdi.emulator.jdbc;

import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.assertNothingLeft;
import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.client;
import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.sha256;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.emulator.sqlserver.EmulatedSqlServer;
import io.github.sqlvdi.emulator.sqlserver.ServerFault;
import io.github.sqlvdi.jdbc.SnapshotFailedException;
import io.github.sqlvdi.jdbc.SnapshotResults;
import io.github.sqlvdi.jdbc.SqlServer;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.testing.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots of several databases that are frozen together (VDI reference 2.9, 2.10, 10). */
class SnapshotBackupTest {

    private static final List<String> DATABASES = List.of("sales", "stock", "st/aff");
    private static final String TEMPLATE = "{database}.metadata";

    private EmulatedSqlServer emulated;
    private SqlServer server;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        emulated = EmulatedFixture.start(DATABASES.toArray(String[]::new));
        server = client(emulated);
    }

    @AfterEach
    void stop() {
        emulated.close();
    }

    @Test
    void actionRunsOnceWhileAllAreFrozenAndTheMetadataAreKept() throws Exception {
        AtomicInteger actions = new AtomicInteger();
        SnapshotResults results = server.snapshot(DATABASES).to(folder, TEMPLATE).run(() -> {
            actions.incrementAndGet();
            assertTrue(DATABASES.stream().noneMatch(name -> Files.exists(folder.resolve(name + ".metadata"))));
        }).orThrow();
        assertEquals(1, actions.get());
        assertEquals(DATABASES, List.copyOf(results.results().keySet()));
        assertTrue(results.frozen().isPositive(), results::toString);
        assertTrue(Files.exists(folder.resolve("st%2Faff.metadata")));

        AtomicInteger mounts = new AtomicInteger();
        Path metadata = folder.resolve("sales.metadata");
        JobResult restored = server.restore("sales2").moveFiles().snapshot(mounts::incrementAndGet).from(metadata)
                .run().orThrow();
        assertEquals(1, mounts.get(), restored::toString);
        assertEquals("ONLINE", emulated.state("sales2").orElseThrow());
        assertEquals(sha256(metadata), emulated.restored("sales2").getFirst().sha256());
    }

    @Test
    void mountThatFailsFailsTheRestore() throws Exception {
        server.snapshot(List.of("sales")).to(folder, TEMPLATE).run(() -> {
        }).orThrow();
        JobResult result = server.restore("sales2").moveFiles().snapshot(() -> {
            throw new IOException("the volume is not there");
        }).from(folder.resolve("sales.metadata")).run();
        assertFalse(result.good());
        assertTrue(
                result.failures().toString().contains("VDC_MountSnapshot was refused: java.io.IOException: the volume "
                        + "is not there"),
                result::toString);
    }

    @Test
    void actionThatFailsFailsAllBackups() throws Exception {
        SnapshotResults results = server.snapshot(DATABASES).to(folder, TEMPLATE).run(() -> {
            throw new IOException("no space for the snapshot");
        });
        assertEquals("The action failed: java.io.IOException: no space for the snapshot",
                results.failure().orElseThrow());
        assertAllFailed(results);
        assertThrows(SnapshotFailedException.class, results::orThrow);
    }

    @Test
    void actionThatTakesTooLongIsInterruptedAndFailsAllBackups() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        SnapshotResults results = withEnoughTime("The action did not end within PT",
                limit -> server.snapshot(DATABASES).to(folder, TEMPLATE).freezeTimeout(limit).run(() -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException late) {
                        interrupted.countDown();
                        throw late;
                    }
                }));
        assertTrue(interrupted.await(Patience.SECONDS, TimeUnit.SECONDS));
        assertAllFailed(results);
    }

    /** Executes it with a longer limit if the databases were too slow on this machine to come to what the test is about. */
    private static SnapshotResults withEnoughTime(String expected, Function<Duration, SnapshotResults> snapshot) {
        Duration limit = Duration.ofMillis(500);
        while (true) {
            SnapshotResults results = snapshot.apply(limit);
            if (results.failure().orElseThrow().startsWith(expected)) {
                return results;
            }
            limit = limit.multipliedBy(4);
            assertTrue(limit.compareTo(Patience.LONG) < 0, results::toString);
        }
    }

    @Test
    void databaseThatDoesNotComeIsNamedAndNoneIsFrozen() throws Exception {
        SnapshotResults results = withEnoughTime("1 of 3 databases did not come to their freeze within PT", limit -> {
            emulated.clearFaults(); // that of an attempt which did not come so far
            emulated.inject(ServerFault.hangAfter(1));
            return server.snapshot(DATABASES).to(folder, TEMPLATE).prepareTimeout(limit).run(() -> {
                throw new AssertionError("not all databases are frozen");
            });
        });
        assertEquals(Duration.ZERO, results.frozen());
        assertAllFailed(results);
    }

    @Test
    void connectionsThatArePooledTooFewAreTheReason() throws Exception {
        Semaphore free = new Semaphore(2);
        ScriptedSource pool = new ScriptedSource(emulated.jdbcUrl());
        pool.onConnect(() -> {
            try {
                free.acquire(); // as a pool does whose connections are all in use
            } catch (InterruptedException ended) {
                throw new IllegalStateException(ended);
            }
        });
        SnapshotResults results = SqlServer.of(pool).provider(VdiProvider.EMBEDDED).snapshot(DATABASES)
                .to(folder, TEMPLATE).prepareTimeout(Duration.ofMillis(500)).endTimeout(Duration.ofMillis(500))
                .run(() -> {
                });
        assertTrue(results.failure().orElseThrow().endsWith("Each needs a connection for itself"), results::toString);
        assertAllFailed(results);
    }

    @Test
    void interruptOfTheCallerFailsAllBackups() throws Exception {
        CountDownLatch acting = new CountDownLatch(1);
        SnapshotResults[] results = new SnapshotResults[1];
        boolean[] kept = new boolean[1];
        Thread caller = Thread.ofPlatform().start(() -> {
            results[0] = server.snapshot(DATABASES).to(folder, TEMPLATE).run(() -> {
                acting.countDown();
                new CountDownLatch(1).await();
            });
            kept[0] = Thread.currentThread().isInterrupted();
        });
        assertTrue(acting.await(Patience.SECONDS, TimeUnit.SECONDS));
        caller.interrupt();
        assertTrue(caller.join(Patience.LONG));
        assertTrue(kept[0]);
        assertEquals("The snapshot was cancelled", results[0].failure().orElseThrow());
        assertAllFailed(results[0]);
    }

    @Test
    void wrongUseIsRefusedWithItsReason() {
        assertThrows(IllegalArgumentException.class, () -> server.snapshot(List.of()));
        assertThrows(IllegalArgumentException.class, () -> server.snapshot(List.of("a", "a")));
        assertThrows(IllegalArgumentException.class, () -> server.snapshot(DATABASES).to(folder, "same"));
        assertThrows(IllegalArgumentException.class, () -> server.snapshot(DATABASES).freezeTimeout(Duration.ZERO));
        assertThrows(IllegalStateException.class, () -> server.snapshot(DATABASES).run(() -> {
        }));
    }

    private void assertAllFailed(SnapshotResults results) throws IOException {
        assertFalse(results.good());
        assertEquals(DATABASES.size(), results.results().size(), results::toString);
        assertTrue(results.results().values().stream().noneMatch(JobResult::good), results::toString);
        assertNothingLeft(folder);
    }
}
