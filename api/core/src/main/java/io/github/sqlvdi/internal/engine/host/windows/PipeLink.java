package io.github.sqlvdi.internal.engine.host.windows;

import io.github.sqlvdi.internal.engine.host.members.Link;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** One end of a named pipe, waiting for a connection or connected. Used by the watch thread only. */
final class PipeLink implements Link {

    private final long pipe;
    private final TransferBlock block = TransferBlock.take();
    private final ByteBuffer arrived;
    private boolean listening;
    private boolean ended;
    private boolean closed;
    private int written;
    private int underWay;

    private PipeLink(long pipe, boolean listening) {
        this.pipe = pipe;
        this.listening = listening;
        this.arrived = block.memory().asSlice(TransferBlock.READ_BUFFER_OFFSET, TransferBlock.READ_BUFFER_BYTES)
                .asByteBuffer().limit(0);
    }

    /** Creates an instance of a pipe and starts to wait for a member. The completion arrives at the port. */
    static PipeLink listen(String name, boolean first, long port) throws IOException {
        PipeLink link = new PipeLink(PipeCalls.createPipe(name, first), true);
        try {
            PipeCalls.associate(link.pipe, port);
            int error = PipeCalls.connectPipe(link.pipe, link.block.address());
            if (error == LastError.PIPE_CONNECTED || error == LastError.NO_DATA) {
                PipeCalls.post(port, link.block.address());
            } else if (error != 0 && error != LastError.IO_PENDING) {
                throw LastError.failed("ConnectNamedPipe", error);
            }
            link.underWay++;
            return link;
        } catch (IOException | RuntimeException | Error e) {
            link.close();
            link.giveBlockBack(); // no transfer is under way: a step that fails prevents it
            throw e;
        }
    }

    /** Takes ownership of the client end of a pipe and starts to read. The completions arrive at the port. */
    static PipeLink connected(long pipe, long port) throws IOException {
        PipeLink link = new PipeLink(pipe, false);
        try {
            PipeCalls.associate(pipe, port);
            link.beginRead(port);
            return link;
        } catch (IOException | RuntimeException | Error e) {
            link.close();
            link.giveBlockBack(); // no transfer is under way: a step that fails prevents it
            throw e;
        }
    }

    long blockAddress() {
        return block.address();
    }

    boolean isListening() {
        return listening;
    }

    /** Records that a member has connected, and starts to read. */
    void accepted(long port) throws IOException {
        listening = false;
        beginRead(port);
    }

    /** Starts the next read, unless the other end has gone or this link is closed. */
    void beginRead(long port) throws IOException {
        if (ended || closed) {
            return;
        }
        int error = PipeCalls.read(pipe, block.address() + TransferBlock.READ_BUFFER_OFFSET,
                TransferBlock.READ_BUFFER_BYTES, block.address() + TransferBlock.READ_OFFSET);
        if (error != 0 && error != LastError.IO_PENDING) {
            ended = true;
            PipeCalls.post(port, block.address());
        }
        underWay++;
    }

    /** Records the end of a transfer. */
    void completed(PipeCalls.Completion completion) {
        underWay--;
        if (!listening && TransferBlock.isRead(completion.overlapped())) {
            if (completion.error() != 0 || completion.bytes() == 0) {
                ended = true;
            } else {
                arrived.limit(completion.bytes()).position(0);
            }
        }
    }

    /** Returns whether {@link #read} would return anything but 0. */
    boolean isReadable() {
        return !closed && (arrived.hasRemaining() || ended);
    }

    boolean isIdle() {
        return underWay == 0;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public int read(ByteBuffer target) {
        if (!arrived.hasRemaining()) {
            return ended ? -1 : 0;
        }
        int count = Math.min(arrived.remaining(), target.remaining());
        target.put(arrived.slice(arrived.position(), count));
        arrived.position(arrived.position() + count);
        return count;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        int count = source.remaining();
        if (closed || written == TransferBlock.writes() || count > block.writeBuffer(written).byteSize()) {
            throw new IOException("a pipe between two members takes a hello and a goodbye, nothing more");
        }
        MemorySegment buffer = block.writeBuffer(written);
        buffer.asByteBuffer().put(source);
        int error = PipeCalls.write(pipe, buffer.address(), count, block.writeOverlapped(written));
        if (error != 0 && error != LastError.IO_PENDING) {
            throw LastError.failed("WriteFile to a member's pipe", error);
        }
        written++;
        underWay++;
    }

    /** Closes the pipe. Bytes that were written are in its buffer, from which the other end can still read them. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            PipeCalls.cancel(pipe);
            Kernel32.closeHandle(pipe);
        }
    }

    /** Returns the block for reuse. Call this only when the link is closed and idle. */
    void giveBlockBack() {
        block.giveBack();
    }
}
