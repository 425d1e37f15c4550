package io.github.sqlvdi.internal.pipeline;

import io.github.sqlvdi.codec.BlockEncoder;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * A block of a stage: collects slices of pieces, and encodes them on a worker as they come. At most one worker at a time
 * runs it. All fields are guarded by the monitor of the chain, except those that only the running worker uses.
 */
final class Block implements Runnable {

    private final EncodingChain chain;
    private final Stage stage;
    /** Takes the encoded bytes; null until a worker has first run the block. */
    private MemorySegment output;
    /** Collects the bytes of a copying stage; null for a stage that encodes pieces where they lie. */
    private final MemorySegment input;
    private ByteBuffer view;
    /** The encoded bytes as a piece for the next stage; its release gives the block back to its stage. */
    private final Piece encoded = new Piece() {
        @Override
        protected void released() {
            stage.free(Block.this);
        }
    };
    private final ArrayDeque<Slice> slices = new ArrayDeque<>();
    private long index;
    private int filled;
    private boolean closed;
    private boolean last;
    private boolean running;
    private boolean done;
    private int length;
    /** Used by the running worker only. */
    private BlockEncoder encoder;

    Block(EncodingChain chain, Stage stage, MemorySegment input) {
        this.chain = chain;
        this.stage = stage;
        this.input = input;
    }

    void begin(long number) {
        index = number;
        filled = 0;
        closed = false;
        last = false;
        done = false;
        length = 0;
    }

    int filled() {
        return filled;
    }

    boolean done() {
        return done;
    }

    /** Takes the next bytes of a piece. */
    void add(Piece piece, int count) {
        if (input != null) {
            piece.copyTo(input, filled, count);
        } else {
            slices.add(stage.slice(piece.take(count), piece));
        }
        filled += count;
        schedule();
    }

    /** Ends the block: no more bytes come. */
    void close(boolean lastOfStream) {
        closed = true;
        last = lastOfStream;
        if (input != null && filled > 0) {
            slices.add(stage.slice(input.asSlice(0, filled), null));
        }
        schedule();
    }

    private void schedule() {
        if (!running && !(slices.isEmpty() && !closed)) {
            running = true;
            chain.start(this);
        }
    }

    /** {@return the encoded bytes, from position to limit} */
    ByteBuffer encoded() {
        return view.clear().limit(length);
    }

    /** {@return the encoded bytes as a piece for the next stage} */
    Piece piece() {
        encoded.begin(output.asSlice(0, length), encoded());
        return encoded;
    }

    @Override
    public void run() {
        try {
            while (step()) {
                // the worker goes on with the next slice
            }
        } catch (Throwable failure) {
            synchronized (chain) {
                running = false;
                chain.fail(failure);
                chain.taskEnded();
            }
        }
    }

    /** Encodes one slice, or the end of the block. Returns false if the worker has nothing more to do. */
    private boolean step() throws Exception {
        Slice slice;
        synchronized (chain) {
            slice = chain.isStopped() ? null : slices.poll();
            if (chain.isStopped() || slice == null && !closed) {
                running = false;
                chain.taskEnded();
                return false;
            }
        }
        if (encoder == null) {
            encoder = stage.takeEncoder();
            if (output == null) { // here, because new memory is cleared, which takes a while
                output = chain.allocate(stage.encodedBytes());
                view = output.asByteBuffer();
            }
            encoder.begin(index, output);
        }
        if (slice != null) {
            encoder.write(slice.bytes());
            synchronized (chain) {
                stage.used(slice);
                chain.advance();
            }
            return true;
        }
        int encoded = encoder.finish(last);
        synchronized (chain) {
            stage.giveBack(encoder);
            encoder = null;
            length = encoded;
            running = false;
            done = true;
            chain.taskEnded();
            chain.advance();
        }
        return false;
    }
}
