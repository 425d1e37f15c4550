package io.github.sqlvdi.emulator.jdbc;

import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.assertNothingLeft;
import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.assertNothingLives;
import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.DeviceState;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.embedded.EmbeddedSet;
import io.github.sqlvdi.emulator.sqlserver.EmulatedSqlServer;
import io.github.sqlvdi.emulator.sqlserver.ServerFault;
import io.github.sqlvdi.jdbc.SqlServer;
import io.github.sqlvdi.statement.OutcomeUnknownException;
import io.github.sqlvdi.stream.BackupTarget;
import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.stream.TargetFile;
import io.github.sqlvdi.testing.MachineLag;
import io.github.sqlvdi.testing.Patience;
import io.github.sqlvdi.testing.TestData;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A job that is cancelled at each of its stages ends soon, and leaves no file, set, connection or thread. The time is judged
 * by how late the machine is.
 */
class CancelStagesTest {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final String set = TestData.setName();
    private final CountDownLatch there = new CountDownLatch(1);
    private EmulatedSqlServer emulated;
    private ScriptedSource source;
    private Socket client;
    private final CountDownLatch interrupted = new CountDownLatch(1);

    @TempDir
    private Path folder;

    /** The stages, in their order. */
    enum Stage {
        /** The job was not run yet. */
        BEFORE_CONNECT,
        /** The pool gives no connection. */
        CONNECTING,
        /** The server has accepted the connection and does not answer the login. */
        LOGIN,
        /** The server executes something else in the same text, and has not opened the set. */
        SENT,
        /** The devices are open and have no command. */
        CONFIGURED,
        /** The first bytes have come. */
        FIRST_COMMAND,
        /** Half of the bytes have come. */
        MIDDLE,
        /** The device works on the flush behind the last byte. */
        LAST_COMMAND,
        /** All targets are finished, the devices have ended, and the server has not said how. */
        AFTER_COMPLETE,
        /** The answer was lost, and the server whose history is asked does not answer. */
        VERIFYING
    }

    @BeforeEach
    void start() throws IOException {
        emulated = EmulatedFixture.start("sales");
        source = new ScriptedSource(emulated.jdbcUrl());
    }

    @AfterEach
    void stop() {
        emulated.close();
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void cancelEndsSoonAndLeavesNothing(Stage stage) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                MachineLag lag = MachineLag.start()) {
            DeviceJob job = job(stage, silent);
            if (stage == Stage.BEFORE_CONNECT) {
                job.cancel();
                lag.reset();
            }
            CompletableFuture<JobResult> running = CompletableFuture.supplyAsync(job::run);
            if (stage != Stage.BEFORE_CONNECT) {
                await("the job did not come to " + stage, reached(stage, job, silent));
                assertFalse(running.isDone(), () -> running.join().toString());
                lag.reset();
                job.cancel();
            }
            JobResult result = running.get(Patience.SECONDS, TimeUnit.SECONDS);
            lag.assertWithin("The end of a job that was cancelled at " + stage, LIMIT);
            assertFalse(result.good());
            assertTrue(result.failures().toString().contains("The job was cancelled"), result::toString);
            assertLeft(stage, result);
            assertNothingLives(emulated, set);
            assertDriverLeft(stage);
        }
    }

    private DeviceJob job(Stage stage, ServerSocket silent) {
        String text = "BACKUP DATABASE sales TO {devices}";
        JobDevice device = JobDevice.toFile(folder.resolve("never"));
        switch (stage) {
            case CONNECTING -> source.onConnect(this::block);
            case LOGIN -> source = new ScriptedSource("jdbc:sqlserver://localhost:" + silent.getLocalPort()
                    + ";user=sa;password=x;encrypt=false");
            case SENT -> {
                text = "WAITFOR DELAY '00:05:00'; " + text;
                source.onExecute(there::countDown);
            }
            case CONFIGURED -> emulated.inject(ServerFault.hangAfter(0));
            case FIRST_COMMAND, MIDDLE -> emulated.inject(ServerFault.slow(4 << 20));
            case LAST_COMMAND -> device = JobDevice.toTarget(new SlowFlush(TargetFile.create(folder.resolve("never"))));
            case AFTER_COMPLETE -> emulated.inject(ServerFault.hangAfter(ServerFault.AT_END));
            case VERIFYING -> {
                source.loseAnswers();
                source.onAnswer(() -> source.onConnect(this::block));
            }
            default -> {
            }
        }
        return SqlServer.of(source).provider(VdiProvider.EMBEDDED).statement(text).to(List.of(device)).setName(set)
                .build();
    }

    private BooleanSupplier reached(Stage stage, DeviceJob job, ServerSocket silent) {
        return switch (stage) {
            case LOGIN -> () -> accepted(silent);
            case SENT -> () -> there.getCount() == 0 && requests() == 2; // its own request is the other one
            case CONFIGURED -> () -> own().flatMap(each -> each.devices().stream())
                    .anyMatch(each -> each.state() == DeviceState.OPEN);
            case FIRST_COMMAND -> () -> job.progress().bytes() > 0;
            case MIDDLE -> () -> job.progress().bytes() > EmulatedFixture.SIZE / 2;
            case AFTER_COMPLETE -> () -> own().findAny().isEmpty() && left(".unconfirmed-");
            default -> () -> there.getCount() == 0;
        };
    }

    private Stream<EmbeddedSet> own() {
        try {
            return EmbeddedSet.list().stream().filter(each -> each.name().equals(set));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private boolean left(String part) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.getFileName().toString().contains(part));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private boolean accepted(ServerSocket silent) {
        try {
            client = silent.accept();
            return client.getInputStream().read() >= 0; // the driver has sent its pre-login and waits
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private int requests() {
        try (Connection connection = DriverManager.getConnection(emulated.jdbcUrl());
                ResultSet row =
                        connection.createStatement().executeQuery("SELECT COUNT(*) FROM sys.dm_exec_requests")) {
            row.next();
            return row.getInt(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Waits for ever, as a pool without a free connection. */
    private void block() {
        there.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException ended) {
            interrupted.countDown();
            throw new IllegalStateException("interrupted", ended);
        }
    }

    /** The call of the driver that the job does not wait for ends too, and its socket is closed. */
    private void assertDriverLeft(Stage stage) throws Exception {
        if (stage == Stage.CONNECTING || stage == Stage.VERIFYING) {
            assertTrue(interrupted.await(Patience.SECONDS, TimeUnit.SECONDS));
        } else if (stage == Stage.LOGIN && Runtime.version().feature() >= 24) {
            client.setSoTimeout(Patience.MILLIS);
            client.getInputStream().transferTo(OutputStream.nullOutputStream()); // to its end
        }
        if (client != null) {
            client.close();
        }
    }

    private void assertLeft(Stage stage, JobResult result) throws IOException {
        if (stage != Stage.VERIFYING) {
            assertNothingLeft(folder);
            return;
        }
        // The server may have truncated its log: the content stays, under a name that does not look good.
        assertTrue(result.problems().stream().anyMatch(OutcomeUnknownException.class::isInstance), result::toString);
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.map(file -> file.getFileName().toString()).toList();
            assertEquals(1, names.size(), names::toString);
            assertTrue(names.getFirst().startsWith("never.unconfirmed-"), names::toString);
        }
    }

    /** A file whose flush does not end before the job is cancelled: a disk that is very slow. */
    private final class SlowFlush implements BackupTarget {

        private final TargetFile file;

        SlowFlush(TargetFile file) {
            this.file = file;
        }

        @Override
        public void begin() throws IOException {
            file.begin();
        }

        @Override
        public WritableByteChannel channel() {
            return file.channel();
        }

        @Override
        public void flush() throws IOException {
            there.countDown();
            await("the set was not aborted", () -> own().allMatch(each -> each.abortReason().isPresent()));
        }

        @Override
        public void finish() throws IOException {
            file.finish();
        }

        @Override
        public void keep() throws IOException {
            file.keep();
        }

        @Override
        public void undo() throws IOException {
            file.undo();
        }

        @Override
        public Optional<String> leave() throws IOException {
            return file.leave();
        }
    }
}
