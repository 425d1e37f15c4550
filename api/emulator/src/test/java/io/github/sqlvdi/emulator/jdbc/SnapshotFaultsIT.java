package io.github.sqlvdi.emulator.jdbc;

import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.assertNothingLeft;
import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.await;
import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.client;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.embedded.EmbeddedSet;
import io.github.sqlvdi.emulator.sqlserver.EmulatedSqlServer;
import io.github.sqlvdi.emulator.sqlserver.ServerFault;
import io.github.sqlvdi.jdbc.ServerJob;
import io.github.sqlvdi.jdbc.SnapshotResults;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.testing.Patience;
import io.github.sqlvdi.testing.TestData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Databases that are frozen together, and one of them that refuses, hangs or dies at each step. */
class SnapshotFaultsIT {

    private static final int FORTY = 40;
    /** Of the tests with a fault; {@code .ci/run} has forty. */
    private static final int MANY = Integer.getInteger("sqlvdi.snapshot.databases", 12);
    private static final long SIZE = 1 << 20;
    /** The first block is sent before VDC_PrepareToFreeze; one buffer more is behind it. */
    private static final long BEFORE_FREEZE = 1;
    private static final long FROZEN = 256 << 10;
    /** For a database that hangs: the whole time is used. */
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Patience.LONG;

    /** The device sets of this test; other tests of this machine have theirs. */
    private final Set<String> sets = ConcurrentHashMap.newKeySet();

    @TempDir
    private Path folder;

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("refuses its devices", ServerFault.refuseDevices()),
                Arguments.of("is in another backup", ServerFault.databaseInUse()),
                Arguments.of("refuses before the freeze", ServerFault.failAfter(BEFORE_FREEZE)),
                Arguments.of("hangs before the freeze", ServerFault.hangAfter(BEFORE_FREEZE)),
                Arguments.of("loses its connection before the freeze", ServerFault.dropConnectionAfter(BEFORE_FREEZE)),
                Arguments.of("dies before the freeze", ServerFault.killServerAfter(BEFORE_FREEZE)),
                Arguments.of("refuses while it is frozen", ServerFault.failAfter(FROZEN)),
                Arguments.of("hangs while it is frozen", ServerFault.hangAfter(FROZEN)),
                Arguments.of("loses its connection while it is frozen", ServerFault.dropConnectionAfter(FROZEN)),
                Arguments.of("dies while it is frozen", ServerFault.killServerAfter(FROZEN)));
    }

    @ParameterizedTest(name = "one database {0}")
    @MethodSource("faults")
    void oneFailureBeforeTheActionFailsAll(String what, ServerFault fault) throws Exception {
        AtomicInteger actions = new AtomicInteger();
        try (EmulatedSqlServer emulated = start(MANY)) {
            emulated.inject(fault);
            SnapshotResults results = snapshot(emulated, MANY, actions, what.startsWith("hangs") ? SHORT : LONG, LONG);
            assertEquals(0, actions.get(), "no snapshot is taken of databases of which one is not frozen");
            assertFalse(results.good());
            assertTrue(results.failure().isPresent());
            assertEquals(MANY, results.results().size(), results::toString);
            assertTrue(results.results().values().stream().noneMatch(JobResult::good), results::toString);
            assertNothingLeft(folder);
            assertEnded(emulated);
        }
    }

    static Stream<Arguments> lateFaults() {
        return Stream.of(Arguments.of("refuses after its snapshot", ServerFault.failAfter(ServerFault.AT_END)),
                Arguments.of("hangs after its snapshot", ServerFault.hangAfter(ServerFault.AT_END)),
                Arguments.of("loses its connection after its snapshot",
                        ServerFault.dropConnectionAfter(ServerFault.AT_END)));
    }

    /**
     * Behind the action nothing can be taken back: the server of each database says whether its backup is good. The one that
     * hangs has all of its time; if that was too short for the others on this machine, they get more of it.
     */
    @ParameterizedTest(name = "one database {0}")
    @MethodSource("lateFaults")
    void oneFailureAfterTheActionFailsTheWhole(String what, ServerFault fault) throws Exception {
        for (Duration end = what.startsWith("hangs") ? SHORT : LONG; true; end = end.multipliedBy(4)) {
            AtomicInteger actions = new AtomicInteger();
            try (EmulatedSqlServer emulated = start(MANY)) {
                emulated.inject(fault);
                SnapshotResults results = snapshot(emulated, MANY, actions, LONG, end);
                assertEquals(1, actions.get(), results::toString);
                assertFalse(results.good());
                assertTrue(results.failure().isEmpty(), results::toString);
                assertEnded(emulated);
                long good = results.results().values().stream().filter(JobResult::good).count();
                if (good < MANY - 1 && end.compareTo(LONG) < 0) {
                    System.out.printf(Locale.ROOT, "%d of %d databases ended within %s: again with more time%n", good,
                            MANY, end);
                    continue;
                }
                assertEquals(MANY - 1, good, results::toString);
                assertEquals(1, results.problems().size(), results::toString);
                return;
            }
        }
    }

    @Test
    void serverThatDiesAfterItsSnapshotsHasNoGoodBackup() throws Exception {
        AtomicInteger actions = new AtomicInteger();
        try (EmulatedSqlServer emulated = start(MANY)) {
            emulated.inject(ServerFault.killServerAfter(ServerFault.AT_END));
            SnapshotResults results = snapshot(emulated, MANY, actions, LONG, LONG);
            assertEquals(1, actions.get(), results::toString);
            assertFalse(results.good());
            assertEnded(emulated);
        }
    }

    @Test
    void fortyDatabasesAreFrozenTogether() throws Exception {
        AtomicInteger actions = new AtomicInteger();
        try (EmulatedSqlServer emulated = start(FORTY)) {
            snapshot(emulated, FORTY, actions, LONG, LONG).orThrow();
            assertEquals(1, actions.get());
            try (Stream<Path> files = Files.list(folder)) {
                assertEquals(FORTY, files.filter(file -> file.toString().endsWith(".metadata")).count());
            }
            assertEnded(emulated);
        }
    }

    private SnapshotResults snapshot(EmulatedSqlServer emulated, int databases, AtomicInteger actions, Duration limit,
            Duration end) {
        return client(emulated).snapshot(names(databases)).to(folder, "{database}.metadata").prepareTimeout(limit)
                .freezeTimeout(limit).endTimeout(end).with(this::name).run(actions::incrementAndGet);
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(index -> String.format(Locale.ROOT, "db%02d", index)).toList();
    }

    private void name(ServerJob job) {
        String set = TestData.setName();
        sets.add(set);
        job.setName(set);
    }

    private static EmulatedSqlServer start(int databases) throws Exception {
        EmulatedSqlServer.Builder builder = EmulatedSqlServer.builder();
        names(databases).forEach(name -> builder.database(name, SIZE));
        return builder.start();
    }

    private void assertEnded(EmulatedSqlServer emulated) throws Exception {
        await("a connection is open", () -> emulated.connections() == 0);
        await("a thread is alive", () -> Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .noneMatch(name -> name.equals("sqlvdi-snapshot-action") || sets.stream().anyMatch(name::contains)));
        assertEquals(List.of(), EmbeddedSet.list().stream().map(EmbeddedSet::name).filter(sets::contains).toList());
    }
}
