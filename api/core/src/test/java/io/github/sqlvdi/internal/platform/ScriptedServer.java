package io.github.sqlvdi.internal.platform;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.github.sqlvdi.Hresults;
import io.github.sqlvdi.bindings.VDS_Command;
import io.github.sqlvdi.internal.com.Callback;
import io.github.sqlvdi.internal.com.ComObjects;
import io.github.sqlvdi.internal.com.ConfigBlock;
import io.github.sqlvdi.internal.com.IServerVirtualDevice;
import io.github.sqlvdi.internal.com.IServerVirtualDeviceSet;
import io.github.sqlvdi.internal.com.IServerVirtualDeviceSet2;
import io.github.sqlvdi.internal.memory.Memory;
import io.github.sqlvdi.internal.memory.WideStrings;
import io.github.sqlvdi.internal.provider.ComProvider;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A VDI whose server half obeys a test, behind real vtables. Every method returns its value in {@link #results}, else
 * success, and is recorded in {@link #log}; commands that were sent wait in {@link #sent}.
 */
public final class ScriptedServer extends ComProvider implements IServerVirtualDeviceSet2, IServerVirtualDevice {

    private static final long END = 0;

    /** Results by name of method. */
    public final Map<String, Integer> results = new ConcurrentHashMap<>();
    /** Calls in their order, with their arguments. */
    public final List<String> log = new CopyOnWriteArrayList<>();
    /** The {@code VDS_Command*}s in the order of SendCommand. */
    public final List<Long> sent = new CopyOnWriteArrayList<>();
    /** Runs on each thread that is about to call an object of this provider. */
    public volatile Runnable onEnter = () -> {};
    /** What SendCommand calls back with at once, for a refused command; -1 for nothing. */
    public volatile int refusal = -1;

    private final BlockingQueue<Long> completed = new LinkedBlockingQueue<>();

    /** The agent calls the command's sender back. */
    public void complete(long pCmd, int code, int bytes, long position) {
        fill(pCmd, code, bytes, position);
        completed.add(pCmd);
    }

    /** The agent returns. */
    public void endAgent() {
        completed.add(END);
    }

    private static void fill(long pCmd, int code, int bytes, long position) {
        Memory.ALL.set(JAVA_INT_UNALIGNED, pCmd + VDS_Command.completionCode$offset(), code);
        Memory.ALL.set(JAVA_INT_UNALIGNED, pCmd + VDS_Command.bytesTransferred$offset(), bytes);
        Memory.ALL.set(JAVA_LONG_UNALIGNED, pCmd + VDS_Command.outPosition$offset(), position);
    }

    private static void callBack(long pCmd) {
        Callback.invoke(Memory.ALL.get(JAVA_LONG_UNALIGNED, pCmd + VDS_Command.completionRoutine$offset()), pCmd);
    }

    private int done(String call) {
        log.add(call);
        return results.getOrDefault(call.split(" ")[0], Hresults.S_OK);
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
        throw new UnsupportedOperationException("server half only");
    }

    @Override
    protected long createServerSet() {
        return ComObjects.exportServerSet(this, new Legacy(), () -> log.add("Release"));
    }

    @Override
    public int open(long lpInstanceName, long lpSetName) {
        return done("Open " + WideStrings.read(lpInstanceName, 300) + " " + WideStrings.read(lpSetName, 300));
    }

    @Override
    public int getConfiguration(long pCfg) {
        ConfigBlock.write(ScriptedClient.AGREED, pCfg);
        return done("GetConfiguration");
    }

    @Override
    public int beginConfiguration(
            int dwFeatures, int dwBlockSize, int dwAlignment, int dwMaxTransferSize, int dwTimeout) {
        return done(String.format(Locale.ROOT, "BeginConfiguration %d %d %d %d %d", dwFeatures, dwBlockSize,
                dwAlignment, dwMaxTransferSize, dwTimeout));
    }

    @Override
    public int endConfiguration() {
        return done("EndConfiguration");
    }

    @Override
    public int requestBuffers(int dwSize, int dwAlignment, int dwCount) {
        return done(String.format(Locale.ROOT, "RequestBuffers %d %d %d", dwSize, dwAlignment, dwCount));
    }

    @Override
    public int queryAvailableBuffers(int dwSize, int dwAlignment, long pCount) {
        Memory.ALL.set(JAVA_INT_UNALIGNED, pCount, 3);
        return done(String.format(Locale.ROOT, "QueryAvailableBuffers %d %d", dwSize, dwAlignment));
    }

    @Override
    public int executeCompletionAgent() {
        int result = done("ExecuteCompletionAgent");
        try {
            for (long pCmd = completed.take(); pCmd != END; pCmd = completed.take()) {
                callBack(pCmd);
            }
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the agent of these tests", e);
        }
        return result;
    }

    @Override
    public int openDevice(long lpName, long ppVirtualDevice) {
        String name = WideStrings.read(lpName, 300);
        Memory.ALL.set(JAVA_LONG_UNALIGNED, ppVirtualDevice,
                ComObjects.export((IServerVirtualDevice) this, () -> log.add("Release " + name)));
        return done("OpenDevice " + name);
    }

    @Override
    public int allocateBuffer(long ppBuffer, int dwSize, int dwAlignment) {
        Memory.ALL.set(JAVA_LONG_UNALIGNED, ppBuffer, Arena.global().allocate(dwSize, 512).address());
        return done(String.format(Locale.ROOT, "AllocateBuffer %d %d", dwSize, dwAlignment));
    }

    @Override
    public int freeBuffer(long pBuffer, int dwSize) {
        return done("FreeBuffer " + dwSize);
    }

    @Override
    public int isSharedBuffer(long pBuffer) {
        return done("IsSharedBuffer");
    }

    @Override
    public int signalAbort() {
        int result = done("SignalAbort");
        endAgent();
        return result;
    }

    @Override
    public int close() {
        int result = done("Close");
        endAgent();
        return result;
    }

    @Override
    public int sendCommand(long pCmd) {
        sent.add(pCmd);
        if (refusal >= 0) {
            fill(pCmd, refusal, 0, 0);
            callBack(pCmd);
        }
        return done("SendCommand");
    }

    @Override
    public int closeDevice() {
        return done("CloseDevice");
    }

    /** The vtable of SQL Server 7.0, which these tests do not use. */
    private static final class Legacy implements IServerVirtualDeviceSet {
        @Override
        public int open(long lpName) {
            return Hresults.VD_E_UNEXPECTED;
        }

        @Override
        public int getConfiguration(long pCfg) {
            return Hresults.VD_E_UNEXPECTED;
        }

        @Override
        public int setConfiguration(long pCfg) {
            return Hresults.VD_E_UNEXPECTED;
        }

        @Override
        public int executeCompletionAgent() {
            return Hresults.VD_E_UNEXPECTED;
        }

        @Override
        public int openDevice(long lpName, long ppVirtualDevice) {
            return Hresults.VD_E_UNEXPECTED;
        }

        @Override
        public int allocateBuffer(long ppBuffer, int dwSize, int dwAlignment) {
            return Hresults.VD_E_UNEXPECTED;
        }

        @Override
        public int freeBuffer(long pBuffer, int dwSize) {
            return Hresults.VD_E_UNEXPECTED;
        }

        @Override
        public int isSharedBuffer(long pBuffer) {
            return Hresults.VD_E_UNEXPECTED;
        }

        @Override
        public int signalAbort() {
            return Hresults.VD_E_UNEXPECTED;
        }

        @Override
        public int close() {
            return Hresults.VD_E_UNEXPECTED;
        }
    }
}
