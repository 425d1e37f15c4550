package io.github.sqlvdi.emulator;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.server.ServerDevice;
import java.util.concurrent.locks.Condition;
import java.util.function.Supplier;

/**
 * The commands of one device that are out, and their way back. One thread sends and waits, the completion agent calls
 * {@link #completed}. Every command that was sent comes back, after an abort with 995, so no wait here needs a limit.
 */
final class DeviceLink {

    /** Fewer than a device's queue has places (256 in the embedded VDI), more than ever helps. */
    private static final int MAX_HELD = 128;
    private static final int VDI_FACILITY = Hresults.VD_E_ABORT >>> 16;

    /** What becomes of an answered Read or Write; called with the pool's lock. */
    @FunctionalInterface
    interface Answers {
        void transferred(Transfer transfer);
    }

    private final String name;
    private final ServerDevice device;
    private final TransferPool pool;
    private final StatementControl control;
    private final Condition answered;
    private final Transfer plain = new Transfer(null);
    private Answers answers;
    private int outstanding;
    private long nextSequence;
    private CommandCode failedCommand;
    private int failureCode;

    /** Guarded by the pool's lock, as all fields here that change. */
    int held;
    private int holdLimit = MAX_HELD;
    private boolean mediumFull;

    DeviceLink(String name, ServerDevice device, TransferPool pool, StatementControl control) {
        this.name = name;
        this.device = device;
        this.pool = pool;
        this.control = control;
        this.answered = pool.lock.newCondition();
        plain.link = this;
    }

    String name() {
        return name;
    }

    void answers(Answers listener) {
        answers = listener;
    }

    void limitHeld(int buffers) {
        holdLimit = Math.clamp(buffers, 1, MAX_HELD);
    }

    boolean mayHold() {
        return held < holdLimit;
    }

    /** Whether the device shall not get further data for now: a failure anywhere, or the end of its medium. */
    boolean isInterrupted() {
        return control.failed() || mediumFull;
    }

    boolean mediumFull() {
        return locked(() -> mediumFull);
    }

    void mediumFull(boolean full) {
        pool.lock.lock();
        try {
            mediumFull = full;
        } finally {
            pool.lock.unlock();
        }
        if (full) {
            pool.wakeAll();
        }
    }

    /** Sends a Read or Write. */
    void send(Transfer transfer, CommandCode code, int size, long position) {
        transfer.command.set(code, size, position, transfer.buffer);
        dispatch(transfer);
    }

    /** Executes a command without data, when nothing is out on the device (VDI reference 8.18). */
    int call(CommandCode code, int size, long position) {
        awaitIdle();
        plain.command.set(code, size, position);
        dispatch(plain);
        awaitDone(plain);
        return plain.code;
    }

    /** The position that the last {@link #call} brought. */
    long position() {
        return plain.command.outPosition();
    }

    /** Executes a command that must succeed. */
    void require(CommandCode code) throws StatementFailure {
        requireUnfailed();
        int answer = call(code, 0, 0);
        if (answer != CompletionCodes.SUCCESS) {
            throw failed(code, answer);
        }
    }

    StatementFailure failed(CommandCode code, int answer) {
        return new StatementFailure(SqlMessages.commandFailed(code, name, answer));
    }

    StatementFailure misbehaved(String what) {
        return new StatementFailure(SqlMessages.misbehaved(name, what));
    }

    /** The same where nothing can be thrown: the statement stops. */
    void fail(String what) {
        control.fail(SqlMessages.misbehaved(name, what));
    }

    /** Throws the failure of this device, or stops quietly when another one failed. */
    void requireUnfailed() throws StatementFailure {
        CommandCode command = locked(() -> failedCommand);
        if (command != null) {
            throw failed(command, failureCode);
        }
        if (control.failed()) {
            throw new StatementFailure(control.failure());
        }
    }

    void enterOutside() throws StatementFailure {
        control.enterOutside();
    }

    void leaveOutside() {
        control.leaveOutside();
    }

    private void dispatch(Transfer transfer) {
        pool.lock.lock();
        try {
            transfer.done = false;
            transfer.sequence = nextSequence++;
            outstanding++;
        } finally {
            pool.lock.unlock();
        }
        try {
            device.send(transfer.command);
        } catch (VdiException refused) {
            // The library calls back for what it refused; only a call that never reached it has nobody else to answer.
            if (refused.hresult() >>> 16 != VDI_FACILITY) {
                answer(transfer, CompletionCodes.IO_DEVICE, 0);
            }
        } catch (IllegalStateException unsent) { // the set was closed under us
            answer(transfer, CompletionCodes.OPERATION_ABORTED, 0);
        }
    }

    /** The callback of a command; must not wait for long. */
    void completed(Transfer transfer) {
        answer(transfer, transfer.command.completionCode(), transfer.command.bytesTransferred());
    }

    private void answer(Transfer transfer, int code, int count) {
        pool.lock.lock();
        try {
            transfer.done = true;
            transfer.code = code;
            transfer.count = count;
            outstanding--;
            if (CompletionCodes.isFailure(transfer.command.code(), code)) {
                remember(transfer.command.code(), code);
            }
            if (transfer.buffer != null) {
                answers.transferred(transfer);
            }
            answered.signalAll();
        } finally {
            pool.lock.unlock();
        }
    }

    private void remember(CommandCode command, int code) {
        // After the first failure the device is in its I/O-error state and refuses the rest with 1117: not the reason.
        if (failedCommand == null && command != CommandCode.CLEAR_ERROR) {
            failedCommand = command;
            failureCode = code;
            control.fail(SqlMessages.commandFailed(command, name, code));
        }
    }

    void awaitIdle() {
        pool.lock.lock();
        try {
            while (outstanding > 0) {
                answered.awaitUninterruptibly();
            }
        } finally {
            pool.lock.unlock();
        }
    }

    void awaitDone(Transfer transfer) {
        pool.lock.lock();
        try {
            while (!transfer.done) {
                answered.awaitUninterruptibly();
            }
        } finally {
            pool.lock.unlock();
        }
    }

    /**
     * The end of the device, good or not: waits for what is out, clears an error, closes (VDI reference 2.7). A failure to
     * close is a failure of the statement.
     */
    void close() {
        awaitIdle();
        if (failedCommand != null && failureCode != CompletionCodes.OPERATION_ABORTED) {
            call(CommandCode.CLEAR_ERROR, 0, 0);
        }
        try {
            device.close();
        } catch (VdiException failure) {
            control.fail(SqlMessages.setFailed("CloseDevice", name, failure));
        }
    }

    private <T> T locked(Supplier<T> reading) {
        pool.lock.lock();
        try {
            return reading.get();
        } finally {
            pool.lock.unlock();
        }
    }
}
