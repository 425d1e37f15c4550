package io.github.sqlvdi.stream;

import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.codec.StreamEncoder;
import io.github.sqlvdi.internal.pipeline.EncodingChain;
import io.github.sqlvdi.internal.pipeline.Piece;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/**
 * The stream of one device on its way through the codecs into its target. The thread of the device uses it, after the end
 * of the device the thread of the job.
 */
final class EncodedStream implements AutoCloseable {

    private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final BackupTarget target;
    private final Pipeline pipeline;
    private final EncodingChain chain;
    /** The checksum of the server's bytes; null if it is not needed. */
    private final CRC32C checksum;
    private volatile long stored;
    private volatile long raw;
    private volatile long waited;
    private boolean finished;

    private EncodedStream(BackupTarget target, Pipeline pipeline, EncodingChain chain) {
        this.target = target;
        this.pipeline = pipeline;
        this.chain = chain;
        this.checksum = pipeline.isVerifying() ? new CRC32C() : null;
    }

    /**
     * Opens a stream.
     *
     * @param encoders owned by the stream, closed after a failure
     */
    static EncodedStream open(BackupTarget target, Pipeline pipeline, List<StreamEncoder> encoders, VdiConfig agreed)
            throws IOException {
        try {
            BlockPlan plan = BlockPlan.of(pipeline, encoders, agreed, target.memory());
            return new EncodedStream(target, pipeline,
                    new EncodingChain(encoders, pipeline.pool(), plan.blocks(), plan.copying()));
        } catch (IOException | RuntimeException | Error failure) {
            encoders.forEach(StreamEncoder::close);
            throw failure;
        }
    }

    EncodingChain chain() {
        return chain;
    }

    /** {@return how many bytes were written to the target; from any thread} */
    long storedBytes() {
        return stored;
    }

    /** {@return how many bytes the server has given; from any thread} */
    long rawBytes() {
        return raw;
    }

    /** Counts the bytes of a piece, from position 0 to limit, before it is fed for the first time. */
    void count(ByteBuffer bytes) {
        raw += bytes.remaining();
        if (checksum != null) {
            checksum.update(bytes);
            bytes.rewind();
        }
    }

    /** Feeds a piece. Returns whether nothing of it is left. */
    boolean feed(Piece piece) throws IOException {
        if (finished) {
            throw new IOException("The server sent bytes after VDC_Complete");
        }
        chain.feed(piece);
        return piece.left() == 0;
    }

    /** Writes what is encoded. Returns whether there was something. */
    boolean write() throws IOException {
        boolean some = false;
        for (ByteBuffer output = chain.output(); output != null; output = chain.output()) {
            long bytes = output.remaining();
            ChannelTransfer.writeFully(target.channel(), output);
            stored += bytes;
            chain.written();
            some = true;
        }
        chain.requireGood();
        return some;
    }

    /** Makes everything durable. Returns false if it has to be called again, after a step of the chain. */
    boolean flush() throws IOException {
        if (!finished) {
            write();
            if (!chain.flush()) {
                return false;
            }
            target.flush();
        }
        return true;
    }

    /** Ends the stream and finishes the target. Returns false if it has to be called again, after a step of the chain. */
    boolean finish() throws IOException {
        if (!finished) {
            write();
            if (!chain.end()) {
                return false;
            }
            target.finish();
            finished = true;
            if (checksum != null) {
                Verification.of(target, pipeline, raw, (int) checksum.getValue());
            }
        }
        return true;
    }

    boolean isFinished() {
        return finished;
    }

    /** Finishes the stream, waiting for the workers. */
    void finishNow() throws IOException {
        while (true) {
            long seen = chain.changes();
            if (finish()) {
                return;
            }
            await(seen, WAIT_NANOS);
        }
    }

    /** {@return how long the threads of the stream have waited for the workers, in nanoseconds; from any thread} */
    long waitedNanos() {
        return waited;
    }

    /** Waits for a step of the workers. */
    void await(long seen, long nanos) throws IOException {
        long begin = System.nanoTime();
        try {
            chain.await(seen, nanos);
        } catch (InterruptedException request) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(String.format(Locale.ROOT,
                    "The device was interrupted after %,d bytes of the stream", raw));
        } finally {
            waited += System.nanoTime() - begin;
        }
    }

    /** Ends all work and frees the memory. The target stays as it is. */
    @Override
    public void close() {
        chain.close();
    }
}
