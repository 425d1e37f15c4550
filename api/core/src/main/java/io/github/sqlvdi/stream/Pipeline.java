package io.github.sqlvdi.stream;

import io.github.sqlvdi.codec.Codec;
import io.github.sqlvdi.codec.Decoders;
import io.github.sqlvdi.codec.StreamEncoder;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * What lies between the server and the targets or sources of a job's devices: codecs, the workers that run them, and a
 * limit of bytes a second. One pipeline serves all devices of a job, and several jobs one after the other or at the same
 * time; close it after them.
 *
 * <pre>{@code
 * try (Pipeline pipeline = Pipeline.builder().codec(Zstd.level(3)).build()) {
 *     DeviceJob.backup("nightly").device(JobDevice.toTarget(TargetFile.create(Path.of("sales.bak.zst")), pipeline))
 *             .statement(statement).build().run().orThrow();
 * }
 * }</pre>
 *
 * <p>A backup's device holds the commands of the server while workers encode their buffers, in parallel and without a
 * copy where the agreed buffers are large enough. It completes each command as soon as the bytes are no longer needed. If
 * the memory of the pipeline is full, the commands stay open, so the server waits. VDC_Flush and VDC_Complete are answered
 * when everything before them was written.
 *
 * <p><b>Threads.</b> Any thread may use the pipeline.
 */
public final class Pipeline implements AutoCloseable {

    private final List<Codec> codecs;
    private final OptionalLong memory;
    private final boolean verifying;
    private final Throttle throttle;
    private final int workers;
    private final ExecutorService pool;

    private Pipeline(Builder builder) {
        codecs = List.copyOf(builder.codecs);
        memory = builder.memory;
        verifying = builder.verify;
        throttle = new Throttle(builder.rate);
        workers = builder.workers;
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor threads = new ThreadPoolExecutor(workers, workers, 10, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), task -> Thread.ofPlatform().daemon()
                        .name("sqlvdi-codec-" + number.incrementAndGet()).unstarted(task));
        threads.allowCoreThreadTimeOut(true);
        pool = threads;
    }

    /** {@return a builder of a pipeline without codecs, with a worker for each processor and no limit of bytes a second} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return what the codecs append to the name of a file, such as {@code .zst.age}; empty without codecs} */
    public String suffix() {
        return codecs.stream().map(Codec::suffix).collect(Collectors.joining());
    }

    /** {@return the codecs of a backup, from the server to the target} */
    public List<Codec> codecs() {
        return codecs;
    }

    /** {@return the limit that {@link Builder#memory(long)} has set, in bytes; empty for the default} */
    public OptionalLong memory() {
        return memory;
    }

    /**
     * Decodes a stream whose formats are among the codecs of this pipeline. A stream in none of them passes unchanged.
     *
     * @param encoded the stream, in blocking mode, from its first byte; owned by the result, closed after a failure
     * @return the decoded stream and the names of its formats
     * @throws IOException as for {@link Decoders#decode}
     */
    public Decoders.Decoded decode(ReadableByteChannel encoded) throws IOException {
        return Decoders.decode(encoded, codecs, pool);
    }

    /** Ends the workers. A job that still uses the pipeline fails. */
    @Override
    public void close() {
        pool.shutdown();
    }

    Throttle throttle() {
        return throttle;
    }

    boolean isVerifying() {
        return verifying;
    }

    ExecutorService pool() {
        return pool;
    }

    int workers() {
        return workers;
    }

    /** Makes the encoders of one stream, which shows whether each format is available. */
    List<StreamEncoder> encoders() throws IOException {
        List<StreamEncoder> encoders = new ArrayList<>();
        try {
            for (Codec codec : codecs) {
                encoders.add(codec.encoder());
            }
            return encoders;
        } catch (IOException | RuntimeException | Error failure) {
            encoders.forEach(StreamEncoder::close);
            throw failure;
        }
    }

    /** Collects the values of a pipeline. Not safe for several threads at once. */
    public static final class Builder {

        private final List<Codec> codecs = new ArrayList<>();
        private int workers = Runtime.getRuntime().availableProcessors();
        private OptionalLong memory = OptionalLong.empty();
        private long rate;
        private boolean verify;

        private Builder() {
        }

        /**
         * Adds a codec. A backup applies the codecs in the order in which they are added: compress first, then encrypt. A
         * restore finds by the content which of the codecs to apply, in any order.
         *
         * @param codec the codec
         * @return this
         */
        public Builder codec(Codec codec) {
            codecs.add(Objects.requireNonNull(codec, "codec"));
            return this;
        }

        /**
         * Sets the number of workers; the default is the number of processors.
         *
         * @param count 1 to 1,024
         * @return this
         * @throws IllegalArgumentException if it is out of its range
         */
        public Builder workers(int count) {
            if (count < 1 || count > 1024) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "workers is %d: expected 1 to 1,024", count));
            }
            workers = count;
            return this;
        }

        /**
         * Sets the limit of the memory that all devices of a job use for blocks and encoders. It does not count the VDI
         * buffers. The default is 96 MiB without what the targets use ({@link BackupTarget#memory()}), and for very many
         * devices as much as one block of each needs. A job whose devices need more than the given limit for one block each
         * fails.
         *
         * @param bytes positive
         * @return this
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder memory(long bytes) {
            memory = OptionalLong.of(requirePositive(bytes, "memory"));
            return this;
        }

        /**
         * Limits the bytes that all devices together move between the server and the pipeline, before compression on a
         * backup and after decompression on a restore. There is no limit by default.
         *
         * @param bytesPerSecond positive
         * @return this
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder rate(long bytesPerSecond) {
            rate = requirePositive(bytesPerSecond, "rate");
            return this;
        }

        /**
         * Sets whether a backup reads its finished targets back, decodes them and compares the checksum of the bytes with
         * that of the server's bytes; the default is false. It happens before VDC_Complete is answered, so the server does
         * not truncate its log for a backup that cannot be read. It needs codecs that can decode what they encode, such as
         * age with an identity, and targets that can be read, see {@link BackupTarget#readBack()}.
         *
         * @param wanted true to verify
         * @return this
         */
        public Builder verify(boolean wanted) {
            verify = wanted;
            return this;
        }

        private static long requirePositive(long value, String name) {
            if (value <= 0) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "%s is %,d: expected a positive number of bytes", name, value));
            }
            return value;
        }

        /** {@return the pipeline} */
        public Pipeline build() {
            return new Pipeline(this);
        }
    }
}
