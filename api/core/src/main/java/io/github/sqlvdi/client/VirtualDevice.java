package io.github.sqlvdi.client;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiAbortedException;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.internal.com.IClientVirtualDevice;
import io.github.sqlvdi.internal.com.Results;
import io.github.sqlvdi.internal.memory.AddressTable;
import io.github.sqlvdi.internal.memory.CallGate;
import io.github.sqlvdi.internal.memory.RevocableMemory;
import io.github.sqlvdi.internal.provider.Timeouts;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Locale;

/**
 * One device of a set: one stream of data of the statement ({@code IClientVirtualDevice}, VDI reference 3.6). The
 * server sends commands, the client fetches them with {@link #getCommand()} and completes each one; it may hold several
 * at once. A client cannot close a device: the server closes it, which {@link CommandResult#CLOSED} reports.
 *
 * <p><b>Threads.</b> A device belongs to one thread: the first that calls {@link #getCommand()}. Any other thread gets
 * a {@link WrongThreadException}. When the owner has ended, the next thread that uses the device becomes its owner. Use
 * platform threads: the wait is inside a native call, which keeps a virtual thread's carrier and cannot be interrupted.
 * {@link VirtualDeviceSet#abort()} ends it.
 *
 * <p><b>Cost.</b> Fetching a command, using its data and completing it allocate nothing once every buffer has been
 * seen.
 */
public final class VirtualDevice {

    private static final VarHandle OWNER;
    /** Limit of each cache. Servers reuse a few buffers; one that never does must not exhaust the heap. */
    private static final int MAX_REMEMBERED = 4096;

    static {
        try {
            OWNER = MethodHandles.lookup().findVarHandle(VirtualDevice.class, "owner", Thread.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final VirtualDeviceSet set;
    private final String name;
    private final IClientVirtualDevice calls;
    private final CallGate gate = new CallGate();
    // An automatic arena: memory of a shared arena would double the cost of each call.
    private final MemorySegment out = Arena.ofAuto().allocate(ValueLayout.JAVA_LONG);
    private final AddressTable<Command> commands = new AddressTable<>();
    private final AddressTable<DataView> views = new AddressTable<>();
    private volatile Thread owner;
    private volatile boolean closedByServer;
    private Command current;

    VirtualDevice(VirtualDeviceSet set, String name, IClientVirtualDevice calls) {
        this.set = set;
        this.name = name;
        this.calls = calls;
    }

    /** {@return the name under which the device was opened} */
    public String name() {
        return name;
    }

    /**
     * Waits for the next command without a limit of time, otherwise like {@link #getCommand(Duration)}.
     *
     * @return {@link CommandResult#COMMAND} or {@link CommandResult#CLOSED}; a library may also return early with
     *     {@link CommandResult#TIMEOUT}, then wait again
     * @throws WrongThreadException as for {@link #getCommand(Duration)}
     * @throws IllegalStateException as for {@link #getCommand(Duration)}
     * @throws VdiException as for {@link #getCommand(Duration)}
     */
    public CommandResult getCommand() {
        return fetch(Timeouts.INFINITE);
    }

    /**
     * Waits for the next command (VDI reference 3.6.1). The wait is a native call: an interrupt does not end it,
     * {@link VirtualDeviceSet#abort()} does. After {@link CommandResult#CLOSED} every further call returns
     * {@link CommandResult#CLOSED}, too.
     *
     * @param timeout how long; zero polls, parts of a millisecond are rounded up, more than 2,147,483,647 ms (24 days) is
     *     cut to that
     * @return {@link CommandResult#COMMAND} when a command was fetched, which {@link #command()} returns;
     *     {@link CommandResult#TIMEOUT}; or {@link CommandResult#CLOSED}
     * @throws IllegalArgumentException if the time-out is negative
     * @throws WrongThreadException if another living thread owns the device
     * @throws IllegalStateException if the set is closed
     * @throws VdiAbortedException if a process aborted the set, or a process of it died ({@code VD_E_ABORT})
     * @throws VdiException if the wait failed otherwise: {@code VD_E_PROTOCOL} when the device is not open,
     *     {@code VD_E_UNEXPECTED} when the server sent an impossible command (then the set is aborted)
     */
    public CommandResult getCommand(Duration timeout) {
        return fetch(Timeouts.toDword(timeout));
    }

    /**
     * Returns the command that the last {@link CommandResult#COMMAND} announced. Commands that were fetched before and
     * are not completed stay usable.
     *
     * @return the command, completed or not
     * @throws WrongThreadException if another living thread owns the device
     * @throws IllegalStateException if no command was fetched yet
     */
    public Command command() {
        Thread thread = owner;
        if (thread != null && thread != Thread.currentThread()) {
            claim();
        }
        if (current == null) {
            throw new IllegalStateException(
                    String.format(Locale.ROOT,
                            "device \"%s\" has no command: expected a getCommand() that returned COMMAND before",
                            name));
        }
        return current;
    }

    private CommandResult fetch(int timeout) {
        claim();
        enter();
        try {
            if (closedByServer) {
                return CommandResult.CLOSED;
            }
            int hresult = calls.getCommand(timeout, out.address());
            return switch (hresult) {
                case Hresults.S_OK -> {
                    current = accept(out.get(ValueLayout.JAVA_LONG, 0));
                    yield CommandResult.COMMAND;
                }
                case Hresults.VD_E_TIMEOUT -> CommandResult.TIMEOUT;
                case Hresults.VD_E_CLOSE -> {
                    closedByServer = true;
                    yield CommandResult.CLOSED;
                }
                default ->
                        throw Results.failure(String.format(Locale.ROOT, "GetCommand of device \"%s\"", name), hresult);
            };
        } finally {
            gate.leave();
        }
    }

    /**
     * Returns the command object for a command block of the library, filled with the values and the data of the block.
     * Makes the object when the block is seen for the first time.
     */
    private Command accept(long address) {
        if (address == 0) {
            throw protocolViolation("a command without a command block");
        }
        Command command = commands.get(address, 0);
        if (command == null) {
            command = new Command(this, address);
            remember(commands, address, 0, command);
        } else if (command.isActive()) {
            throw protocolViolation(
                    String.format(Locale.ROOT, "a second command in the block of %s, which is not completed yet",
                            command));
        }
        long buffer = command.read();
        command.activate(command.code().transfersData() ? viewOf(command, buffer) : null);
        return command;
    }

    private DataView viewOf(Command command, long buffer) {
        VdiConfig config = set.agreed();
        int size = command.size();
        int most = config.maxTransferSize() > 0 ? config.maxTransferSize() : Integer.MAX_VALUE;
        if (buffer == 0 || size < 0 || size > most) {
            throw protocolViolation(
                    String.format(Locale.ROOT, "%s with buffer 0x%X: expected a buffer and 0 to %,d bytes", command,
                            buffer, most));
        }
        if (set.isChecked()) {
            return new DataView(new RevocableMemory(), buffer, size, config.prefixZoneSize());
        }
        DataView view = views.get(buffer, size);
        if (view == null) {
            view = new DataView(set.life().memory(), buffer, size, config.prefixZoneSize());
            remember(views, buffer, size, view);
        }
        return view;
    }

    private <V> void remember(AddressTable<V> table, long address, long size, V value) {
        if (table.size() >= MAX_REMEMBERED && !set.isChecked()) { // checked mode: active commands only
            table.clear();
        }
        table.put(address, size, value);
    }

    /** Completes a command; see {@link Command#complete(int, int, long)}. */
    void complete(Command command, int completionCode, int bytesTransferred, long position) {
        claim();
        enter();
        try {
            command.requireActive();
            command.requireValid(completionCode, bytesTransferred, position);
            if (set.isChecked()) {
                endLoan(command);
            }
            int hresult = calls.completeCommand(command.address(), completionCode, bytesTransferred, position);
            command.deactivate();
            if (hresult != Hresults.S_OK) {
                Results.check(String.format(Locale.ROOT, "CompleteCommand of %s on device \"%s\"", command, name),
                        hresult);
            }
        } finally {
            gate.leave();
        }
    }

    /**
     * Checked mode: ends the command's own memory and forgets the object, so that it is not reused for another command.
     */
    private void endLoan(Command command) {
        if (!endLoan(command, System.nanoTime())) {
            throw new IllegalStateException(
                    String.format(Locale.ROOT,
                            "%s of device \"%s\" cannot be completed yet: an I/O operation of another "
                                    + "thread still uses its data. Wait for the operation before completing",
                            command, name));
        }
        commands.remove(command.address(), 0);
    }

    private static boolean endLoan(Command command, long deadline) {
        return command.view() == null || command.view().memory().revoke(deadline);
    }

    /** Whether the server has closed this device and so expects nothing more of it. */
    boolean isClosedByServer() {
        return closedByServer;
    }

    boolean isOpen() {
        return set.life().isOpen();
    }

    VirtualDeviceSet set() {
        return set;
    }

    IClientVirtualDevice calls() {
        return calls;
    }

    /**
     * Refuses all further calls and waits for the call that is still running.
     *
     * @return the owner of the device if a call still runs at the deadline, null when the device is idle
     */
    Thread shut(long deadline) {
        gate.shut();
        return gate.awaitIdle(deadline) ? null : owner;
    }

    /**
     * Checked mode: ends the memory of the commands that were never completed. Call it after {@link #shut(long)}.
     * Returns false if an I/O operation still uses some of that memory at the deadline.
     */
    boolean revokeData(long deadline) {
        boolean[] ended = {true};
        if (set.isChecked()) {
            commands.forEach(command -> ended[0] &= endLoan(command, deadline));
        }
        return ended[0];
    }

    private void enter() {
        set.provider().enter();
        if (!gate.tryEnter()) {
            throw set.life().closed();
        }
    }

    /** Makes the calling thread the owner of the device. Throws if another living thread owns it. */
    private void claim() {
        Thread me = Thread.currentThread();
        Thread other = owner;
        if (other != me && !((other == null || !other.isAlive()) && OWNER.compareAndSet(this, other, me))) {
            throw wrongThread();
        }
    }

    private WrongThreadException wrongThread() {
        return new WrongThreadException(
                String.format(Locale.ROOT,
                        "device \"%s\" belongs to thread \"%s\", which called getCommand() first: thread "
                                + "\"%s\" may not use it. Serve each device with one thread",
                        name, nameOf(owner),
                        nameOf(Thread.currentThread())));
    }

    private static String nameOf(Thread thread) {
        return thread.getName().isEmpty() ? "#" + thread.threadId() : thread.getName();
    }

    /** Aborts the set, because the server broke the rules of the interface, and returns the exception to throw. */
    private VdiException protocolViolation(String what) {
        set.abort();
        return new VdiException(String.format(Locale.ROOT, "GetCommand of device \"%s\" got %s; it", name, what),
                Hresults.VD_E_UNEXPECTED);
    }
}
