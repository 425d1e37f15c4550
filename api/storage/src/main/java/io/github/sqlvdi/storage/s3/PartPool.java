package io.github.sqlvdi.storage.s3;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * The memory for parts of all objects of a store, in pieces of 1 MiB outside the heap. An object waits for a piece while the
 * limit is reached, unless none of its parts is on its way: then nothing that it has could end its wait, and it gets the piece
 * beyond the limit. So every object goes on, and the memory is at most the limit or one part for each object.
 *
 * <p>The pieces are never freed by hand: a cancelled request may still read one that was given back.
 */
final class PartPool {

    static final int PIECE = S3Settings.MIB;

    private final long limit;
    private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();
    private long used;

    PartPool(long bytes) {
        limit = Math.max(1, bytes / PIECE);
    }

    /** Counts the parts of one object that are on their way. Guarded by the pool. */
    static final class Holder {

        private int underway;
    }

    /** Takes a piece, empty. */
    synchronized ByteBuffer take(Holder holder) throws InterruptedException {
        while (used >= limit && holder.underway > 0) {
            wait();
        }
        return piece();
    }

    /** Takes so many pieces without waiting; returns null if there are not so many and the holder has parts on their way. */
    synchronized ByteBuffer[] takeNow(Holder holder, int count) {
        if (used + count > limit && holder.underway > 0) {
            return null;
        }
        ByteBuffer[] pieces = new ByteBuffer[count];
        for (int piece = 0; piece < count; piece++) {
            pieces[piece] = piece();
        }
        holder.underway++;
        return pieces;
    }

    private ByteBuffer piece() {
        used++;
        ByteBuffer piece = free.poll();
        return piece == null ? ByteBuffer.allocateDirect(PIECE) : piece.clear();
    }

    /** Waits until fewer than {@code most} parts of the holder are on their way, and counts one more. */
    synchronized void send(Holder holder, int most) throws InterruptedException {
        while (holder.underway >= most) {
            wait();
        }
        holder.underway++;
    }

    /** Takes back the pieces of a part that is no longer on its way. */
    synchronized void arrived(Holder holder, Iterable<ByteBuffer> pieces) {
        holder.underway--;
        giveBack(pieces);
    }

    /** Takes back pieces that were not sent. */
    synchronized void giveBack(Iterable<ByteBuffer> pieces) {
        for (ByteBuffer piece : pieces) {
            used--;
            if (free.size() < limit) {
                free.push(piece);
            }
        }
        notifyAll();
    }
}
