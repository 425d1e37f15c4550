package io.github.sqlvdi.emulator.jdbc;

import static io.github.sqlvdi.emulator.jdbc.EmulatedFixture.client;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.emulator.sqlserver.EmulatedSqlServer;
import io.github.sqlvdi.jdbc.BackupSetFiles;
import io.github.sqlvdi.jdbc.SqlServer;
import io.github.sqlvdi.stream.BackupSource;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.stream.Pipeline;
import io.github.sqlvdi.stream.StoredStream;
import io.github.sqlvdi.stream.TargetFile;
import io.github.sqlvdi.testing.FlippingCodec;
import io.github.sqlvdi.testing.Patience;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Restores of content that can be read only once, whose beginning is needed before the restore. */
class SinglePassTest {

    private static EmulatedSqlServer emulated;
    private static SqlServer server;
    @TempDir
    private static Path folder;

    @BeforeAll
    static void start() throws Exception {
        emulated = EmulatedFixture.start("sales");
        server = client(emulated);
        server.backup("sales").to(folder.resolve("plain0"), folder.resolve("plain1")).run().orThrow();
        try (Pipeline encoding = pipeline()) {
            server.backup("sales")
                    .to(List.of(JobDevice.toTarget(TargetFile.create(folder.resolve("flipped")), encoding)))
                    .run().orThrow();
        }
    }

    @AfterAll
    static void stop() {
        emulated.close();
    }

    private static Pipeline pipeline() {
        return Pipeline.builder().codec(new FlippingCodec("flip", 100_000)).build();
    }

    /** A file that can be opened once. */
    private static final class Once implements BackupSource {

        private final Path file;
        private final AtomicInteger begun = new AtomicInteger();
        private FileChannel channel;

        Once(String name) {
            file = folder.resolve(name);
        }

        @Override
        public void begin() throws IOException {
            assertEquals(1, begun.incrementAndGet(), "the content was opened again");
            channel = FileChannel.open(file);
        }

        @Override
        public String name() {
            return "once " + file.getFileName();
        }

        @Override
        public long size() {
            return -1;
        }

        @Override
        public ReadableByteChannel channel() {
            return channel;
        }

        @Override
        public void close() throws IOException {
            if (channel != null) {
                channel.close();
            }
        }
    }

    @Test
    void headThatWasReadIsGivenToTheRestoreAgain() throws Exception {
        Once first = new Once("plain0");
        Once second = new Once("plain1");
        List<StoredStream> streams = List.of(StoredStream.once(first), StoredStream.once(second));
        assertTrue(BackupSetFiles.areOneSet(streams));
        assertTrue(BackupSetFiles.areOneSet(streams), "the label is there again");
        server.restore("once").moveFiles().from(streams.toArray(StoredStream[]::new)).run().orThrow();
        assertEquals("ONLINE", emulated.state("once").orElseThrow());
        assertFalse(first.channel.isOpen() || second.channel.isOpen());
    }

    @Test
    void encodedContentIsDecodedOnce() throws Exception {
        try (Pipeline pipeline = pipeline()) {
            Once source = new Once("flipped");
            JobResult result = server.restore("once_flipped").moveFiles()
                    .from(StoredStream.once(source).through(pipeline)).run().orThrow();
            assertEquals("ONLINE", emulated.state("once_flipped").orElseThrow());
            assertEquals(Files.size(source.file), result.storedBytes());
            assertFalse(source.channel.isOpen());
        }
    }

    @Test
    void chainOfContentThatCanBeReadOnceIsRefusedByItsName() {
        String message = assertThrows(IOException.class,
                () -> BackupSetFiles.group(List.of(StoredStream.once(new Once("plain0"))))).getMessage();
        assertTrue(message.startsWith("once plain0 can be read only once"), message);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no named pipes among its files")
    void namedPipeIsReadOnce() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            try (FileChannel target = FileChannel.open(pipe, StandardOpenOption.WRITE);
                    FileChannel source = FileChannel.open(folder.resolve("flipped"))) {
                for (long position = 0; position < source.size();) {
                    position += source.transferTo(position, 1 << 16, target);
                }
            } catch (IOException failure) {
                throw new java.io.UncheckedIOException(failure);
            }
        });
        try (Pipeline pipeline = pipeline()) {
            StoredStream stream = StoredStream.of(pipe).through(pipeline);
            assertFalse(stream.isRepeatable());
            server.restore("piped").moveFiles().from(stream).run().orThrow();
        }
        writer.get(Patience.SECONDS, TimeUnit.SECONDS);
        assertEquals("ONLINE", emulated.state("piped").orElseThrow());
    }
}
