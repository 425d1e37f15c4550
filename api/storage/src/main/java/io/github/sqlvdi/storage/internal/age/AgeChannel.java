package io.github.sqlvdi.storage.internal.age;

import io.github.sqlvdi.storage.internal.cipher.CipherLibrary;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The decrypted stream. The reading thread fills blocks from the input and gives them to the workers; it decrypts a block
 * itself if no worker has begun with it when its turn comes, so the stream also goes on where all workers are busy or gone.
 * No byte is given out before the tags of its whole block were checked.
 */
final class AgeChannel implements ReadableByteChannel {

    /** Beside the blocks of the workers: one that is given out, and one that is kept until it is known whether more follows. */
    private static final int BLOCKS = Math.min(Runtime.getRuntime().availableProcessors(), 4) + 2;

    private final ReadableByteChannel encoded;
    private final Input input;
    private final Executor workers;
    private final Arena arena = Arena.ofShared();
    private final List<AgeBlock> blocks = new ArrayList<>();
    private final ReentrantLock reading = new ReentrantLock();
    private volatile boolean closed;

    private final Queue<AgeBlock> free = new ArrayDeque<>();
    /** Given to the workers, in the order of the stream. */
    private final Queue<AgeBlock> submitted = new ArrayDeque<>();
    /** Read, and not submitted: it may be the last one. */
    private @Nullable AgeBlock held;
    private @Nullable AgeBlock current;
    private long nextChunk;
    private boolean inputEnded;
    private boolean ended;
    private boolean freed;
    private @Nullable IOException failure;

    AgeChannel(ReadableByteChannel encoded, Input input, byte[] key, CipherLibrary library, Executor workers)
            throws IOException {
        this.encoded = encoded;
        this.input = input;
        this.workers = workers;
        try {
            for (int i = 0; i < BLOCKS; i++) {
                blocks.add(new AgeBlock(library.open(key), arena.allocate(Payload.SEALED_BLOCK)));
            }
        } catch (IOException | RuntimeException | Error e) {
            free();
            throw e;
        }
        free.addAll(blocks);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        reading.lock();
        try {
            requireOpen();
            if (failure != null) {
                throw new IOException(failure.getMessage(), failure);
            }
            try {
                return target.hasRemaining() ? give(target) : 0;
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        } finally {
            reading.unlock();
            if (closed) {
                freeUnlessReading();
            }
        }
    }

    private void requireOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    /** Gives what there is, but no more than one chunk; waits for the next block if there is nothing. */
    private int give(ByteBuffer target) throws IOException {
        while (!ended) {
            if (current != null) {
                int count = current.give(target);
                if (count > 0) {
                    return count;
                }
                free.add(current);
            }
            current = next();
            ended = current == null;
        }
        return -1;
    }

    private @Nullable AgeBlock next() throws IOException {
        while (true) {
            AgeBlock head = submitted.peek();
            if (!inputEnded && !free.isEmpty() && (head == null || !head.isDone())) {
                readAhead();
            } else if (head == null) {
                return null;
            } else {
                head.complete();
                requireOpen();
                return submitted.remove();
            }
        }
    }

    private void readAhead() throws IOException {
        AgeBlock block = free.remove();
        int count = block.fill(input);
        requireOpen();
        inputEnded = count < Payload.SEALED_BLOCK;
        AgeBlock before = held;
        held = null;
        if (before != null) {
            submit(before, count == 0);
        } else if (count == 0) {
            throw new IOException("The encrypted stream is cut: it ends after its age header");
        }
        if (count == 0) {
            free.add(block);
        } else if (inputEnded) {
            submit(block, true);
        } else {
            held = block;
        }
    }

    private void submit(AgeBlock block, boolean last) {
        block.submit(nextChunk, last);
        nextChunk += Payload.CHUNKS;
        submitted.add(block);
        try {
            workers.execute(block);
        } catch (RejectedExecutionException e) {
            // The workers are shut down: the reading thread decrypts the block when it comes to it.
            return;
        }
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        try {
            encoded.close();
        } finally {
            // A thread that reads frees the memory when it returns.
            freeUnlessReading();
        }
    }

    private void freeUnlessReading() {
        if (reading.tryLock()) {
            try {
                free();
            } finally {
                reading.unlock();
            }
        }
    }

    private void free() {
        if (!freed) {
            freed = true;
            blocks.forEach(AgeBlock::cancel);
            blocks.forEach(AgeBlock::close);
            arena.close();
        }
    }
}
