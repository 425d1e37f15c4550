package io.github.sqlvdi.server;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.NameRules;
import io.github.sqlvdi.VdiAbortedException;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.VdiException;
import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.bindings.VDConfig;
import io.github.sqlvdi.internal.com.ConfigBlock;
import io.github.sqlvdi.internal.com.IServerVirtualDeviceSet2;
import io.github.sqlvdi.internal.com.Results;
import io.github.sqlvdi.internal.memory.AddressTable;
import io.github.sqlvdi.internal.memory.CallGate;
import io.github.sqlvdi.internal.memory.SetLifetime;
import io.github.sqlvdi.internal.memory.WideStrings;
import io.github.sqlvdi.internal.platform.Providers;
import io.github.sqlvdi.internal.provider.Provider;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The server's side of a device set ({@code IServerVirtualDeviceSet2}, VDI reference 3.7): what SQL Server does for a
 * statement, and what a program does that takes the place of SQL Server.
 *
 * <p><b>Order of things.</b> Open the set that a client created; read its {@link #configuration()};
 * {@link #beginConfiguration}, {@link #requestBuffers}, {@link #endConfiguration()}; {@link #startCompletionAgent()};
 * open the devices, in the statement's order; allocate buffers; send commands and wait for their callbacks; close the
 * devices; close the set.
 *
 * <p><b>Threads.</b> Every method may be called from any thread, several at once.
 *
 * <p><b>Memory.</b> Buffers belong to the set and end with {@link #close()}: a later use throws
 * {@link IllegalStateException}.
 *
 * <p><b>Errors.</b> A failure of the library is a {@link VdiException} with the code by name and number, an abort a
 * {@link VdiAbortedException}. Every method except {@link #abort()} and {@link #close()} throws
 * {@link IllegalStateException} once the set is closed.
 */
public final class ServerDeviceSet implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("io.github.sqlvdi.server");

    private final Provider provider;
    private final IServerVirtualDeviceSet2 calls;
    private final String name;
    private final SetLifetime life;
    private final CallGate agentGate = new CallGate();
    private final AddressTable<MemorySegment> buffers = new AddressTable<>();
    private final List<ServerDevice> devices = new ArrayList<>();
    private final Object closing = new Object();
    private volatile Thread agentThread;
    private boolean closed;

    private ServerDeviceSet(Provider provider, String name) {
        this.provider = provider;
        this.name = name;
        this.calls = provider.newServerSet();
        this.life = new SetLifetime(name, LOG, provider::enter);
    }

    /**
     * Starts the description of the set to open, which a client has created.
     *
     * @param name the client's name for the set
     * @return a builder for the default instance, with the provider that {@link VdiProvider#AUTOMATIC} chooses
     * @throws NullPointerException if there is no name
     * @throws IllegalArgumentException if the name is not valid
     */
    public static Builder builder(String name) {
        return new Builder(NameRules.require("name", name));
    }

    private static ServerDeviceSet open(Provider provider, Optional<String> instance, String name) {
        ServerDeviceSet set = new ServerDeviceSet(provider, name);
        try (Arena arena = Arena.ofConfined()) {
            Results.check(String.format(Locale.ROOT, "Open of set \"%s\"", name), set.calls.open(
                    WideStrings.allocate(arena, instance.orElse(null)).address(),
                    WideStrings.allocate(arena, name).address()));
            return set;
        } catch (RuntimeException e) {
            set.life.revokeMemory(SetLifetime.deadline());
            provider.release(set.calls);
            throw e;
        }
    }

    /** {@return the name with which the set was opened} */
    public String name() {
        return name;
    }

    /**
     * Returns the current configuration ({@code GetConfiguration}, VDI reference 3.7.2): at first the client's request,
     * after {@link #beginConfiguration} the server's answer.
     *
     * @return all eleven values
     * @throws IllegalStateException if the set is closed
     * @throws VdiException if the library refuses
     */
    public VdiConfig configuration() {
        return life.call(arena -> {
            MemorySegment block = arena.allocate(VDConfig.layout());
            check("GetConfiguration", calls.getConfiguration(block.address()));
            return ConfigBlock.read(block);
        });
    }

    /**
     * Chooses the final values ({@code BeginConfiguration}, VDI reference 3.7.3).
     *
     * @param answer the values
     * @throws NullPointerException if there is no answer
     * @throws IllegalStateException if the set is closed
     * @throws VdiException if the library refuses: {@code VD_E_PROTOCOL} when the configuration was begun before
     */
    public void beginConfiguration(ServerAnswer answer) {
        Objects.requireNonNull(answer, "answer");
        life.call(arena -> check("BeginConfiguration", calls.beginConfiguration(answer.features(), answer.blockSize(),
                answer.alignment(), answer.maxTransferSize(), answer.timeout())));
    }

    /**
     * Requests memory for buffers ({@code RequestBuffers}, VDI reference 3.7.4). Requests before
     * {@link #endConfiguration()} add up to one area; each later request makes an area of its own at once.
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
        requireShape(size, alignment);
        requirePositive("count", count);
        life.call(arena -> check("RequestBuffers", calls.requestBuffers(size, alignment, count)));
    }

    /**
     * Returns how many buffers of a size and alignment are still available ({@code QueryAvailableBuffers}, VDI
     * reference 3.7.5).
     *
     * @param size bytes of data in each buffer, 1 or more
     * @param alignment 0 for the set's alignment, or a power of two
     * @return the number of buffers that {@link #allocateBuffer(int, int)} could return now
     * @throws IllegalArgumentException if a value is out of its range; the message names it
     * @throws IllegalStateException if the set is closed
     * @throws VdiException if the library refuses
     */
    public int availableBuffers(int size, int alignment) {
        requireShape(size, alignment);
        return life.call(arena -> {
            MemorySegment out = arena.allocate(ValueLayout.JAVA_INT);
            check("QueryAvailableBuffers", calls.queryAvailableBuffers(size, alignment, out.address()));
            return out.get(ValueLayout.JAVA_INT, 0);
        });
    }

    /**
     * Makes the requested buffers and ends the configuration, so that the client continues ({@code EndConfiguration},
     * VDI reference 3.7.6).
     *
     * @throws IllegalStateException if the set is closed
     * @throws VdiException if the library refuses. After {@code VD_E_MEMORY} the set is still not configured and has no
     *     buffers: request fewer and call again, or abort
     */
    public void endConfiguration() {
        life.call(arena -> check("EndConfiguration", calls.endConfiguration()));
    }

    /**
     * Starts a thread that delivers the completions, see {@link CompletionAgent}. Must be called once, after
     * {@link #endConfiguration()} and before the first command is sent.
     *
     * @return the agent, running
     * @throws IllegalStateException if the set is closed
     */
    public CompletionAgent startCompletionAgent() {
        if (!life.isOpen()) {
            throw life.closed();
        }
        CompletionAgent agent = new CompletionAgent(this);
        agent.start();
        return agent;
    }

    /**
     * Delivers the completions on the calling thread ({@code ExecuteCompletionAgent}, VDI reference 3.7.7), for
     * programs that supply the thread themselves. Returns when the set is closed or aborted; interrupts do not end it.
     * Use a platform thread.
     *
     * @return how the delivery ended
     * @throws IllegalStateException if the set is closed, or another thread delivers the completions already
     * @throws VdiException if the library fails otherwise: {@code VD_E_PROTOCOL} before {@link #endConfiguration()}
     */
    public AgentEnd executeCompletionAgent() {
        provider.enter();
        if (!agentGate.tryEnter()) {
            throw life.closed();
        }
        try {
            synchronized (agentGate) {
                if (agentThread != null) {
                    throw new IllegalStateException(
                            String.format(Locale.ROOT,
                                    "thread \"%s\" delivers the completions of set \"%s\": expected one agent",
                                    agentThread.getName(), name));
                }
                agentThread = Thread.currentThread();
            }
            try {
                int hresult = calls.executeCompletionAgent();
                if (hresult == Hresults.VD_E_ABORT) {
                    return AgentEnd.ABORTED;
                }
                check("ExecuteCompletionAgent", hresult);
                return AgentEnd.CLOSED;
            } finally {
                agentThread = null;
            }
        } finally {
            agentGate.leave();
        }
    }

    /**
     * Opens the next device ({@code OpenDevice}, VDI reference 3.7.8). Call it once for each device, in the order of
     * the statement's {@code VIRTUAL_DEVICE} clauses.
     *
     * @param deviceName the name in the device's clause; the first is the set's name
     * @return the device
     * @throws NullPointerException if the name is null
     * @throws IllegalArgumentException if the name is not valid
     * @throws IllegalStateException if the set is closed
     * @throws VdiException if the library refuses: {@code VD_E_OPEN} when all devices are open, {@code VD_E_PROTOCOL}
     *     before {@link #endConfiguration()}
     */
    public ServerDevice openDevice(String deviceName) {
        NameRules.require("deviceName", deviceName);
        return life.call(arena -> {
            MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG);
            Results.check(String.format(Locale.ROOT, "OpenDevice \"%s\" of set \"%s\"", deviceName, name),
                    calls.openDevice(WideStrings.allocate(arena, deviceName).address(), out.address()));
            ServerDevice device =
                    new ServerDevice(this, deviceName, provider.serverDevice(out.get(ValueLayout.JAVA_LONG, 0)));
            synchronized (devices) {
                devices.add(device);
            }
            return device;
        });
    }

    /**
     * Allocates a buffer in the shared areas ({@code AllocateBuffer}, VDI reference 3.7.9). Any buffer may be used on
     * any device of the set.
     *
     * @param size bytes of data, 1 or more
     * @param alignment 0 for the set's alignment, or a power of two
     * @return the data zone, exactly {@code size} bytes, writable, valid until it is freed or the set closed
     * @throws IllegalArgumentException if a value is out of its range; the message names it
     * @throws IllegalStateException if the set is closed
     * @throws VdiException if the library refuses: {@code VD_E_MEMORY} when no buffer of that size and alignment is
     *     left
     */
    public MemorySegment allocateBuffer(int size, int alignment) {
        requireShape(size, alignment);
        return life.call(arena -> {
            MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG);
            check("AllocateBuffer", calls.allocateBuffer(out.address(), size, alignment));
            MemorySegment buffer = life.memory().view(out.get(ValueLayout.JAVA_LONG, 0), size);
            synchronized (buffers) {
                buffers.put(buffer.address(), 0, buffer);
            }
            return buffer;
        });
    }

    /**
     * Frees a buffer ({@code FreeBuffer}, VDI reference 3.7.10). No command with this buffer may be out, and the buffer
     * must not be used after this call. Buffers need not be freed before the set is closed.
     *
     * @param buffer the segment that {@link #allocateBuffer(int, int)} returned, or another one that begins at the same
     *     address
     * @throws NullPointerException if the buffer is null
     * @throws IllegalArgumentException if the set has no such buffer, or it was freed before
     * @throws IllegalStateException if the set is closed
     * @throws VdiException if the library refuses
     */
    public void freeBuffer(MemorySegment buffer) {
        Objects.requireNonNull(buffer, "buffer");
        life.call(arena -> {
            MemorySegment known;
            synchronized (buffers) {
                known = buffers.remove(buffer.address(), 0);
            }
            if (known == null) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT,
                                "buffer 0x%X is no buffer of set \"%s\", or was freed: expected a segment ",
                                buffer.address(), name) + "of allocateBuffer()");
            }
            return check("FreeBuffer", calls.freeBuffer(known.address(), (int) known.byteSize()));
        });
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
        Objects.requireNonNull(buffer, "buffer");
        return life.call(arena -> {
            // The result is a BOOL in place of an HRESULT: 1 is true, 0 is false, and a failure is negative as usual.
            int answer = buffer.isNative() ? calls.isSharedBuffer(buffer.address()) : 0;
            return check("IsSharedBuffer", answer) == 1;
        });
    }

    /**
     * Ends the work of every process of the set at once ({@code SignalAbort}, VDI reference 11.2): commands that are
     * out are called back with 995, the agent ends, and the client gets {@link VdiAbortedException}. May be called at
     * any time, from any thread, and more than once. Does nothing once the set is closed.
     *
     * @throws VdiException if the library reports a failure
     */
    public void abort() {
        life.callIfOpen(() -> check("SignalAbort", calls.signalAbort()));
    }

    /**
     * Closes the set ({@code Close}, VDI reference 3.7.13). When a device is open or a command is out, the set is
     * aborted first. Then every buffer becomes invalid, the library unmaps the memory, the agent ends, and all objects
     * are released. A second call does nothing.
     *
     * <p>Waits up to 5 seconds for threads that are inside calls of the set or in callbacks, and for I/O operations
     * that use its buffers; an interrupt does not shorten that.
     *
     * @throws IllegalStateException if called from a completion callback; or if a thread is still inside a call, or an
     *     I/O operation still uses a buffer, after that time. Then the memory stays mapped and the set accepts no other
     *     calls; call close again later
     * @throws VdiException if the library reports a failure; the set is closed nevertheless
     */
    @Override
    public void close() {
        if (agentThread == Thread.currentThread()) {
            throw new IllegalStateException(
                    String.format(Locale.ROOT,
                            "set \"%s\" is closed from a completion callback, for whose end it would wait: ", name)
                            + "expected another thread");
        }
        synchronized (closing) {
            if (!closed) {
                long deadline = SetLifetime.deadline();
                boolean abandoned = life.shut() | hasOpenDevices() | CommandRegistry.anyOutstanding(this);
                if (abandoned) {
                    giveUp(deadline);
                }
                awaitThreads(deadline);
                life.revokeMemory(deadline);
                closed = true;
                release(abandoned);
            }
        }
    }

    private boolean hasOpenDevices() {
        synchronized (devices) {
            return !devices.stream().allMatch(ServerDevice::isClosed);
        }
    }

    /**
     * Aborts the set, so that the client does not wait for this server. Then waits for running callbacks, which may use
     * the buffers.
     */
    private void giveUp(long deadline) {
        LOG.log(System.Logger.Level.DEBUG, "set {0} is closed with open devices or commands: abort", name);
        abortOrLog();
        agentGate.shut();
        if (!agentGate.awaitIdle(deadline)) {
            throw life.unclosed("the completion agent is still in a callback");
        }
    }

    private void awaitThreads(long deadline) {
        life.awaitCalls(deadline); // after this no call can add a device to the list
        for (ServerDevice device : devices) {
            if (!device.shut(deadline)) {
                throw life.unclosed(String.format(Locale.ROOT, "another thread is still inside a call of device \"%s\"",
                        device.name()));
            }
        }
    }

    private void release(boolean abandoned) {
        int hresult = calls.close();
        agentGate.shut();
        if (agentGate.awaitIdle(SetLifetime.deadline())) {
            devices.forEach(device -> provider.release(device.calls()));
            provider.release(calls);
        } else { // freeing an object during a call on it could crash; leaking it costs a few hundred bytes
            LOG.log(System.Logger.Level.WARNING, "set {0}: the completion agent did not end, its object is not freed",
                    name);
        }
        if (!(abandoned && hresult == Hresults.VD_E_PROTOCOL)) { // devices were open, but giveUp() aborted them
            check("Close", hresult);
        }
    }

    /**
     * Aborts the set after a callback threw, because the server's program will not continue after that command and the
     * client must not wait for it.
     */
    void callbackFailed(ServerCommand command, Throwable failure) {
        LOG.log(System.Logger.Level.ERROR,
                String.format(Locale.ROOT, "the completion callback of %s on set \"%s\" failed, the set is aborted",
                        command, name),
                failure);
        life.callIfOpen(this::abortOrLog);
    }

    private void abortOrLog() {
        int hresult = calls.signalAbort();
        if (Hresults.failed(hresult)) {
            LOG.log(System.Logger.Level.WARNING,
                    Results.failure(String.format(Locale.ROOT, "SignalAbort of set \"%s\"", name), hresult)
                            .getMessage());
        }
    }

    private int check(String method, int hresult) {
        if (Hresults.failed(hresult)) {
            throw Results.failure(String.format(Locale.ROOT, "%s of set \"%s\"", method, name), hresult);
        }
        return hresult;
    }

    Provider provider() {
        return provider;
    }

    SetLifetime life() {
        return life;
    }

    private static void requireShape(int size, int alignment) {
        requirePositive("size", size);
        if (alignment != 0 && Integer.bitCount(alignment) != 1 || alignment < 0) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "alignment is %,d: expected 0 or a power of two", alignment));
        }
    }

    private static void requirePositive(String parameter, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s is %,d: expected 1 or more", parameter, value));
        }
    }

    /** {@return the name and the provider of the set, for messages} */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "server's device set \"%s\" (%s)", name, provider.name());
    }

    /** Collects the values that are needed to open a set. Not safe for several threads at once. */
    public static final class Builder {

        private final String name;
        private Supplier<Provider> provider = () -> Providers.choose(VdiProvider.AUTOMATIC);
        private Optional<String> instance = Optional.empty();

        private Builder(String name) {
            this.name = name;
        }

        /**
         * Sets the instance that the client named. Without this call it is the default instance.
         *
         * @param instanceName the name without the machine's name
         * @return this
         */
        public Builder instance(String instanceName) {
            instance = Optional.of(instanceName);
            return this;
        }

        /**
         * Sets the implementation, which must be the client's; the default is {@link VdiProvider#AUTOMATIC}.
         *
         * @param wish the implementation
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
         * Opens the set ({@code Open}, VDI reference 3.7.1).
         *
         * @return the set, connected
         * @throws UnsupportedOperationException if the provider does not exist on this machine
         * @throws VdiException if the library refuses: {@code VD_E_INVALID} or 0x80070002 when no set of that name is
         *     accessible, {@code VD_E_SECURITY} when other users have access to the embedded VDI's private directory
         */
        public ServerDeviceSet open() {
            return ServerDeviceSet.open(provider.get(), instance, name);
        }
    }
}
