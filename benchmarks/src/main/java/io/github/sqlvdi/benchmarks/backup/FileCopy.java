package io.github.sqlvdi.benchmarks.backup;

import io.github.sqlvdi.emulator.EmulatedServer;
import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.JobException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** The ways from one file to another. None of them waits for the disk. */
enum FileCopy {
    /** Emulated server and client in this process, one device, transfers of 1 MiB. */
    SQLVDI("sqlvdi") {
        @Override
        void run(Path source, Path target) throws IOException {
            String name = "benchmark-" + UUID.randomUUID();
            try (FileChannel from = FileChannel.open(source, StandardOpenOption.READ);
                    FileChannel to =
                            FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                DeviceJob.backup(name)
                        .device(JobDevice.toChannel(new Unforced(to)))
                        .statement(EmulatedServer.backup(name).source(from).maxTransferSize(TRANSFER)
                                .bufferCount(BUFFERS).build())
                        .build().run().orThrow();
            } catch (JobException failure) {
                throw new IOException("the backup failed: " + failure.getMessage(), failure);
            }
        }
    },
    /** {@code cat source > target}. */
    CAT("cat") {
        @Override
        void run(Path source, Path target) throws IOException, InterruptedException {
            join(List.of(new ProcessBuilder("cat", source.toString()).redirectOutput(target.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start()));
        }
    },
    /** {@code cat source | cat > target}: two processes and what a pipe makes of it. */
    PIPE("cat through a pipe") {
        @Override
        void run(Path source, Path target) throws IOException, InterruptedException {
            join(ProcessBuilder.startPipeline(List.of(new ProcessBuilder("cat", source.toString()),
                    new ProcessBuilder("cat").redirectOutput(target.toFile()))));
        }
    };

    private static final int TRANSFER = 1 << 20;
    private static final int BUFFERS = 4;

    private final String label;

    FileCopy(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    abstract void run(Path source, Path target) throws IOException, InterruptedException;

    private static void join(List<Process> processes) throws IOException, InterruptedException {
        for (Process process : processes) {
            if (process.waitFor() != 0) {
                throw new IOException("cat ended with " + process.exitValue());
            }
        }
    }

    /** Writes a file that no file system can shorten: random bytes, always the same. */
    static void generate(Path file, long bytes) throws IOException {
        ByteBuffer piece = ByteBuffer.allocateDirect(TRANSFER);
        SplittableRandom random = new SplittableRandom(1);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long left = bytes; left > 0; left -= piece.limit()) {
                piece.clear();
                while (piece.remaining() >= Long.BYTES) {
                    piece.putLong(random.nextLong());
                }
                piece.flip().limit((int) Math.min(left, TRANSFER));
                while (piece.hasRemaining()) {
                    channel.write(piece);
                }
            }
        }
    }

    /** The channel of a file, not seen as one: a backup makes a file durable at its end, and cat does not. */
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
