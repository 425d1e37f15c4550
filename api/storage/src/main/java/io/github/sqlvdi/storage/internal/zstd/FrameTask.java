package io.github.sqlvdi.storage.internal.zstd;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Decompresses one frame on a worker, and lends the memory for it. Used again for later frames. */
final class FrameTask {

    private static final int LAST = 1;
    private static final int RUN = 1;
    private static final int RESERVED = 3;
    private static final int BLOCK_HEADER = 3;
    private static final int CHECKSUM = 4;

    private final ZstdChannel channel;
    private final Arena arena;
    private MemorySegment frame = MemorySegment.NULL;
    private MemorySegment content = MemorySegment.NULL;
    private int frameLength;
    private int contentLength;
    private long offset;
    private FutureTask<ByteBuffer> task;

    FrameTask(ZstdChannel channel, Arena arena) {
        this.channel = channel;
        this.arena = arena;
    }

    /** Reads a frame; the header was seen, but is still to be read. */
    void read(EncodedInput input, FrameHeader header) throws IOException {
        offset = input.offset();
        contentLength = (int) header.contentSize();
        frameLength = 0;
        append(input, header.length() + BLOCK_HEADER);
        boolean last;
        do {
            int head = byteAt(frameLength - 3) | byteAt(frameLength - 2) << 8 | byteAt(frameLength - 1) << 16;
            int kind = head >> 1 & 3;
            if (kind == RESERVED) {
                throw damaged("a block has a reserved type");
            }
            last = (head & LAST) != 0;
            int behind = !last ? BLOCK_HEADER : header.checksum() ? CHECKSUM : 0; // is read together with the block
            append(input, (kind == RUN ? 1 : head >> 3) + behind);
        } while (!last);
        if (content.byteSize() < Math.max(contentLength, 1)) { // without content, too, the address is not null
            content = larger(content, Math.max(contentLength, 1), 0);
        }
        task = new FutureTask<>(this::decompress);
    }

    private int byteAt(int position) {
        return frame.get(java.lang.foreign.ValueLayout.JAVA_BYTE, position) & 0xFF;
    }

    private void append(EncodedInput input, int count) throws IOException {
        // Twice the content is more than any encoder writes; a forged file must not take any amount of memory.
        if (frameLength + (long) count > 2L * contentLength + (64 << 10)) {
            throw damaged("it is longer than its content can need");
        }
        if (frame.byteSize() < frameLength + count) {
            // Bytes that do not compress are a little longer than their content.
            int usual = contentLength + (contentLength >> 8) + 1024;
            int twice = Math.max(2 * (int) frame.byteSize(), 64 << 10);
            frame = larger(frame, Math.max(frameLength + count, Math.min(twice, usual)), frameLength);
        }
        input.move(frame, frameLength, count);
        frameLength += count;
    }

    private MemorySegment larger(MemorySegment old, long bytes, int kept) {
        MemorySegment larger = arena.allocate(bytes, 64);
        MemorySegment.copy(old, 0, larger, 0, kept);
        return larger;
    }

    /** What a worker runs. */
    FutureTask<ByteBuffer> task() {
        return task;
    }

    private ByteBuffer decompress() throws IOException {
        if (channel.isClosed()) {
            return ByteBuffer.allocate(0);
        }
        ZstdDecompressor decompressor = channel.takeDecompressor();
        try {
            long length = decompressor.frame(content.asSlice(0, contentLength), frame.asSlice(0, frameLength));
            if (length != contentLength) {
                throw new IOException(
                        String.format(Locale.ROOT, "it has %,d bytes, but its header says %,d", length, contentLength));
            }
        } catch (IOException refused) {
            throw damaged(refused.getMessage());
        } finally {
            channel.giveBack(decompressor);
        }
        return content.asSlice(0, contentLength).asByteBuffer();
    }

    /** Waits for the content. Decompresses it on the calling thread if no worker has begun. */
    ByteBuffer await() throws IOException {
        task.run();
        try {
            return task.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof IOException known) {
                throw new IOException(known.getMessage(), known);
            }
            throw new IOException("A zstd frame could not be decompressed: " + failure.getCause(), failure.getCause());
        } catch (InterruptedException request) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The reading of a zstd stream was interrupted");
        }
    }

    /** Waits until no worker uses the memory. */
    void end() {
        task.run();
        boolean interrupted = false;
        while (true) {
            try {
                task.get();
                break;
            } catch (ExecutionException ended) {
                break;
            } catch (InterruptedException request) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private IOException damaged(String problem) {
        return new IOException(
                String.format(Locale.ROOT, "The zstd stream is damaged in the frame at byte %,d: %s", offset,
                        problem));
    }
}
