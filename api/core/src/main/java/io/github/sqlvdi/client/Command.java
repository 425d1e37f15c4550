package io.github.sqlvdi.client;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiAbortedException;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.Whence;
import io.github.sqlvdi.bindings.VDC_Command;
import io.github.sqlvdi.internal.memory.Memory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * One request of the server: read, write, flush and so on ({@code VDC_Command}, VDI reference 4.2 and 8). It is active
 * from the {@link VirtualDevice#getCommand()} that fetched it until one of the {@code complete} methods or
 * {@link #fail(int)} answered it; every command must be answered exactly once, in any order.
 *
 * <p><b>Data.</b> {@link #data()} and {@link #buffer()} show the very pages that the server filled or will read;
 * nothing is copied. They may be used from any thread while the command is active. After the completion the server uses
 * the pages again. A view that is kept after that shows other data, and writing to it damages the backup. With the
 * system property {@code io.github.sqlvdi.checked=true} such a view throws {@link IllegalStateException} instead (for
 * tests; it costs some ten microseconds a command). Once the set is closed every view throws
 * {@link IllegalStateException}.
 *
 * <p><b>Threads.</b> Only the thread that owns the device may complete the command. Any thread may read its values and
 * use its data.
 *
 * <p><b>Re-use.</b> When the library uses the command's block again, this object becomes the next command in that
 * block. Do not keep a reference to it after its completion.
 */
public final class Command {

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    private final VirtualDevice device;
    private final long address;
    private CommandCode code = CommandCode.UNKNOWN;
    private int rawCode;
    private int size;
    private long position;
    private DataView view;
    private boolean active;

    /**
     * Wraps a command block of the library. {@link #read()} takes its values each time a command is fetched into it.
     */
    Command(VirtualDevice device, long address) {
        this.device = device;
        this.address = address;
    }

    /**
     * Copies the values out of the block and returns the buffer's address. Reads each value only once, because the
     * block is shared memory.
     */
    long read() {
        rawCode = Memory.ALL.get(INT, address + VDC_Command.commandCode$offset());
        size = Memory.ALL.get(INT, address + VDC_Command.size$offset());
        position = Memory.ALL.get(LONG, address + VDC_Command.position$offset());
        code = CommandCode.of(rawCode);
        return Memory.ALL.get(LONG, address + VDC_Command.buffer$offset());
    }

    /** Makes the command usable; {@code data} is null for a command without data. */
    void activate(DataView data) {
        view = data;
        active = true;
    }

    void deactivate() {
        active = false;
        view = null;
    }

    VirtualDevice device() {
        return device;
    }

    /** The {@code VDC_Command*} of this command. */
    long address() {
        return address;
    }

    /** The views of an active command, null for one without data. */
    DataView view() {
        return view;
    }

    /**
     * {@return the command that the server sent; {@link CommandCode#UNKNOWN} for a number this library does not know,
     * which is answered with {@link CompletionCodes#NOT_SUPPORTED}}
     */
    public CommandCode code() {
        return code;
    }

    /** {@return the number of the command as the server sent it, useful with {@link CommandCode#UNKNOWN}} */
    public int rawCode() {
        return rawCode;
    }

    /**
     * The size of the command (VDI reference 8.2).
     *
     * @return bytes to move for {@code VDC_Read} and {@code VDC_Write}; a signed count for {@code VDC_SkipMarks} and
     *     {@code VDC_SkipBlocks}; the {@link Whence} value for {@code VDC_SetPosition} on a disk-like device; without
     *     meaning otherwise
     */
    public int size() {
        return size;
    }

    /**
     * Where the command applies (VDI reference 8.2).
     *
     * @return the byte offset of a transfer on a disk-like device; the target of {@code VDC_SetPosition}; without
     *     meaning otherwise
     */
    public long position() {
        return position;
    }

    /**
     * The data zone of a transfer: exactly {@link #size()} bytes over the server's own pages. Read-only for
     * {@code VDC_Write}, to be filled for {@code VDC_Read}. No copy and, for a buffer seen before, no allocation.
     *
     * @return the bytes; valid until the command is completed or the set closed
     * @throws IllegalStateException if the command has been completed, is no transfer, or its set is closed
     */
    public MemorySegment data() {
        return requireView("data").segment(code == CommandCode.READ);
    }

    /**
     * The data zone of a transfer as a byte buffer with position 0, limit {@link #size()} and big-endian order, for
     * channels and older libraries. Every call for the same data returns the same object and resets it to these values.
     * A caller that needs its own position or byte order takes a {@code duplicate()}.
     *
     * @return the bytes, a view on {@link #data()} with the same lifetime, read-only for {@code VDC_Write}
     * @throws IllegalStateException as for {@link #data()}
     */
    public ByteBuffer buffer() {
        return requireView("buffer").buffer(code == CommandCode.READ);
    }

    /**
     * The prefix zone: the client's own bytes directly in front of the data, as many as the configuration's
     * {@link VdiConfig#prefixZoneSize()}. The server never sees them; a client may put a header there and write header
     * and data in one piece (VDI reference 7.1).
     *
     * @return the bytes, writable for every transfer, of length 0 when no prefix zone was requested; the lifetime is
     *     that of {@link #data()}
     * @throws IllegalStateException as for {@link #data()}
     */
    public MemorySegment prefixZone() {
        return requireView("prefixZone").prefixZone();
    }

    /**
     * {@return whether the command still waits for its completion: false once it was completed or the set was closed}
     */
    public boolean isActive() {
        return active && device.isOpen();
    }

    /**
     * Completes the command with success: {@link #size()} bytes for a transfer, 0 for every other command.
     *
     * @throws IllegalStateException as for {@link #complete(int, int, long)}
     * @throws WrongThreadException as for {@link #complete(int, int, long)}
     * @throws VdiException as for {@link #complete(int, int, long)}
     */
    public void complete() {
        device.complete(this, CompletionCodes.SUCCESS, code.transfersData() ? size : 0, 0);
    }

    /**
     * Completes the command.
     *
     * @param completionCode a code of {@link CompletionCodes} or another Win32 error number
     * @param bytesTransferred for a transfer the bytes moved, 0 to {@link #size()}; 0 for every other command
     * @throws IllegalArgumentException as for {@link #complete(int, int, long)}
     * @throws IllegalStateException as for {@link #complete(int, int, long)}
     * @throws WrongThreadException as for {@link #complete(int, int, long)}
     * @throws VdiException as for {@link #complete(int, int, long)}
     */
    public void complete(int completionCode, int bytesTransferred) {
        device.complete(this, completionCode, bytesTransferred, 0);
    }

    /**
     * Completes the command (VDI reference 3.6.2). After that its data belongs to the server again, even when the
     * completion fails with a {@link VdiException}.
     *
     * @param completionCode a code of {@link CompletionCodes} or another Win32 error number; not an HRESULT, which the
     *     server would report as an operating system error that does not exist
     * @param bytesTransferred for a transfer the bytes moved, 0 to {@link #size()}; 0 for every other command. A
     *     {@code VDC_Read} at the end of the data is answered with {@link CompletionCodes#HANDLE_EOF}: success with 0
     *     bytes is refused, because the server would repeat the Read for ever (VDI reference 15.3)
     * @param position the answer to {@code VDC_GetPosition} and {@code VDC_SetPosition}; 0 for every other known
     *     command
     * @throws IllegalArgumentException if a value is out of its range; the message names it, and the command stays
     *     active
     * @throws IllegalStateException if the command has been completed before ({@code VD_E_INVALID}), the set is closed,
     *     or (with {@code io.github.sqlvdi.checked=true}) an I/O operation of another thread still uses the data; in
     *     the last case the command stays active
     * @throws WrongThreadException if the calling thread does not own the device
     * @throws VdiAbortedException if the set was aborted: the server never learns of this completion
     * @throws VdiException if the library refuses it: {@code VD_E_INVALID} when it does not know the command as active,
     *     {@code VD_E_PROTOCOL} when the device is not open
     */
    public void complete(int completionCode, int bytesTransferred, long position) {
        device.complete(this, completionCode, bytesTransferred, position);
    }

    /**
     * Completes the command with a failure and 0 bytes. The server then ends the statement in an orderly way: the
     * device still gets its {@link CommandResult#CLOSED} (VDI reference 2.7).
     *
     * @param completionCode a code of {@link CompletionCodes} or another Win32 error number, not
     *     {@link CompletionCodes#SUCCESS}
     * @throws IllegalArgumentException if the code is {@link CompletionCodes#SUCCESS} or an HRESULT
     * @throws IllegalStateException as for {@link #complete(int, int, long)}
     * @throws WrongThreadException as for {@link #complete(int, int, long)}
     * @throws VdiException as for {@link #complete(int, int, long)}
     */
    public void fail(int completionCode) {
        if (completionCode == CompletionCodes.SUCCESS) {
            throw new IllegalArgumentException(
                    "completionCode is 0 (ERROR_SUCCESS): expected the code of a failure, or use complete()");
        }
        device.complete(this, completionCode, 0, 0);
    }

    /** Throws if the answer is one that the server would misunderstand. */
    void requireValid(int completionCode, int bytesTransferred, long newPosition) {
        if (completionCode < 0) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT,
                            "completionCode is 0x%08X (%s), an HRESULT: expected a Win32 error number such as %d (%s)",
                            completionCode, Hresults.name(completionCode), CompletionCodes.OPERATION_ABORTED,
                            CompletionCodes.name(CompletionCodes.OPERATION_ABORTED)));
        }
        int most = code.transfersData() ? size : 0;
        if (bytesTransferred < 0 || bytesTransferred > most) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "bytesTransferred is %,d: expected 0 to %,d for %s", bytesTransferred, most, this));
        }
        if (code == CommandCode.READ && completionCode == CompletionCodes.SUCCESS && bytesTransferred == 0
                && size > 0) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT,
                            "bytesTransferred is 0 with ERROR_SUCCESS for %s: expected %d (%s) at the "
                                    + "end of the data, else the server reads for ever",
                            this, CompletionCodes.HANDLE_EOF,
                            CompletionCodes.name(CompletionCodes.HANDLE_EOF)));
        }
        if (newPosition != 0 && !code.returnsPosition() && code != CommandCode.UNKNOWN) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "position is %,d: expected 0 for %s, which returns no position", newPosition, this));
        }
    }

    /** Throws if the command was completed before. */
    void requireActive() {
        if (!active) {
            throw new IllegalStateException(
                    String.format(Locale.ROOT,
                            "%s of device \"%s\" is not active (VD_E_INVALID, 0x%08X): it was completed "
                                    + "before. Complete every command exactly once",
                            this, device.name(), Hresults.VD_E_INVALID));
        }
    }

    private DataView requireView(String what) {
        DataView data = view;
        if (data != null && device.isOpen()) {
            return data;
        }
        throw noData(what);
    }

    private IllegalStateException noData(String what) {
        if (!device.isOpen()) {
            return new IllegalStateException(
                    String.format(Locale.ROOT, "%s of %s: the device set is closed", what, this));
        }
        if (!active) {
            return new IllegalStateException(
                    String.format(Locale.ROOT, "%s of %s: the command was completed, its data belongs to the server "
                            + "again. Use the data before completing", what, this));
        }
        return new IllegalStateException(String.format(Locale.ROOT,
                "%s of %s: expected VDC_Read or VDC_Write, no other command carries data", what, this));
    }

    /** {@return the command in words, for example {@code VDC_Write of 65,536 bytes}} */
    @Override
    public String toString() {
        if (code.transfersData()) {
            return String.format(Locale.ROOT, "%s of %,d bytes", code.nativeName(), size);
        }
        return code == CommandCode.UNKNOWN ? String.format(Locale.ROOT, "unknown command %d", rawCode)
                : code.nativeName();
    }
}
