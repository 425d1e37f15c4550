package io.github.sqlvdi.internal.com;

import io.github.sqlvdi.bindings.IServerVirtualDeviceSetVtbl;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet_AllocateBuffer;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet_Close;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet_ExecuteCompletionAgent;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet_FreeBuffer;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet_GetConfiguration;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet_IsSharedBuffer;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet_Open;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet_OpenDevice;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet_SetConfiguration;
import io.github.sqlvdi.bindings.IServerVirtualDeviceSet_SignalAbort;
import java.lang.invoke.MethodHandle;

/** Calls through the vtable of an IServerVirtualDeviceSet pointer. Allocates nothing; any thread. */
public final class ServerVirtualDeviceSetCalls extends UnknownCalls implements IServerVirtualDeviceSet {
    private static final MethodHandle OPEN = Signatures.downcall(IServerVirtualDeviceSet_Open.descriptor());
    private static final MethodHandle GET_CONFIGURATION =
            Signatures.downcall(IServerVirtualDeviceSet_GetConfiguration.descriptor());
    private static final MethodHandle SET_CONFIGURATION =
            Signatures.downcall(IServerVirtualDeviceSet_SetConfiguration.descriptor());
    private static final MethodHandle EXECUTE_COMPLETION_AGENT =
            Signatures.downcall(IServerVirtualDeviceSet_ExecuteCompletionAgent.descriptor());
    private static final MethodHandle OPEN_DEVICE =
            Signatures.downcall(IServerVirtualDeviceSet_OpenDevice.descriptor());
    private static final MethodHandle ALLOCATE_BUFFER =
            Signatures.downcall(IServerVirtualDeviceSet_AllocateBuffer.descriptor());
    private static final MethodHandle FREE_BUFFER =
            Signatures.downcall(IServerVirtualDeviceSet_FreeBuffer.descriptor());
    private static final MethodHandle IS_SHARED_BUFFER =
            Signatures.downcall(IServerVirtualDeviceSet_IsSharedBuffer.descriptor());
    private static final MethodHandle SIGNAL_ABORT =
            Signatures.downcall(IServerVirtualDeviceSet_SignalAbort.descriptor());
    private static final MethodHandle CLOSE = Signatures.downcall(IServerVirtualDeviceSet_Close.descriptor());

    public ServerVirtualDeviceSetCalls(long pointer) {
        super(pointer);
    }

    @Override
    public int open(long lpName) {
        try {
            return (int) OPEN.invokeExact(slot(IServerVirtualDeviceSetVtbl.Open$offset()), pointer(), lpName);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    @Override
    public int getConfiguration(long pCfg) {
        try {
            return (int) GET_CONFIGURATION.invokeExact(slot(IServerVirtualDeviceSetVtbl.GetConfiguration$offset()),
                    pointer(), pCfg);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    @Override
    public int setConfiguration(long pCfg) {
        try {
            return (int) SET_CONFIGURATION.invokeExact(slot(IServerVirtualDeviceSetVtbl.SetConfiguration$offset()),
                    pointer(), pCfg);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    @Override
    public int executeCompletionAgent() {
        try {
            return (int) EXECUTE_COMPLETION_AGENT
                    .invokeExact(slot(IServerVirtualDeviceSetVtbl.ExecuteCompletionAgent$offset()), pointer());
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    @Override
    public int openDevice(long lpName, long ppVirtualDevice) {
        try {
            return (int) OPEN_DEVICE.invokeExact(slot(IServerVirtualDeviceSetVtbl.OpenDevice$offset()), pointer(),
                    lpName, ppVirtualDevice);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    @Override
    public int allocateBuffer(long ppBuffer, int dwSize, int dwAlignment) {
        try {
            return (int) ALLOCATE_BUFFER.invokeExact(slot(IServerVirtualDeviceSetVtbl.AllocateBuffer$offset()),
                    pointer(), ppBuffer, dwSize, dwAlignment);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    @Override
    public int freeBuffer(long pBuffer, int dwSize) {
        try {
            return (int) FREE_BUFFER.invokeExact(slot(IServerVirtualDeviceSetVtbl.FreeBuffer$offset()), pointer(),
                    pBuffer, dwSize);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    @Override
    public int isSharedBuffer(long pBuffer) {
        try {
            return (int) IS_SHARED_BUFFER.invokeExact(slot(IServerVirtualDeviceSetVtbl.IsSharedBuffer$offset()),
                    pointer(), pBuffer);
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    @Override
    public int signalAbort() {
        try {
            return (int) SIGNAL_ABORT.invokeExact(slot(IServerVirtualDeviceSetVtbl.SignalAbort$offset()), pointer());
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }

    @Override
    public int close() {
        try {
            return (int) CLOSE.invokeExact(slot(IServerVirtualDeviceSetVtbl.Close$offset()), pointer());
        } catch (Throwable t) {
            throw Signatures.unexpected(t);
        }
    }
}
