package io.github.sqlvdi.internal.platform;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.github.sqlvdi.Features;
import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.internal.com.ComObjects;
import io.github.sqlvdi.internal.com.ConfigBlock;
import io.github.sqlvdi.internal.com.IClientVirtualDeviceSet2;
import io.github.sqlvdi.internal.memory.Memory;
import io.github.sqlvdi.internal.memory.WideStrings;
import io.github.sqlvdi.internal.provider.ComProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A VDI whose client half obeys a test, behind real vtables. Every method returns its value in {@link #results}, else
 * success, and is recorded in {@link #log}.
 */
public final class ScriptedClient extends ComProvider implements IClientVirtualDeviceSet2 {

    /** The configuration a client gets. */
    public static final VdiConfig AGREED =
            VdiConfig.builder().deviceCount(2).features(Features.WRITE_MEDIA).prefixZoneSize(32).alignment(4096)
                    .blockSize(512).maxIoDepth(4).maxTransferSize(1 << 20).bufferAreaSize(4 << 20).buildAnswer();

    /** Results by name of method. */
    public final Map<String, Integer> results = new ConcurrentHashMap<>();
    /** Calls in their order, with what matters of their arguments. */
    public final List<String> log = new CopyOnWriteArrayList<>();
    /** Devices by name; made when first asked for. */
    public final Map<String, ScriptedDevice> devices = new ConcurrentHashMap<>();
    /** Runs on each thread that is about to call an object of this provider. */
    public volatile Runnable onEnter = () -> {};
    /** Runs inside Close. */
    public volatile Runnable onClose = () -> {};
    /** An abort does not end waits. */
    public volatile boolean abortIsDeaf;
    /** What MapBufferHandle gives. */
    public volatile long mapped;

    private volatile VdiConfig requested;

    /** The device of a name. */
    public ScriptedDevice device(String name) {
        return devices.computeIfAbsent(name, unused -> new ScriptedDevice());
    }

    /** The request of the client. */
    public VdiConfig requested() {
        return requested;
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public void enter() {
        onEnter.run();
    }

    @Override
    protected long createClientSet() {
        return ComObjects.export(this, () -> log.add("Release"));
    }

    @Override
    protected long createServerSet() {
        throw new UnsupportedOperationException("client half only");
    }

    private int done(String call) {
        log.add(call);
        return results.getOrDefault(call.split(" ")[0], Hresults.S_OK);
    }

    @Override
    public int createEx(long lpInstanceName, long lpName, long pCfg) {
        requested = ConfigBlock.read(pCfg);
        return done("CreateEx " + WideStrings.read(lpInstanceName, 300) + " " + WideStrings.read(lpName, 300));
    }

    @Override
    public int openInSecondaryEx(long lpInstanceName, long lpSetName) {
        return done("OpenInSecondaryEx " + WideStrings.read(lpInstanceName, 300) + " "
                + WideStrings.read(lpSetName, 300));
    }

    @Override
    public int create(long lpName, long pCfg) {
        throw new AssertionError("the old method is not used");
    }

    @Override
    public int openInSecondary(long lpSetName) {
        throw new AssertionError("the old method is not used");
    }

    @Override
    public int getConfiguration(int dwTimeOut, long pCfg) {
        int result = done("GetConfiguration " + dwTimeOut);
        if (result == Hresults.S_OK) {
            ConfigBlock.write(AGREED, pCfg);
        }
        return result;
    }

    @Override
    public int openDevice(long lpName, long ppVirtualDevice) {
        String name = WideStrings.read(lpName, 300);
        int result = done("OpenDevice " + name);
        long pointer = result == Hresults.S_OK
                ? ComObjects.export(device(name), () -> log.add("Release " + name))
                : 0;
        Memory.ALL.set(JAVA_LONG_UNALIGNED, ppVirtualDevice, pointer);
        return result;
    }

    @Override
    public int close() {
        onClose.run();
        return done("Close");
    }

    @Override
    public int signalAbort() {
        if (!abortIsDeaf) {
            devices.values().forEach(device -> device.end(Hresults.VD_E_ABORT));
        }
        return done("SignalAbort");
    }

    @Override
    public int getBufferHandle(long pBuffer, long pBufferHandle) {
        Memory.ALL.set(JAVA_INT_UNALIGNED, pBufferHandle, 77);
        return done("GetBufferHandle " + pBuffer);
    }

    @Override
    public int mapBufferHandle(int dwBuffer, long ppBuffer) {
        Memory.ALL.set(JAVA_LONG_UNALIGNED, ppBuffer, mapped);
        return done("MapBufferHandle " + dwBuffer);
    }
}
