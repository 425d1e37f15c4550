package io.github.sqlvdi.benchmarks.jobs;

import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.emulator.EmulatedServer;
import io.github.sqlvdi.mtf.BackupType;
import io.github.sqlvdi.mtf.GeneratedBackup;
import io.github.sqlvdi.mtf.GeneratedDatabase;
import io.github.sqlvdi.mtf.RecoveryModel;
import io.github.sqlvdi.stream.DeviceJob;
import io.github.sqlvdi.stream.JobDevice;
import io.github.sqlvdi.stream.JobException;
import io.github.sqlvdi.stream.JobResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.UUID;

/** A small log backup from the creation of its set to its end: the emulated server sends it from memory. */
final class SmallJob {

    private static final int TRANSFER = 65_536;

    private final byte[] stream;

    /**
     * Makes the stream.
     *
     * @param log bytes of the log in it
     */
    SmallJob(long log) throws IOException {
        GeneratedDatabase database = GeneratedDatabase.builder("Benchmark").recoveryModel(RecoveryModel.FULL)
                .dataFile("data", "data.mdf", 8 << 20).logFile("log", "log.ldf", 8 << 20).build();
        database.backup(BackupType.FULL).build();
        database.log(log);
        GeneratedBackup backup = database.backup(BackupType.LOG).build();
        stream = new byte[Math.toIntExact(backup.length(1))];
        try (ReadableByteChannel bytes = backup.open(1)) {
            ByteBuffer all = ByteBuffer.wrap(stream);
            while (all.hasRemaining() && bytes.read(all) >= 0) {
                // until the stream is full
            }
        }
    }

    /** {@return the bytes of the stream} */
    int bytes() {
        return stream.length;
    }

    /** Runs a job whose bytes are dropped. */
    void toNowhere() throws IOException {
        run(JobDevice.toChannel(new Sink()), false);
    }

    /** Runs a job that makes a durable file with a manifest. */
    void toFile(Path file) throws IOException {
        run(JobDevice.toFile(file), true);
    }

    private void run(JobDevice device, boolean manifest) throws IOException {
        String name = "jobs-" + UUID.randomUUID();
        try {
            JobResult result = DeviceJob.backup(name).provider(VdiProvider.EMBEDDED).manifest(manifest).device(device)
                    .statement(EmulatedServer.backup(name).provider(VdiProvider.EMBEDDED).log()
                            .source(Channels.newChannel(new ByteArrayInputStream(stream))).maxTransferSize(TRANSFER)
                            .build())
                    .build().run().orThrow();
            if (result.bytes() != stream.length) {
                throw new IOException("the job moved " + result.bytes() + " bytes of " + stream.length);
            }
        } catch (JobException failure) {
            throw new IOException("the log backup failed: " + failure.getMessage(), failure);
        }
    }

    private static final class Sink implements WritableByteChannel {

        @Override
        public int write(ByteBuffer bytes) {
            int count = bytes.remaining();
            bytes.position(bytes.limit());
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
