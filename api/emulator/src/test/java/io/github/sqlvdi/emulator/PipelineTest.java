package io.github.sqlvdi.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sqlvdi.codec.Codec;
import io.github.sqlvdi.codec.StreamEncoder;
import io.github.sqlvdi.statement.SqlStatement;
import io.github.sqlvdi.statement.Verdict;
import io.github.sqlvdi.stream.BackupTarget;
import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.JobResult;
import io.github.sqlvdi.stream.Pipeline;
import io.github.sqlvdi.stream.TargetFile;
import io.github.sqlvdi.testing.FailingTarget;
import io.github.sqlvdi.testing.FlippingCodec;
import io.github.sqlvdi.testing.TestData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs whose devices encode and decode on workers: the bytes come back, and every failure ends the job and leaves nothing. */
class PipelineTest {

    private static final int TRANSFER = 65_536;

    @TempDir
    Path folder;

    private final AtomicInteger open = new AtomicInteger();
    private final FlippingCodec inner = codec("abcd", 3 * TRANSFER, -1);
    private final FlippingCodec outer = codec("wxyz", 50_000, -1);

    private FlippingCodec codec(String mark, int blockBytes, long failing) {
        return new FlippingCodec(mark, blockBytes, failing, open);
    }

    private static Pipeline pipeline(FlippingCodec... codecs) {
        Pipeline.Builder builder = Pipeline.builder().workers(3);
        for (FlippingCodec codec : codecs) {
            builder.codec(codec);
        }
        return builder.build();
    }

    private JobResult backup(List<byte[]> streams, List<JobDevice> devices, boolean complete, int buffers) {
        String name = TestData.setName();
        EmulatedServer.Builder server = EmulatedServer.backup(name).maxTransferSize(TRANSFER).bufferCount(buffers)
                .supportsComplete(complete);
        streams.forEach(stream -> server.source(TestData.channel(stream)));
        DeviceJob.Builder job = DeviceJob.backup(name).statement(server.build());
        devices.forEach(job::device);
        return job.build().run();
    }

    private JobResult backup(byte[] stream, JobDevice device) {
        return backup(List.of(stream), List.of(device), true, 8);
    }

    private List<byte[]> restore(Pipeline pipeline, List<Path> files) throws IOException {
        String name = TestData.setName();
        EmulatedServer.Builder server = EmulatedServer.restore(name).maxTransferSize(TRANSFER);
        List<ByteArrayOutputStream> targets = new ArrayList<>();
        DeviceJob.Builder job = DeviceJob.restore(name);
        for (Path file : files) {
            ByteArrayOutputStream target = new ByteArrayOutputStream();
            targets.add(target);
            server.target(TestData.channel(target));
            job.device(JobDevice.fromFile(file, pipeline));
        }
        JobResult result = job.statement(server.build()).build().run();
        assertEquals(List.of(), result.failures());
        return targets.stream().map(ByteArrayOutputStream::toByteArray).toList();
    }

    private void assertNothingLeft() throws IOException {
        assertEquals(0, open.get(), "encoders are open");
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, TRANSFER, 3 * TRANSFER - 1, 3 * TRANSFER, 3 * TRANSFER + 1, 6 * TRANSFER, 2_000_003})
    void everyLengthComesBackAsItWasThroughTwoCodecs(int length) throws IOException {
        byte[] stream = TestData.bytes(length, length);
        Path file = folder.resolve("stream");
        try (Pipeline pipeline = pipeline(inner, outer)) {
            JobResult backup = backup(stream, JobDevice.toTarget(TargetFile.create(file), pipeline));
            assertEquals(List.of(), backup.failures());
            assertEquals(length, backup.bytes());
            assertEquals(Files.size(file), backup.storedBytes());
            assertEquals(0, open.get());
            assertArrayEquals(stream, restore(pipeline, List.of(file)).getFirst());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 64})
    void anyNumberOfBuffersWillDo(int buffers) throws IOException {
        List<byte[]> streams = new ArrayList<>();
        List<JobDevice> devices = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        try (Pipeline pipeline = pipeline(inner, outer)) {
            for (int device = 0; device < 3; device++) {
                streams.add(TestData.bytes(device * 1_000_000 + device, device));
                files.add(folder.resolve("stripe" + device));
                devices.add(JobDevice.toTarget(TargetFile.create(files.get(device)), pipeline));
            }
            assertEquals(List.of(), backup(streams, devices, true, Math.max(buffers, 3)).failures());
            List<byte[]> restored = restore(pipeline, files);
            for (int device = 0; device < 3; device++) {
                assertArrayEquals(streams.get(device), restored.get(device), "device " + device);
            }
        }
    }

    @Test
    void serverWithoutCompleteGetsItsWholeStreamKept() throws IOException {
        byte[] stream = TestData.bytes(1_000_003, 5);
        Path file = folder.resolve("stream");
        try (Pipeline pipeline = pipeline(inner, outer)) {
            JobResult backup = backup(List.of(stream),
                    List.of(JobDevice.toTarget(TargetFile.create(file), pipeline)), false, 8);
            assertEquals(List.of(), backup.failures());
            assertEquals(Files.size(file), backup.storedBytes());
            assertArrayEquals(stream, restore(pipeline, List.of(file)).getFirst());
        }
    }

    @Test
    void withoutCodecsTheBytesPassUnchanged() throws IOException {
        byte[] stream = TestData.bytes(1_000_003, 6);
        Path file = folder.resolve("stream");
        try (Pipeline pipeline = pipeline()) {
            assertEquals(List.of(), backup(stream, JobDevice.toTarget(TargetFile.create(file), pipeline)).failures());
            assertArrayEquals(stream, Files.readAllBytes(file));
        }
        try (Pipeline pipeline = pipeline(inner)) {
            assertArrayEquals(stream, restore(pipeline, List.of(file)).getFirst());
        }
    }

    @Test
    void manifestHasTheStoredFileAndNamesTheCodecs() throws IOException {
        Path file = folder.resolve("stream");
        try (Pipeline pipeline = pipeline(inner, outer)) {
            assertTrue(
                    backup(TestData.bytes(500_000, 7), JobDevice.toTarget(TargetFile.create(file), pipeline)).good());
        }
        String manifest = Files.readString(folder.resolve("stream.manifest"));
        assertTrue(manifest.contains(": " + Files.size(file) + " bytes, crc32c"), manifest);
        assertTrue(manifest.contains("encoding of device 1: flip-abcd, flip-wxyz of 500000 bytes"), manifest);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 5})
    void failureOfAnEncoderFailsTheStatementAndLeavesNothing(long block) throws IOException {
        for (FlippingCodec[] codecs : new FlippingCodec[][]{{codec("abcd", TRANSFER, block)},
            {inner, codec("abcd", 20_000, block)}, {codec("abcd", 20_000, block), outer}}) {
            try (Pipeline pipeline = pipeline(codecs)) {
                JobResult result = backup(TestData.bytes(2_000_000, 8),
                        JobDevice.toTarget(TargetFile.create(folder.resolve("stream")), pipeline));
                assertFalse(result.good());
                assertTrue(result.toString().contains("block " + block + " fails"), result.toString());
                assertFalse(result.verdict().orElseThrow().good());
            }
            assertNothingLeft();
        }
    }

    @Test
    void fullTargetFailsTheStatementAndLeavesNothing() throws IOException {
        try (Pipeline pipeline = pipeline(inner, outer)) {
            JobResult result = backup(TestData.bytes(2_000_000, 9), JobDevice.toTarget(
                    new Discarded(new FailingTarget(500_000, new IOException("No space left on device"))), pipeline));
            assertFalse(result.good());
            assertTrue(result.toString().contains("No space left on device"), result.toString());
        }
        assertNothingLeft();
    }

    @Test
    void cancelEndsAThrottledJobAndLeavesNothing() throws Exception {
        try (Pipeline pipeline = Pipeline.builder().codec(inner).rate(1).build()) {
            String name = TestData.setName();
            CountDownLatch working = new CountDownLatch(1);
            DeviceJob job = DeviceJob.backup(name)
                    .statement(EmulatedServer.backup(name).maxTransferSize(TRANSFER)
                            .source(TestData.channel(TestData.bytes(2_000_000, 10))).build())
                    .device(JobDevice.toTarget(TargetFile.create(folder.resolve("stream")), pipeline))
                    .onProgress(Duration.ofMillis(1), progress -> working.countDown()).build();
            Thread cancelling = Thread.ofPlatform().start(() -> {
                try {
                    working.await();
                } catch (InterruptedException request) {
                    return;
                }
                job.cancel();
            });
            JobResult result = job.run();
            cancelling.join();
            assertFalse(result.good());
            assertTrue(result.toString().contains("cancelled"), result.toString());
        }
        assertNothingLeft();
    }

    @Test
    void closedPipelineFailsTheJobAndLeavesNothing() throws IOException {
        Pipeline pipeline = pipeline(inner);
        pipeline.close();
        JobResult result = backup(TestData.bytes(1_000_000, 11),
                JobDevice.toTarget(TargetFile.create(folder.resolve("stream")), pipeline));
        assertFalse(result.good());
        assertTrue(result.toString().contains("close it after the job"), result.toString());
        assertNothingLeft();
    }

    @Test
    void verificationReadsTheTargetBackBeforeTheServerGetsItsAnswer() throws IOException {
        byte[] stream = TestData.bytes(1_000_003, 12);
        try (Pipeline pipeline = Pipeline.builder().codec(inner).codec(outer).verify(true).build()) {
            Path good = folder.resolve("good");
            assertEquals(List.of(), backup(stream, JobDevice.toTarget(TargetFile.create(good), pipeline)).failures());
            Files.delete(good);
            Files.delete(folder.resolve("good.manifest"));
            TargetFile file = TargetFile.create(folder.resolve("bad"));
            JobResult result = backup(stream, JobDevice.toTarget(new Damaged(file), pipeline));
            assertFalse(result.good());
            assertFalse(result.verdict().orElseThrow().good());
            assertTrue(result.toString().contains("verification"), result.toString());
        }
        assertNothingLeft();
    }

    @Test
    void streamThatIsRefusedAtItsHeadEndsARestoreBeforeItsStatement() throws IOException {
        Path file = Files.writeString(folder.resolve("stream"), "abcd");
        Codec refusing = new Codec() {
            @Override
            public String name() {
                return "refusing";
            }

            @Override
            public String suffix() {
                return ".refusing";
            }

            @Override
            public StreamEncoder encoder() throws IOException {
                throw new IOException("install the refusing library");
            }

            @Override
            public int headBytes() {
                return 1;
            }

            @Override
            public boolean recognizes(ByteBuffer head) {
                return head.get(head.position()) == 'a';
            }

            @Override
            public ReadableByteChannel decode(ReadableByteChannel encoded, Executor workers) throws IOException {
                throw new IOException("give a key");
            }
        };
        AtomicBoolean executed = new AtomicBoolean();
        SqlStatement never = () -> {
            executed.set(true);
            return new Verdict(false, List.of(), OptionalLong.empty());
        };
        try (Pipeline pipeline = Pipeline.builder().codec(refusing).build()) {
            JobResult restore = DeviceJob.restore(TestData.setName()).device(JobDevice.fromFile(file, pipeline))
                    .statement(never).build().run();
            assertTrue(restore.toString().contains("give a key"), restore.toString());
            JobResult backup = DeviceJob.backup(TestData.setName()).statement(never).device(
                    JobDevice.toTarget(TargetFile.replace(file), pipeline)).build().run();
            assertTrue(backup.toString().contains("install the refusing library"), backup.toString());
        }
        assertFalse(executed.get());
        assertEquals("abcd", Files.readString(file));
    }

    @Test
    void tooLittleMemoryIsRefusedWithWhatIsNeeded() throws IOException {
        try (Pipeline pipeline = Pipeline.builder().codec(inner).memory(1000).build()) {
            JobResult result = backup(TestData.bytes(1000, 13),
                    JobDevice.toTarget(TargetFile.create(folder.resolve("stream")), pipeline));
            assertFalse(result.good());
            assertTrue(result.toString().contains("give it more"), result.toString());
        }
        assertNothingLeft();
    }

    /** A target that flips one byte of what it stores. */
    private static final class Damaged implements BackupTarget {

        private final TargetFile file;

        Damaged(TargetFile file) {
            this.file = file;
        }

        @Override
        public void begin() throws IOException {
            file.begin();
        }

        @Override
        public WritableByteChannel channel() {
            WritableByteChannel channel = file.channel();
            return new WritableByteChannel() {
                @Override
                public int write(ByteBuffer source) throws IOException {
                    ByteBuffer copy = ByteBuffer.allocate(source.remaining()).put(source).flip();
                    if (copy.limit() > 100) {
                        copy.put(100, (byte) (copy.get(100) ^ 1));
                    }
                    return channel.write(copy);
                }

                @Override
                public boolean isOpen() {
                    return channel.isOpen();
                }

                @Override
                public void close() {
                    // the file's owner closes it
                }
            };
        }

        @Override
        public void finish() throws IOException {
            file.finish();
        }

        @Override
        public Optional<ReadableByteChannel> readBack() throws IOException {
            return file.readBack();
        }

        @Override
        public void keep() throws IOException {
            file.keep();
        }

        @Override
        public void undo() throws IOException {
            file.undo();
        }
    }

    /** A target whose content needs no removal. */
    private record Discarded(WritableByteChannel channel) implements BackupTarget {

        @Override
        public void begin() {
            // is open
        }

        @Override
        public void finish() {
            // needs nothing
        }

        @Override
        public void keep() {
            // needs nothing
        }

        @Override
        public void undo() {
            // needs nothing
        }
    }
}
