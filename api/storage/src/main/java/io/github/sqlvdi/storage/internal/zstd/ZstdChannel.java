package io.github.sqlvdi.storage.internal.zstd;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Decodes a zstd stream. Frames whose header says that their content is short are decompressed ahead on workers, and leave
 * only when their checksum was compared. Any other frame is decompressed in pieces on the reading thread; its checksum is
 * compared at its end. One thread at a time reads and closes.
 */
public final class ZstdChannel implements ReadableByteChannel {

    /** How many bytes {@link #recognizes} needs. */
    public static final int HEAD_BYTES = 4;

    /** The longest content that is decompressed as a whole. */
    private static final int MAX_WHOLE = 8 << 20;
    /** 128 MiB, as the zstd program accepts without being asked. */
    private static final int WINDOW_LOG_MAX = 27;
    private static final int PIECE = 128 << 10;
    /** The greatest number of frames in memory: 64 MiB with frames of 4 MiB that do not compress. */
    private static final int MAX_AHEAD = 8;

    private final EncodedInput input;
    private final ZstdLibrary library;
    private final Executor workers;
    private final int most = Math.min(MAX_AHEAD, Runtime.getRuntime().availableProcessors() + 1);
    private final Arena arena = Arena.ofShared();
    private final Deque<FrameTask> ahead = new ArrayDeque<>();
    private final Deque<FrameTask> free = new ArrayDeque<>();
    private final Deque<ZstdDecompressor> decompressors = new ArrayDeque<>();
    /** The decompressor of a long frame that is read now; else null. */
    private ZstdDecompressor longFrame;
    private boolean longFrameEnded;
    private boolean pieceFull;
    private ByteBuffer piece;
    private boolean ended;
    /** Whether the mark at the end of a stream must come. */
    private boolean marked;
    /** The length of the content that was read since the mark at the beginning. */
    private long content;
    private IOException failure;
    private volatile boolean closed;

    /**
     * Makes a channel.
     *
     * @param encoded the stream; closed with this channel
     * @param library the implementation
     * @param workers decompress frames
     */
    public ZstdChannel(ReadableByteChannel encoded, ZstdLibrary library, Executor workers) {
        this.input = new EncodedInput(encoded);
        this.library = library;
        this.workers = workers;
    }

    /** {@return whether a stream begins with a frame, or with a skippable one as parallel zstd writes it} */
    public static boolean recognizes(ByteBuffer head) {
        if (head.remaining() < HEAD_BYTES) {
            return false;
        }
        int magic = head.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt(head.position());
        return FrameHeader.isFrame(magic) || FrameHeader.isSkippable(magic);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        try {
            return readNext(target);
        } catch (IOException broken) {
            failure = broken;
            throw broken;
        }
    }

    private int readNext(ByteBuffer target) throws IOException {
        if (!target.hasRemaining()) {
            return 0;
        }
        while (true) {
            while (!ended && longFrame == null && ahead.size() < most) {
                nextFrame();
            }
            ByteBuffer some;
            if (!ahead.isEmpty()) {
                some = ahead.peek().await();
                if (!some.hasRemaining()) {
                    free.add(ahead.poll());
                    continue;
                }
            } else if (longFrame != null) {
                some = nextPiece();
                if (!some.hasRemaining()) {
                    continue;
                }
            } else {
                return -1;
            }
            int count = Math.min(target.remaining(), some.remaining());
            target.put(some.slice(some.position(), count));
            some.position(some.position() + count);
            return count;
        }
    }

    private void nextFrame() throws IOException {
        if (!input.ensure(4)) {
            if (input.buffer().hasRemaining()) {
                throw trailing();
            }
            ended = true;
            if (marked) {
                throw input.cut();
            }
            return;
        }
        int magic = input.buffer().getInt(input.buffer().position());
        if (FrameHeader.isSkippable(magic)) {
            if (!input.ensure(8)) {
                throw input.cut();
            }
            input.ensure(StreamMark.LENGTH);
            Optional<StreamMark> mark = StreamMark.read(input.buffer());
            if (mark.isPresent()) {
                mark(mark.get());
            }
            long length = input.buffer().getInt(input.buffer().position() + 4) & 0xFFFFFFFFL;
            input.skip(8 + length);
            return;
        }
        if (!FrameHeader.isFrame(magic)) {
            throw trailing();
        }
        input.ensure(FrameHeader.MAX_LENGTH);
        FrameHeader header = FrameHeader.read(input.buffer());
        if (header == null) {
            throw input.cut();
        }
        if (header.contentSize() < 0 || header.contentSize() > MAX_WHOLE) {
            longFrame = takeDecompressor();
            longFrameEnded = false;
            pieceFull = false;
            piece = piece == null ? ByteBuffer.allocateDirect(PIECE) : piece;
            piece.limit(0);
            return;
        }
        FrameTask task = free.isEmpty() ? new FrameTask(this, arena) : free.poll();
        task.read(input, header);
        content += header.contentSize();
        ahead.add(task);
        try {
            workers.execute(task.task());
        } catch (RejectedExecutionException closedPool) {
            throw new IOException("The workers of the pipeline have ended: close it after the job", closedPool);
        }
    }

    private void mark(StreamMark mark) throws IOException {
        if (mark.end() && marked && mark.bytes() != content) {
            throw new IOException(String.format(Locale.ROOT,
                    "The zstd stream is damaged: it has %,d bytes of content before byte %,d, but %,d were written",
                    content,
                    input.offset(), mark.bytes()));
        }
        if (!mark.end() && marked) {
            throw input.cut();
        }
        marked = !mark.end();
        content = 0;
    }

    /** Decompresses the next bytes of a long frame; none at its end. */
    private ByteBuffer nextPiece() throws IOException {
        if (piece.hasRemaining()) {
            return piece;
        }
        if (longFrameEnded) {
            giveBack(longFrame);
            longFrame = null;
            return piece;
        }
        if (!pieceFull && !input.ensure(1)) {
            throw input.cut();
        }
        long offset = input.offset();
        piece.clear();
        try {
            longFrameEnded = longFrame.stream(piece, input.buffer());
        } catch (IOException refused) {
            throw new IOException(String.format(Locale.ROOT, "The zstd stream is damaged at about byte %,d: %s", offset,
                    refused.getMessage()), refused);
        } finally {
            pieceFull = !piece.hasRemaining();
            piece.flip();
        }
        content += piece.remaining();
        return piece;
    }

    private IOException trailing() {
        return new IOException(String.format(Locale.ROOT,
                "The zstd stream is damaged or was extended: at byte %,d there is no frame", input.offset()));
    }

    ZstdDecompressor takeDecompressor() throws IOException {
        synchronized (decompressors) {
            if (!decompressors.isEmpty()) {
                return decompressors.poll();
            }
        }
        return library.decompressor(WINDOW_LOG_MAX);
    }

    void giveBack(ZstdDecompressor used) {
        synchronized (decompressors) {
            decompressors.add(used);
        }
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        ahead.forEach(FrameTask::end);
        if (longFrame != null) {
            giveBack(longFrame);
        }
        decompressors.forEach(ZstdDecompressor::close);
        arena.close();
        input.close();
    }
}
