package io.github.sqlvdi;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Optional;

/**
 * The client's side of one {@code BACKUP} or {@code RESTORE} statement: 1 to 64 named devices that the server opens by
 * the names in the statement ({@code IClientVirtualDeviceSet2}, VDI reference 3.5). A set serves one statement.
 *
 * <p><b>Order of things.</b> Create the set; start the statement on another thread or in another process; wait for the
 * configuration; open each device and serve it on a thread of its own until {@link CommandResult#CLOSED}; close the set;
 * ask the statement how it went. Only the statement knows: a set that ends in an orderly way may belong to a failed
 * statement (VDI reference 2.7).
 *
 * <p><b>Threads.</b> Every method may be called from any thread, several at once. Waits are native calls: interrupts do not
 * end them, {@link #abort()} does.
 *
 * <p><b>Memory.</b> All data that commands of the set give out belongs to the set and ends with {@link #close()}: a late use
 * throws {@link IllegalStateException}, it never touches unmapped pages.
 *
 * <p><b>Errors.</b> A failure of the library is a {@link VdiException} with the code by name and number, its cause and what
 * to do; an abort, by whomever, is a {@link VdiAbortedException}. Time-outs are values. Every method except {@link #abort()}
 * and {@link #close()} throws {@link IllegalStateException} once the set is closed.
 */
public final class VirtualDeviceSet implements AutoCloseable {

    /**
     * Creates a set for the default instance of SQL Server with the provider that {@link VdiProvider#AUTOMATIC} chooses.
     *
     * @param name the set's name, as for {@link #create(VdiProvider, String, String, VdiConfig)}
     * @param config what the client asks for
     * @return the new set
     * @throws NullPointerException as for {@link #create(VdiProvider, String, String, VdiConfig)}
     * @throws IllegalArgumentException as for {@link #create(VdiProvider, String, String, VdiConfig)}
     * @throws VdiException as for {@link #create(VdiProvider, String, String, VdiConfig)}
     */
    public static VirtualDeviceSet create(String name, VdiConfig config) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Creates a set; this process is its primary client ({@code CreateEx}, VDI reference 3.5.1).
     *
     * @param provider which implementation. {@link VdiProvider#AUTOMATIC} can be decided by the system property
     *     {@code io.github.sqlvdi.provider} or the environment variable {@code SQLVDI_PROVIDER}
     *     ({@code automatic}, {@code embedded}, {@code native}); the choice is logged to {@code io.github.sqlvdi}
     * @param instance the SQL Server instance without the machine's name; null for the default instance
     * @param name the name of the set and of its first device, the first {@code VIRTUAL_DEVICE} of the statement: 1 to 260
     *     characters, no backslash, case-sensitive, unique on the machine; a random UUID is a good one
     * @param config what the client asks for
     * @return the new set, not configured yet
     * @throws NullPointerException if {@code provider}, {@code name} or {@code config} is null
     * @throws IllegalArgumentException if the name cannot be one
     * @throws UnsupportedOperationException if the provider does not exist on this machine
     * @throws VdiException if the library refuses: {@code VD_E_PROTOCOL} when a set of that name exists,
     *     {@code VD_E_NOTSUPPORTED} for the configuration, {@code VD_E_INSTANCE_NAME} for an unknown instance,
     *     {@code VD_E_SECURITY} or {@code E_ACCESSDENIED} when the process may not
     */
    public static VirtualDeviceSet create(VdiProvider provider, String instance, String name, VdiConfig config) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Joins a set that another process created; this process is a secondary client ({@code OpenInSecondaryEx}, VDI reference
     * 3.5.7 and 2.4). The primary must have passed its {@link #awaitConfiguration(Duration)}.
     *
     * @param provider which implementation, the one of the primary
     * @param instance the instance the primary named; null for the default instance
     * @param name the primary's name for the set
     * @return the set as this process sees it; closing it leaves the primary's alone
     * @throws NullPointerException if {@code provider} or {@code name} is null
     * @throws IllegalArgumentException if the name cannot be one
     * @throws UnsupportedOperationException if the provider does not exist on this machine
     * @throws VdiAbortedException if the set is being aborted
     * @throws VdiException if the library refuses: {@code VD_E_PROTOCOL} when there is no such set or its primary is not
     *     that far
     */
    public static VirtualDeviceSet openInSecondary(VdiProvider provider, String instance, String name) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * The name of the set.
     *
     * @return the name it was created or joined with
     */
    public String name() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Waits until the server has configured the set ({@code GetConfiguration}, VDI reference 3.5.3). May be called again,
     * then it returns at once. Do not wait without limit while nobody watches the statement: one that fails before it
     * opens the set never configures it (VDI reference 15.3).
     *
     * @param timeout how long; zero polls, negative waits without limit, parts of a millisecond are rounded up
     * @return the agreed configuration, or empty when the time is over ({@code VD_E_TIMEOUT})
     * @throws IllegalStateException if the set is closed
     * @throws VdiAbortedException if the set was aborted, or the server's process died
     * @throws VdiException if the wait failed otherwise
     */
    public Optional<VdiConfig> awaitConfiguration(Duration timeout) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Opens a device ({@code OpenDevice}, VDI reference 3.5.4). The set must be configured.
     *
     * @param deviceName the name in the statement: the set's name for the first device, else that of its
     *     {@code VIRTUAL_DEVICE} clause
     * @return the device, to be served by one thread; it needs no closing of its own
     * @throws NullPointerException if the name is null
     * @throws IllegalArgumentException if the name cannot be one
     * @throws IllegalStateException if the set is closed
     * @throws VdiAbortedException if the set was aborted
     * @throws VdiException if the library refuses: {@code VD_E_INVALID} when the statement has no device of that name,
     *     {@code VD_E_OPEN} when all devices are open, {@code VD_E_PROTOCOL} when this one is, or when the set is not
     *     configured
     */
    public VirtualDevice openDevice(String deviceName) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * A number by which another process of the same set can find a command's buffer ({@code GetBufferHandle}, VDI reference
     * 3.5.8 and 7.3). The number is good until the command is completed, which this process must do.
     *
     * @param command an active {@code VDC_Read} or {@code VDC_Write} of this set
     * @return the handle, for {@link #mapBuffer(int, long)}
     * @throws NullPointerException if the command is null
     * @throws IllegalArgumentException if the command belongs to another set
     * @throws IllegalStateException if the command is completed or carries no data, or the set is closed
     * @throws VdiException if the library refuses: {@code VD_E_INVALID} when it does not know the buffer
     */
    public int bufferHandle(Command command) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * The buffer behind a handle that another process of the same set sent ({@code MapBufferHandle}, VDI reference 3.5.9).
     * It may be used while that process holds the command, and only then.
     *
     * @param handle what {@link #bufferHandle(Command)} gave in the other process
     * @param size the size of the command in bytes, 1 to the configuration's {@link VdiConfig#maxTransferSize()}
     * @return the bytes, writable, valid until this set is closed
     * @throws IllegalArgumentException if the size is out of its range
     * @throws IllegalStateException if the set is closed
     * @throws VdiException if the library refuses: {@code VD_E_INVALID} for an unknown handle
     */
    public MemorySegment mapBuffer(int handle, long size) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Ends the work of every process of the set at once ({@code SignalAbort}, VDI reference 11.2): all waits end with
     * {@link VdiAbortedException}, completions that the server has not seen yet are lost, the statement fails. May be called
     * at any time from any thread, also again; does nothing once the set is closed.
     *
     * @throws VdiException if the library cannot
     */
    public void abort() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Closes the set for this process ({@code Close}, VDI reference 3.5.5). When the server has not closed every device, or
     * another thread is inside a call, the set is aborted first. Then every segment and buffer of the set ends, the library
     * unmaps the memory, and all objects are released. Closing again does nothing.
     *
     * <p>Waits up to 5 seconds for threads that are inside calls of the set and for I/O operations that use its data;
     * an interrupt does not shorten that.
     *
     * @throws IllegalStateException if a thread is still inside or an I/O operation still uses the data after that time. The
     *     memory stays mapped, so that nothing crashes; the set can do nothing more, and closing may be tried again
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

    private VirtualDeviceSet() {
    }
}
