package io.github.sqlvdi.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sqlvdi.samples.cli.Launcher.Result;
import io.github.sqlvdi.samples.cli.Launcher.Running;
import io.github.sqlvdi.testing.Patience;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The server in one process, the client in another, as two users' terminals would start them. Where the rule is not about the
 * process of the client, this process is the other one, which takes less time.
 */
class TwoTerminalsIT {

    private static final String DIRECTORY = "io.github.sqlvdi.directory";
    private static final String HONESTY = "The server closed all devices; whether the %s is good is what the server's "
            + "statement says.";

    @TempDir
    private Path folder;
    @TempDir
    private Path state;
    private Path sets;
    private Launcher sqlvdi;

    @BeforeEach
    void launcher() {
        sets = state.resolve("sets");
        sqlvdi = new Launcher(folder).with(Map.of("SQLVDI_JAVA_OPTS", "-D" + DIRECTORY + "=" + sets));
        System.setProperty(DIRECTORY, sets.toString());
    }

    @AfterEach
    void nothingIsLeftAmongTheSets() throws IOException {
        System.clearProperty(DIRECTORY);
        assertEquals(List.of(), names(sets));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pipe", "tape", "disk"})
    void realBackupsGoFromProcessToProcessByteForByte(String deviceClass) throws Exception {
        assumeTrue(Launcher.realBackups().isPresent(), "no folder of real backups: set sqlvdi.backups to it");
        Path backups = Launcher.realBackups().orElseThrow();
        List<Path> files = Stream.of("striped-2008r2.0.bak", "striped-2008r2.1.bak", "full-2008r2.bak", "diff.bak",
                "log.trn", "full-compressed.bak").map(backups::resolve).toList();
        there(deviceClass.equals("pipe"), deviceClass, files);
        andBack(deviceClass.equals("pipe"), deviceClass, files);
    }

    @Test
    void emptyAndOddStreamsGoFromProcessToProcess() throws Exception {
        List<Path> files = new ArrayList<>();
        for (int size : new int[]{0, 1, 65_537}) {
            files.add(Files.write(folder.resolve("data" + size), new byte[size]));
        }
        there(false, "pipe", files);
        andBack(false, "pipe", files);
    }

    @Test
    void streamOnChangedDisksComesBackWithoutItsLength() throws Exception {
        assumeTrue(Launcher.realBackups().isPresent(), "no folder of real backups: set sqlvdi.backups to it");
        Path file = Launcher.realBackups().orElseThrow().resolve("full-2008r2.bak");
        Running emulator = start("emulator", "backup", "--name", "disks", file);
        client(false, "backup", "--external-server", "--name", "disks", "--class", "disk", "--media-size", "400000",
                folder.resolve("backup")).get().requireGood();
        emulator.await().requireGood();
        assertTrue(Files.exists(folder.resolve("backup.4")), "media were changed");
        Future<Result> client = client(false, "restore", "--external-server", "--name", "back", "--class", "disk",
                folder.resolve("backup"));
        run("emulator", "restore", "--name", "back", "restored").requireGood();
        client.get().requireGood();
        assertEquals(-1, Files.mismatch(file, folder.resolve("restored")));
    }

    /** The server is first: it waits for the client's set. The streams are of several backups, so the jobs do not look into them. */
    private void there(boolean ownProcess, String deviceClass, List<Path> files) throws Exception {
        Running server = start("emulator", "backup", "--name", "there", files);
        Result client = client(ownProcess, "backup", "--external-server", "--no-read-along", "--name", "there",
                "--class", deviceClass, numbered(folder.resolve("backup"), files.size())).get().requireGood();
        Result said = server.await().requireGood();
        assertTrue(said.out().contains("BACKUP DATABASE successfully processed"), said.out());
        assertTrue(said.out().contains("BACKUP DATABASE is good: "), said.out());
        assertTrue(client.out().contains("TO VIRTUAL_DEVICE = 'there', VIRTUAL_DEVICE = 'there1'"), client.out());
        assertTrue(client.out().contains(String.format(Locale.ROOT, HONESTY, "backup")), client.out());
    }

    /** The client is first: it waits for its server. */
    private void andBack(boolean ownProcess, String deviceClass, List<Path> files) throws Exception {
        Future<Result> client = client(ownProcess, "restore", "--external-server", "--no-read-along", "--name", "back",
                "--class", deviceClass, numbered(folder.resolve("backup"), files.size()));
        Result server = run("emulator", "restore", "--name", "back",
                numbered(folder.resolve("restored"), files.size())).requireGood();
        assertTrue(client.get().requireGood().out().contains(String.format(Locale.ROOT, HONESTY, "restore")));
        assertTrue(server.out().contains("RESTORE DATABASE is good: "), server.out());
        for (int i = 0; i < files.size(); i++) {
            assertEquals(-1, Files.mismatch(files.get(i), folder.resolve("restored" + i)), files.get(i).toString());
        }
    }

    /** From a third process; the other two go on, so a check may fail while a record is written. */
    private void assertDumped(Work work) throws Exception {
        String out = InProcess.run("sets", "--dump", "live").out();
        assertTrue(out.startsWith(String.format(Locale.ROOT, "live on MSSQLSERVER%n  header%n")), out);
        assertTrue(out.contains("process " + work.client.process().pid() + ", primary"), out);
        assertTrue(out.contains("process " + work.server.process().pid() + ", server"), out);
        assertTrue(out.contains("  device 0") && out.contains("VDC_Write (2), ") && out.contains("(check ok)"), out);
        InProcess.run("sets", "--dump", "dead").requireFailure(1, "No live device set of this user is named dead");
    }

    @Test
    void setsShowsWhoIsInASetAndHowFarItIs() throws Exception {
        assertEquals("No live device sets of this user.", InProcess.run("sets").requireGood().out().strip());
        try (Work work = new Work("live")) {
            String out = InProcess.run("sets").requireGood().out();
            assertTrue(out.contains("live on MSSQLSERVER: configured, 1 device, 1 buffer area"), out);
            assertTrue(out.contains("VDF_WriteMedia"), out);
            assertTrue(out.contains(
                    String.format(Locale.ROOT, "processes  primary %d, server %d%n", work.client.process().pid(),
                            work.server.process().pid())),
                    out);
            Matcher row = Pattern.compile(String.format(Locale.ROOT,
                    "live +open +%d +(\\d+) +(\\d+) +(\\d+) +\\d +\\d\n", work.client.process().pid())).matcher(out);
            assertTrue(row.find(), out);
            assertTrue(Integer.parseInt(row.group(1)) >= Work.AT_LEAST_SENT, out);
            assertTrue(Integer.parseInt(row.group(3)) >= Work.AT_LEAST_SENT - Work.BUFFERS, out);
            assertDumped(work);
            work.endOfData();
            work.server.await().requireGood();
            work.client.await().requireGood();
        }
        assertTrue(Files.size(folder.resolve("out")) == Work.BYTES);
    }

    @Test
    void killedServerEndsTheClientWithAClearMessage() throws Exception {
        try (Work work = new Work("killed-server")) {
            work.server.process().destroyForcibly();
            assertTrue(work.client.process().waitFor(Patience.SECONDS, TimeUnit.SECONDS), "the client still runs");
            work.client.await().requireFailure(1, "Backup failed, no target was kept:",
                    "The server aborted the device set, or its process ended");
            assertEquals(137, work.server.await().exitCode());
        }
        assertEquals(List.of("data"), names(folder));
    }

    @Test
    void killedClientFailsTheStatement() throws Exception {
        try (Work work = new Work("killed-client")) {
            work.client.process().destroyForcibly();
            work.offerData();
            assertTrue(work.server.process().waitFor(Patience.SECONDS, TimeUnit.SECONDS), "the server still runs");
            work.server.await().requireFailure(1, "BACKUP DATABASE failed:", "995(ERROR_OPERATION_ABORTED)",
                    "Msg 3013, Level 16: BACKUP DATABASE is terminating abnormally.", "sqlvdi explain");
            assertEquals(137, work.client.await().exitCode());
        }
    }

    @Test
    void serverWithoutClientAndClientWithoutServerGiveUp() throws Exception {
        Path data = Files.createFile(folder.resolve("data"));
        InProcess.run("emulator", "backup", "--name", "nobody", "--wait", 1, data)
                .requireFailure(1, "No client created the device set nobody within 1 s", "--external-server");
        InProcess.run("backup", "--external-server", "--name", "nobody", "--wait", 1, folder.resolve("out"))
                .requireFailure(1, "The server did not configure the device set nobody within PT1S");
        assertEquals(List.of("data"), names(folder));
    }

    @Test
    void serverThatExpectsAnotherNumberOfDevicesRefusesTheClient() throws Exception {
        Running client = start("backup", "--external-server", "--name", "n", "out1", "out2");
        InProcess.run("emulator", "backup", "--name", "n", "--generate", "1M")
                .requireFailure(1, "the client has 2 devices, the statement 1");
        client.await().requireFailure(1, "The server refused to configure the device set n");
        assertEquals(List.of(), names(folder));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGTERM")
    void watchedSetsAndWaitingServersEndWithATermination() throws Exception {
        Result watch = terminateAt(2, "No live device sets", "sets", "--watch");
        assertEquals(143, watch.exitCode(), watch.toString());
        Result server = terminateAt(1, "Waiting for a client to create the device set n", "emulator", "restore",
                "--name", "n", "out");
        server.requireFailure(143, "Interrupted before a client created the device set n");
        assertEquals(List.of(), names(folder));
    }

    /** Ends it with SIGTERM when it has said something so many times. */
    private Result terminateAt(int times, String line, String... arguments) throws IOException, InterruptedException {
        Path err = state.resolve("err");
        Process process = sqlvdi.builder(List.of(), (Object[]) arguments).redirectError(err.toFile()).start();
        try (BufferedReader out = process.inputReader()) {
            for (int said = 0; said < times;) {
                String next = out.readLine();
                assertTrue(next != null, "ended before it said " + line);
                said += next.startsWith(line) ? 1 : 0;
            }
            kill(process);
            assertTrue(process.waitFor(Patience.SECONDS, TimeUnit.SECONDS));
            return new Result(process.exitValue(), "", Files.readString(err));
        } finally {
            process.destroyForcibly();
        }
    }

    /** Unlike {@link Process#destroy()}, leaves its output open. */
    private static void kill(Process process) {
        assertTrue(process.toHandle().destroy());
    }

    private Result run(Object... arguments) throws IOException, InterruptedException {
        return start(arguments).await();
    }

    /** Lists among the arguments are taken apart. */
    private Running start(Object... arguments) throws IOException {
        return sqlvdi.start(List.of(), apart(arguments));
    }

    /** Starts the client's side, in a process of its own or in this one. Its files have absolute names. */
    private Future<Result> client(boolean ownProcess, Object... arguments) throws IOException {
        Callable<Result> side = ownProcess ? start(arguments)::await : () -> InProcess.run(apart(arguments));
        FutureTask<Result> end = new FutureTask<>(side);
        Thread.ofPlatform().start(end);
        return end;
    }

    private static Object[] apart(Object... arguments) {
        return Stream.of(arguments)
                .flatMap(argument -> argument instanceof List<?> list ? list.stream() : Stream.of(argument)).toArray();
    }

    private static List<String> numbered(Path name, int count) {
        return IntStream.range(0, count).mapToObj(number -> name.toString() + number).toList();
    }

    private static List<String> names(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** A backup in the middle: the server waits for more of its data, which comes from here. */
    private final class Work implements AutoCloseable {

        private static final int PIECE = 64 << 10; // the server's transfers: each piece becomes a command
        private static final int PIECES = 64;
        private static final long BYTES = (long) PIECES * PIECE;
        private static final int BUFFERS = 4;
        /** The pipe holds one piece, the server's hand another one. */
        private static final int AT_LEAST_SENT = PIECES - 2;

        private final Running client;
        private final Running server;
        private final FileChannel data;

        Work(String name) throws Exception {
            Path pipe = folder.resolve("data");
            assumeTrue(Launcher.execute("mkfifo", pipe.toString()), "no mkfifo");
            client = start("backup", "--external-server", "--name", name, "out");
            server = start("emulator", "backup", "--name", name, "--transfer-size", PIECE, "--buffers", BUFFERS,
                    pipe);
            // Opened for both, so that neither this waits for a server nor the pipe ends without one.
            data = FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE);
            for (int piece = 0; piece < PIECES; piece++) {
                moreData();
            }
        }

        void moreData() throws IOException {
            ByteBuffer piece = ByteBuffer.allocate(PIECE);
            while (piece.hasRemaining()) {
                data.write(piece);
            }
        }

        /** More data, if the server still takes any: it may have ended already, and then nobody empties the pipe. */
        void offerData() {
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    moreData();
                } catch (ClosedChannelException e) {
                    System.out.println("the server did not want more data");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }

        void endOfData() throws IOException {
            data.close();
        }

        @Override
        public void close() throws IOException {
            client.process().destroyForcibly();
            server.process().destroyForcibly();
            data.close();
        }
    }
}
