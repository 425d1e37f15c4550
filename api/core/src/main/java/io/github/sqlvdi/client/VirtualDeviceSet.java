package io.github.sqlvdi.client;

import io.github.sqlvdi.Hresult;
import io.github.sqlvdi.NameRules;
import io.github.sqlvdi.VdiAbortedException;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.bindings.VDConfig;
import io.github.sqlvdi.internal.com.ConfigBlock;
import io.github.sqlvdi.internal.com.IClientVirtualDeviceSet2;
import io.github.sqlvdi.internal.memory.SetLifetime;
import io.github.sqlvdi.internal.memory.WideStrings;
import io.github.sqlvdi.internal.platform.Providers;
import io.github.sqlvdi.internal.provider.Provider;
import io.github.sqlvdi.internal.provider.Timeouts;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The client's side of one {@code BACKUP} or {@code RESTORE} statement: 1 to 64 named devices that the server opens by
 * the names in the statement ({@code IClientVirtualDeviceSet2}, VDI reference 3.5). A set serves one statement.
 *
 * <p><b>Order of things.</b> Create the set; start the statement on another thread or in another process; wait for the
 * configuration; open each device and serve it on a thread of its own until {@link CommandResult#CLOSED}; close the
 * set; ask the statement how it went. Only the statement knows: a set that ends in an orderly way may belong to a
 * failed statement (VDI reference 2.7).
 *
 * <p><b>Threads.</b> Every method may be called from any thread, several at once. Waits are native calls: interrupts do
 * not end them, {@link #abort()} does.
 *
 * <p><b>Memory.</b> All data that commands of the set give out belongs to the set and ends with {@link #close()}: a
 * late use throws {@link IllegalStateException}, it never touches unmapped pages.
 *
 * <p><b>Errors.</b> A failure of the library is a {@link VdiException} with the code by name and number, its cause and
 * what to do; an abort, by whomever, is a {@link VdiAbortedException}. Time-outs are values. Every method except
 * {@link #abort()} and {@link #close()} throws {@link IllegalStateException} once the set is closed.
 */
public final class VirtualDeviceSet implements AutoCloseable {

    /** The system property that makes the data of a command end with its completion; see {@link Command}. */
    private static final String CHECKED = "io.github.sqlvdi.checked";
    private static final String ABORT = "SignalAbort of set \"%s\"";
    private static final System.Logger LOG = System.getLogger("io.github.sqlvdi");

    private final Provider provider;
    private final IClientVirtualDeviceSet2 calls;
    private final String name;
    private final boolean checked = Boolean.getBoolean(CHECKED);
    private final SetLifetime life;
    private final List<VirtualDevice> devices = new ArrayList<>();
    private final Object closing = new Object();
    private volatile VdiConfig agreed;
    private boolean closed;

    private VirtualDeviceSet(Provider provider, String name) {
        this.provider = provider;
        this.name = name;
        this.calls = provider.newClientSet();
        this.life = new SetLifetime(name, LOG, provider::enter);
    }

    /**
     * Creates a set for the default instance of SQL Server with the provider that {@link VdiProvider#AUTOMATIC}
     * chooses.
     *
     * @param name the set's name, as for {@link #create(VdiProvider, String, String, VdiConfig)}
     * @param config what the client asks for
     * @return the new set
     * @throws NullPointerException as for {@link #create(VdiProvider, String, String, VdiConfig)}
     * @throws IllegalArgumentException as for {@link #create(VdiProvider, String, String, VdiConfig)}
     * @throws VdiException as for {@link #create(VdiProvider, String, String, VdiConfig)}
     */
    public static VirtualDeviceSet create(String name, VdiConfig config) {
        return create(VdiProvider.AUTOMATIC, null, name, config);
    }

    /**
     * Creates a set; this process is its primary client ({@code CreateEx}, VDI reference 3.5.1).
     *
     * @param provider which implementation. {@link VdiProvider#AUTOMATIC} can be decided by the system property
     *     {@code io.github.sqlvdi.provider} or the environment variable {@code SQLVDI_PROVIDER}
     *     ({@code automatic}, {@code embedded}, {@code native}); the choice is logged to {@code io.github.sqlvdi}
     * @param instance the SQL Server instance without the machine's name; null for the default instance
     * @param name the name of the set and of its first device, the first {@code VIRTUAL_DEVICE} of the statement: 1 to
     *     260 characters, no backslash, case-sensitive, unique on the machine; a random UUID is a good one
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
        NameRules.require("name", name);
        Objects.requireNonNull(config, "config");
        return create(Providers.choose(provider), instance, name, config);
    }

    static VirtualDeviceSet create(Provider provider, String instance, String name, VdiConfig config) {
        return begin(provider, name, "CreateEx of set \"%s\"".formatted(name), (set, arena) -> {
            MemorySegment request = arena.allocate(VDConfig.layout());
            ConfigBlock.write(config, request);
            return set.calls.createEx(WideStrings.allocate(arena, instance).address(),
                    WideStrings.allocate(arena, name).address(), request.address());
        });
    }

    /**
     * Joins a set that another process created; this process is a secondary client ({@code OpenInSecondaryEx}, VDI
     * reference 3.5.7 and 2.4). The primary must have passed its {@link #awaitConfiguration(Duration)}.
     *
     * @param provider which implementation, the one of the primary
     * @param instance the instance the primary named; null for the default instance
     * @param name the primary's name for the set
     * @return the set as this process sees it; closing it leaves the primary's alone
     * @throws NullPointerException if {@code provider} or {@code name} is null
     * @throws IllegalArgumentException if the name cannot be one
     * @throws UnsupportedOperationException if the provider does not exist on this machine
     * @throws VdiAbortedException if the set is being aborted
     * @throws VdiException if the library refuses: {@code VD_E_PROTOCOL} when there is no such set or its primary is
     *     not that far, {@code VD_E_SECURITY} when the embedded VDI's private directory is not this user's alone
     */
    public static VirtualDeviceSet openInSecondary(VdiProvider provider, String instance, String name) {
        NameRules.require("name", name);
        return openInSecondary(Providers.choose(provider), instance, name);
    }

    static VirtualDeviceSet openInSecondary(Provider provider, String instance, String name) {
        return begin(provider, name, "OpenInSecondaryEx of set \"%s\"".formatted(name),
                (set, arena) -> set.calls.openInSecondaryEx(WideStrings.allocate(arena, instance).address(),
                        WideStrings.allocate(arena, name).address()));
    }

    private interface FirstCall {
        int apply(VirtualDeviceSet set, Arena arena);
    }

    private static VirtualDeviceSet begin(Provider provider, String name, String operation, FirstCall call) {
        VirtualDeviceSet set = new VirtualDeviceSet(provider, name);
        try (Arena arena = Arena.ofConfined()) {
            VdiException.check(operation, call.apply(set, arena));
            return set;
        } catch (RuntimeException e) {
            set.life.revokeMemory(SetLifetime.deadline());
            provider.release(set.calls);
            throw e;
        }
    }

    /**
     * The name of the set.
     *
     * @return the name it was created or joined with
     */
    public String name() {
        return name;
    }

    /**
     * Waits until the server has configured the set ({@code GetConfiguration}, VDI reference 3.5.3). May be called
     * again, then it returns at once. Do not wait without limit while nobody watches the statement: one that fails
     * before it opens the set never configures it (VDI reference 15.3).
     *
     * @param timeout how long; zero polls, negative waits without limit, parts of a millisecond are rounded up
     * @return the agreed configuration, or empty when the time is over ({@code VD_E_TIMEOUT})
     * @throws IllegalStateException if the set is closed
     * @throws VdiAbortedException if the set was aborted, or the server's process died
     * @throws VdiException if the wait failed otherwise
     */
    public Optional<VdiConfig> awaitConfiguration(Duration timeout) {
        int millis = Timeouts.toDword(timeout);
        return life.call(arena -> {
            MemorySegment block = arena.allocate(VDConfig.layout());
            int hresult = calls.getConfiguration(millis, block.address());
            if (hresult == Hresult.VD_E_TIMEOUT) {
                return Optional.empty();
            }
            VdiException.check("GetConfiguration of set \"%s\"".formatted(name), hresult);
            VdiConfig config = ConfigBlock.read(block);
            agreed = config;
            return Optional.of(config);
        });
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
        NameRules.require("deviceName", deviceName);
        return life.call(arena -> {
            MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG);
            int hresult = calls.openDevice(WideStrings.allocate(arena, deviceName).address(), out.address());
            VdiException.check("OpenDevice \"%s\" of set \"%s\"".formatted(deviceName, name), hresult);
            VirtualDevice device =
                    new VirtualDevice(this, deviceName, provider.device(out.get(ValueLayout.JAVA_LONG, 0)));
            synchronized (devices) {
                devices.add(device);
            }
            if (agreed == null) {
                awaitConfiguration(Duration.ZERO);
            }
            return device;
        });
    }

    /**
     * A number by which another process of the same set can find a command's buffer ({@code GetBufferHandle}, VDI
     * reference 3.5.8 and 7.3). The number is good until the command is completed, which this process must do.
     *
     * @param command an active {@code VDC_Read} or {@code VDC_Write} of this set
     * @return the handle, for {@link #mapBuffer(int, long)}
     * @throws NullPointerException if the command is null
     * @throws IllegalArgumentException if the command belongs to another set
     * @throws IllegalStateException if the command is completed or carries no data, or the set is closed
     * @throws VdiException if the library refuses: {@code VD_E_INVALID} when it does not know the buffer
     */
    public int bufferHandle(Command command) {
        Objects.requireNonNull(command, "command");
        if (command.device().set() != this) {
            throw new IllegalArgumentException("command %s belongs to set \"%s\": expected one of set \"%s\""
                    .formatted(command, command.device().set().name, name));
        }
        long buffer = command.data().address();
        return life.call(arena -> {
            MemorySegment out = arena.allocate(ValueLayout.JAVA_INT);
            VdiException.check("GetBufferHandle of set \"%s\"".formatted(name),
                    calls.getBufferHandle(buffer, out.address()));
            return out.get(ValueLayout.JAVA_INT, 0);
        });
    }

    /**
     * The buffer behind a handle that another process of the same set sent ({@code MapBufferHandle}, VDI reference
     * 3.5.9). It may be used while that process holds the command, and only then.
     *
     * @param handle what {@link #bufferHandle(Command)} gave in the other process
     * @param size the size of the command in bytes, 1 to the configuration's {@link VdiConfig#maxTransferSize()}
     * @return the bytes, writable, valid until this set is closed
     * @throws IllegalArgumentException if the size is out of its range
     * @throws IllegalStateException if the set is closed
     * @throws VdiException if the library refuses: {@code VD_E_INVALID} for an unknown handle
     */
    public MemorySegment mapBuffer(int handle, long size) {
        return life.call(arena -> {
            int most = agreed().maxTransferSize();
            if (size < 1 || size > most) {
                throw new IllegalArgumentException("size is %,d: expected 1 to %,d bytes".formatted(size, most));
            }
            MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG);
            VdiException.check("MapBufferHandle %d of set \"%s\"".formatted(handle, name),
                    calls.mapBufferHandle(handle, out.address()));
            return life.memory().view(out.get(ValueLayout.JAVA_LONG, 0), size);
        });
    }

    /**
     * Ends the work of every process of the set at once ({@code SignalAbort}, VDI reference 11.2): all waits end with
     * {@link VdiAbortedException}, completions that the server has not seen yet are lost, the statement fails. May be
     * called at any time from any thread, also again; does nothing once the set is closed.
     *
     * @throws VdiException if the library cannot
     */
    public void abort() {
        life.callIfOpen(() -> VdiException.check(ABORT.formatted(name), calls.signalAbort()));
    }

    /**
     * Closes the set for this process ({@code Close}, VDI reference 3.5.5). When the server has not closed every
     * device, or another thread is inside a call, the set is aborted first. Then every segment and buffer of the set
     * ends, the library unmaps the memory, and all objects are released. Closing again does nothing.
     *
     * <p>Waits up to 5 seconds for threads that are inside calls of the set and for I/O operations that use its data;
     * an interrupt does not shorten that.
     *
     * @throws IllegalStateException if a thread is still inside or an I/O operation still uses the data after that
     *     time. The memory stays mapped, so that nothing crashes; the set can do nothing more, and closing may be tried
     *     again
     * @throws VdiException if the library reports a failure; the set is closed nevertheless
     */
    @Override
    public void close() {
        synchronized (closing) {
            if (!closed) {
                long deadline = SetLifetime.deadline();
                abandon(life.shut());
                awaitThreads(deadline);
                revokeMemory(deadline);
                closed = true;
                release();
            }
        }
    }

    /** A server that still counts on this client learns that it must not; threads that wait inside come out. */
    private void abandon(boolean busy) {
        boolean open;
        synchronized (devices) {
            open = devices.isEmpty() ? busy : !devices.stream().allMatch(VirtualDevice::isClosedByServer);
        }
        if (open) {
            LOG.log(System.Logger.Level.DEBUG, "set {0} is closed before the server closed its devices: abort", name);
            int hresult = calls.signalAbort();
            if (Hresult.failed(hresult)) { // the closing goes on, its waits are bounded
                LOG.log(System.Logger.Level.WARNING, VdiException.of(ABORT.formatted(name), hresult).getMessage());
            }
        }
    }

    private void awaitThreads(long deadline) {
        life.awaitCalls(deadline); // from here on the list of devices does not change
        for (VirtualDevice device : devices) {
            Thread inside = device.shut(deadline);
            if (inside != null) {
                throw life.unclosed("thread \"%s\" is still inside a call of device \"%s\""
                        .formatted(inside.getName(), device.name()));
            }
        }
    }

    private void revokeMemory(long deadline) {
        for (VirtualDevice device : devices) {
            if (!device.revokeData(deadline)) {
                throw life.unclosed("an I/O operation of another thread still uses data of device \"%s\""
                        .formatted(device.name()));
            }
        }
        life.revokeMemory(deadline);
    }

    private void release() {
        int hresult = calls.close();
        devices.forEach(device -> provider.release(device.calls()));
        provider.release(calls);
        if (hresult != Hresult.VD_E_OPEN) { // with open devices, which were aborted on purpose; all is released
            VdiException.check("Close of set \"%s\"".formatted(name), hresult);
        }
    }

    Provider provider() {
        return provider;
    }

    SetLifetime life() {
        return life;
    }

    boolean isChecked() {
        return checked;
    }

    /** What the server and the client agreed on. */
    VdiConfig agreed() {
        VdiConfig config = agreed;
        if (config == null) {
            config = awaitConfiguration(Duration.ZERO).orElseThrow(() -> new VdiException(
                    "use of set \"%s\" before its configuration; it".formatted(name), Hresult.VD_E_PROTOCOL));
        }
        return config;
    }

    /**
     * The set in words.
     *
     * @return its name and provider
     */
    @Override
    public String toString() {
        return "device set \"%s\" (%s)".formatted(name, provider.name());
    }
}
