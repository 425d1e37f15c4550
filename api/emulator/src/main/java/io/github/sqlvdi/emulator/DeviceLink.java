package io.github.sqlvdi.emulator;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.server.ServerDevice;
import java.util.concurrent.locks.Condition;
import java.util.function.Supplier;

/**
 * Tracks the outstanding commands of one device. One thread sends and waits; the completion agent calls
 * {@link #completed}. Every command that was sent is answered, after an abort with 995 (ERROR_OPERATION_ABORTED), so the
 * waits here need no time limit.
 */
final class DeviceLink {

    /**
     * Limit of the buffers that one device holds. It is below the size of the device's queue (256 commands in the
     * embedded VDI). More buffers would gain nothing.
     */
    private static final int MAX_HELD = 128;
    private static final int VDI_FACILITY = Hresults.VD_E_ABORT >>> 16;

    /** Handles an answered Read or Write. The caller holds the pool's lock. */
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

    /**
     * The number of buffers that the device holds. Guarded by the pool's lock, like the other mutable fields of this
     * class.
     */
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

    /**
     * {@return true while the device must get no further data: the statement failed, or the device's medium is full}
     */
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

    /**
     * Waits until the device has no outstanding command, then executes a command without data (VDI reference 8.18).
     * Returns its completion code.
     */
    int call(CommandCode code, int size, long position) {
        awaitIdle();
        plain.command.set(code, size, position);
        dispatch(plain);
        awaitDone(plain);
        return plain.code;
    }

    /** {@return the position that the last {@link #call} reported} */
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

    /** Fails the statement with the message of {@link #misbehaved}, for callers that cannot throw. */
    void fail(String what) {
        control.fail(SqlMessages.misbehaved(name, what));
    }

    /** Throws the failure of this device, or the failure of the statement if another device caused it. */
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
            // For a command that it refuses, the library calls the callback. A call that never reached the library gets
            // no callback, so it is answered here.
            if (refused.hresult() >>> 16 != VDI_FACILITY) {
                answer(transfer, CompletionCodes.IO_DEVICE, 0);
            }
        } catch (IllegalStateException unsent) { // another thread closed the set
            answer(transfer, CompletionCodes.OPERATION_ABORTED, 0);
        }
    }

    /** Handles the completion of a command. Runs on the completion agent's thread, so it must not wait for long. */
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
        // Keep the first failure only: after it the device is in its I/O-error state and refuses every command with 1117
        // (ERROR_IO_DEVICE), which is not the cause.
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
     * Ends the device after success and after failure: waits for the outstanding commands, clears an error, closes the
     * device (VDI reference 2.7). If the close fails, the statement fails.
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
