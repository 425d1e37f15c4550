package io.github.sqlvdi.internal.engine;

import static io.github.sqlvdi.internal.engine.ControlLayout.RING_RECORDS;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.bindings.VDS_Command;
import io.github.sqlvdi.internal.com.Callback;
import io.github.sqlvdi.internal.com.IServerVirtualDevice;
import io.github.sqlvdi.internal.memory.Memory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The server's end of a device. Every SendCommand leads to exactly one callback: by the completion agent, or at once on
 * the sender's thread if the command is refused (VDI reference 3.9.1). The thread that takes a tag from
 * {@link OutstandingCommands} makes the callback.
 */
final class EmbeddedServerDevice implements IServerVirtualDevice {
    private static final VarHandle SENDING = field("sending");

    private final ServerSet set;
    private final SetMember member;
    private final BufferPool pool;
    private final int index;
    private final SharedEvent commandEvent;
    private final CommandRing.Writer commands;
    private final CompletionRing.Reader completions;

    private final OutstandingCommands outstanding = new OutstandingCommands();

    private volatile boolean closed;
    private volatile boolean ioError;

    @SuppressWarnings("unused") // through SENDING
    private volatile int sending;

    EmbeddedServerDevice(ServerSet set, SetMember member, BufferPool pool, int index) {
        this.set = set;
        this.member = member;
        this.pool = pool;
        this.index = index;
        this.commandEvent = member.commandEvent(index);
        this.commands = new CommandRing.Writer(member, index);
        this.completions = new CompletionRing.Reader(member, index);
    }

    private static VarHandle field(String name) {
        try {
            return MethodHandles.lookup().findVarHandle(EmbeddedServerDevice.class, name, int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @Override
    public int sendCommand(long pCmd) {
        if (pCmd == 0) {
            return Hresults.VD_E_INVALID;
        }
        long routine = Memory.ALL.get(JAVA_LONG_UNALIGNED, pCmd + VDS_Command.completionRoutine$offset());
        if (routine == 0) {
            return Hresults.VD_E_INVALID; // there is no routine to call back
        }
        try {
            return send(pCmd, routine);
        } catch (RuntimeException | Error e) {
            return refuse(pCmd, routine, member.failed(e), CompletionCodes.INVALID_HANDLE);
        }
    }

    private int send(long pCmd, long routine) {
        if (closed || set.isGone()) {
            return refuse(pCmd, routine, Hresults.VD_E_PROTOCOL, CompletionCodes.INVALID_HANDLE);
        }
        if (member.aborted()) {
            return refuse(pCmd, routine, Hresults.VD_E_ABORT, CompletionCodes.OPERATION_ABORTED);
        }
        int code = Memory.ALL.get(JAVA_INT_UNALIGNED, pCmd + VDS_Command.commandCode$offset());
        if (ioError && code != CommandCode.CLEAR_ERROR.value()) {
            return refuse(pCmd, routine, Hresults.VD_E_IO_ERROR, CompletionCodes.IO_DEVICE);
        }
        int size = Memory.ALL.get(JAVA_INT_UNALIGNED, pCmd + VDS_Command.size$offset());
        long position = Memory.ALL.get(JAVA_LONG_UNALIGNED, pCmd + VDS_Command.inPosition$offset());
        int handle = 0;
        if (code == CommandCode.READ.value() || code == CommandCode.WRITE.value()) {
            long address = Memory.ALL.get(JAVA_LONG_UNALIGNED, pCmd + VDS_Command.buffer$offset());
            BufferPool.Buffer buffer = pool.find(address);
            if (buffer == null || size <= 0 || size > buffer.size()) {
                return refuse(pCmd, routine, Hresults.VD_E_INVALID, CompletionCodes.INVALID_PARAMETER);
            }
            handle = buffer.handle();
        }
        return queue(pCmd, routine, code, size, position, handle);
    }

    private int queue(long pCmd, long routine, int code, int size, long position, int handle) {
        int tag = -1;
        int use = OutstandingCommands.FREE;
        try {
            boolean closedMeanwhile;
            lockSending();
            try {
                closedMeanwhile = closed;
                tag = closedMeanwhile ? -1 : outstanding.freeTag();
                if (tag >= 0) {
                    // commands.write makes a volatile store, so add is visible before the check for an abort below
                    use = outstanding.add(tag, pCmd, routine, code, handle == 0 ? 0 : size);
                    commands.write(code, size, position, handle, tag);
                }
            } finally {
                SENDING.setRelease(this, 0);
            }
            if (closedMeanwhile) {
                return refuse(pCmd, routine, Hresults.VD_E_PROTOCOL, CompletionCodes.INVALID_HANDLE);
            }
            if (tag < 0) {
                return refuse(pCmd, routine, Hresults.VD_E_QUEUE_FULL, CompletionCodes.NO_SYSTEM_RESOURCES);
            }
            commandEvent.signal();
            // after an abort or close meanwhile either the agent or this thread takes the tag and calls back
            if ((member.aborted() || set.isGone()) && outstanding.take(tag, use)) {
                return refuse(pCmd, routine, Hresults.VD_E_ABORT, CompletionCodes.OPERATION_ABORTED);
            }
            return Hresults.S_OK;
        } catch (IllegalStateException e) { // the set was closed and unmapped meanwhile
            int result = member.failed(e);
            return use == OutstandingCommands.FREE || outstanding.take(tag, use)
                    ? refuse(pCmd, routine, result, CompletionCodes.INVALID_HANDLE)
                    : result; // the agent has called back
        }
    }

    private void lockSending() {
        while (!SENDING.compareAndSet(this, 0, 1)) {
            Thread.onSpinWait();
        }
    }

    private static int refuse(long pCmd, long routine, int result, int completionCode) {
        callBack(pCmd, routine, completionCode, 0, 0);
        return result;
    }

    /** Fills the output fields of a command and calls the routine that the command had when it was sent. */
    private static void callBack(long pCmd, long routine, int completionCode, int bytesTransferred, long position) {
        Memory.ALL.set(JAVA_INT_UNALIGNED, pCmd + VDS_Command.completionCode$offset(), completionCode);
        Memory.ALL.set(JAVA_INT_UNALIGNED, pCmd + VDS_Command.bytesTransferred$offset(), bytesTransferred);
        Memory.ALL.set(JAVA_LONG_UNALIGNED, pCmd + VDS_Command.outPosition$offset(), position);
        Callback.invoke(routine, pCmd);
    }

    /**
     * Agent: handles all completions in the ring.
     *
     * @param thorough as in {@link CompletionRing.Reader#read(boolean)}
     * @return whether there was a completion
     */
    boolean drain(boolean thorough) throws DamagedRegionException {
        boolean any = false;
        while (!member.aborted() && completions.read(thorough)) {
            any = true;
            int tag = completions.tag;
            int code = completions.code;
            int bytes = completions.bytes;
            if (tag < 0 || tag >= RING_RECORDS) {
                throw new DamagedRegionException("a completion with tag " + tag);
            }
            int use = outstanding.use(tag);
            long pCmd = outstanding.block(tag);
            long routine = outstanding.routine(tag);
            int command = outstanding.code(tag);
            int size = outstanding.size(tag);
            if (bytes < 0 || bytes > size || !outstanding.take(tag, use)) {
                throw new DamagedRegionException("a completion of " + bytes + " bytes for a command of " + size);
            }
            noteError(command, code);
            callBack(pCmd, routine, code, bytes, completions.position);
        }
        return any;
    }

    private void noteError(int command, int code) {
        if (code == CompletionCodes.SUCCESS) {
            if (command == CommandCode.CLEAR_ERROR.value()) {
                ioError = false;
            }
        } else if (CompletionCodes.isFailure(CommandCode.of(command), code)) {
            ioError = true;
        }
    }

    /** Completes all outstanding commands with ERROR_OPERATION_ABORTED, after an abort or at the end of the set. */
    void abortOutstanding() {
        for (int tag = 0; tag < RING_RECORDS; tag++) {
            int use = outstanding.use(tag);
            if (use != OutstandingCommands.FREE) {
                long pCmd = outstanding.block(tag);
                long routine = outstanding.routine(tag);
                if (outstanding.take(tag, use)) {
                    callBack(pCmd, routine, CompletionCodes.OPERATION_ABORTED, 0, 0);
                }
            }
        }
    }

    /** {@return how many commands are outstanding; counted by each call, so only for an idle agent} */
    int outstanding() {
        return outstanding.count();
    }

    /**
     * Agent, when idle: restores the tail and the closed state in shared memory if they were damaged, and wakes the client
     * if it has commands outstanding.
     */
    void mend() {
        if (SENDING.compareAndSet(this, 0, 1)) {
            try {
                commands.mend();
                if (closed) {
                    member.devices().close(index, commands.turn());
                }
            } finally {
                SENDING.setRelease(this, 0);
            }
            if (outstanding() > 0) {
                commandEvent.signal();
            }
        }
    }

    @Override
    public int closeDevice() {
        return member.answer(Hresults.VD_E_ABORT, () -> {
            if (set.isGone()) {
                return Hresults.VD_E_PROTOCOL;
            }
            if (member.aborted()) {
                return Hresults.VD_E_ABORT;
            }
            lockSending(); // so that no command is sent after close has read their number
            try {
                if (closed) {
                    return Hresults.VD_E_CLOSE;
                }
                closed = true;
                member.devices().close(index, commands.turn());
            } finally {
                SENDING.setRelease(this, 0);
            }
            commandEvent.signal();
            return Hresults.S_OK;
        });
    }

    boolean isClosed() {
        return closed;
    }
}
