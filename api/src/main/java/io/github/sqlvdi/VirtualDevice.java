package io.github.sqlvdi;

import java.time.Duration;

/**
 * One device of a set: one stream of data of the statement ({@code IClientVirtualDevice}, VDI reference 3.6). The server
 * sends commands, the client fetches them with {@link #getCommand(long)} and completes each one; several may be held at
 * once. There is no method to close a device: the server closes it, and {@link CommandResult#CLOSED} says so.
 *
 * <p><b>Threads.</b> A device belongs to one thread: the first that calls {@link #getCommand(long)}. Another one gets a
 * {@link WrongThreadException}, except that a device whose owner has ended passes to the next thread that asks.
 * Use platform threads: the wait is inside a native call, which keeps a virtual thread's carrier and cannot be
 * interrupted. {@link VirtualDeviceSet#abort()} ends it.
 *
 * <p><b>Cost.</b> Fetching a command, using its data and completing it allocate nothing once every buffer has been seen.
 */
public final class VirtualDevice {

    /**
     * The name under which the device was opened.
     *
     * @return the name
     */
    public String name() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Waits for the next command, as {@link #getCommand(long)}.
     *
     * @param timeout how long; zero polls, negative waits without limit, parts of a millisecond are rounded up
     * @return what came
     * @throws WrongThreadException as for {@link #getCommand(long)}
     * @throws IllegalStateException as for {@link #getCommand(long)}
     * @throws VdiException as for {@link #getCommand(long)}
     */
    public CommandResult getCommand(Duration timeout) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Waits for the next command (VDI reference 3.6.1). The wait is a native call: an interrupt does not end it,
     * {@link VirtualDeviceSet#abort()} does. After {@link CommandResult#CLOSED} every further call says the same.
     *
     * @param timeoutMillis how many milliseconds; 0 polls, negative waits without limit, more than 2,147,483,647 (24 days)
     *     is cut to that
     * @return {@link CommandResult#COMMAND} when a command was fetched, which {@link #command()} gives;
     *     {@link CommandResult#TIMEOUT}; or {@link CommandResult#CLOSED}
     * @throws WrongThreadException if another living thread owns the device
     * @throws IllegalStateException if the set is closed
     * @throws VdiAbortedException if somebody aborted the set or a process of it died ({@code VD_E_ABORT})
     * @throws VdiException if the wait failed otherwise: {@code VD_E_PROTOCOL} when the device is not open,
     *     {@code VD_E_UNEXPECTED} when the server sent a command that cannot be (then the set is aborted)
     */
    public CommandResult getCommand(long timeoutMillis) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * The command that the last {@link CommandResult#COMMAND} brought. Commands held from before stay usable beside it.
     *
     * @return the command, completed or not
     * @throws WrongThreadException if another living thread owns the device
     * @throws IllegalStateException if no command was fetched yet
     */
    public Command command() {
        throw new UnsupportedOperationException("not built yet");
    }

    private VirtualDevice() {
    }
}
