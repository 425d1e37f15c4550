package io.github.sqlvdi.server;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.CompletionCode;
import java.lang.foreign.MemorySegment;

/**
 * One command block of the server ({@code VDS_Command}, VDI reference 4.3): what to ask of a device, and how it answered.
 * Made once and used again and again: {@link #set set}, {@link ServerDevice#send send}, callback, {@code set}, ...; that
 * cycle allocates nothing.
 *
 * <p><b>Threads.</b> While the command is out (from {@code send} until its callback begins) it belongs to the library, and
 * every method that sets or reads it throws {@link IllegalStateException}. Otherwise it belongs to one thread at a time;
 * the callback's thread sees what the sender set.
 */
public final class ServerCommand {

    /**
     * Makes a command without content.
     *
     * @param callback gets the completions of this command
     * @throws NullPointerException if there is none
     */
    public ServerCommand(CompletionCallback callback) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Fills the command with everything a client can be asked for (VDI reference 8.2).
     *
     * @param code the command, not {@link CommandCode#UNKNOWN}
     * @param size for a transfer the bytes to move, 0 to the buffer's size; for {@code VDC_SkipMarks} and
     *     {@code VDC_SkipBlocks} a signed count; for {@code VDC_SetPosition} on a disk-like device the whence; else 0
     * @param position the byte offset of a transfer on a disk-like device, the target of {@code VDC_SetPosition}; else 0
     * @param buffer for a transfer a buffer of {@link ServerDeviceSet#allocateBuffer(int, int)}; else null
     * @return this
     * @throws NullPointerException if the code is null
     * @throws IllegalArgumentException if a value does not fit the command; the message names it
     * @throws IllegalStateException if the command is out
     */
    public ServerCommand set(CommandCode code, int size, long position, MemorySegment buffer) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Fills the command with a command that has only a code, such as {@code VDC_Flush} or {@code VDC_Complete}.
     *
     * @param code the command, neither a transfer nor {@link CommandCode#UNKNOWN}
     * @return this
     * @throws NullPointerException if the code is null
     * @throws IllegalArgumentException if the code is a transfer or unknown
     * @throws IllegalStateException if the command is out
     */
    public ServerCommand set(CommandCode code) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Fills the command with a number as it is, to see what a client does with a command that it does not know.
     *
     * @param rawCode any number
     * @param size any number; with a buffer 0 to the buffer's size
     * @param position any number
     * @param buffer a shared buffer, or null for none
     * @return this
     * @throws IllegalArgumentException if the size does not fit the buffer, or a transfer has none
     * @throws IllegalStateException if the command is out
     */
    public ServerCommand set(int rawCode, int size, long position, MemorySegment buffer) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * What the command asks for.
     *
     * @return the command last set, {@link CommandCode#UNKNOWN} for none or for a number this library does not know
     */
    public CommandCode code() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * The size last set.
     *
     * @return bytes, a count or a whence, see {@link #set(CommandCode, int, long, MemorySegment)}
     */
    public int size() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * The position last set.
     *
     * @return a byte offset or a target
     */
    public long position() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * The buffer last set.
     *
     * @return the very segment that was given, or null
     */
    public MemorySegment buffer() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Whether the command is out: sent, and its callback has not begun.
     *
     * @return true while the library has it
     */
    public boolean isOutstanding() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * How the client answered the last time.
     *
     * @return a Win32 error number, see {@link CompletionCode}; {@link CompletionCode#OPERATION_ABORTED} (995) when the set
     *     was aborted; 0 before the first completion
     * @throws IllegalStateException if the command is out
     */
    public int completionCode() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * How many bytes the client moved, at the last completion of a transfer.
     *
     * @return 0 to {@link #size()}; 0 for every other command
     * @throws IllegalStateException if the command is out
     */
    public int bytesTransferred() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * The position the client answered, for {@code VDC_GetPosition} and {@code VDC_SetPosition}.
     *
     * @return the position; 0 for every other command
     * @throws IllegalStateException if the command is out
     */
    public long outPosition() {
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
}
