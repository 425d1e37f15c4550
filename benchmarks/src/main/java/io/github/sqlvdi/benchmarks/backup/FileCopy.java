package io.github.sqlvdi.benchmarks.backup;

import io.github.sqlvdi.emulator.EmulatedServer;
import io.github.sqlvdi.mtf.BackupType;
import io.github.sqlvdi.mtf.GeneratedDatabase;
import io.github.sqlvdi.mtf.PageSource;
import io.github.sqlvdi.mtf.StreamReport;
import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.JobException;
import io.github.sqlvdi.stream.JobResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** Ways to copy a file. None of them waits for the disk. */
enum FileCopy implements Copy {
    /** Emulated server and client in this process, one device, transfers of 1 MiB. */
    SQLVDI("sqlvdi") {
        @Override
        public void run(Path source, Path target) throws IOException {
            copy(source, target, true);
        }
    },
    /** The same, but the client does not read the stream along. */
    UNSEEN("sqlvdi, not read along") {
        @Override
        public void run(Path source, Path target) throws IOException {
            copy(source, target, false);
        }
    },
    /** {@code cat source > target}. */
    CAT("cat") {
        @Override
        public void run(Path source, Path target) throws IOException, InterruptedException {
            join(List.of(new ProcessBuilder("cat", source.toString()).redirectOutput(target.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start()));
        }
    },
    /** {@code cat source | cat > target}: two processes and a pipe. */
    PIPE("cat through a pipe") {
        @Override
        public void run(Path source, Path target) throws IOException, InterruptedException {
            join(ProcessBuilder.startPipeline(List.of(new ProcessBuilder("cat", source.toString()),
                    new ProcessBuilder("cat").redirectOutput(target.toFile()))));
        }
    };

    private static final int TRANSFER = 1 << 20;
    private static final int BUFFERS = 4;
    private static final int PAGE = 8192;

    private final String label;

    FileCopy(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    private static void copy(Path source, Path target, boolean readAlong) throws IOException {
        try (FileChannel to = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            JobResult result = backup(source, JobDevice.toChannel(new Unforced(to)), readAlong);
            if (readAlong && !result.streams().getFirst().map(StreamReport::isWhole).orElse(false)) {
                throw new IOException("the stream was not read along: " + result);
            }
        }
    }

    /** Backs the file up to a device, which gets the same settings as the library's own. */
    static JobResult backup(Path source, JobDevice device, boolean readAlong) throws IOException {
        String name = "benchmark-" + UUID.randomUUID();
        try (FileChannel from = FileChannel.open(source, StandardOpenOption.READ)) {
            return DeviceJob.backup(name).readAlong(readAlong)
                    .device(device)
                    .statement(EmulatedServer.backup(name).source(from).maxTransferSize(TRANSFER)
                            .bufferCount(BUFFERS).build())
                    .build().run().orThrow();
        } catch (JobException failure) {
            throw new IOException("the backup failed: " + failure.getMessage(), failure);
        }
    }

    private static void join(List<Process> processes) throws IOException, InterruptedException {
        for (Process process : processes) {
            if (process.waitFor() != 0) {
                throw new IOException("cat ended with " + process.exitValue());
            }
        }
    }

    /**
     * Writes a backup stream of pages with random bytes, which no file system can compress. The bytes are always the
     * same.
     */
    static void generate(Path file, long bytes) throws IOException {
        PageSource random = (page, offset, fileId, pageNumber, generation) -> {
            SplittableRandom numbers = new SplittableRandom(pageNumber);
            ByteBuffer words = ByteBuffer.wrap(page, offset, PAGE);
            while (words.remaining() >= Long.BYTES) {
                words.putLong(numbers.nextLong());
            }
        };
        ByteBuffer piece = ByteBuffer.allocateDirect(TRANSFER);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                ReadableByteChannel stream = GeneratedDatabase.builder("Benchmark").pages(random)
                        .dataFile("data", "data.mdf", bytes).build().backup(BackupType.FULL).build().open(1)) {
            while (stream.read(piece.clear()) >= 0) {
                piece.flip();
                while (piece.hasRemaining()) {
                    channel.write(piece);
                }
            }
        }
    }

    /** Hides that a channel is a file. A backup forces a file to disk at its end, and {@code cat} does not. */
    private record Unforced(FileChannel file) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer bytes) throws IOException {
            return file.write(bytes);
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
