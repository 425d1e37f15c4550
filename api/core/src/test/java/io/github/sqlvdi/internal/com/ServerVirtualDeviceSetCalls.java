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
import io.github.sqlvdi.internal.memory.Native;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Calls through the vtable of an IServerVirtualDeviceSet pointer. Allocates nothing; any thread. */
public final class ServerVirtualDeviceSetCalls extends UnknownCalls implements IServerVirtualDeviceSet {
    private static final MethodHandle OPEN = Native.downcall(IServerVirtualDeviceSet_Open.descriptor());
    private static final MethodHandle GET_CONFIGURATION =
            Native.downcall(IServerVirtualDeviceSet_GetConfiguration.descriptor());
    private static final MethodHandle SET_CONFIGURATION =
            Native.downcall(IServerVirtualDeviceSet_SetConfiguration.descriptor());
    private static final MethodHandle EXECUTE_COMPLETION_AGENT =
            Native.downcall(IServerVirtualDeviceSet_ExecuteCompletionAgent.descriptor());
    private static final MethodHandle OPEN_DEVICE = Native.downcall(IServerVirtualDeviceSet_OpenDevice.descriptor());
    private static final MethodHandle ALLOCATE_BUFFER =
            Native.downcall(IServerVirtualDeviceSet_AllocateBuffer.descriptor());
    private static final MethodHandle FREE_BUFFER = Native.downcall(IServerVirtualDeviceSet_FreeBuffer.descriptor());
    private static final MethodHandle IS_SHARED_BUFFER =
            Native.downcall(IServerVirtualDeviceSet_IsSharedBuffer.descriptor());
    private static final MethodHandle SIGNAL_ABORT = Native.downcall(IServerVirtualDeviceSet_SignalAbort.descriptor());
    private static final MethodHandle CLOSE = Native.downcall(IServerVirtualDeviceSet_Close.descriptor());

    private final MemorySegment open = slot(IServerVirtualDeviceSetVtbl.Open$offset());
    private final MemorySegment getConfiguration = slot(IServerVirtualDeviceSetVtbl.GetConfiguration$offset());
    private final MemorySegment setConfiguration = slot(IServerVirtualDeviceSetVtbl.SetConfiguration$offset());
    private final MemorySegment executeCompletionAgent =
            slot(IServerVirtualDeviceSetVtbl.ExecuteCompletionAgent$offset());
    private final MemorySegment openDevice = slot(IServerVirtualDeviceSetVtbl.OpenDevice$offset());
    private final MemorySegment allocateBuffer = slot(IServerVirtualDeviceSetVtbl.AllocateBuffer$offset());
    private final MemorySegment freeBuffer = slot(IServerVirtualDeviceSetVtbl.FreeBuffer$offset());
    private final MemorySegment isSharedBuffer = slot(IServerVirtualDeviceSetVtbl.IsSharedBuffer$offset());
    private final MemorySegment signalAbort = slot(IServerVirtualDeviceSetVtbl.SignalAbort$offset());
    private final MemorySegment close = slot(IServerVirtualDeviceSetVtbl.Close$offset());

    public ServerVirtualDeviceSetCalls(long pointer) {
        super(pointer);
    }

    @Override
    public int open(long lpName) {
        try {
            return (int) OPEN.invokeExact(open, pointer(), lpName);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    @Override
    public int getConfiguration(long pCfg) {
        try {
            return (int) GET_CONFIGURATION.invokeExact(getConfiguration, pointer(), pCfg);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    @Override
    public int setConfiguration(long pCfg) {
        try {
            return (int) SET_CONFIGURATION.invokeExact(setConfiguration, pointer(), pCfg);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    @Override
    public int executeCompletionAgent() {
        try {
            return (int) EXECUTE_COMPLETION_AGENT.invokeExact(executeCompletionAgent, pointer());
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    @Override
    public int openDevice(long lpName, long ppVirtualDevice) {
        try {
            return (int) OPEN_DEVICE.invokeExact(openDevice, pointer(), lpName, ppVirtualDevice);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    @Override
    public int allocateBuffer(long ppBuffer, int dwSize, int dwAlignment) {
        try {
            return (int) ALLOCATE_BUFFER.invokeExact(allocateBuffer, pointer(), ppBuffer, dwSize, dwAlignment);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    @Override
    public int freeBuffer(long pBuffer, int dwSize) {
        try {
            return (int) FREE_BUFFER.invokeExact(freeBuffer, pointer(), pBuffer, dwSize);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    @Override
    public int isSharedBuffer(long pBuffer) {
        try {
            return (int) IS_SHARED_BUFFER.invokeExact(isSharedBuffer, pointer(), pBuffer);
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    @Override
    public int signalAbort() {
        try {
            return (int) SIGNAL_ABORT.invokeExact(signalAbort, pointer());
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }

    @Override
    public int close() {
        try {
            return (int) CLOSE.invokeExact(close, pointer());
        } catch (Throwable t) {
            throw Native.unexpected(t);
        }
    }
}
