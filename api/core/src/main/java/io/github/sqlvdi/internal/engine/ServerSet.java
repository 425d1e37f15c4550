package io.github.sqlvdi.internal.engine;

import io.github.sqlvdi.AbortReason;
import io.github.sqlvdi.ConfigRules;
import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.internal.com.ComObjects;
import io.github.sqlvdi.internal.com.ConfigBlock;
import io.github.sqlvdi.internal.com.FailureCause;
import io.github.sqlvdi.internal.com.IServerVirtualDeviceSet2;
import io.github.sqlvdi.internal.engine.host.Host;
import io.github.sqlvdi.internal.memory.Memory;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.ValueLayout;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;

/** The server half of a set. It keeps its state (VDI reference 3.4) itself and publishes only what clients need. */
final class ServerSet implements IServerVirtualDeviceSet2 {
    private enum State {
        NEW,
        CONNECTED,
        CONFIGURABLE,
        INITIALIZING,
        CLOSED
    }

    private static final Logger LOG = System.getLogger("io.github.sqlvdi.engine");
    private static final long AGENT_END_MILLIS = 10_000;

    /** The maxIODepth of every answer. The field has no meaning any more (VDI reference 6.2). */
    private static final int MAX_IO_DEPTH = 4;

    private static final Runnable NOTHING = () -> {}; // releasing a device does nothing: it lives as long as its set

    private final Host host;
    private final List<EmbeddedServerDevice> devices = new CopyOnWriteArrayList<>();
    private volatile State state = State.NEW;
    private volatile SetMember member;
    private VdiConfig requested;
    private VdiConfig agreed;
    private final Set<String> deviceNames = new HashSet<>();
    private volatile BufferPool pool;
    private AgentLoop agent;
    private boolean agentStarted;

    ServerSet(Host host) {
        this.host = host;
    }

    @Override
    public int open(long lpInstanceName, long lpSetName) {
        return open(Names.instance(lpInstanceName), lpSetName);
    }

    synchronized int open(String instance, long lpSetName) {
        if (state != State.NEW) {
            return Hresults.VD_E_PROTOCOL;
        }
        String name = Names.name(lpSetName);
        if (instance == null || name == null) {
            return Hresults.VD_E_INVALID;
        }
        try {
            SetMember joined = SetMember.joinAsServer(host, instance, name, this::isClosed);
            if (joined == null) {
                return Hresults.VD_E_INVALID;
            }
            int result = joined.answer(Hresults.VD_E_ABORT, () -> {
                if (joined.aborted()) {
                    return Hresults.VD_E_ABORT;
                }
                requested = SharedBlocks.readRequest(joined.memory(), joined.header());
                member = joined;
                state = State.CONNECTED;
                joined.publish(ControlLayout.PHASE_OFFSET, ControlLayout.PHASE_CONNECTED);
                return Hresults.S_OK;
            });
            if (result != Hresults.S_OK) {
                joined.close();
            }
            return result;
        } catch (IOException e) {
            LOG.log(Level.DEBUG, () -> "set \"" + name + "\" can't be opened", e);
            return SetMember.unreachable(host, instance, name, e, Hresults.VD_E_INVALID);
        } catch (DamagedRegionException e) {
            LOG.log(Level.DEBUG, () -> "set \"" + name + "\" can't be opened", e);
            return FailureCause.of(Hresults.VD_E_INVALID, e);
        }
    }

    /** {@return whether this server has closed the device with that index} */
    private boolean isClosed(int device) {
        return device < devices.size() && devices.get(device).isClosed();
    }

    /**
     * Checks that a method may be called now.
     *
     * @return {@code VD_E_PROTOCOL} before Open and after Close; else {@code VD_E_ABORT} if the set was aborted; else
     *         {@code VD_E_PROTOCOL} if the state is not between {@code least} and {@code most}; else {@code S_OK}
     */
    private int check(State least, State most) {
        State now = state;
        if (now == State.NEW || now == State.CLOSED) {
            return Hresults.VD_E_PROTOCOL;
        }
        if (member.aborted()) {
            return Hresults.VD_E_ABORT;
        }
        return now.compareTo(least) < 0 || now.compareTo(most) > 0 ? Hresults.VD_E_PROTOCOL : Hresults.S_OK;
    }

    @Override
    public synchronized int getConfiguration(long pCfg) {
        int result = check(State.CONNECTED, State.INITIALIZING);
        if (result == Hresults.S_OK && pCfg == 0) {
            return Hresults.VD_E_INVALID;
        }
        if (result == Hresults.S_OK) {
            ConfigBlock.write(agreed == null ? requested : agreed, pCfg);
        }
        return result;
    }

    @Override
    public synchronized int beginConfiguration(
            int dwFeatures, int dwBlockSize, int dwAlignment, int dwMaxTransferSize, int dwTimeout) {
        int result = check(State.CONNECTED, State.CONNECTED);
        if (result != Hresults.S_OK) {
            return result;
        }
        if (ConfigRules.answerProblem(dwBlockSize, dwAlignment, dwMaxTransferSize).isPresent()) {
            return Hresults.VD_E_INVALID;
        }
        int alignment = Math.max(dwAlignment == 0 ? dwBlockSize : dwAlignment, requested.alignment());
        agreed = answer(dwFeatures, alignment, dwBlockSize, dwMaxTransferSize, 0);
        pool = new BufferPool(member, requested.prefixZoneSize(), alignment);
        state = State.CONFIGURABLE;
        return Hresults.S_OK;
    }

    private VdiConfig answer(int features, int alignment, int blockSize, int maxTransferSize, int bufferAreaSize) {
        return requested.toBuilder().features(features).alignment(alignment).blockSize(blockSize)
                .maxIoDepth(MAX_IO_DEPTH).maxTransferSize(maxTransferSize).bufferAreaSize(bufferAreaSize).buildAnswer();
    }

    @Override
    public synchronized int requestBuffers(int dwSize, int dwAlignment, int dwCount) {
        int result = check(State.CONFIGURABLE, State.INITIALIZING);
        if (result != Hresults.S_OK) {
            return result;
        }
        if (finished()) {
            return Hresults.VD_E_PROTOCOL;
        }
        if (dwSize <= 0
                || dwSize > agreed.maxTransferSize()
                || dwCount <= 0
                || !ConfigRules.isBufferAlignment(dwAlignment)) {
            return Hresults.VD_E_INVALID;
        }
        pool.request(dwSize, dwAlignment, dwCount);
        return state == State.INITIALIZING && pool.makeArea() < 0 ? Hresults.VD_E_MEMORY : Hresults.S_OK;
    }

    @Override
    public synchronized int queryAvailableBuffers(int dwSize, int dwAlignment, long pCount) {
        int result = check(State.CONFIGURABLE, State.INITIALIZING);
        if (result != Hresults.S_OK) {
            return result == Hresults.VD_E_ABORT ? Hresults.VD_E_PROTOCOL : result;
        }
        if (finished()) {
            return Hresults.VD_E_PROTOCOL;
        }
        if (dwSize <= 0 || !ConfigRules.isBufferAlignment(dwAlignment) || pCount == 0) {
            return Hresults.VD_E_INVALID;
        }
        int count = (int) Math.min(Integer.MAX_VALUE, pool.available(dwSize, dwAlignment));
        Memory.ALL.set(ValueLayout.JAVA_INT_UNALIGNED, pCount, count);
        return Hresults.S_OK;
    }

    @Override
    public synchronized int endConfiguration() {
        int result = check(State.CONFIGURABLE, State.CONFIGURABLE);
        if (result != Hresults.S_OK) {
            return result;
        }
        long bytes = pool.makeArea();
        if (bytes < 0) {
            return Hresults.VD_E_MEMORY;
        }
        publishConfiguration(answer(
                agreed.features(),
                agreed.alignment(),
                agreed.blockSize(),
                agreed.maxTransferSize(),
                (int) Math.min(bytes, 0xffff_ffffL)));
        return Hresults.S_OK;
    }

    private void publishConfiguration(VdiConfig config) {
        agreed = config;
        SharedBlocks.writeConfig(member.memory(), ControlLayout.FINAL_CONFIG_OFFSET, member.key(), config);
        agent = new AgentLoop(this, member, devices, config.serverTimeOut());
        state = State.INITIALIZING;
        member.publish(ControlLayout.PHASE_OFFSET, ControlLayout.PHASE_INITIALIZED);
    }

    /** Legacy interface: makes the whole configuration in one call, with one buffer area (VDI reference 3.8). */
    synchronized int setConfiguration(long pCfg) {
        int result = check(State.CONNECTED, State.CONNECTED);
        if (result != Hresults.S_OK) {
            return result;
        }
        if (pCfg == 0) {
            return Hresults.VD_E_INVALID;
        }
        VdiConfig wanted = ConfigBlock.read(pCfg);
        int depth = Math.max(MAX_IO_DEPTH, wanted.maxIoDepth());
        result = beginConfiguration(
                wanted.features(), wanted.blockSize(), wanted.alignment(), wanted.maxTransferSize(), 0);
        if (result != Hresults.S_OK) {
            return result;
        }
        long span = FreeSpace.spanLength(agreed.prefixZoneSize(), agreed.maxTransferSize(), agreed.alignment());
        long count = Integer.toUnsignedLong(wanted.bufferAreaSize()) / span;
        if (count == 0) {
            count = (long) depth * agreed.deviceCount();
        }
        pool.request(agreed.maxTransferSize(), 0, (int) Math.min(count, ControlLayout.BUFFER_SLOTS));
        return endConfiguration();
    }

    @Override
    public int executeCompletionAgent() {
        AgentLoop mine;
        synchronized (this) {
            int result = check(State.INITIALIZING, State.INITIALIZING);
            // aborted before the agent started: commands that were sent before still need their callbacks
            boolean late = result == Hresults.VD_E_ABORT && state == State.INITIALIZING && !agentStarted;
            if (result != Hresults.S_OK && !late) {
                return result;
            }
            if (agentStarted || !late && finished()) {
                return Hresults.VD_E_PROTOCOL; // allowed once for each set
            }
            agentStarted = true;
            mine = agent;
        }
        return mine.run();
    }

    @Override
    public synchronized int openDevice(long lpName, long ppVirtualDevice) {
        if (ppVirtualDevice != 0) {
            Memory.ALL.set(ValueLayout.JAVA_LONG_UNALIGNED, ppVirtualDevice, 0L);
        }
        int result = check(State.INITIALIZING, State.INITIALIZING);
        if (result != Hresults.S_OK) {
            return result;
        }
        if (finished()) {
            return Hresults.VD_E_PROTOCOL;
        }
        if (devices.size() == member.deviceCount()) {
            return Hresults.VD_E_OPEN;
        }
        String name = Names.name(lpName);
        if (name == null || ppVirtualDevice == 0) {
            return Hresults.VD_E_INVALID;
        }
        int index = devices.size();
        if (!deviceNames.add(name)) {
            return Hresults.VD_E_INVALID; // no client could open a second device of the same name
        }
        EmbeddedServerDevice device = new EmbeddedServerDevice(this, member, pool, index);
        devices.add(device);
        member.devices().name(index, name);
        long pointer = ComObjects.export(device, NOTHING);
        Memory.ALL.set(ValueLayout.JAVA_LONG_UNALIGNED, ppVirtualDevice, pointer);
        return Hresults.S_OK;
    }

    /** {@return whether the set is Normally terminated: all devices were opened and closed again} */
    private boolean finished() {
        return devices.size() == member.deviceCount() && openDevices() == 0;
    }

    private int openDevices() {
        int open = 0;
        for (EmbeddedServerDevice device : devices) {
            open += device.isClosed() ? 0 : 1;
        }
        return open;
    }

    @Override
    public int allocateBuffer(long ppBuffer, int dwSize, int dwAlignment) {
        if (ppBuffer != 0) {
            Memory.ALL.set(ValueLayout.JAVA_LONG_UNALIGNED, ppBuffer, 0L);
        }
        return answer(() -> {
            int result = check(State.INITIALIZING, State.INITIALIZING);
            if (result != Hresults.S_OK) {
                return result;
            }
            if (finished()) {
                return Hresults.VD_E_PROTOCOL;
            }
            if (ppBuffer == 0 || dwSize <= 0 || dwSize > agreed.maxTransferSize()
                    || !ConfigRules.isBufferAlignment(dwAlignment)) {
                return Hresults.VD_E_INVALID;
            }
            BufferPool.Buffer buffer = pool.allocate(dwSize, dwAlignment);
            if (buffer == null) {
                return Hresults.VD_E_MEMORY;
            }
            Memory.ALL.set(ValueLayout.JAVA_LONG_UNALIGNED, ppBuffer, buffer.address());
            return Hresults.S_OK;
        });
    }

    /** Calls {@link SetMember#answer}; returns {@code VD_E_PROTOCOL} if no set is open. */
    private int answer(SetMember.Action action) {
        SetMember set = member;
        return set == null ? Hresults.VD_E_PROTOCOL : set.answer(Hresults.VD_E_ABORT, action);
    }

    @Override
    public int freeBuffer(long pBuffer, int dwSize) {
        return answer(() -> {
            int result = check(State.INITIALIZING, State.INITIALIZING);
            if (result != Hresults.S_OK) {
                return result;
            }
            return pool.free(pBuffer, dwSize) ? Hresults.S_OK : Hresults.VD_E_INVALID;
        });
    }

    @Override
    public int isSharedBuffer(long pBuffer) {
        BufferPool buffers = pool;
        return state != State.CLOSED && buffers != null && buffers.isShared(pBuffer) ? 1 : 0;
    }

    @Override
    public int signalAbort() {
        return answer(() -> {
            if (isGone()) {
                return Hresults.VD_E_PROTOCOL;
            }
            member.abort(AbortReason.SERVER);
            return Hresults.S_OK;
        });
    }

    @Override
    public int close() {
        int result;
        synchronized (this) {
            if (state == State.NEW || state == State.CLOSED) {
                return Hresults.VD_E_PROTOCOL;
            }
            boolean open = openDevices() > 0 && !member.aborted();
            boolean complete = finished();
            state = State.CLOSED;
            if (!complete) {
                member.abort(AbortReason.SERVER_CLOSED);
            } else {
                member.wakeAll();
            }
            result = open ? Hresults.VD_E_PROTOCOL : Hresults.S_OK;
        }
        leave();
        return result;
    }

    /**
     * Waits for the agent to end, unless this is its thread, then unmaps. If a callback holds the agent for longer than
     * {@link #AGENT_END_MILLIS}, the mapping stays until the process ends.
     */
    private void leave() {
        try {
            if (agentStarted && !agent.isCurrentThread()) {
                agent.awaitEnd(AGENT_END_MILLIS);
            }
            if (agent != null) {
                agent.abandonOutstanding(); // needed if no agent ran, or if a callback closes the set
            }
            member.close();
        } catch (TimeoutException e) {
            LOG.log(Level.ERROR, "the set's memory stays mapped: a completion callback does not return", e);
        }
    }

    /** Agent, when idle: publishes the phase and the number of named devices again if these words were damaged. */
    void mend() {
        SetMember set = member;
        if (set.word(ControlLayout.PHASE_OFFSET) != ControlLayout.PHASE_INITIALIZED) {
            set.publish(ControlLayout.PHASE_OFFSET, ControlLayout.PHASE_INITIALIZED);
        }
        int named = devices.size();
        if (named > 0 && set.word(ControlLayout.DEVICES_NAMED_OFFSET) < named
                && set.word(ControlLayout.device(named - 1)
                        + ControlLayout.SERVER_STATE_OFFSET) != 0) {
            set.publish(ControlLayout.DEVICES_NAMED_OFFSET, named);
        }
    }

    boolean isGone() {
        return state == State.CLOSED;
    }
}
