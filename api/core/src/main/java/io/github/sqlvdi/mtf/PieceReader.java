package io.github.sqlvdi.mtf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Cuts bytes that arrive in portions of any size into the pieces that a format consists of. A piece is either gathered,
 * that is copied until it is complete, or passed: seen portion by portion where it lies, or not looked at.
 */
abstract class PieceReader {

    /** The largest piece that is gathered. */
    static final int LARGEST = 256 * 1024;

    private static final int FIRST_ROOM = 1024;

    private byte[] piece = new byte[FIRST_ROOM];
    private int gathered;
    private int wanted;
    private long passing;
    private long position;
    private long pieceStart;
    private boolean stopped;

    /** Where the next byte stands. */
    final long position() {
        return position;
    }

    /** Where the piece begins that is being looked at. */
    final long pieceStart() {
        return pieceStart;
    }

    /** Bytes of the present piece that are still to come. */
    final long missing() {
        return passing > 0 ? passing : wanted - gathered;
    }

    /** Bytes that may be left out because nobody looks at them; 0 where they are needed. */
    final long skippable() {
        return passing > 0 && !isWatched() && !stopped ? passing : 0;
    }

    /** Whether anything that comes is left unread. */
    final boolean isStopped() {
        return stopped;
    }

    /**
     * Takes the bytes of a segment from one offset up to another.
     *
     * @param pausing whether to return where the format has ended
     * @return the offset of the first byte that was not taken
     */
    final long accept(MemorySegment segment, long from, long to, boolean pausing) throws OffenceException {
        long next = from;
        while (next < to && !stopped && !(pausing && isComplete())) {
            if (passing > 0) {
                long count = Math.min(passing, to - next);
                if (isWatched()) {
                    passing(segment, next, next + count);
                }
                next += count;
                skip(count);
            } else {
                int count = (int) Math.min(wanted - gathered, to - next);
                MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, next, piece, gathered, count);
                gathered += count;
                position += count;
                next += count;
                if (gathered == wanted) {
                    pieceIsComplete();
                }
            }
        }
        return stopped ? to : next;
    }

    /** Takes so many bytes as read that nobody looks at: at most {@link #skippable}. */
    final void skip(long count) throws OffenceException {
        position += count;
        passing -= count;
        if (passing == 0) {
            passed();
        }
    }

    private void pieceIsComplete() throws OffenceException {
        int length = gathered;
        gathered = 0;
        wanted = 0;
        pieceStart = position - length;
        gathered(piece, length);
        pieceStart = position;
    }

    /** Gathers a piece of so many bytes, 1 or more, from here on. */
    final void gather(int size) {
        gathered = 0;
        wanted = size;
        makeRoom(size);
    }

    /** Gathers on: the piece that was just complete has more bytes. */
    final void gatherOn(int have, int size) {
        gathered = have;
        wanted = size;
        makeRoom(size);
    }

    /** Passes so many bytes; with 0 the piece is complete at once. */
    final void pass(long size) throws OffenceException {
        passing = size;
        if (size == 0) {
            passed();
        }
    }

    /** From here on everything is left unread. */
    final void stop() {
        stopped = true;
        passing = 0;
        gathered = 0;
        wanted = 0;
    }

    private void makeRoom(int size) {
        if (size > LARGEST) {
            throw new AssertionError("a piece of " + size + " bytes");
        }
        if (piece.length < size) {
            piece = Arrays.copyOf(piece, Math.max(size, 2 * piece.length));
        }
    }

    /** Whether the format ended where it must, and no byte behind its end was taken. */
    abstract boolean isComplete();

    /** Whether {@link #passing} wants to see the present piece. */
    abstract boolean isWatched();

    /** A piece was gathered; the next must be named. The bytes are overwritten by the next. */
    abstract void gathered(byte[] bytes, int length) throws OffenceException;

    /** A portion of a piece that passes. */
    abstract void passing(MemorySegment segment, long from, long to) throws OffenceException;

    /** A piece has passed; the next must be named. */
    abstract void passed() throws OffenceException;
}
