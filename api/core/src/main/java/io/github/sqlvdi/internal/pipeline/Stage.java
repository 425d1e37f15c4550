package io.github.sqlvdi.internal.pipeline;

import io.github.sqlvdi.codec.BlockEncoder;
import io.github.sqlvdi.codec.StreamEncoder;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * One codec of a chain: cuts what it is fed into blocks, and passes their encoded bytes on in order. Guarded by the monitor
 * of the chain.
 */
final class Stage {

    private final EncodingChain chain;
    private final StreamEncoder encoder;
    private final int blockBytes;
    private final int limit;
    private final boolean copying;
    /** The blocks that were begun and whose encoded bytes were not passed on, in the order of the stream. */
    private final Deque<Block> order = new ArrayDeque<>();
    private final Deque<Block> free = new ArrayDeque<>();
    private final Deque<Slice> unused = new ArrayDeque<>();
    private final Deque<BlockEncoder> idle = new ArrayDeque<>();
    private final List<BlockEncoder> encoders = new ArrayList<>();
    private int made;
    private long next;
    /** The block that takes the next bytes. A full one waits here, because it may be the last of the stream. */
    private Block open;
    private boolean ended;
    private long taken;
    private boolean headed;
    private boolean trailed;
    /** What the next stage has taken in part. */
    private Piece passing;

    /**
     * Makes a stage.
     *
     * @param limit the greatest number of blocks in memory
     * @param copying whether pieces are copied together into blocks, and so released at once
     */
    Stage(EncodingChain chain, StreamEncoder encoder, int limit, boolean copying) {
        this.chain = chain;
        this.encoder = encoder;
        this.blockBytes = encoder.blockBytes();
        this.limit = limit;
        this.copying = copying;
    }

    /** Takes as much of a piece as there is room for. */
    void feed(Piece piece) {
        while (piece.left() > 0) {
            if (open != null && open.filled() == blockBytes) {
                closeOpen(false);
            }
            if (open == null && !beginBlock()) {
                return;
            }
            int count = (int) Math.min(piece.left(), blockBytes - open.filled());
            taken += count;
            open.add(piece, count);
        }
    }

    private boolean beginBlock() {
        if (free.isEmpty()) {
            if (made == limit) {
                return false;
            }
            free.add(new Block(chain, this, copying ? chain.allocate(blockBytes) : null));
            made++;
        }
        open = free.poll();
        open.begin(next++);
        order.add(open);
        return true;
    }

    private void closeOpen(boolean last) {
        Block block = open;
        open = null;
        block.close(last);
    }

    void free(Block block) {
        free.add(block);
    }

    /** {@return the room that an encoded block needs, in bytes} */
    long encodedBytes() {
        return encoder.encodedBytes(blockBytes);
    }

    Slice slice(MemorySegment bytes, Piece piece) {
        Slice slice = unused.isEmpty() ? new Slice() : unused.poll();
        slice.begin(bytes, piece);
        return slice;
    }

    void used(Slice slice) {
        slice.used();
        unused.add(slice);
    }

    /** Passes on what is encoded, as far as the next stage takes it. */
    void forward(Stage following) {
        while (true) {
            if (passing == null) {
                passing = nextPiece();
                if (passing == null) {
                    return;
                }
            }
            if (passing.left() == 0) { // a format may have blocks without bytes
                passing.released();
            }
            following.feed(passing);
            if (passing.left() > 0) {
                return;
            }
            passing = null;
        }
    }

    private Piece nextPiece() {
        if (!headed) {
            headed = true;
            byte[] header = encoder.header();
            if (header.length > 0) {
                return own(header);
            }
        }
        if (!order.isEmpty()) {
            return order.peek().done() ? order.poll().piece() : null;
        }
        if (ended && !trailed) {
            trailed = true;
            byte[] trailer = encoder.trailer(taken);
            return trailer.length > 0 ? own(trailer) : null;
        }
        return null;
    }

    /** A piece in memory of the chain. */
    private Piece own(byte[] content) {
        MemorySegment bytes = chain.allocate(content.length);
        bytes.copyFrom(MemorySegment.ofArray(content));
        Piece piece = new Piece() {
            @Override
            protected void released() {
                // the memory is the chain's
            }
        };
        piece.begin(bytes, bytes.asByteBuffer());
        return piece;
    }

    /** For the last stage: the next encoded bytes, null if there are none yet. */
    ByteBuffer output() {
        if (!headed) {
            return ByteBuffer.wrap(encoder.header());
        }
        if (!order.isEmpty()) {
            return order.peek().done() ? order.peek().encoded() : null;
        }
        return ended && !trailed ? ByteBuffer.wrap(encoder.trailer(taken)) : null;
    }

    /** For the last stage: the bytes that {@link #output()} returned were written. */
    void written() {
        if (!headed) {
            headed = true;
        } else if (!order.isEmpty()) {
            free.add(order.poll());
        } else {
            trailed = true;
        }
    }

    /** Ends the open block, if the format allows it. Returns whether everything up to here was passed on. */
    boolean flush() {
        if (open != null && encoder.hasShortBlocks()) {
            closeOpen(false);
        }
        return headed && passing == null && (order.isEmpty() || order.peek() == open);
    }

    /** Ends the stream of this stage. Returns whether everything was passed on. */
    boolean end() {
        if (!ended) {
            if (open == null && next == 0) {
                beginBlock();
            }
            if (open != null) {
                closeOpen(true);
            }
            ended = true;
            chain.advance();
        }
        return headed && passing == null && order.isEmpty() && trailed;
    }

    /** Called by a worker, without the monitor. */
    BlockEncoder takeEncoder() throws IOException {
        synchronized (chain) {
            if (!idle.isEmpty()) {
                return idle.poll();
            }
        }
        BlockEncoder made = encoder.blocks();
        synchronized (chain) {
            encoders.add(made);
        }
        return made;
    }

    void giveBack(BlockEncoder used) {
        idle.add(used);
    }

    /** Frees the encoders; no worker uses them any more. */
    void close() {
        encoders.forEach(BlockEncoder::close);
        encoders.clear();
        encoder.close();
    }
}
