package io.github.sqlvdi.storage.internal.age;

import io.github.sqlvdi.storage.internal.cipher.ChunkCipher;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Room for one block that is read, decrypted where it lies by a worker or by the reader, whichever comes first, and given out.
 * The reader uses it while it is idle or done; the thread that claimed it uses it in between.
 */
final class AgeBlock implements Runnable {

    private enum State {
        IDLE, WAITING, CLAIMED, DONE
    }

    private final ChunkCipher cipher;
    private final MemorySegment memory;
    private final ByteBuffer view;
    /** The places of the chunks in the memory, made once for all blocks that are read into it. */
    private final MemorySegment[] places = new MemorySegment[Payload.CHUNKS];
    private State state = State.IDLE;
    private long firstChunk;
    private boolean last;
    private int sealedBytes;
    private @Nullable Throwable failure;
    /** The chunk that is given out. */
    private int chunk;

    AgeBlock(ChunkCipher cipher, MemorySegment memory) {
        this.cipher = cipher;
        this.memory = memory;
        view = memory.asByteBuffer();
        for (int i = 0; i < places.length; i++) {
            places[i] = memory.asSlice((long) i * Payload.SEALED_CHUNK, Payload.SEALED_CHUNK);
        }
    }

    /** Reads a block. {@return its length with the tags; less than a whole block at the end of the input} */
    int fill(Input input) throws IOException {
        input.fill(view.clear());
        sealedBytes = view.position();
        return sealedBytes;
    }

    /** Makes the block ready to be decrypted. */
    synchronized void submit(long firstChunk, boolean last) {
        this.firstChunk = firstChunk;
        this.last = last;
        failure = null;
        state = State.WAITING;
    }

    private synchronized boolean claim() {
        if (state != State.WAITING) {
            return false;
        }
        state = State.CLAIMED;
        return true;
    }

    synchronized boolean isDone() {
        return state == State.DONE;
    }

    /** Decrypts the block, unless another thread does. */
    @Override
    public void run() {
        if (!claim()) {
            return;
        }
        Throwable problem = null;
        try {
            decrypt();
        } catch (Throwable e) {
            // The reader throws it when it comes to this block.
            problem = e;
        }
        synchronized (this) {
            failure = problem;
            state = State.DONE;
            notifyAll();
        }
    }

    /** Decrypts the block or waits for the thread that does, which takes milliseconds. */
    void complete() throws IOException {
        run();
        awaitClaimed();
        if (failure instanceof IOException e) {
            throw e;
        } else if (failure != null) {
            throw new IOException("The stream could not be decrypted: " + failure, failure);
        }
        chunk = 0;
        select();
    }

    /** Takes the block from the workers that did not begin with it, and waits for one that did. */
    void cancel() {
        synchronized (this) {
            if (state == State.WAITING) {
                state = State.IDLE;
            }
        }
        awaitClaimed();
    }

    private void awaitClaimed() {
        boolean interrupted = false;
        synchronized (this) {
            while (state == State.CLAIMED) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void decrypt() throws IOException {
        int offset = 0;
        for (int i = 0; offset < sealedBytes; i++) {
            int bytes = Math.min(Payload.SEALED_CHUNK, sealedBytes - offset);
            boolean lastChunk = last && offset + bytes == sealedBytes;
            long number = firstChunk + i;
            if (bytes < ChunkCipher.TAG_BYTES) {
                throw new IOException(at("The encrypted stream is cut", number));
            }
            if (!cipher.open(number, lastChunk, places[i], 0, bytes, places[i], 0)) {
                throw new IOException(wrongTag(number, lastChunk, bytes));
            }
            if (bytes == ChunkCipher.TAG_BYTES && number > 0) {
                throw new IOException(at("The encrypted stream ends with an empty chunk, which the age format forbids",
                        number));
            }
            offset += bytes;
        }
    }

    private String wrongTag(long number, boolean lastChunk, int bytes) {
        if (lastChunk) {
            return at(bytes == Payload.SEALED_CHUNK
                    ? "The encrypted stream is cut after a chunk that is not the last, or damaged"
                    : "The encrypted stream is cut within a chunk, or damaged", number);
        }
        return at("The encrypted stream is damaged, or bytes follow its last chunk", number);
    }

    private static String at(String problem, long number) {
        return String.format(Locale.ROOT, "%s: chunk %d, byte %d of the decrypted stream", problem, number,
                number * Payload.CHUNK);
    }

    /** Copies bytes. {@return how many; 0 if all were given out} */
    int give(ByteBuffer target) {
        if (!view.hasRemaining() && (chunk + 1) * Payload.SEALED_CHUNK < sealedBytes) {
            chunk++;
            select();
        }
        int count = Math.min(view.remaining(), target.remaining());
        target.put(target.position(), view, view.position(), count);
        target.position(target.position() + count);
        view.position(view.position() + count);
        return count;
    }

    private void select() {
        int begin = chunk * Payload.SEALED_CHUNK;
        int bytes = Math.min(Payload.SEALED_CHUNK, sealedBytes - begin) - ChunkCipher.TAG_BYTES;
        view.limit(begin + bytes).position(begin);
    }

    void close() {
        cipher.close();
        memory.fill((byte) 0);
    }
}
