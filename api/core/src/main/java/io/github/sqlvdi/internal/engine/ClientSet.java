package io.github.sqlvdi.internal.engine;

import io.github.sqlvdi.AbortReason;
import io.github.sqlvdi.ConfigRules;
import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.internal.com.ComObjects;
import io.github.sqlvdi.internal.com.ConfigBlock;
import io.github.sqlvdi.internal.com.FailureCause;
import io.github.sqlvdi.internal.com.IClientVirtualDeviceSet2;
import io.github.sqlvdi.internal.engine.host.Host;
import io.github.sqlvdi.internal.engine.host.NameTakenException;
import io.github.sqlvdi.internal.memory.Memory;
import io.github.sqlvdi.internal.settings.Settings;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The client half of a set. The first successful call makes it a primary or a secondary. There is no field for the state in
 * the reference's table (VDI reference 3.4). The state follows from other fields: no member = does not exist,
 * {@link SetMember#aborted} = abnormally terminated, not {@code configured} = Configurable, and so on.
 */
final class ClientSet implements IClientVirtualDeviceSet2 {
    private static final Logger LOG = System.getLogger("io.github.sqlvdi.engine");

    private final Host host;
    private final List<EmbeddedClientDevice> devices = new CopyOnWriteArrayList<>();
    private volatile SetMember member;
    private volatile VdiConfig configuration; // null until the server has published it; then it never changes
    private volatile boolean configured;
    private VdiConfig request;
    private volatile BufferTable buffers;

    ClientSet(Host host) {
        this.host = host;
    }

    @Override
    public int create(long lpName, long pCfg) {
        return create(Names.instanceOfEnvironment(), lpName, pCfg);
    }

    @Override
    public int createEx(long lpInstanceName, long lpName, long pCfg) {
        return create(Names.instance(lpInstanceName), lpName, pCfg);
    }

    private synchronized int create(String instance, long lpName, long pCfg) {
        if (member != null) {
            return Hresults.VD_E_PROTOCOL;
        }
        String name = Names.name(lpName);
        if (name == null || pCfg == 0) {
            return Hresults.VD_E_INVALID;
        }
        if (instance == null) {
            return Hresults.VD_E_INSTANCE_NAME;
        }
        VdiConfig config = ConfigBlock.read(pCfg);
        Optional<String> problem = ConfigRules.requestProblem(config);
        if (problem.isPresent()) {
            LOG.log(Level.DEBUG, () -> "set \"" + name + "\": " + problem.get());
            return FailureCause.of(Hresults.VD_E_NOTSUPPORTED, new IllegalArgumentException(problem.get()));
        }
        try {
            attach(SetMember.create(host, instance, name, config), config, false);
            return Hresults.S_OK;
        } catch (NameTakenException e) {
            return FailureCause.of(Hresults.VD_E_PROTOCOL, e);
        } catch (IOException e) {
            LOG.log(Level.WARNING, () -> "set \"" + name + "\" can't be created", e);
            return SetMember.unreachable(e, Hresults.VD_E_UNEXPECTED);
        }
    }

    private void attach(SetMember joined, VdiConfig requested, boolean alreadyConfigured) {
        devices.clear();
        request = requested;
        configuration = null;
        configured = alreadyConfigured;
        buffers = null;
        member = joined;
    }

    @Override
    public int openInSecondary(long lpSetName) {
        return join(Names.instanceOfEnvironment(), lpSetName);
    }

    @Override
    public int openInSecondaryEx(long lpInstanceName, long lpSetName) {
        return join(Names.instance(lpInstanceName), lpSetName);
    }

    private synchronized int join(String instance, long lpSetName) {
        String name = Names.name(lpSetName);
        if (member != null || instance == null || name == null) {
            return Hresults.VD_E_PROTOCOL; // this object is in a set already, or no set can have that name
        }
        SetMember joined;
        try {
            joined = SetMember.joinAsSecondary(host, instance, name);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, () -> "set \"" + name + "\" can't be joined", e);
            return SetMember.unreachable(host, instance, name, e, Hresults.VD_E_PROTOCOL);
        } catch (DamagedRegionException e) {
            LOG.log(Level.DEBUG, () -> "set \"" + name + "\" can't be joined", e);
            return FailureCause.of(Hresults.VD_E_PROTOCOL, e);
        }
        if (joined == null) {
            return Hresults.VD_E_PROTOCOL;
        }
        int result = joined.answer(Hresults.VD_E_ABORT, () -> {
            if (joined.aborted()) {
                return Hresults.VD_E_ABORT;
            }
            if (joined.word(ControlLayout.PRIMARY_CONFIGURED_OFFSET) != ControlLayout.PRIMARY_CONFIGURED) {
                return Hresults.VD_E_PROTOCOL;
            }
            attach(joined, SharedBlocks.readRequest(joined.memory(), joined.header()), true);
            return Hresults.S_OK;
        });
        if (result != Hresults.S_OK) {
            joined.close();
        }
        return result;
    }

    @Override
    public int getConfiguration(int dwTimeOut, long pCfg) {
        SetMember set = member;
        if (set == null) {
            return Hresults.VD_E_PROTOCOL;
        }
        if (pCfg == 0) {
            return Hresults.VD_E_INVALID;
        }
        return set.answer(Hresults.VD_E_ABORT, () -> awaitConfiguration(set, dwTimeOut, pCfg));
    }

    private int awaitConfiguration(SetMember set, int timeout, long pCfg) throws DamagedRegionException {
        AdaptiveWait wait = new AdaptiveWait(set.configurationEvent());
        wait.start(timeout);
        while (true) {
            if (set.aborted()) {
                return Hresults.VD_E_ABORT;
            }
            int phase = set.word(ControlLayout.PHASE_OFFSET);
            if (phase == ControlLayout.PHASE_INITIALIZED) {
                VdiConfig config = learnConfiguration(set);
                if (config == null) {
                    return Hresults.VD_E_PROTOCOL;
                }
                ConfigBlock.write(config, pCfg);
                return Hresults.S_OK;
            }
            if (phase != 0 && phase != ControlLayout.PHASE_CONNECTED) {
                throw new DamagedRegionException("the set is in phase 0x" + Integer.toHexString(phase));
            }
            if (!wait.pause()) {
                return Hresults.VD_E_TIMEOUT;
            }
        }
    }

    /** {@return the configuration; null if the set was closed meanwhile} */
    private synchronized VdiConfig learnConfiguration(SetMember set) throws DamagedRegionException {
        if (member != set) {
            return null;
        }
        if (configuration == null) {
            VdiConfig config = SharedBlocks.readAnswer(set.memory(), set.key(), request);
            buffers = new BufferTable(set, config);
            configuration = config;
            configured = true;
            if (set.slot() == SetMember.PRIMARY_SLOT) {
                set.publish(ControlLayout.PRIMARY_CONFIGURED_OFFSET, ControlLayout.PRIMARY_CONFIGURED);
            }
        }
        return configuration;
    }

    @Override
    public int openDevice(long lpName, long ppVirtualDevice) {
        SetMember set = member;
        if (ppVirtualDevice != 0) {
            Memory.ALL.set(ValueLayout.JAVA_LONG_UNALIGNED, ppVirtualDevice, 0L);
        }
        if (set == null) {
            return Hresults.VD_E_PROTOCOL;
        }
        return set.answer(Hresults.VD_E_ABORT, () -> {
            if (set.aborted()) {
                return Hresults.VD_E_ABORT;
            }
            String name = Names.name(lpName);
            if (name == null || ppVirtualDevice == 0) {
                return Hresults.VD_E_INVALID;
            }
            return configured ? open(set, name, ppVirtualDevice) : Hresults.VD_E_PROTOCOL;
        });
    }

    private int open(SetMember set, String name, long ppVirtualDevice) throws DamagedRegionException {
        AdaptiveWait wait = new AdaptiveWait(set.configurationEvent());
        wait.start(Settings.openDeviceWaitMillis()); // time for the server to name its devices (VDI reference 15.2)
        DeviceTable names = set.devices();
        while (true) {
            if (set.aborted()) {
                return Hresults.VD_E_ABORT;
            }
            boolean all = names.allNamed(); // read before the search, which could miss a device named later
            int index = names.find(name);
            if (index >= 0) {
                return claim(set, names, index, ppVirtualDevice);
            }
            if (names.allClaimed()) {
                return set.allDevicesClosed() ? Hresults.VD_E_PROTOCOL : Hresults.VD_E_OPEN;
            }
            if (all || !wait.pause()) {
                return Hresults.VD_E_INVALID;
            }
        }
    }

    private synchronized int claim(SetMember set, DeviceTable names, int index, long ppVirtualDevice)
            throws DamagedRegionException {
        if (member != set || !names.claim(index)) {
            return Hresults.VD_E_PROTOCOL;
        }
        VdiConfig config = learnConfiguration(set);
        EmbeddedClientDevice device = new EmbeddedClientDevice(set, buffers, index, config.maxTransferSize());
        devices.add(device);
        Memory.ALL.set(ValueLayout.JAVA_LONG_UNALIGNED, ppVirtualDevice, ComObjects.export(device, device::release));
        return Hresults.S_OK;
    }

    @Override
    public int getBufferHandle(long pBuffer, long pBufferHandle) {
        SetMember set = member;
        if (set == null) {
            return Hresults.VD_E_PROTOCOL;
        }
        if (pBuffer == 0 || pBufferHandle == 0) {
            return Hresults.VD_E_INVALID;
        }
        return set.answer(Hresults.VD_E_INVALID, () -> {
            for (EmbeddedClientDevice device : devices) {
                int handle = device.handleOf(pBuffer);
                if (handle != 0) {
                    Memory.ALL.set(ValueLayout.JAVA_INT_UNALIGNED, pBufferHandle, handle);
                    return Hresults.S_OK;
                }
            }
            return Hresults.VD_E_INVALID;
        });
    }

    @Override
    public int mapBufferHandle(int dwBuffer, long ppBuffer) {
        SetMember set = member;
        if (set == null) {
            return Hresults.VD_E_PROTOCOL;
        }
        if (ppBuffer == 0) {
            return Hresults.VD_E_INVALID;
        }
        return set.answer(Hresults.VD_E_INVALID, () -> {
            BufferTable table = tableForMapping(set);
            long address = table == null ? 0 : table.resolve(dwBuffer);
            Memory.ALL.set(ValueLayout.JAVA_LONG_UNALIGNED, ppBuffer, address);
            return address == 0 ? Hresults.VD_E_INVALID : Hresults.S_OK;
        });
    }

    private BufferTable tableForMapping(SetMember set) throws DamagedRegionException {
        if (buffers == null && configured) {
            learnConfiguration(set); // a secondary may map handles without a call of GetConfiguration
        }
        return buffers;
    }

    @Override
    public int signalAbort() {
        SetMember set = member;
        if (set == null) {
            return Hresults.VD_E_PROTOCOL;
        }
        return set.answer(Hresults.VD_E_ABORT, () -> {
            set.abort(AbortReason.CLIENT);
            return Hresults.S_OK;
        });
    }

    @Override
    public synchronized int close() {
        SetMember set = member;
        if (set == null) {
            return Hresults.VD_E_PROTOCOL;
        }
        boolean open = false;
        for (EmbeddedClientDevice device : devices) {
            open |= !device.isFinished();
        }
        boolean wasAborted = set.aborted();
        member = null;
        configured = false;
        for (EmbeddedClientDevice device : devices) {
            device.release();
        }
        boolean early = wasAborted || open;
        set.answer(Hresults.VD_E_ABORT, () -> {
            if (early || set.slot() == SetMember.PRIMARY_SLOT && !set.allDevicesClosed()) {
                set.abort(AbortReason.CLIENT_CLOSED); // keeps an earlier reason
            } else {
                set.wakeAll();
            }
            return Hresults.S_OK;
        });
        set.close();
        return open && !wasAborted ? Hresults.VD_E_OPEN : Hresults.S_OK;
    }
}
