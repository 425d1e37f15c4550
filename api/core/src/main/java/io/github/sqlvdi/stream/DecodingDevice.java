package io.github.sqlvdi.stream;

import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.VdiAbortedException;
import io.github.sqlvdi.client.Command;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * A pipe-like device for a restore through a pipeline. A Read is held until the throttle admits it, so that the loop still
 * notices the end of the set; workers decode ahead meanwhile.
 */
final class DecodingDevice extends ReferenceDevice implements HoldingHandler {

    private final CountedSource stored;
    private final ReadableByteChannel plain;
    private final Throttle throttle;
    private final Deque<Command> waiting = new ArrayDeque<>();
    private boolean ended;
    private volatile boolean completed;

    DecodingDevice(ReadableByteChannel source, Pipeline pipeline) throws IOException {
        this(new CountedSource(source), pipeline);
    }

    private DecodingDevice(CountedSource stored, Pipeline pipeline) throws IOException {
        this(stored, pipeline.decode(stored).plain(), pipeline);
    }

    /** Serves content that was opened before. */
    DecodingDevice(CountedSource stored, ReadableByteChannel plain, Pipeline pipeline) {
        super(null);
        this.stored = stored;
        this.plain = plain;
        this.throttle = pipeline.throttle();
    }

    @Override
    public boolean holding() {
        return !waiting.isEmpty();
    }

    @Override
    public boolean completed() {
        return completed;
    }

    @Override
    public long storedBytes() {
        return stored.bytes();
    }

    @Override
    void perform(Command command) throws IOException {
        switch (command.code()) {
            case READ, FLUSH, COMPLETE -> {
                waiting.add(command);
                pump();
            }
            default -> refuse(command);
        }
    }

    @Override
    public void proceed(long nanos) throws IOException {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos); // the throttle tells nobody when it admits the next bytes
        } catch (InterruptedException request) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("The device was interrupted");
            failAll(interrupted);
            throw interrupted;
        }
        pump();
    }

    private void pump() throws IOException {
        try {
            while (!waiting.isEmpty()) {
                Command next = waiting.peek();
                switch (next.code()) {
                    case READ -> {
                        if (!throttle.admit(next.size())) {
                            return;
                        }
                        read(next);
                    }
                    case COMPLETE -> {
                        next.complete();
                        completed = true;
                    }
                    default -> next.complete();
                }
                waiting.poll();
            }
        } catch (VdiAbortedException aborted) {
            throw aborted;
        } catch (IOException | RuntimeException | Error failure) {
            failAll(failure);
            throw failure;
        }
    }

    private void read(Command command) throws IOException {
        int count = 0;
        if (!ended) {
            ByteBuffer buffer = command.buffer();
            ChannelTransfer.readFully(plain, buffer);
            count = buffer.position();
            ended = count < command.size();
        }
        completeTransfer(command, ended ? CompletionCodes.HANDLE_EOF : CompletionCodes.SUCCESS, count);
    }

    /** Completes all held commands with a failure. */
    private void failAll(Throwable failure) {
        int code = CompletionCodes.READ_FAULT;
        for (Command command : waiting) {
            code = IoFailures.completionCode(command.code(), failure);
            if (command.isActive()) {
                command.fail(code);
            }
        }
        waiting.clear();
        failFromNow(code);
    }

    @Override
    public void close() throws IOException {
        plain.close();
    }
}
