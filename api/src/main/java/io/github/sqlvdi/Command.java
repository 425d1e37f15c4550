package io.github.sqlvdi;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * One request of the server: read, write, flush and so on ({@code VDC_Command}, VDI reference 4.2 and 8). It is active
 * from the {@link VirtualDevice#getCommand(long)} that fetched it until one of the {@code complete} methods or
 * {@link #fail(int)} answered it; every command must be answered exactly once, in any order.
 *
 * <p><b>Data.</b> {@link #data()} and {@link #buffer()} show the very pages that the server filled or will read; nothing
 * is copied. They may be used from any thread while the command is active. When the command has been completed the server
 * uses the pages again: a view kept beyond that shows other data, and writing to it damages the backup. With the system
 * property {@code io.github.sqlvdi.checked=true} such a view throws {@link IllegalStateException} instead (for tests; it
 * costs some microseconds a command). Once the set is closed every view throws {@link IllegalStateException}.
 *
 * <p><b>Threads.</b> Completing belongs to the thread that owns the device; reading the other values, and the data, is
 * free.
 *
 * <p><b>Re-use.</b> The object comes back, as another command, when the library uses the command's block again. Do not
 * keep it beyond its completion.
 */
public final class Command {

    /**
     * What the server asks for.
     *
     * @return the command, {@link CommandCode#UNKNOWN} for a number this library does not know; answer that with
     *     {@link CompletionCode#NOT_SUPPORTED}
     */
    public CommandCode code() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * The number of the command as it came.
     *
     * @return the number, useful with {@link CommandCode#UNKNOWN}
     */
    public int rawCode() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * The size of the command (VDI reference 8.2).
     *
     * @return bytes to move for {@code VDC_Read} and {@code VDC_Write}; a signed count for {@code VDC_SkipMarks} and
     *     {@code VDC_SkipBlocks}; the {@link Whence} value for {@code VDC_SetPosition} on a disk-like device; without
     *     meaning otherwise
     */
    public int size() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Where the command applies (VDI reference 8.2).
     *
     * @return the byte offset of a transfer on a disk-like device; the target of {@code VDC_SetPosition}; without meaning
     *     otherwise
     */
    public long position() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * The data zone of a transfer: exactly {@link #size()} bytes over the server's own pages. Read-only for
     * {@code VDC_Write}, to be filled for {@code VDC_Read}. No copy and, for a buffer seen before, no allocation.
     *
     * @return the bytes; valid until the command is completed or the set closed
     * @throws IllegalStateException if the command has been completed, is no transfer, or its set is closed
     */
    public MemorySegment data() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * The data zone of a transfer as a byte buffer with position 0 and limit {@link #size()}, for channels and older
     * libraries. Every call for the same data gives the same object and sets it back to that; a user that needs its own
     * position or byte order takes a {@code duplicate()}.
     *
     * @return the bytes, a view on {@link #data()} with the same lifetime, read-only for {@code VDC_Write}
     * @throws IllegalStateException as for {@link #data()}
     */
    public ByteBuffer buffer() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * The prefix zone: the client's own bytes directly in front of the data, as many as the configuration's
     * {@link VdiConfig#prefixZoneSize()} asked for. The server never sees them; a client may put a header there and write
     * header and data in one piece (VDI reference 7.1).
     *
     * @return the bytes, writable for every transfer, of length 0 when no prefix zone was asked for; the lifetime is that
     *     of {@link #data()}
     * @throws IllegalStateException as for {@link #data()}
     */
    public MemorySegment prefixZone() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Whether the command still waits for its completion.
     *
     * @return false from the completion on, and when the set is closed
     */
    public boolean isActive() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Completes the command with success: {@link #size()} bytes for a transfer, 0 for every other command.
     *
     * @throws IllegalStateException as for {@link #complete(int, int, long)}
     * @throws WrongThreadException as for {@link #complete(int, int, long)}
     * @throws VdiException as for {@link #complete(int, int, long)}
     */
    public void complete() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Completes the command.
     *
     * @param completionCode a code of {@link CompletionCode} or another Win32 error number
     * @param bytesTransferred for a transfer the bytes moved, 0 to {@link #size()}; 0 for every other command
     * @throws IllegalArgumentException as for {@link #complete(int, int, long)}
     * @throws IllegalStateException as for {@link #complete(int, int, long)}
     * @throws WrongThreadException as for {@link #complete(int, int, long)}
     * @throws VdiException as for {@link #complete(int, int, long)}
     */
    public void complete(int completionCode, int bytesTransferred) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Completes the command (VDI reference 3.6.2). From then on its data belongs to the server again, also when the
     * completion fails with a {@link VdiException}.
     *
     * @param completionCode a code of {@link CompletionCode} or another Win32 error number; not an HRESULT, which the
     *     server would report as a senseless operating system error
     * @param bytesTransferred for a transfer the bytes moved, 0 to {@link #size()}; 0 for every other command. A
     *     {@code VDC_Read} at the end of the data is answered with {@link CompletionCode#HANDLE_EOF}: success with 0
     *     bytes is refused, because the server would ask again for ever (VDI reference 15.3)
     * @param position the answer to {@code VDC_GetPosition} and {@code VDC_SetPosition}; 0 for every other known command
     * @throws IllegalArgumentException if a value is out of its range; the message names it, and the command stays active
     * @throws IllegalStateException if the command has been completed before ({@code VD_E_INVALID}), the set is closed, or
     *     (with {@code io.github.sqlvdi.checked=true}) an I/O operation of another thread still uses the data; in the last
     *     case the command stays active
     * @throws WrongThreadException if the calling thread does not own the device
     * @throws VdiAbortedException if the set was aborted: the server never learns of this completion
     * @throws VdiException if the library refuses it: {@code VD_E_INVALID} when it does not know the command as active,
     *     {@code VD_E_PROTOCOL} when the device is not open
     */
    public void complete(int completionCode, int bytesTransferred, long position) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Completes the command with a failure and 0 bytes. The server then ends the statement in an orderly way: the device
     * still gets its {@link CommandResult#CLOSED} (VDI reference 2.7).
     *
     * @param completionCode a code of {@link CompletionCode} or another Win32 error number, not
     *     {@link CompletionCode#SUCCESS}
     * @throws IllegalArgumentException if the code is {@link CompletionCode#SUCCESS} or an HRESULT
     * @throws IllegalStateException as for {@link #complete(int, int, long)}
     * @throws WrongThreadException as for {@link #complete(int, int, long)}
     * @throws VdiException as for {@link #complete(int, int, long)}
     */
    public void fail(int completionCode) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * The command in words.
     *
     * @return for example {@code VDC_Write of 65,536 bytes}
     */
    @Override
    public String toString() {
        throw new UnsupportedOperationException("not built yet");
    }

    private Command() {
    }
}
