package io.github.sqlvdi.server;

import io.github.sqlvdi.CommandCode;
import io.github.sqlvdi.CompletionCodes;
import io.github.sqlvdi.bindings.VDS_Command;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.Objects;

/**
 * One command block of the server ({@code VDS_Command}, VDI reference 4.3): a request to a device, and the device's
 * answer. Make it once and reuse it: {@link #set set}, {@link ServerDevice#send send}, callback, {@code set}, and so
 * on. This cycle allocates nothing.
 *
 * <p><b>Threads.</b> From {@code send} until its callback begins the command is <em>out</em>: it belongs to the
 * library, and every method that sets it or reads its results throws {@link IllegalStateException}. Otherwise it
 * belongs to one thread at a time. The thread of the callback sees all values that the sender set.
 */
public final class ServerCommand {

    private final CompletionCallback callback;
    // An automatic arena: the registry keeps this object, and so the block, alive while the library knows its address.
    private final MemorySegment block = VDS_Command.allocate(Arena.ofAuto());
    private final int index;
    private CommandCode code = CommandCode.UNKNOWN;
    private MemorySegment buffer;
    private ServerDevice device;
    private boolean filled;
    private int completionCode;
    private int bytesTransferred;
    private long outPosition;

    /**
     * Makes a command without content.
     *
     * @param callback gets the completions of this command
     * @throws NullPointerException if there is none
     */
    public ServerCommand(CompletionCallback callback) {
        this.callback = Objects.requireNonNull(callback, "callback");
        index = CommandRegistry.reserve(this);
        block.fill((byte) 0);
        VDS_Command.completionRoutine(block, MemorySegment.ofAddress(CommandRegistry.STUB));
        VDS_Command.completionContext(block, MemorySegment.ofAddress(index));
    }

    /**
     * Fills the command with a transfer (VDI reference 8.2).
     *
     * @param code {@link CommandCode#READ} or {@link CommandCode#WRITE}; any other known command carries no data, but a
     *     buffer does no harm
     * @param size the bytes to move, 0 to the buffer's size
     * @param position the byte offset of the transfer on a disk-like device; else 0
     * @param buffer a buffer of {@link ServerDeviceSet#allocateBuffer(int, int)}
     * @return this
     * @throws NullPointerException if the code or the buffer is null
     * @throws IllegalArgumentException if a value does not fit the command; the message names it
     * @throws IllegalStateException if the command is out
     */
    public ServerCommand set(CommandCode code, int size, long position, MemorySegment buffer) {
        Objects.requireNonNull(buffer, "buffer");
        return fill(requireKnown(code), code.value(), size, position, buffer);
    }

    /**
     * Fills the command with one that carries no data (VDI reference 8.2).
     *
     * @param code the command, no transfer
     * @param size for {@code VDC_SkipMarks} and {@code VDC_SkipBlocks} a signed count; for {@code VDC_SetPosition} on a
     *     disk-like device the whence; else 0
     * @param position the target of {@code VDC_SetPosition}; else 0
     * @return this
     * @throws NullPointerException if the code is null
     * @throws IllegalArgumentException if the code is a transfer or {@link CommandCode#UNKNOWN}
     * @throws IllegalStateException if the command is out
     */
    public ServerCommand set(CommandCode code, int size, long position) {
        return fill(requireDataless(requireKnown(code)), code.value(), size, position, null);
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
        return set(code, 0, 0);
    }

    /**
     * Fills the command with any command number and a buffer. For tests of how a client treats a command that it does
     * not know.
     *
     * @param rawCode any number
     * @param size 0 to the buffer's size
     * @param position any number
     * @param buffer a shared buffer
     * @return this
     * @throws NullPointerException if the buffer is null
     * @throws IllegalArgumentException if the size does not fit the buffer
     * @throws IllegalStateException if the command is out
     */
    public ServerCommand set(int rawCode, int size, long position, MemorySegment buffer) {
        Objects.requireNonNull(buffer, "buffer");
        return fill(CommandCode.of(rawCode), rawCode, size, position, buffer);
    }

    /**
     * Fills the command with any command number and no data. For tests of how a client treats a command that it does
     * not know.
     *
     * @param rawCode any number but that of a transfer
     * @param size any number
     * @param position any number
     * @return this
     * @throws IllegalArgumentException if the number is that of a transfer
     * @throws IllegalStateException if the command is out
     */
    public ServerCommand set(int rawCode, int size, long position) {
        return fill(requireDataless(CommandCode.of(rawCode)), rawCode, size, position, null);
    }

    private static CommandCode requireKnown(CommandCode code) {
        if (Objects.requireNonNull(code, "code") == CommandCode.UNKNOWN) {
            throw new IllegalArgumentException("code is UNKNOWN: expected a command, or set(int, ...) for a number");
        }
        return code;
    }

    private static CommandCode requireDataless(CommandCode code) {
        if (code.transfersData()) {
            throw new IllegalArgumentException("no buffer is given: expected a shared buffer for " + code.nativeName());
        }
        return code;
    }

    private ServerCommand fill(CommandCode newCode, int rawCode, int size, long position, MemorySegment newBuffer) {
        requireIdle();
        if (newBuffer != null && (size < 0 || size > newBuffer.byteSize())) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "size is %,d: expected 0 to %,d, the bytes of the buffer", size, newBuffer.byteSize()));
        }
        if (newBuffer != null && !newBuffer.isNative()) {
            throw new IllegalArgumentException("buffer is on the Java heap: expected one of allocateBuffer()");
        }
        code = newCode;
        buffer = newBuffer;
        VDS_Command.commandCode(block, rawCode);
        VDS_Command.size(block, size);
        VDS_Command.inPosition(block, position);
        VDS_Command.buffer(block, newBuffer == null ? MemorySegment.NULL : newBuffer);
        filled = true;
        return this;
    }

    /**
     * {@return the command last set; {@link CommandCode#UNKNOWN} for none or for a number this library does not know}
     */
    public CommandCode code() {
        return code;
    }

    /**
     * {@return the size last set: bytes, a count or a whence, see {@link #set(CommandCode, int, long, MemorySegment)}}
     */
    public int size() {
        return VDS_Command.size(block);
    }

    /** {@return the position last set: a byte offset or a target} */
    public long position() {
        return VDS_Command.inPosition(block);
    }

    /**
     * The buffer last set.
     *
     * @return the segment that was given to {@code set}
     * @throws IllegalStateException if the command was last set without a buffer
     */
    public MemorySegment buffer() {
        if (buffer == null) {
            throw new IllegalStateException(
                    String.format(Locale.ROOT, "%s has no buffer: expected a command that was set with one", this));
        }
        return buffer;
    }

    /** {@return whether the command is out: it was sent, and its callback has not begun} */
    public boolean isOutstanding() {
        return CommandRegistry.isOutstanding(index);
    }

    /**
     * Returns the completion code of the client's last answer.
     *
     * @return a Win32 error number, see {@link CompletionCodes}; {@link CompletionCodes#OPERATION_ABORTED} (995) when the
     *     set was aborted; 0 before the first completion
     * @throws IllegalStateException if the command is out
     */
    public int completionCode() {
        requireIdle();
        return completionCode;
    }

    /**
     * Returns the number of bytes that the client moved at the last completion.
     *
     * @return 0 to {@link #size()}; 0 for every other command
     * @throws IllegalStateException if the command is out
     */
    public int bytesTransferred() {
        requireIdle();
        return bytesTransferred;
    }

    /**
     * Returns the position of the client's last answer to {@code VDC_GetPosition} or {@code VDC_SetPosition}.
     *
     * @return the position; 0 for every other command
     * @throws IllegalStateException if the command is out
     */
    public long outPosition() {
        requireIdle();
        return outPosition;
    }

    /** Marks the command as outstanding, so that the registry keeps it alive, and returns its address. */
    long handOver(ServerDevice sender) {
        if (!filled) {
            throw new IllegalStateException("the command has no content: expected a set(...) before send()");
        }
        requireIdle();
        device = sender; // set before the command is outstanding: a closing set looks for its outstanding commands
        if (!CommandRegistry.markOutstanding(index, this)) {
            throw out();
        }
        return block.address();
    }

    /** Marks the command as completed without a callback, because the library did not take it. */
    void takeBack() {
        CommandRegistry.markCompleted(index, this);
    }

    /** Whether the command was last sent through a device of the given set. */
    boolean isOutstandingFor(ServerDeviceSet set) {
        ServerDevice sender = device;
        return sender != null && sender.set() == set;
    }

    /**
     * Handles the callback of the library: copies the results, marks the command as completed so that it can be reused,
     * and calls the program's callback.
     *
     * @return false when this command is not outstanding with that address; then the callback was not called
     */
    boolean completed(long address) {
        if (address != block.address()) {
            return false;
        }
        completionCode = VDS_Command.completionCode(block);
        bytesTransferred = VDS_Command.bytesTransferred(block);
        outPosition = VDS_Command.outPosition(block);
        ServerDevice sender = device;
        if (!CommandRegistry.markCompleted(index, this)) {
            return false;
        }
        try {
            callback.completed(this);
        } catch (Throwable t) { // the caller is native code, so abort the set to inform the sender
            sender.set().callbackFailed(this, t);
        }
        return true;
    }

    private void requireIdle() {
        if (isOutstanding()) {
            throw out();
        }
    }

    private IllegalStateException out() {
        return new IllegalStateException(String.format(Locale.ROOT,
                "%s is still with the client: expected its callback before it is used again", this));
    }

    /** {@return the command in words, for example {@code VDC_Write of 65,536 bytes}} */
    @Override
    public String toString() {
        return code.transfersData() ? String.format(Locale.ROOT, "%s of %,d bytes", code.nativeName(), size())
                : code.nativeName();
    }
}
