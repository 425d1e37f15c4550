package io.github.sqlvdi.emulator.jdbc;

import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.assertNothingLeft;
import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.assertNothingLives;
import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.await;
import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.client;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.emulator.sqlserver.EmulatedSqlServer;
import io.github.sqlvdi.emulator.sqlserver.ServerFault;
import io.github.sqlvdi.jdbc.ServerJob;
import io.github.sqlvdi.jdbc.SqlServer;
import io.github.sqlvdi.statement.OutcomeUnknownException;
import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.testing.Patience;
import io.github.sqlvdi.testing.TestData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cancelled statements, servers that die, connections that break, and drivers that fail. */
class LostStatementTest {

    private static final String BACKUP = "BACKUP DATABASE sales TO {devices} WITH STATS = 5";

    private EmulatedSqlServer emulated;
    private SqlServer server;
    private final String set = TestData.setName();

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        emulated = EmulatedFixture.start("sales");
        server = client(emulated);
    }

    @AfterEach
    void stop() {
        emulated.close();
    }

    private ServerJob backup(SqlServer used) {
        return used.statement(BACKUP).to(EmulatedFixture.files(folder, "never", 2)).setName(set);
    }

    private static JobResult get(CompletableFuture<JobResult> result) throws Exception {
        return result.get(Patience.SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void connectionLostBetweenTheBytesIsABadBackup() throws Exception {
        emulated.inject(ServerFault.dropConnectionAfter(1 << 20));
        JobResult result = backup(server).run();
        assertFalse(result.good());
        assertTrue(result.failures().toString().contains("The connection to the server was lost"), result::toString);
        assertNothingLeft(folder);
        assertNothingLives(emulated, set);
    }

    @Test
    void killedServerIsABadBackup() throws Exception {
        emulated.inject(ServerFault.hangAfter(1 << 20));
        DeviceJob job = backup(server).build();
        CompletableFuture<JobResult> result = CompletableFuture.supplyAsync(job::run);
        await("no byte came", () -> job.progress().bytes() > 0);
        emulated.close();
        assertFalse(get(result).good());
        assertNothingLeft(folder);
        assertNothingLives(emulated, set);
    }

    @Test
    void cancelAfterTheAnswerKeepsWhatTheServerCallsGood() throws Exception {
        ScriptedSource source = new ScriptedSource(emulated.jdbcUrl());
        DeviceJob job = backup(SqlServer.of(source).provider(VdiProvider.EMBEDDED)).build();
        source.onAnswer(job::cancel);
        JobResult result = job.run();
        job.cancel(); // nothing is left to cancel
        assertTrue(result.good(), result::toString);
        assertTrue(Files.exists(folder.resolve("never0")) && Files.exists(folder.resolve("never1")));
        assertNothingLives(emulated, set);
    }

    @Test
    void statementThatFailsAfterItsDevicesIsUndone() throws Exception {
        emulated.inject(ServerFault.failAfter(ServerFault.AT_END));
        JobResult result = backup(server).run();
        assertFalse(result.good());
        assertTrue(result.failures().toString().contains("Msg 3271, Level 16"), result::toString);
        assertNothingLeft(folder);
        assertNothingLives(emulated, set);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void connectionOrServerThatIsLostAfterTheDevicesLeavesTheContent(boolean whole) throws Exception {
        emulated.inject(whole ? ServerFault.killServerAfter(ServerFault.AT_END)
                : ServerFault.dropConnectionAfter(ServerFault.AT_END));
        JobResult result = backup(server).run();
        assertFalse(result.good());
        assertTrue(result.problems().getFirst() instanceof OutcomeUnknownException, result::toString);
        assertUnconfirmed();
        assertNothingLives(emulated, set);
    }

    @Test
    void serverKilledBetweenTheBytesIsABadBackup() throws Exception {
        emulated.inject(ServerFault.killServerAfter(1 << 20));
        JobResult result = backup(server).run();
        assertFalse(result.good());
        assertTrue(result.problems().stream().noneMatch(OutcomeUnknownException.class::isInstance), result::toString);
        assertNothingLeft(folder);
        assertNothingLives(emulated, set);
    }

    private void assertUnconfirmed() throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            List<String> names = left.map(file -> file.getFileName().toString()).sorted().toList();
            assertEquals(2, names.size(), names::toString);
            assertTrue(names.stream().allMatch(name -> name.contains(".unconfirmed-")), names::toString);
        }
    }

    /** The answer 3014 is lost on its way; the server has the backup in its history. */
    @Test
    void answerLostAfterAGoodBackupIsFoundInTheHistory() throws Exception {
        ScriptedSource source = new ScriptedSource(emulated.jdbcUrl());
        source.loseAnswers();
        JobResult result = backup(SqlServer.of(source).provider(VdiProvider.EMBEDDED)).run();
        assertTrue(result.good(), result::toString);
        assertTrue(result.verdict().orElseThrow().messages().getLast().text().contains("history"), result::toString);
    }

    @Test
    void answerLostOfAServerThatCannotBeAskedLeavesTheContent() throws Exception {
        ScriptedSource source = new ScriptedSource(emulated.jdbcUrl());
        source.loseAnswers();
        source.refuseAfter(1);
        JobResult result = backup(SqlServer.of(source).provider(VdiProvider.EMBEDDED)).run();
        assertFalse(result.good());
        assertTrue(result.problems().getFirst() instanceof OutcomeUnknownException, result::toString);
        assertTrue(
                result.failures().getFirst()
                        .contains("msdb.dbo.backupmediafamily WHERE physical_device_name = N'" + set),
                result::toString);
        assertUnconfirmed();
    }

    @Test
    void driverThatThrowsFromCancelLosesItsConnection() throws Exception {
        emulated.inject(ServerFault.hangAfter(1 << 20));
        // Over TLS the driver's abort may wait for its own reader: see StatementCancel.
        ScriptedSource source = new ScriptedSource(emulated.jdbcUrl().replace("encrypt=true", "encrypt=false"));
        source.throwFromCancel(new SQLException("cancel is broken"));
        DeviceJob job = backup(SqlServer.of(source).provider(VdiProvider.EMBEDDED)).build();
        CompletableFuture<JobResult> result = CompletableFuture.supplyAsync(job::run);
        await("no byte came", () -> job.progress().bytes() > 0);
        job.cancel();
        assertFalse(get(result).good());
        assertNothingLeft(folder);
        assertNothingLives(emulated, set);
    }

    @Test
    void driverThatBlocksInAbortDoesNotHoldTheJob() throws Exception {
        emulated.inject(ServerFault.hangAfter(1 << 20));
        CountDownLatch aborting = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        ScriptedSource source = new ScriptedSource(emulated.jdbcUrl());
        source.throwFromCancel(new SQLException("cancel is broken"));
        source.onEnd(() -> hold(aborting)); // the statement is not over before the driver ends its connection
        source.onAbort(() -> {
            aborting.countDown();
            hold(over);
        });
        DeviceJob job = backup(SqlServer.of(source).provider(VdiProvider.EMBEDDED))
                .with(builder -> builder.endTimeout(Duration.ofMillis(200))).build();
        CompletableFuture<JobResult> result = CompletableFuture.supplyAsync(job::run);
        await("no byte came", () -> job.progress().bytes() > 0);
        job.cancel();
        JobResult ended = get(result);
        assertFalse(ended.good());
        assertTrue(ended.failures().toString().contains("its outcome is unknown"), ended::toString);
        over.countDown();
        assertNothingLives(emulated, set);
    }

    /** The targets are finished, and the server may have ended the backup well. */
    @Test
    void statementThatReactsToNothingAfterItsDevicesLeavesTheContent() throws Exception {
        emulated.inject(ServerFault.hangAfter(ServerFault.AT_END));
        CountDownLatch over = new CountDownLatch(1);
        ScriptedSource source = new ScriptedSource(emulated.jdbcUrl().replace("encrypt=true", "encrypt=false"));
        source.throwFromCancel(new SQLException("cancel is broken"));
        source.onAbort(() -> hold(over));
        DeviceJob job = backup(SqlServer.of(source).provider(VdiProvider.EMBEDDED))
                .with(builder -> builder.endTimeout(Duration.ofMillis(200))).build();
        CompletableFuture<JobResult> result = CompletableFuture.supplyAsync(job::run);
        await("the targets are not finished", () -> countUnconfirmed() == 2);
        await("the server has not closed the devices", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("sqlvdi-device-" + set)));
        job.cancel();
        JobResult ended = get(result);
        assertFalse(ended.good());
        assertTrue(ended.failures().toString().contains("its outcome is unknown"), ended::toString);
        assertUnconfirmed();
        over.countDown();
        assertNothingLives(emulated, set);
    }

    private long countUnconfirmed() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().contains(".unconfirmed-")).count();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void hold(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException request) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
