package io.github.sqlvdi.server;

import io.github.sqlvdi.Hresult;
import io.github.sqlvdi.VdiAbortedException;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.VdiProvider;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/**
 * The server's side of a device set ({@code IServerVirtualDeviceSet2}, VDI reference 3.7): what SQL Server does for a
 * statement, and what a program does that plays SQL Server for a client.
 *
 * <p><b>Order of things.</b> Open the set a client created; look at its {@link #configuration()};
 * {@link #beginConfiguration}, {@link #requestBuffers}, {@link #endConfiguration()}; {@link #startCompletionAgent()}; open
 * the devices, in the statement's order; allocate buffers; send commands and wait for their callbacks; close the devices;
 * close the set.
 *
 * <p><b>Threads.</b> Every method may be called from any thread, several at once.
 *
 * <p><b>Memory.</b> Buffers belong to the set and end with {@link #close()}: a late use throws
 * {@link IllegalStateException}.
 *
 * <p><b>Errors.</b> A failure of the library is a {@link VdiException} with the code by name and number, an abort a
 * {@link VdiAbortedException}. Every method except {@link #abort()} and {@link #close()} throws
 * {@link IllegalStateException} once the set is closed.
 */
public final class ServerDeviceSet implements AutoCloseable {

    /**
     * Opens the set that a client created ({@code Open}, VDI reference 3.7.1).
     *
     * @param provider which implementation, the one of the client
     * @param instance the instance the client named; null for the default instance
     * @param name the client's name for the set
     * @return the set, connected
     * @throws NullPointerException if {@code provider} or {@code name} is null
     * @throws IllegalArgumentException if the name cannot be one
     * @throws UnsupportedOperationException if the provider does not exist on this machine
     * @throws VdiException if the library refuses: {@code VD_E_INVALID} or 0x80070002 when no set of that name is
     *     accessible
     */
    public static ServerDeviceSet open(VdiProvider provider, String instance, String name) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * The name of the set.
     *
     * @return the name it was opened with
     */
    public String name() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * The configuration as it stands ({@code GetConfiguration}, VDI reference 3.7.2): what the client asked for, and after
     * {@link #beginConfiguration} what the server made of it.
     *
     * @return all eleven values
     * @throws IllegalStateException if the set is closed
     * @throws VdiException if the library refuses
     */
    public VdiConfig configuration() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Chooses the final values ({@code BeginConfiguration}, VDI reference 3.7.3).
     *
     * @param features the client's features, changed where the server needs it, with the direction and, if the client asked
     *     for it, {@link io.github.sqlvdi.Features#COMPLETE_ENABLED}
     * @param blockSize the unit of transfer in bytes: a power of two, 512 to 65,536
     * @param alignment the smallest alignment of data zones in bytes: 0 for the block size, or a power of two from the block
     *     size to 65,536
     * @param maxTransferSize the largest transfer in bytes, a multiple of 65,536
     * @param timeout how long the library may wait for buffer areas of the client; negative means without limit
     * @throws NullPointerException if the time-out is null
     * @throws IllegalArgumentException if a value is out of its range; the message names it
     * @throws IllegalStateException if the set is closed
     * @throws VdiException if the library refuses: {@code VD_E_PROTOCOL} when the configuration was begun before
     */
    public void beginConfiguration(
            int features, int blockSize, int alignment, int maxTransferSize, Duration timeout) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Asks for buffers ({@code RequestBuffers}, VDI reference 3.7.4): before {@link #endConfiguration()} the requests add up
     * to one area, later each one makes an area at once.
     *
     * @param size bytes of data in each buffer, 1 or more
     * @param alignment 0 for the set's alignment, or a power of two; may be stricter than the set's
     * @param count how many, 1 or more
     * @throws IllegalArgumentException if a value is out of its range; the message names it
     * @throws IllegalStateException if the set is closed
     * @throws VdiException if the library refuses: {@code VD_E_MEMORY}, {@code VD_E_PROTOCOL} before
     *     {@link #beginConfiguration}
     */
    public void requestBuffers(int size, int alignment, int count) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * How many buffers of a shape can still be had ({@code QueryAvailableBuffers}, VDI reference 3.7.5).
     *
     * @param size bytes of data in each buffer, 1 or more
     * @param alignment 0 for the set's alignment, or a power of two
     * @return the number that {@link #allocateBuffer(int, int)} could give now
     * @throws IllegalArgumentException if a value is out of its range; the message names it
     * @throws IllegalStateException if the set is closed
     * @throws VdiException if the library refuses
     */
    public int availableBuffers(int size, int alignment) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Makes the buffers that were asked for and lets the client go on ({@code EndConfiguration}, VDI reference 3.7.6).
     *
     * @throws IllegalStateException if the set is closed
     * @throws VdiException if the library refuses. After {@code VD_E_MEMORY} the set still waits for its configuration
     *     without any buffers: ask for fewer and call again, or abort
     */
    public void endConfiguration() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Starts a thread that delivers the completions, see {@link CompletionAgent}. Must be called once, after
     * {@link #endConfiguration()} and before the first command is sent.
     *
     * @return the agent, running
     * @throws IllegalStateException if the set is closed
     */
    public CompletionAgent startCompletionAgent() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Delivers the completions on the calling thread ({@code ExecuteCompletionAgent}, VDI reference 3.7.7), for programs that
     * bring their own. Returns when the set is closed or aborted; interrupts do not end it. Use a platform thread.
     *
     * @return the HRESULT the library ended with: {@link Hresult#S_OK} after a close, a failure such as
     *     {@link Hresult#VD_E_ABORT} or {@link Hresult#VD_E_PROTOCOL} otherwise
     * @throws IllegalStateException if the set is closed, or another thread delivers the completions already
     */
    public int executeCompletionAgent() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Opens the next device ({@code OpenDevice}, VDI reference 3.7.8). Call it once for each device, in the order of the
     * statement's {@code VIRTUAL_DEVICE} clauses.
     *
     * @param deviceName the name in the device's clause; the first is the set's name
     * @return the device
     * @throws NullPointerException if the name is null
     * @throws IllegalArgumentException if the name cannot be one
     * @throws IllegalStateException if the set is closed
     * @throws VdiException if the library refuses: {@code VD_E_OPEN} when all devices are open, {@code VD_E_PROTOCOL} before
     *     {@link #endConfiguration()}
     */
    public ServerDevice openDevice(String deviceName) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Takes a buffer out of the shared areas ({@code AllocateBuffer}, VDI reference 3.7.9). Any buffer may be used on any
     * device of the set.
     *
     * @param size bytes of data, 1 or more
     * @param alignment 0 for the set's alignment, or a power of two
     * @return the data zone, exactly {@code size} bytes, writable, valid until it is freed or the set closed
     * @throws IllegalArgumentException if a value is out of its range; the message names it
     * @throws IllegalStateException if the set is closed
     * @throws VdiException if the library refuses: {@code VD_E_MEMORY} when nothing of that shape is left
     */
    public MemorySegment allocateBuffer(int size, int alignment) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Gives a buffer back ({@code FreeBuffer}, VDI reference 3.7.10). It must not be with the client, and not be used any
     * more. Buffers need not be freed before the set is closed.
     *
     * @param buffer what {@link #allocateBuffer(int, int)} returned, or a segment that begins where it does
     * @throws NullPointerException if the buffer is null
     * @throws IllegalArgumentException if the set has no such buffer (any more)
     * @throws IllegalStateException if the set is closed
     * @throws VdiException if the library refuses
     */
    public void freeBuffer(MemorySegment buffer) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Whether a segment begins in a buffer of the set ({@code IsSharedBuffer}, VDI reference 3.7.11).
     *
     * @param buffer any segment
     * @return true for a part of an allocated buffer; false for memory of the Java heap and everything else
     * @throws NullPointerException if the segment is null
     * @throws IllegalStateException if the set is closed
     * @throws VdiException if the library refuses
     */
    public boolean isSharedBuffer(MemorySegment buffer) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Ends the work of every process of the set at once ({@code SignalAbort}, VDI reference 11.2): commands that are out are
     * called back with 995, the agent ends, the client gets {@link VdiAbortedException}. May be called at any time from any
     * thread, also again; does nothing once the set is closed.
     *
     * @throws VdiException if the library cannot
     */
    public void abort() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Closes the set ({@code Close}, VDI reference 3.7.13). When a device is open or a command out, the set is aborted first.
     * Then every buffer ends, the library unmaps the memory, the agent ends, and all objects are released. Closing again does
     * nothing.
     *
     * <p>Waits up to 5 seconds for threads that are inside calls of the set or in callbacks, and for I/O operations that use
     * its buffers; an interrupt does not shorten that.
     *
     * @throws IllegalStateException if called from a completion callback; or if a thread is still inside, or an I/O operation
     *     still uses a buffer, after that time. The memory stays mapped then, the set can do nothing more, and closing may be
     *     tried again
     * @throws VdiException if the library reports a failure; the set is closed nevertheless
     */
    @Override
    public void close() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * The set in words.
     *
     * @return its name and provider
     */
    @Override
    public String toString() {
        throw new UnsupportedOperationException("not built yet");
    }

    private ServerDeviceSet() {
    }
}
