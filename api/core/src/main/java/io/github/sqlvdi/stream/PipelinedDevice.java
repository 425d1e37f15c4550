package io.github.sqlvdi.stream;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.VdiAbortedException;
import io.github.sqlvdi.client.Command;
import io.github.sqlvdi.internal.pipeline.Piece;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A pipe-like device for a backup that holds commands while workers encode their buffers. Its thread feeds the chain of
 * codecs, writes what they give to the target, and completes the commands; see {@link Pipeline}.
 */
final class PipelinedDevice extends ReferenceDevice implements HoldingHandler {

    private final EncodedStream stream;
    private final Throttle throttle;
    /** All commands without a completion. */
    private final List<Held> held = new ArrayList<>();
    /** The held commands that still have to enter the chain, or to be executed, in their order. */
    private final Deque<Held> waiting = new ArrayDeque<>();
    /** The Writes whose bytes are no longer needed; guarded by the monitor of the chain. */
    private final Deque<Held> released = new ArrayDeque<>();
    private final Deque<Held> unused = new ArrayDeque<>();
    private volatile boolean completed;

    PipelinedDevice(EncodedStream stream, Throttle throttle) {
        super(null);
        this.stream = stream;
        this.throttle = throttle;
    }

    /** A command that waits for its completion, with the data of a Write. Used again for later commands. */
    private final class Held extends Piece {

        private Command command;
        private boolean admitted;

        void hold(Command it) {
            command = it;
            admitted = false;
            if (isWrite()) {
                begin(it.data(), it.buffer());
            }
        }

        boolean isWrite() {
            return command.code() == CommandCode.WRITE;
        }

        @Override
        protected void released() {
            released.add(this);
        }
    }

    @Override
    public boolean holding() {
        return !held.isEmpty();
    }

    @Override
    public boolean completed() {
        return completed;
    }

    @Override
    public long storedBytes() {
        return stream.storedBytes();
    }

    /** {@return how long the device has waited for the workers of the codecs, in nanoseconds; from any thread} */
    long waitedForCodec() {
        return stream.waitedNanos();
    }

    @Override
    void perform(Command command) throws IOException {
        switch (command.code()) {
            case WRITE -> {
                if (command.size() == 0) {
                    command.complete();
                    return;
                }
                pass(command, command.size());
                hold(command);
            }
            case FLUSH, COMPLETE -> hold(command);
            default -> refuse(command);
        }
    }

    private void hold(Command command) throws IOException {
        Held it = unused.isEmpty() ? new Held() : unused.poll();
        it.hold(command);
        held.add(it);
        waiting.add(it);
        pump();
    }

    @Override
    public void proceed(long nanos) throws IOException {
        long seen = stream.chain().changes();
        if (!pump() && !held.isEmpty()) {
            try {
                stream.await(seen, nanos);
            } catch (IOException interrupted) {
                failAll(interrupted);
                throw interrupted;
            }
            pump();
        }
    }

    /** Does everything that can be done without waiting for a worker. Returns whether there was something. */
    private boolean pump() throws IOException {
        boolean some = false;
        try {
            boolean again;
            do {
                again = completeReleased();
                again |= stream.write();
                again |= goOn();
                some |= again;
            } while (again);
            return some;
        } catch (VdiAbortedException aborted) {
            throw aborted;
        } catch (IOException | RuntimeException | Error failure) {
            failAll(failure);
            throw failure;
        }
    }

    private boolean completeReleased() {
        boolean some = false;
        while (true) {
            Held done;
            synchronized (stream.chain()) {
                done = released.poll();
            }
            if (done == null) {
                return some;
            }
            held.remove(done);
            completePassed(done.command);
            unused.add(done);
            some = true;
        }
    }

    /** Executes the waiting commands in their order, as far as the throttle and the memory allow it. */
    private boolean goOn() throws IOException {
        boolean some = false;
        while (!waiting.isEmpty()) {
            Held next = waiting.peek();
            if (!(next.isWrite() ? feed(next) : answer(next))) {
                return some;
            }
            waiting.poll();
            some = true;
        }
        return some;
    }

    private boolean feed(Held write) throws IOException {
        if (!write.admitted) {
            if (!throttle.admit(write.command.size())) {
                return false;
            }
            write.admitted = true;
            stream.count(write.command.buffer());
        }
        return stream.feed(write);
    }

    private boolean answer(Held barrier) throws IOException {
        boolean flush = barrier.command.code() == CommandCode.FLUSH;
        if (!(flush ? stream.flush() : stream.finish())) {
            return false;
        }
        completeReleased(); // everything before the barrier is written
        held.remove(barrier);
        barrier.command.complete();
        completed |= !flush;
        return true;
    }

    /** Completes all held commands with a failure. */
    private void failAll(Throwable failure) {
        stream.chain().stop(); // the buffers belong to the server after the completion
        List<Held> all = List.copyOf(held);
        held.clear();
        waiting.clear();
        for (Held it : all) {
            int code = IoFailures.completionCode(it.command.code(), failure);
            failFromNow(code);
            if (it.command.isActive()) {
                it.command.fail(code);
            }
        }
        if (all.isEmpty()) {
            failFromNow(CompletionCodes.WRITE_FAULT);
        }
    }

    /** Ends all use of the server's buffers. The stream stays open if all commands were completed. */
    @Override
    public void close() {
        if (!held.isEmpty()) {
            stream.chain().stop();
        }
    }
}
