package io.github.sqlvdi.client;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.NameRules;
import io.github.sqlvdi.VdiAbortedException;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.bindings.VDConfig;
import io.github.sqlvdi.internal.com.ConfigBlock;
import io.github.sqlvdi.internal.com.IClientVirtualDeviceSet2;
import io.github.sqlvdi.internal.com.Results;
import io.github.sqlvdi.internal.memory.SetLifetime;
import io.github.sqlvdi.internal.memory.WideStrings;
import io.github.sqlvdi.internal.platform.Providers;
import io.github.sqlvdi.internal.provider.Provider;
import io.github.sqlvdi.internal.provider.Timeouts;
import io.github.sqlvdi.internal.settings.Settings;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The client's side of one {@code BACKUP} or {@code RESTORE} statement: 1 to 64 named devices that the server opens by
 * the names in the statement ({@code IClientVirtualDeviceSet2}, VDI reference 3.5). A set serves one statement.
 *
 * <p><b>Order of things.</b> Create the set; start the statement on another thread or in another process; wait for the
 * configuration; open each device and serve it on a thread of its own until {@link CommandResult#CLOSED}; close the
 * set; look at the statement's own result. Only that result tells whether the backup succeeded: a set that ends
 * normally may belong to a failed statement (VDI reference 2.7).
 *
 * <p><b>Threads.</b> Every method may be called from any thread, several at once. Waits are native calls: interrupts do
 * not end them, {@link #abort()} does.
 *
 * <p><b>Memory.</b> All data of the set's commands belongs to the set and ends with {@link #close()}: a later use
 * throws {@link IllegalStateException} and never touches unmapped pages.
 *
 * <p><b>Errors.</b> A failure of the library is a {@link VdiException} with the code by name and number, its cause and
 * what to do; an abort by any process is a {@link VdiAbortedException}. Time-outs are values. Every method except
 * {@link #abort()} and {@link #close()} throws {@link IllegalStateException} once the set is closed.
 */
public final class VirtualDeviceSet implements AutoCloseable {

    private static final String ABORT = "SignalAbort of set \"%s\"";
    private static final System.Logger LOG = System.getLogger("io.github.sqlvdi");

    private final Provider provider;
    private final IClientVirtualDeviceSet2 calls;
    private final String name;
    /** Checked mode: whether the data of a command ends with its completion; see {@link Command}. */
    private final boolean checked = Settings.checked();
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
     * Starts the description of a set. {@link Builder#create()} creates a set of this process;
     * {@link Builder#openInSecondary()} joins the set of another process.
     *
     * @param name the name of the set and of its first device, the first {@code VIRTUAL_DEVICE} of the statement: 1 to
     *     260 characters, no backslash, case-sensitive, unique on the machine; a random UUID is a good one
     * @return a builder for the default instance, with the provider that {@link VdiProvider#AUTOMATIC} chooses
     * @throws NullPointerException if there is no name
     * @throws IllegalArgumentException if the name is not valid
     */
    public static Builder builder(String name) {
        return new Builder(NameRules.require("name", name));
    }

    private interface FirstCall {
        int apply(VirtualDeviceSet set, Arena arena);
    }

    private static VirtualDeviceSet begin(Provider provider, String name, String operation, FirstCall call) {
        VirtualDeviceSet set = new VirtualDeviceSet(provider, name);
        try (Arena arena = Arena.ofConfined()) {
            Results.check(operation, call.apply(set, arena));
            return set;
        } catch (RuntimeException e) {
            set.life.revokeMemory(SetLifetime.deadline());
            provider.release(set.calls);
            throw e;
        }
    }

    /** {@return the name with which the set was created or joined} */
    public String name() {
        return name;
    }

    /**
     * Waits without limit until the server has configured the set. Use it only while another thread watches the
     * statement: a statement that fails before it opens the set never configures it (VDI reference 15.3).
     * {@link #abort()} ends the wait.
     *
     * @return the agreed configuration
     * @throws IllegalStateException as for {@link #awaitConfiguration(Duration)}
     * @throws VdiException as for {@link #awaitConfiguration(Duration)}
     */
    public VdiConfig awaitConfiguration() {
        Optional<VdiConfig> config;
        do {
            config = fetchConfiguration(Timeouts.INFINITE);
        } while (config.isEmpty()); // a library may return early
        return config.get();
    }

    /**
     * Waits until the server has configured the set ({@code GetConfiguration}, VDI reference 3.5.3). Once the set is
     * configured, further calls return at once.
     *
     * @param timeout how long; zero polls, parts of a millisecond are rounded up, more than 2,147,483,647 ms (24 days) is
     *     cut to that
     * @return the agreed configuration, or empty after the time-out ({@code VD_E_TIMEOUT})
     * @throws IllegalArgumentException if the time-out is negative
     * @throws IllegalStateException if the set is closed
     * @throws VdiAbortedException if the set was aborted, or the server's process died
     * @throws VdiException if the wait failed otherwise
     */
    public Optional<VdiConfig> awaitConfiguration(Duration timeout) {
        return fetchConfiguration(Timeouts.toDword(timeout));
    }

    private Optional<VdiConfig> fetchConfiguration(int millis) {
        return life.call(arena -> {
            MemorySegment block = arena.allocate(VDConfig.layout());
            int hresult = calls.getConfiguration(millis, block.address());
            if (hresult == Hresults.VD_E_TIMEOUT) {
                return Optional.empty();
            }
            Results.check(String.format(Locale.ROOT, "GetConfiguration of set \"%s\"", name), hresult);
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
     * @return the device, to be served by one thread; the caller need not close it
     * @throws NullPointerException if the name is null
     * @throws IllegalArgumentException if the name is not valid
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
            Results.check(String.format(Locale.ROOT, "OpenDevice \"%s\" of set \"%s\"", deviceName, name), hresult);
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
     * Returns a number with which another process of the same set can find a command's buffer ({@code GetBufferHandle},
     * VDI reference 3.5.8 and 7.3). The number is valid until the command is completed. Only this process can complete
     * it.
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
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "command %s belongs to set \"%s\": expected one of set \"%s\"", command,
                            command.device().set().name, name));
        }
        long buffer = command.data().address();
        return life.call(arena -> {
            MemorySegment out = arena.allocate(ValueLayout.JAVA_INT);
            Results.check(String.format(Locale.ROOT, "GetBufferHandle of set \"%s\"", name),
                    calls.getBufferHandle(buffer, out.address()));
            return out.get(ValueLayout.JAVA_INT, 0);
        });
    }

    /**
     * Returns the buffer for a handle that another process of the same set sent ({@code MapBufferHandle}, VDI reference
     * 3.5.9). Use the buffer only while that process holds the command.
     *
     * @param handle the number that {@link #bufferHandle(Command)} returned in the other process
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
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "size is %,d: expected 1 to %,d bytes", size, most));
            }
            MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG);
            Results.check(String.format(Locale.ROOT, "MapBufferHandle %d of set \"%s\"", handle, name),
                    calls.mapBufferHandle(handle, out.address()));
            return life.memory().view(out.get(ValueLayout.JAVA_LONG, 0), size);
        });
    }

    /**
     * Ends the work of every process of the set at once ({@code SignalAbort}, VDI reference 11.2): all waits end with
     * {@link VdiAbortedException}, completions that the server has not seen yet are lost, and the statement fails. May
     * be called at any time, from any thread, and more than once. Does nothing once the set is closed.
     *
     * @throws VdiException if the library reports a failure
     */
    public void abort() {
        life.callIfOpen(() -> Results.check(String.format(Locale.ROOT, ABORT, name), calls.signalAbort()));
    }

    /**
     * Closes the set for this process ({@code Close}, VDI reference 3.5.5). When the server has not closed every
     * device, or another thread is inside a call, the set is aborted first. Then every segment and buffer of the set
     * becomes invalid, the library unmaps the memory, and all objects are released. A second call does nothing.
     *
     * <p>Waits up to 5 seconds for threads that are inside calls of the set and for I/O operations that use its data;
     * an interrupt does not shorten that.
     *
     * @throws IllegalStateException if a thread is still inside a call or an I/O operation still uses the data after
     *     that time. The memory stays mapped, so that this use cannot crash. The set accepts no other calls; call close
     *     again later
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

    /** Aborts the set if the server still expects this client. This also ends blocked calls. */
    private void abandon(boolean busy) {
        boolean open;
        synchronized (devices) {
            open = devices.isEmpty() ? busy : !devices.stream().allMatch(VirtualDevice::isClosedByServer);
        }
        if (open) {
            LOG.log(System.Logger.Level.DEBUG, "set {0} is closed before the server closed its devices: abort", name);
            int hresult = calls.signalAbort();
            if (Hresults.failed(hresult)) { // go on closing: its waits are bounded
                LOG.log(System.Logger.Level.WARNING,
                        Results.failure(String.format(Locale.ROOT, ABORT, name), hresult).getMessage());
            }
        }
    }

    private void awaitThreads(long deadline) {
        life.awaitCalls(deadline); // after this no call can add a device to the list
        for (VirtualDevice device : devices) {
            Thread inside = device.shut(deadline);
            if (inside != null) {
                throw life.unclosed(String.format(Locale.ROOT, "thread \"%s\" is still inside a call of device \"%s\"",
                        inside.getName(), device.name()));
            }
        }
    }

    private void revokeMemory(long deadline) {
        for (VirtualDevice device : devices) {
            if (!device.revokeData(deadline)) {
                throw life.unclosed(String.format(Locale.ROOT,
                        "an I/O operation of another thread still uses data of device \"%s\"", device.name()));
            }
        }
        life.revokeMemory(deadline);
    }

    private void release() {
        int hresult = calls.close();
        devices.forEach(device -> provider.release(device.calls()));
        provider.release(calls);
        if (hresult != Hresults.VD_E_OPEN) { // devices were open, but abandon() aborted them
            Results.check(String.format(Locale.ROOT, "Close of set \"%s\"", name), hresult);
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

    /** Returns the agreed configuration. Throws if the set is not configured yet. */
    VdiConfig agreed() {
        VdiConfig config = agreed;
        if (config == null) {
            config = awaitConfiguration(Duration.ZERO).orElseThrow(() -> new VdiException(
                    String.format(Locale.ROOT, "use of set \"%s\" before its configuration; it", name),
                    Hresults.VD_E_PROTOCOL));
        }
        return config;
    }

    /** {@return the name and the provider of the set, for messages} */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "device set \"%s\" (%s)", name, provider.name());
    }

    /** Collects the values of a new set. Not safe for several threads at once. */
    public static final class Builder {

        private final String name;
        private Supplier<Provider> provider = () -> Providers.choose(VdiProvider.AUTOMATIC);
        private Optional<String> instance = Optional.empty();
        private Optional<VdiConfig> config = Optional.empty();

        private Builder(String name) {
            this.name = name;
        }

        /**
         * Sets the SQL Server instance. Without this call it is the default instance.
         *
         * @param instanceName the name without the machine's name
         * @return this
         */
        public Builder instance(String instanceName) {
            instance = Optional.of(instanceName);
            return this;
        }

        /**
         * Sets the implementation; the default is {@link VdiProvider#AUTOMATIC}. The automatic choice can be changed by
         * the system property {@code io.github.sqlvdi.provider} or the environment variable {@code SQLVDI_PROVIDER}
         * ({@code automatic}, {@code embedded}, {@code native}); the choice is logged to {@code io.github.sqlvdi}.
         *
         * @param wish the implementation, for a secondary that of the primary
         * @return this
         */
        public Builder provider(VdiProvider wish) {
            Objects.requireNonNull(wish, "provider");
            provider = () -> Providers.choose(wish);
            return this;
        }

        /** Sets the implementation itself, for tests. */
        Builder provider(Provider implementation) {
            provider = () -> implementation;
            return this;
        }

        /**
         * Sets the configuration that the client requests; the default is one pipe-like device. Only for
         * {@link #create()}.
         *
         * @param wanted the request
         * @return this
         */
        public Builder config(VdiConfig wanted) {
            config = Optional.of(Objects.requireNonNull(wanted, "config"));
            return this;
        }

        /**
         * Creates the set; this process is its primary client ({@code CreateEx}, VDI reference 3.5.1).
         *
         * @return the new set, not configured yet
         * @throws UnsupportedOperationException if the provider does not exist on this machine
         * @throws VdiException if the library refuses: {@code VD_E_PROTOCOL} when a set of that name exists,
         *     {@code VD_E_NOTSUPPORTED} for the configuration, {@code VD_E_INSTANCE_NAME} for an unknown instance,
         *     {@code VD_E_SECURITY} or {@code E_ACCESSDENIED} when the process lacks the rights
         */
        public VirtualDeviceSet create() {
            return begin(provider.get(), name, String.format(Locale.ROOT, "CreateEx of set \"%s\"", name),
                    (set, arena) -> {
                        MemorySegment request = arena.allocate(VDConfig.layout());
                        ConfigBlock.write(config.orElseGet(() -> VdiConfig.builder().build()), request);
                        return set.calls.createEx(WideStrings.allocate(arena, instance.orElse(null)).address(),
                                WideStrings.allocate(arena, name).address(), request.address());
                    });
        }

        /**
         * Joins the set, which another process created; this process is a secondary client ({@code OpenInSecondaryEx},
         * VDI reference 3.5.7 and 2.4). The primary's {@link VirtualDeviceSet#awaitConfiguration(Duration)} must have
         * returned a configuration.
         *
         * @return the set for this process; closing it does not close the primary's set
         * @throws IllegalStateException if a configuration was given: only the primary requests one
         * @throws UnsupportedOperationException if the provider does not exist on this machine
         * @throws VdiAbortedException if the set is being aborted
         * @throws VdiException if the library refuses: {@code VD_E_PROTOCOL} when there is no such set or its primary
         *     has no configuration yet, {@code VD_E_SECURITY} when other users have access to the embedded VDI's
         *     private directory
         */
        public VirtualDeviceSet openInSecondary() {
            if (config.isPresent()) {
                throw new IllegalStateException(String.format(Locale.ROOT,
                        "config was given for the secondary of set \"%s\": expected none, a ", name)
                        + "secondary has the configuration of its primary");
            }
            return begin(provider.get(), name, String.format(Locale.ROOT, "OpenInSecondaryEx of set \"%s\"", name),
                    (set, arena) -> set.calls.openInSecondaryEx(
                            WideStrings.allocate(arena, instance.orElse(null)).address(),
                            WideStrings.allocate(arena, name).address()));
        }
    }
}
