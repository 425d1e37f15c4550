package io.github.sqlvdi.stream;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.VdiAbortedException;
import io.github.sqlvdi.client.Command;
import io.github.sqlvdi.client.CommandResult;
import io.github.sqlvdi.client.VirtualDevice;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Serves one virtual device on the calling thread until the server closes it: fetches each command, passes it to the
 * handler, and completes it if the handler fails (VDI reference 2.1 step 12, 2.7).
 *
 * <p>Every command gets exactly one completion, so a broken handler cannot make the statement wait for ever.
 */
public final class DeviceLoop {

    /** How a device ended. */
    public enum End {
        /** The server closed the device. This is its normal end, but does not mean success (VDI reference 11.1). */
        CLOSED,
        /** The set was aborted, or the server died (VDI reference 11.2). */
        ABORTED
    }

    /** How long the loop waits for held commands before it looks for a new one, in nanoseconds. */
    private static final long HELD_WAIT_NANOS = 1_000_000;

    private final VirtualDevice device;
    private final CommandHandler handler;
    /** The handler, if it may hold commands; else null. */
    private final HoldingHandler holding;
    private volatile Throwable failure;
    /** Written by the device's thread only, in nanoseconds. */
    private volatile long waitedForServer;
    private volatile long waitedForTarget;
    private volatile boolean completed;

    /**
     * Makes a loop; {@link #run()} starts it.
     *
     * @param device the device, owned by the thread that calls {@link #run()}
     * @param handler executes the device's commands; the caller closes it after the loop
     */
    public DeviceLoop(VirtualDevice device, CommandHandler handler) {
        this.device = Objects.requireNonNull(device, "device");
        this.handler = Objects.requireNonNull(handler, "handler");
        this.holding = handler instanceof HoldingHandler it ? it : null;
    }

    /**
     * Serves the device until its end. The wait for a command has no limit of time. It ends when the server closes the
     * device or dies, or when any thread calls {@link io.github.sqlvdi.client.VirtualDeviceSet#abort()}.
     *
     * @return how the device ended; look at {@link #failure()} as well
     * @throws io.github.sqlvdi.VdiException if a call fails for another reason than an abort; the set should be aborted
     */
    public End run() {
        try {
            while (true) {
                long asked = System.nanoTime();
                boolean held = holding != null && holding.holding();
                CommandResult result = held ? device.getCommand(Duration.ZERO) : device.getCommand();
                long fetched = System.nanoTime();
                waitedForServer += fetched - asked;
                switch (result) {
                    case COMMAND -> {
                        serve(device.command());
                        waitedForTarget += System.nanoTime() - fetched;
                    }
                    case CLOSED -> {
                        return End.CLOSED;
                    }
                    case TIMEOUT -> { // a library may return early without a command: wait again
                        if (held) {
                            proceed();
                            waitedForTarget += System.nanoTime() - fetched;
                        }
                    }
                }
            }
        } catch (VdiAbortedException aborted) {
            if (failure == null && aborted.getCause() != null) { // this process aborted the set, for a failure
                failure = aborted;
            }
            return End.ABORTED;
        }
    }

    /**
     * Returns the first failure of the handler, even if the server continued after it, or the failure for which this
     * process aborted the set. May be called from any thread.
     *
     * @return the exception; empty when the handler completed every command and this process had no failure
     */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** {@return whether the handler has served VDC_Complete (VDI reference 8.16); may be called from any thread} */
    public boolean completed() {
        return completed || holding != null && holding.completed();
    }

    /** {@return how long the loop has waited for commands of the server; may be called from any thread} */
    public Duration waitedForServer() {
        return Duration.ofNanos(waitedForServer);
    }

    /** {@return how long the handler has worked on commands; may be called from any thread} */
    public Duration waitedForTarget() {
        return Duration.ofNanos(waitedForTarget);
    }

    private void proceed() {
        try {
            holding.proceed(HELD_WAIT_NANOS);
        } catch (VdiAbortedException aborted) {
            throw aborted;
        } catch (IOException | RuntimeException broken) {
            remember(broken);
        } catch (Error broken) {
            remember(broken);
            throw broken;
        }
    }

    private void remember(Throwable broken) {
        if (failure == null) {
            failure = broken;
        }
    }

    private void serve(Command command) {
        CommandCode code = command.code();
        try {
            handler.handle(command);
            if (holding != null) {
                return;
            }
            if (command.isActive()) {
                throw new IllegalStateException(
                        String.format(Locale.ROOT, "The handler %s returned without completing %s: it must complete ",
                                handler.getClass().getName(), code.nativeName()) + "each command or throw");
            }
            completed |= code == CommandCode.COMPLETE;
        } catch (VdiAbortedException aborted) {
            throw aborted;
        } catch (IOException | RuntimeException | Error broken) {
            remember(broken);
            if (command.isActive()) {
                command.fail(IoFailures.completionCode(code, broken));
            }
            if (broken instanceof Error error) {
                throw error;
            }
        }
    }
}
