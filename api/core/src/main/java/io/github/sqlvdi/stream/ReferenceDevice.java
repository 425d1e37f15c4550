package io.github.sqlvdi.stream;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.client.Command;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * The common part of the device classes: the commands without data, the snapshot hooks, the count of bytes, and
 * the rule that a stream with a gap is never acknowledged. After the first failure every further command that the
 * devices know, except ClearError and Discard, gets the same code. This matters most for Flush and Complete: a device
 * that acknowledges the last of them takes responsibility for all of the data (VDI reference 8.6).
 */
public abstract sealed class ReferenceDevice implements CommandHandler
        permits PipeDevice, PipelinedDevice, DecodingDevice,
        TapeDevice, DiskDevice {

    private final SnapshotHooks hooks;
    private int failureCode = CompletionCodes.SUCCESS;
    private volatile CommandCode refused;
    /** Written by the device's thread only. */
    private volatile long bytes;
    /** Analyses the stream; null for no analysis. */
    private StreamTap tap;

    ReferenceDevice(SnapshotHooks hooks) {
        this.hooks = hooks;
    }

    /** Passes the data of all further Reads and Writes to {@code streamTap}. */
    final void readAlong(StreamTap streamTap) {
        tap = streamTap;
    }

    /** Whether Reads and Writes carry their position in the stream. */
    boolean hasPositions() {
        return false;
    }

    /**
     * Executes a command that this class does not handle. Calls {@link #refuse} for a command that the device class
     * does not know.
     */
    abstract void perform(Command command) throws IOException;

    @Override
    public final void handle(Command command) throws IOException {
        switch (command.code()) {
            // Discard means that the content may be dropped. The devices keep it: only the verdict of the statement
            // decides whether the target is kept, and a command without documentation must not destroy data (VDI
            // reference 8.11).
            case CLEAR_ERROR, DISCARD -> command.complete();
            case READ, WRITE, FLUSH, COMPLETE, REWIND, WRITE_MARK, SKIP_MARKS, SKIP_BLOCKS, LOAD, GET_POSITION,
                    SET_POSITION, SNAPSHOT, MOUNT_SNAPSHOT, PREPARE_TO_FREEZE -> performUnlessFailed(command);
            case FILE_INFO_BEGIN, FILE_INFO_END, GET_ERROR, UNKNOWN -> refuse(command);
        }
    }

    @Override
    public final long bytesTransferred() {
        return bytes;
    }

    /**
     * Returns the first command that this class of device did not know; empty when there was none. May be called from
     * any thread.
     */
    final Optional<CommandCode> refused() {
        return Optional.ofNullable(refused);
    }

    final void refuse(Command command) {
        if (refused == null) {
            refused = command.code();
        }
        command.complete(CompletionCodes.NOT_SUPPORTED, 0);
    }

    /** Completes a Read or Write and counts its bytes. */
    final void completeTransfer(Command command, int completionCode, int count) throws IOException {
        completeTransfer(command, completionCode, count, count);
    }

    /**
     * Completes a Read or Write.
     *
     * @param counted how many of the {@code count} bytes have not been counted before
     */
    final void completeTransfer(Command command, int completionCode, int count, long counted) throws IOException {
        pass(command, count);
        completeAndCount(command, completionCode, count, counted);
    }

    /** Analyses the data of a Read or Write that is completed later. */
    final void pass(Command command, int count) throws IOException {
        if (tap != null) {
            tap.passed(command, count, hasPositions() ? command.position() : -1);
        }
    }

    /** Completes a Write whose data was analysed before. */
    final void completePassed(Command command) {
        int count = command.size();
        completeAndCount(command, CompletionCodes.SUCCESS, count, count);
    }

    /** Counts before it completes: the server may ask for the count as soon as it has the answer. */
    private void completeAndCount(Command command, int completionCode, int count, long counted) {
        bytes += counted;
        boolean completed = false;
        try {
            command.complete(completionCode, count);
            completed = true;
        } finally {
            if (!completed) {
                bytes -= counted;
            }
        }
    }

    /** Every later command gets this code. */
    final void failFromNow(int code) {
        failureCode = code;
    }

    private void performUnlessFailed(Command command) throws IOException {
        if (failureCode != CompletionCodes.SUCCESS) {
            command.fail(failureCode);
            return;
        }
        if (hooks == null && isForHook(command)) { // a refusal leaves no gap: failureCode stays
            throw new DeviceFailureException(CompletionCodes.NOT_SUPPORTED, command.code().nativeName()
                    + " needs snapshot hooks: make the device with SnapshotHooks, or leave WITH SNAPSHOT out");
        }
        try {
            if (isForHook(command)) {
                callHook(command);
            } else {
                perform(command);
                tellTap(command.code());
            }
        } catch (IOException | RuntimeException failure) {
            failureCode = IoFailures.completionCode(command.code(), failure);
            throw failure;
        }
    }

    private void tellTap(CommandCode code) {
        if (tap != null) {
            switch (code) {
                case REWIND -> tap.rewound();
                case SKIP_MARKS, SKIP_BLOCKS, SET_POSITION, LOAD -> tap.moved();
                default -> {
                    // the device stays where it is
                }
            }
        }
    }

    private static boolean isForHook(Command command) {
        return switch (command.code()) {
            case SNAPSHOT, MOUNT_SNAPSHOT, PREPARE_TO_FREEZE -> true;
            default -> false;
        };
    }

    private void callHook(Command command) throws IOException {
        try {
            switch (command.code()) {
                case PREPARE_TO_FREEZE -> hooks.prepareToFreeze();
                case SNAPSHOT -> hooks.snapshot();
                default -> hooks.mountSnapshot();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw refusedBy(command, interrupted);
        } catch (IOException refusal) {
            throw refusedBy(command, refusal);
        }
        command.complete();
    }

    private static DeviceFailureException refusedBy(Command command, Exception cause) {
        return new DeviceFailureException(CompletionCodes.OPERATION_ABORTED,
                String.format(Locale.ROOT, "%s was refused: %s", command.code().nativeName(), cause), cause);
    }
}
