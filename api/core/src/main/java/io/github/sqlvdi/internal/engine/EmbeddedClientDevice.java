package io.github.sqlvdi.internal.engine;

import static io.github.sqlvdi.internal.engine.ControlLayout.RING_RECORDS;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.bindings.VDC_Command;
import io.github.sqlvdi.internal.com.IClientVirtualDevice;
import io.github.sqlvdi.internal.memory.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The client's end of a device. The {@code VDC_Command} blocks are private to the client process. A ring record is copied
 * into a block after its check, so later changes of the shared memory cannot change a command.
 */
final class EmbeddedClientDevice implements IClientVirtualDevice {
    private static final VarHandle STATE = MethodHandles.arrayElementVarHandle(int[].class).withInvokeExactBehavior();
    private static final VarHandle FETCHING = field("fetching");
    private static final VarHandle COMPLETING = field("completing");

    private final SetMember member;
    private final BufferTable buffers;
    private final DeviceTable devices;
    private final int index;
    private final int maxTransferSize;
    private final long serverState;
    private final AdaptiveWait wait;
    private final CommandRing.Reader commands;
    private final CompletionRing.Writer completions;

    // by tag: the command blocks, and the state, buffer handle and size of each command
    private final MemorySegment blocks;
    private final int[] active = new int[RING_RECORDS];
    private final int[] handles = new int[RING_RECORDS];
    private final int[] sizes = new int[RING_RECORDS];
    private int tagsSeen;

    private volatile boolean released;
    private volatile boolean closeSeen;

    @SuppressWarnings("unused") // through FETCHING
    private volatile int fetching;

    @SuppressWarnings("unused") // through COMPLETING
    private volatile int completing;

    EmbeddedClientDevice(SetMember member, BufferTable buffers, int index, int maxTransferSize) {
        this.member = member;
        this.buffers = buffers;
        this.devices = member.devices();
        this.index = index;
        this.maxTransferSize = maxTransferSize;
        this.serverState = ControlLayout.device(index) + ControlLayout.SERVER_STATE_OFFSET;
        this.wait = new AdaptiveWait(member.commandEvent(index));
        this.commands = new CommandRing.Reader(member, index);
        this.completions = new CompletionRing.Writer(member, index);
        this.blocks = Arena.ofAuto().allocate(VDC_Command.sizeof() * RING_RECORDS, 64);
    }

    private static VarHandle field(String name) {
        try {
            return MethodHandles.lookup().findVarHandle(EmbeddedClientDevice.class, name, int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @Override
    public int getCommand(int dwTimeOut, long ppCmd) {
        if (ppCmd == 0) {
            return Hresults.VD_E_INVALID;
        }
        if (!FETCHING.compareAndSet(this, 0, 1)) {
            return Hresults.VD_E_BUSY; // another thread is inside GetCommand; only one thread at a time may be
        }
        try {
            int result = fetch(dwTimeOut);
            if (result >= 0) {
                Memory.ALL.set(ValueLayout.JAVA_LONG_UNALIGNED, ppCmd, block(result));
                return Hresults.S_OK;
            }
            return result;
        } catch (RuntimeException | Error e) {
            return member.failed(e);
        } finally {
            FETCHING.setRelease(this, 0);
        }
    }

    /** {@return the tag of the fetched command, or an HRESULT, which is negative} */
    private int fetch(int timeout) {
        wait.start(timeout);
        boolean last = false;
        while (true) {
            if (released || closeSeen) {
                return !released && member.aborted() ? member.abortResult() : Hresults.VD_E_PROTOCOL;
            }
            if (member.aborted()) {
                return member.abortResult();
            }
            try {
                // Asked before the ring is read: a server that has gone has sent everything before.
                boolean serverGone = member.serverGone();
                if (commands.read(last || serverGone || wait.slept())) {
                    return accept();
                }
                if (closedByServer()) {
                    closeSeen = true;
                    return Hresults.VD_E_CLOSE;
                }
                if (serverGone && !holdsCommands()) {
                    throw new DamagedRegionException("device " + index + " is not closed after " + commands.turn()
                            + " commands, and the server that would send the next has gone");
                }
            } catch (DamagedRegionException e) {
                member.abortDamaged(e);
                return member.abortResult();
            }
            if (last) {
                return Hresults.VD_E_TIMEOUT;
            }
            last = !wait.pause();
            if (wait.slept()) {
                mend();
            }
        }
    }

    /** {@return whether the server closed the device, and all commands sent before were fetched and completed} */
    private boolean closedByServer() throws DamagedRegionException {
        if (member.word(serverState) == ControlLayout.DEVICE_OPEN) {
            return false;
        }
        long sent = devices.closingTurn(index);
        if (sent < commands.turn()) {
            throw new DamagedRegionException("device " + index + " closed after " + sent + " commands; "
                    + commands.turn() + " were fetched");
        }
        return sent == commands.turn() && !holdsCommands();
    }

    private boolean holdsCommands() {
        for (int tag = 0; tag < tagsSeen; tag++) {
            if ((int) STATE.getVolatile(active, tag) != 0) {
                return true;
            }
        }
        return false;
    }

    private int accept() throws DamagedRegionException {
        int tag = commands.tag;
        if (tag < 0 || tag >= RING_RECORDS || (int) STATE.getAcquire(active, tag) != 0) {
            throw new DamagedRegionException("a command with tag " + tag);
        }
        int code = commands.code;
        int size = commands.size;
        int handle = commands.handle;
        long address = 0;
        if (handle != 0) {
            address = buffers.resolve(handle);
            if (address == 0 || size < 0 || size > buffers.size(handle) || size > maxTransferSize) {
                throw new DamagedRegionException("a command of " + size + " bytes without such a buffer");
            }
        } else if (code == CommandCode.READ.value() || code == CommandCode.WRITE.value()) {
            throw new DamagedRegionException("a read or write without buffer");
        }
        long block = tag * VDC_Command.sizeof();
        blocks.set(ValueLayout.JAVA_INT, block + VDC_Command.commandCode$offset(), code);
        blocks.set(ValueLayout.JAVA_INT, block + VDC_Command.size$offset(), size);
        blocks.set(ValueLayout.JAVA_LONG, block + VDC_Command.position$offset(), commands.position);
        blocks.set(ValueLayout.JAVA_LONG, block + VDC_Command.buffer$offset(), address);
        handles[tag] = handle;
        sizes[tag] = address == 0 ? 0 : size;
        tagsSeen = Math.max(tagsSeen, tag + 1);
        STATE.setRelease(active, tag, 1);
        return tag;
    }

    private long block(int tag) {
        return blocks.address() + tag * VDC_Command.sizeof();
    }

    @Override
    public int completeCommand(long pCmd, int dwCompletionCode, int dwBytesTransferred, long dwlPosition) {
        try {
            if (released || closeSeen) {
                return !released && member.aborted() ? member.abortResult() : Hresults.VD_E_PROTOCOL;
            }
            if (member.aborted()) {
                return member.abortResult();
            }
            long offset = pCmd - blocks.address();
            if (offset < 0 || offset >= blocks.byteSize() || offset % VDC_Command.sizeof() != 0) {
                return Hresults.VD_E_INVALID;
            }
            int tag = (int) (offset / VDC_Command.sizeof());
            int bytes = sizes[tag] == 0 ? 0 : dwBytesTransferred;
            if (bytes < 0 || bytes > sizes[tag] || !complete(tag, dwCompletionCode, bytes, dwlPosition)) {
                return Hresults.VD_E_INVALID;
            }
            return Hresults.S_OK;
        } catch (RuntimeException | Error e) {
            return member.failed(e);
        }
    }

    /** Returns a command to the server; false if it is not active. The lock decides between two threads that complete it. */
    private boolean complete(int tag, int code, int bytes, long position) {
        lockCompletions();
        try {
            if ((int) STATE.getAcquire(active, tag) != 1) {
                return false;
            }
            STATE.setRelease(active, tag, 0); // before the record: the server may use the tag again at once
            completions.write(tag, code, bytes, position);
        } finally {
            COMPLETING.setRelease(this, 0);
        }
        if (member.word(serverState) == ControlLayout.DEVICE_CLOSED && !holdsCommands()) {
            member.wakeAll(); // another thread's GetCommand may be waiting for this last completion
        }
        return true;
    }

    private void lockCompletions() {
        while (!COMPLETING.compareAndSet(this, 0, 1)) {
            Thread.onSpinWait();
        }
    }

    /** Restores the tail in shared memory if it was damaged; called while idle. */
    private void mend() {
        lockCompletions();
        try {
            completions.mend();
        } finally {
            COMPLETING.setRelease(this, 0);
        }
    }

    /** {@return the handle of an active command's buffer that starts at the address, or 0; never reads the address} */
    int handleOf(long address) throws DamagedRegionException {
        for (int tag = 0; tag < tagsSeen; tag++) {
            int handle = handles[tag];
            if ((int) STATE.getAcquire(active, tag) == 1 && handle != 0 && buffers.resolve(handle) == address) {
                return handle;
            }
        }
        return 0;
    }

    /** {@return whether the server closed the device and this client has no command of it left to fetch or complete} */
    boolean isFinished() {
        try {
            return closeSeen || closedByServer();
        } catch (DamagedRegionException e) {
            member.abortDamaged(e);
            return false;
        }
    }

    /** Makes every later call a protocol error, because the set was closed. */
    void release() {
        released = true;
    }
}
