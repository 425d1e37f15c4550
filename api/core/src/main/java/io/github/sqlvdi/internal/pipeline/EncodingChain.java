package io.github.sqlvdi.internal.pipeline;

import io.github.sqlvdi.codec.StreamEncoder;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The encoding of one stream: pieces come in, blocks are encoded in parallel, encoded bytes go out in order.
 *
 * <pre>
 *   feed ... [stage: blocks of codec 1] ... [stage: blocks of codec 2] ... output, written
 *                 workers                        workers
 * </pre>
 *
 * <p><b>Threads.</b> One thread feeds the chain and takes its output. Workers encode. This object is the monitor of
 * everything in the chain; no encoding happens and no channel is used under it.
 */
public final class EncodingChain implements AutoCloseable {

    private final List<Stage> stages = new ArrayList<>();
    private final Executor workers;
    private final Arena arena = Arena.ofShared();
    /** The pieces of a chain without codecs. */
    private final ArrayDeque<Piece> plain = new ArrayDeque<>();
    private int tasks;
    private long changes;
    private boolean stopped;
    private boolean closed;
    private Throwable failure;

    /**
     * Makes a chain.
     *
     * @param encoders the codecs from the inside to the outside, owned by the chain
     * @param workers run the tasks of encoding
     * @param blocks the greatest number of blocks that each codec holds in memory
     * @param copying whether pieces are copied into blocks of the chain, and so released early
     */
    public EncodingChain(List<StreamEncoder> encoders, Executor workers, int blocks, boolean copying) {
        this.workers = workers;
        for (StreamEncoder encoder : encoders) {
            stages.add(new Stage(this, encoder, blocks, copying && stages.isEmpty()));
        }
        synchronized (this) {
            advance(); // headers
        }
    }

    /**
     * Takes as much of the next piece as there is room for; the same piece is offered again until nothing of it is left.
     *
     * @param piece the next bytes of the stream, not empty
     */
    public synchronized void feed(Piece piece) {
        if (stopped) {
            return;
        }
        if (stages.isEmpty()) {
            plain.add(piece);
            piece.take(piece.left());
        } else {
            stages.getFirst().feed(piece);
        }
    }

    /**
     * Returns the next encoded bytes.
     *
     * @return the bytes from position to limit, valid until {@link #written()}; null if there are none yet
     */
    public synchronized ByteBuffer output() {
        if (stopped) {
            return null;
        }
        if (stages.isEmpty()) {
            return plain.isEmpty() ? null : plain.peek().view();
        }
        return stages.getLast().output();
    }

    /** Says that the bytes of {@link #output()} were written. */
    public synchronized void written() {
        if (stages.isEmpty()) {
            plain.poll().sliceUsed();
        } else {
            stages.getLast().written();
            advance();
        }
    }

    /**
     * Ends the begun blocks of formats with short blocks; called again until it answers true.
     *
     * @return whether everything that was fed is written, but for begun blocks of formats without short blocks
     */
    public synchronized boolean flush() {
        for (Stage stage : stages) {
            if (!stage.flush()) {
                return false;
            }
        }
        return !stopped && plain.isEmpty();
    }

    /**
     * Ends the stream; called again until it answers true. Nothing may be fed after it.
     *
     * @return whether the whole stream is written
     */
    public synchronized boolean end() {
        for (Stage stage : stages) {
            if (stopped || !stage.end()) {
                return false;
            }
        }
        return !stopped && plain.isEmpty();
    }

    /** {@return a number that changes with each step of the workers, for {@link #await(long, long)}} */
    public synchronized long changes() {
        return changes;
    }

    /**
     * Waits for a step of the workers.
     *
     * @param seen what {@link #changes()} was
     * @param nanos the longest time to wait in nanoseconds
     * @throws InterruptedException if the thread is interrupted
     */
    public synchronized void await(long seen, long nanos) throws InterruptedException {
        if (changes == seen) {
            wait(nanos / 1_000_000, (int) (nanos % 1_000_000));
        }
    }

    /**
     * Throws the first failure of a worker.
     *
     * @throws IOException if a worker has failed; the stream cannot be continued
     */
    public synchronized void requireGood() throws IOException {
        if (failure != null) {
            throw new IOException(failure instanceof IOException ? failure.getMessage()
                    : "A block of the stream could not be encoded: " + failure, failure);
        }
        if (stopped) {
            throw new IOException("The encoding of the stream was ended before");
        }
    }

    /** Ends all work: when this method returns no worker uses a piece. Pieces that are not released stay so. */
    public synchronized void stop() {
        stopped = true;
        boolean interrupted = false;
        while (tasks > 0) { // a task ends after the slice that it encodes
            try {
                wait();
            } catch (InterruptedException request) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends all work and frees the memory. */
    @Override
    public void close() {
        stop();
        synchronized (this) {
            if (!closed) {
                closed = true;
                stages.forEach(Stage::close);
                arena.close();
            }
        }
    }

    boolean isStopped() {
        return stopped;
    }

    MemorySegment allocate(long bytes) {
        return arena.allocate(bytes, 64);
    }

    void start(Block block) {
        tasks++;
        try {
            workers.execute(block);
        } catch (RejectedExecutionException ended) {
            tasks--;
            fail(new IOException("The workers of the pipeline have ended: close it after the job", ended));
        }
    }

    void taskEnded() {
        tasks--;
        changes++;
        notifyAll();
    }

    void fail(Throwable thrown) {
        if (failure == null) {
            failure = thrown;
        }
        stopped = true;
    }

    /** Passes encoded bytes from stage to stage, and tells the thread of the stream. */
    void advance() {
        for (int stage = stages.size() - 2; stage >= 0; stage--) {
            stages.get(stage).forward(stages.get(stage + 1));
        }
        changes++;
        notifyAll();
    }
}
